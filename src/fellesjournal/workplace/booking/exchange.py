"""A calendar in and out: the address at which it is subscribed to, and absence brought in from a file."""

import asyncio
from collections.abc import Sequence
from datetime import timedelta

from starlette.responses import Response

from fellesjournal.booking.holding import HOLDING
from fellesjournal.booking.icalendar.absence import AHEAD, Brought, Wanted, bring_in
from fellesjournal.booking.icalendar.feeds import Held
from fellesjournal.booking.icalendar.reading import absences
from fellesjournal.errors import Conflict, Forbidden, Unprocessable
from fellesjournal.ui import naming
from fellesjournal.workplace.booking import parties, refusals, words
from fellesjournal.workplace.booking.parties import Book
from fellesjournal.workplace.desk import Desk, Json


async def show(desk: Desk) -> Response:
    """The page."""
    return await _page(desk, await _book(desk))


async def make(desk: Desk) -> Response:
    """A new address, shown this once; the one before it ends."""
    book = await _book(desk)
    if not await _gives_away(desk, book):
        raise Forbidden("One gives away one's own calendar, and those of one's unit.")
    actor, language = desk.actor, desk.visit.language
    secret = await desk.feeds.make(book.reference, actor.person, actor.practitioner_role, language)
    return await _page(desk, book, address=f"{desk.visit.origin}/kalender/{secret}.ics")


async def withdraw(desk: Desk) -> Response:
    """End the address."""
    book = await _book(desk)
    await desk.feeds.withdraw(book.reference, desk.actor.person)
    return await _page(desk, book, said=desk.t.feed.withdrawn)


async def bring(desk: Desk) -> Response:
    """Block the times at which a file says that one is away."""
    book, sent = await _book(desk), desk.visit.files.get("fil")
    if sent is None:
        return await _page(desk, book, faults=[desk.t.absence.no_file])
    try:
        uids, found = await asyncio.to_thread(absences, sent.content, desk.now, desk.now + AHEAD)
    except Unprocessable as fault:
        return await _page(desk, book, faults=refusals.told(desk, fault, {}))
    whole = desk.form.get("hele") == "ja"
    return await _bring(desk, book, Wanted(frozenset(uids), found, desk.t.absence.comment, whole))


async def lift(desk: Desk) -> Response:
    """Lift all that has been brought in."""
    return await _bring(desk, await _book(desk), Wanted(frozenset(), [], "", whole=True))


async def _bring(desk: Desk, book: Book, wanted: Wanted) -> Response:
    party = book.party(book.reference)
    if party is None or not parties.blocks(desk, party):
        raise Forbidden("One blocks one's own time; others' is blocked by those who keep the calendars.")
    schedule = await desk.read("Schedule", party.schedules[0])
    try:
        brought = await bring_in(desk.journal, desk.feeds, schedule, wanted, desk.now)
    except (Conflict, Unprocessable) as fault:
        return await _page(desk, book, faults=refusals.told(desk, fault, {}))
    return await _page(desk, book, brought=brought)


async def _book(desk: Desk) -> Book:
    return await parties.book(desk, desk.part_of_path("bok"))


async def _gives_away(desk: Desk, book: Book) -> bool:
    """Whether it is one's own calendar, or of one's unit and of nobody else in it."""
    if book.reference in (desk.actor.person, desk.actor.unit):
        return True
    if book.is_unit or book.reference.startswith("Practitioner/"):
        return False
    own = await parties.book(desk, desk.actor.unit.replace("/", "-", 1))
    return own.party(book.reference) is not None


async def _page(
    desk: Desk,
    book: Book,
    *,
    address: str = "",
    said: str = "",
    brought: Brought | None = None,
    faults: Sequence[str] = (),
) -> Response:
    party = book.party(book.reference)
    return desk.page(
        "exchange.html",
        409 if faults else 200,
        book=book,
        feed=await desk.feeds.of_owner(book.reference, desk.actor.person),
        gives_away=await _gives_away(desk, book),
        may_block=party is not None and parties.blocks(desk, party),
        address=address,
        said=said,
        brought=brought,
        clashes=await _clashes(desk, brought.clashes) if brought and brought.clashes else [],
        faults=faults,
    )


async def _clashes(desk: Desk, held: Sequence[Held]) -> list[Json]:
    """What stands in the way, with what it is as far as the reader may know, and the day to go to."""
    since, before = min(one.start for one in held), max(one.end for one in held)
    asked = [("actor", ",".join({one.party for one in held})), ("status", ",".join(sorted(HOLDING)))]
    asked += [("date", f"ge{(since - timedelta(days=1)).isoformat()}"), ("date", f"lt{before.isoformat()}")]
    asked += [("_include", "Appointment:patient"), ("_count", parties.MOST)]
    known = await desk.search_all("Appointment", asked, 1000)
    people = {f"Patient/{one['id']}": naming.person(one) for one in known if one["resourceType"] == "Patient"}
    found = []
    for one in held:
        same = [each for each in known if each["resourceType"] == "Appointment" and _is_it(each, one)]
        who = dict.fromkeys(people.get(each, "") for each_time in same for each in words.citizens(each_time))
        what = ", ".join(filter(None, map(words.what, same)))
        day = words.times({"start": one.start.isoformat(), "end": one.end.isoformat()})
        found.append(
            {
                "when": words.span(desk.t, one.start, one.end),
                "day": f"{day[0]:%Y-%m-%d}" if day else "",
                "what": what or desk.t.timebok.busy,
                "who": ", ".join(filter(None, who)),
            }
        )
    return found


def _is_it(appointment: Json, held: Held) -> bool:
    times = words.times(appointment)
    overlaps = times is not None and times[0] < held.end and held.start < times[1]
    return overlaps and held.party in words.comes(appointment)
