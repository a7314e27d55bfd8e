"""Three times to choose from: the first, one in another half of a day, one on another day; and in words why
there is nothing earlier.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple

from fellesjournal.booking.free.calendars import DAYS
from fellesjournal.booking.free.grid import NORWAY
from fellesjournal.booking.free.proposals import Found, Proposal, Question, Waits, Wanted, first_times
from fellesjournal.booking.free.weekly import Often
from fellesjournal.workplace.booking import words
from fellesjournal.workplace.booking.parties import Book, Kind
from fellesjournal.workplace.desk import Desk

NOBODY = "-"
"""The choice of no party of a type."""
NOON = time(12)
MORNING, NIGHT = time(7), time(22)
"""Between these one is visited by day. Services that come all round the clock are free at midnight too, and
nobody who has a visit by day is moved there, or given such a time unasked."""
AT_ONCE = timedelta(hours=2)
"""What is free so soon is offered by night too: somebody may be needed now."""
MOST = 3


class Ask(NamedTuple):
    """What is asked for: a kind of visit for so many minutes, from and until when, and by type of party who
    was chosen (a reference, NOBODY, or "": any); `citizen` is "" where it is not known yet. `also` are those
    of other units who come; `often` is more than once for a series; `window` is when a visit at home is;
    `contact` is the code of how one meets without a place (list 8432), or "".
    """

    kind: Kind
    minutes: int
    chosen: dict[str, str]
    start: datetime
    end: datetime
    citizen: str = ""
    also: tuple[str, ...] = ()
    often: Often = Often(1)
    window: tuple[time, time] | None = None
    contact: str = ""

    def question(self, book: Book, most: int = 3) -> Question:
        """As the calendars are asked, the citizen with the others."""
        wanted = [Wanted(pool, self.minutes) for pool in self.pools(book)]
        return Question(wanted, self.start, self.end, self.kind.code, most)

    def pools(self, book: Book) -> list[list[str]]:
        """Those of whom one must come, for each who is needed; the citizen last."""
        found = []
        for name, pool in book.needs(self.kind.code).items():
            chosen = self.chosen.get(name, "")
            if name == "Location" and (self.contact or self.window):
                continue  # no room of the unit's is needed elsewhere
            if chosen == NOBODY or (not chosen and name == "Practitioner" and self._has_team(book)):
                continue
            found.append([chosen] if chosen else [one.reference for one in pool])
        found += [[one] for one in self.also]
        return found + ([[self.citizen]] if self.citizen and found else [])

    def _has_team(self, book: Book) -> bool:
        """Whether a team or a group stands for its people."""
        return self.chosen.get("HealthcareService") != NOBODY and "HealthcareService" in book.needs(
            self.kind.code
        )


async def proposals(
    desk: Desk, book: Book, ask: Ask, within: tuple[datetime, datetime] | None = None
) -> Found:
    """At most three, the earliest first, and what the first of them waits for; `within` other moments than
    what was asked for. What is asked for by the day is by day, if there is anything.
    """
    pools, minutes, visit = ask.pools(book), ask.minutes, ask.kind.code
    if within:
        return await spread(desk, pools, minutes, visit, within)
    found = await spread(desk, pools, minutes, visit, (ask.start, ask.end), MORNING)
    first = found.proposals[0].start if found.proposals else ask.start
    if _is_by_day(first) or first - desk.now < AT_ONCE:
        return found
    later = await spread(desk, pools, minutes, visit, (_morning_after(first), ask.end), MORNING)
    return later if later.proposals else found


async def spread(
    desk: Desk,
    pools: Sequence[Sequence[str]],
    minutes: int,
    visit: str,
    within: tuple[datetime, datetime] | None = None,
    opens: time = time(),
) -> Found:
    """At most three times for one of each pool: the first, and such as are elsewhere in the week; on another
    day not before it `opens`.
    """
    start, end = within or (desk.now, last_moment(desk))
    told, waits = list[Proposal](), list[Waits]()
    while pools and len(told) < MOST and start < end:
        question = Question([Wanted(pool, minutes) for pool in pools], start, end, visit, 1)
        found = await first_times(desk.calendars, question, desk.now)
        waits = waits if told else found.waits
        if not found.proposals:
            break
        told += found.proposals
        start = _elsewhere(told, opens)
    return Found(told, waits)


def by_day(begins: datetime, now: datetime) -> tuple[datetime, time]:
    """From when another time is looked for, and from when on other days, for what begins by day or night."""
    if not _is_by_day(begins):
        return now, time()
    if _is_by_day(now):
        return now, MORNING
    return _morning_after(now), MORNING


def _morning_after(moment: datetime) -> datetime:
    local = moment.astimezone(NORWAY)
    return datetime.combine(local.date() + timedelta(days=local.time() >= MORNING), MORNING, NORWAY)


def _is_by_day(moment: datetime) -> bool:
    return MORNING <= moment.astimezone(NORWAY).time() < NIGHT


def _elsewhere(told: Sequence[Proposal], opens: time) -> datetime:
    """Where the next is looked for: the other half of the day of the first, then another day."""
    last = told[-1].start.astimezone(NORWAY)
    noon = datetime.combine(last.date(), NOON, NORWAY)
    if len(told) == 1 and last < noon:
        return noon
    return datetime.combine(last.date() + timedelta(days=1), opens, NORWAY)


def why(desk: Desk, book: Book, ask: Ask, found: Found) -> str:
    """Why nothing earlier fits; "" when the first time is now, more or less."""
    t, names = desk.t, book.names()
    until = words.day(desk.t, (ask.end - timedelta(seconds=1)).astimezone(NORWAY).date())
    if not found.proposals:
        never = [_who(desk, one, names) for one in found.waits if one.first is None]
        text = (
            t.timebok.never.format(who=", ".join(never), until=until) if never else t.timebok.never_together
        )
        return str(text)
    said = [
        _first(desk, one, names)
        for one in found.waits
        if one.first is not None and one.first <= found.proposals[0].start
    ]
    if not said and found.proposals[0].start - ask.start > timedelta(days=1):
        said.append(t.timebok.together)
    return " ".join(said)


def _first(desk: Desk, waits: Waits, names: dict[str, str]) -> str:
    """That others wait for one, or for any of some."""
    t, some = desk.t, waits.any_of
    when = words.moment(desk.t, waits.first) if waits.first else ""
    if len(some) == 1:
        return str(t.timebok.first_free.format(who=_who(desk, waits, names), when=when))
    kind = desk.t.party[some[0].partition("/")[0]].lower()
    return str(t.timebok.first_of.format(count=len(some), what=kind, when=when))


def _who(desk: Desk, waits: Waits, names: dict[str, str]) -> str:
    t, some = desk.t, list(waits.any_of)
    if len(some) == 1:
        return str(t.timebok.the_citizen if some[0].startswith("Patient/") else names.get(some[0], some[0]))
    kind = some[0].partition("/")[0]
    return str(t.timebok.any_of.format(count=len(some), what=desk.t.party[kind].lower()))


def last_moment(desk: Desk) -> datetime:
    """Until when times can be found."""
    return desk.calendars.grid().moment(0) + timedelta(days=DAYS)
