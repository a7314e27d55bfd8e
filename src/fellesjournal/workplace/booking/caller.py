"""Who calls for the first time: found by identity number, and booked at the time that was chosen.

The appointment is what opens the record to the unit; until it stands, only the name is shown.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from starlette.responses import Response

from fellesjournal.access.calling import Caller
from fellesjournal.access.policies import Right
from fellesjournal.booking import acts
from fellesjournal.errors import Conflict, Invalid, NotFound, Unprocessable
from fellesjournal.workplace.booking import appointment, changes, clashes, parties, refusals
from fellesjournal.workplace.booking.parties import Book, Kind, Party
from fellesjournal.workplace.desk import Desk, Json

DIGITS = 11


def number_in(desk: Desk, typed: str) -> str:
    """The identity number that was typed, when the reader may book whoever has it; else ""."""
    digits = typed.replace(" ", "")
    may = desk.writes("Appointment") and Right.OPEN_CARE in desk.policy.rights
    return digits if may and len(digits) == DIGITS and digits.isascii() and digits.isdigit() else ""


async def find(desk: Desk) -> Response:
    """Who has the number, to be confirmed, with the kinds of visit that the time can be for."""
    return await _page(desk)


async def book(desk: Desk) -> Response:
    """Book the time. All whom the kind of visit needs are taken who are free then."""
    book, party, start = await _chosen(desk)
    kind = next((one for one in _kinds(book, party) if one.code == desk.form.get("hva")), None)
    if kind is None:
        raise Invalid("Choose a kind of visit that this calendar is for.")
    if start <= desk.now:
        return await _page(desk, [desk.t.timebok.past])
    caller = await desk.journal.by_number(desk.form.get("nummer", ""))
    end = start + timedelta(minutes=kind.minutes)
    who = await _who(desk, book, party, kind, (start, end))
    try:
        stored = await desk.create(await _appointment(desk, book, caller, kind, (start, who)))
    except (Conflict, Unprocessable) as fault:
        time = clashes.Time([*who, f"Patient/{caller.id}"], start, end, kind.code)
        told = await clashes.clashes(desk, time, book.names()) if isinstance(fault, Conflict) else []
        return await _page(desk, told or refusals.told(desk, fault, book.names()))
    return await appointment.page(desk, stored, said=desk.t.timebok.booked, undoes=True)


async def _page(desk: Desk, faults: Sequence[str] = ()) -> Response:
    book, party, _ = await _chosen(desk)
    number = desk.form.get("nummer", "")
    caller = None
    try:
        caller = await desk.journal.by_number(number)
    except (NotFound, Invalid):
        faults = [desk.t.caller.nobody]
    return desk.page(
        "caller.html",
        409 if faults else 200,
        caller=caller,
        number=number,
        kinds=_kinds(book, party),
        given={name: desk.form[name] for name in ("bok", "kl", *parties.TYPES) if desk.form.get(name)},
        faults=faults,
    )


async def _chosen(desk: Desk) -> tuple[Book, Party, datetime]:
    """The book, the calendar and the time that were chosen in it."""
    found = await parties.book(desk, desk.form.get("bok", ""))
    named = next((desk.form[name] for name in parties.TYPES if desk.form.get(name)), "")
    party = found.party(named)
    if party is None:
        raise NotFound(f"{found.name} has no such calendar.")
    return found, party, changes.moment(desk.form.get("kl", ""))


def _kinds(book: Book, party: Party) -> list[Kind]:
    return [one for one in book.kinds if party.serves(one.code)]


async def _who(
    desk: Desk, book: Book, party: Party, kind: Kind, span: tuple[datetime, datetime]
) -> list[str]:
    """The one who was chosen, and of each other type that is needed the first who is free then; where none
    is, the first, of whom it is then told.
    """
    needed = {name: pool for name, pool in book.needs(kind.code).items() if name != party.type}
    asked = [one.reference for pool in needed.values() for one in pool]
    wanted = desk.calendars.grid().inside(*span)
    free = await desk.calendars.free(asked, kind.code) if asked else {}
    able = {one for one, lanes in free.items() if any(wanted & ~lane == 0 for lane in lanes)}
    return [
        party.reference,
        *(
            next((one.reference for one in pool if one.reference in able), pool[0].reference)
            for pool in needed.values()
        ),
    ]


async def _appointment(
    desk: Desk, book: Book, caller: Caller, kind: Kind, at: tuple[datetime, list[str]]
) -> Json:
    start, who = at
    citizen = f"Patient/{caller.id}"
    taken = [citizen, *who]
    if book.is_unit and not any(one.startswith(("Location/", "HealthcareService/")) for one in who):
        taken += [f"Location/{one['id']}" for one in (await parties.places(desk, book.reference))[:1]]
    more = {
        "serviceType": [kind.concept],
        "description": kind.text,
        "created": desk.now.isoformat(timespec="seconds"),
    }
    made = acts.proposed(taken, start, start + timedelta(minutes=kind.minutes), desk.now, more)
    return acts.booked(acts.named(made, book.names() | {citizen: caller.name}), desk.now)
