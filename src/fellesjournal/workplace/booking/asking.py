"""Asking for a time: what and by when, three proposals, one press that books."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from starlette.responses import Response

from fellesjournal.booking.grid import NORWAY, midnight
from fellesjournal.booking.proposals import MOST_MINUTES, Proposal
from fellesjournal.errors import Invalid, NotFound
from fellesjournal.ui import naming
from fellesjournal.workplace.booking import clashes, parties, proposing, words
from fellesjournal.workplace.booking.parties import Book, Kind
from fellesjournal.workplace.booking.proposing import Ask
from fellesjournal.workplace.desk import Desk, Json

WITHIN = {"uke": 7, "2uker": 14, "4uker": 28, "90dager": 90}
"""By when, in days: choices of the form, the last one first chosen."""
SOONEST = "90dager"
PRIORITIES = (1, 5, 9)
"""Of one who waits, by iCalendar's scale: goes first, usual, last."""


async def show(desk: Desk) -> Response:
    """The kinds of visit of the unit, found as one types."""
    book = await parties.book(desk, _unit(desk))
    return desk.page("ask.html", citizen=desk.citizen, book=book, kinds=book.kinds, typed="", **_given(desk))


async def find(desk: Desk) -> Response:
    """The kinds of visit that fit what was typed."""
    book, typed = await parties.book(desk, _unit(desk)), desk.asked("q")
    return desk.page(
        "kinds.html",
        citizen=desk.citizen,
        book=book,
        kinds=_fitting(book, typed),
        typed=typed,
        **_given(desk),
    )


async def propose(desk: Desk) -> Response:
    """Three times for what was chosen."""
    book = await parties.book(desk, _unit(desk))
    return await proposed(desk, book, _of_own_doctor(desk, book, desk.visit.request.query_params))


def _of_own_doctor(desk: Desk, book: Book, asked: Mapping[str, str]) -> Mapping[str, str]:
    """What is asked for, of the citizen's own doctor where nobody was chosen and they take such visits."""
    if "Practitioner" in asked or asked.get("kl"):
        return asked
    own = {one.get("reference") for one in desk.citizen.get("generalPractitioner", ())}
    pool = book.needs(asked.get("hva", "")).get("Practitioner", [])
    doctor = next((one.reference for one in pool if one.reference in own), "")
    return {**asked, "Practitioner": doctor} if doctor else asked


async def proposed(
    desk: Desk,
    book: Book,
    asked: Mapping[str, str],
    *,
    faults: tuple[str, ...] = (),
    over: Mapping[str, str] | None = None,
) -> Response:
    """The form with its proposals, and what was refused; `over` is that form, where it may be overbooked."""
    wanted = ask(desk, book, asked)
    fixed = _fixed(asked)
    told = list(faults)
    found = await proposing.proposals(desk, book, wanted)
    exact: list[Proposal] = []
    if fixed:
        within = (fixed, fixed + timedelta(minutes=wanted.minutes))
        exact = (await proposing.proposals(desk, book, wanted, within)).proposals
        told = told or ([] if exact else await _taken(desk, book, wanted, fixed))
    return desk.page(
        "propose.html",
        409 if faults else 200,
        citizen=desk.citizen,
        name=naming.person(desk.citizen),
        book=book,
        ask=wanted,
        needs=book.needs(wanted.kind.code),
        rows=_rows(desk, book, [*exact, *found.proposals]),
        why="" if exact else proposing.why(desk, book, wanted, found),
        faults=told,
        over=over,
        within=WITHIN,
        by=asked.get("innen", SOONEST),
        since=asked.get("fra", ""),
        nobody=proposing.NOBODY,
        services=await parties.services(desk, book.reference) if book.is_unit else [],
        priorities=PRIORITIES,
        **_given(desk),
    )


def ask(desk: Desk, book: Book, asked: Mapping[str, str]) -> Ask:
    """What a form asks for. Raises Invalid for what is none of its choices."""
    kind = next((one for one in book.kinds if one.code == asked.get("hva", "")), None)
    if kind is None:
        raise NotFound(f"{book.name} has no such kind of visit.")
    minutes = asked.get("min", "") or str(kind.minutes)
    if not minutes.isascii() or not minutes.isdigit() or not 0 < int(minutes) <= MOST_MINUTES:
        raise Invalid(f"A visit takes 1 to {MOST_MINUTES} minutes, not '{minutes[:20]}'.")
    start = max(desk.now, _since(asked.get("fra", "")) or desk.now)
    end = min(start + timedelta(days=WITHIN.get(asked.get("innen", ""), 90)), proposing.last_moment(desk))
    if end <= start:
        raise Invalid(f"Times can be found until {end:%Y-%m-%d}; this begins {start:%Y-%m-%d}.")
    chosen = {name: asked[name] for name in parties.TYPES if asked.get(name)}
    for reference in chosen.values():
        if reference != proposing.NOBODY and book.party(reference) is None:
            raise NotFound(f"{book.name} has no calendar of {reference}.")
    return Ask(kind, int(minutes), chosen, start, end, f"Patient/{desk.citizen['id']}")


def _since(text: str) -> datetime | None:
    try:
        return midnight(date.fromisoformat(text)) if text else None
    except ValueError:
        raise Invalid(f"'{text[:20]}' is no date: write it as 2026-12-24.") from None


def _fixed(asked: Mapping[str, str]) -> datetime | None:
    """The moment that was chosen in the day's view."""
    try:
        return datetime.fromisoformat(asked["kl"]).astimezone(NORWAY) if asked.get("kl") else None
    except ValueError:
        raise Invalid(f"'{asked['kl'][:40]}' is no moment.") from None


async def _taken(desk: Desk, book: Book, wanted: Ask, start: datetime) -> list[str]:
    """Why the moment that was chosen does not do."""
    single = [pool[0] for pool in wanted.pools(book) if len(pool) == 1]
    time = clashes.Time(single, start, start + timedelta(minutes=wanted.minutes), wanted.kind.code)
    return await clashes.clashes(desk, time, book.names())


def _rows(desk: Desk, book: Book, found: Sequence[Proposal]) -> list[Json]:
    """The times to choose from, each with who comes."""
    names = book.names()
    rows = {
        one.start: {
            "start": one.start.isoformat(),
            "said": words.span(desk.t, one.start, one.end),
            "who": [who for who in one.who if who in names],
            "names": [names[who] for who in one.who if who in names],
        }
        for one in reversed(found)
    }
    first = [one.start for one in found]
    return [rows[start] for start in dict.fromkeys(first)][: proposing.MOST]


def _fitting(book: Book, typed: str) -> list[Kind]:
    """Kinds with every word in their name, those that begin with it first."""
    said = typed.casefold().split()
    fit = [one for one in book.kinds if all(word in one.text.casefold() for word in said)]
    return sorted(fit, key=lambda one: not one.text.casefold().startswith(typed.casefold().strip()))


def _unit(desk: Desk) -> str:
    """The book that is asked in: the one named, else the reader's own unit's."""
    return desk.asked("bok") or desk.form.get("bok", "") or desk.actor.unit.replace("/", "-", 1)


def _given(desk: Desk) -> Json:
    """What was chosen in the day's view goes along: the moment, and whose column it was."""
    names = ("bok", "kl", "venter", *parties.TYPES)
    sent = {name: desk.asked(name) or desk.form.get(name, "") for name in names}
    return {"given": {name: value for name, value in sent.items() if value}}
