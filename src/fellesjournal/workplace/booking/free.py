"""A free time in the book: who is to have it, or that it is to be kept free; and blocks, set and lifted."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from starlette.responses import Response

from fellesjournal.booking.holding import BLOCKING
from fellesjournal.errors import Conflict, Forbidden, Invalid, NotFound, PreconditionFailed, Unprocessable
from fellesjournal.ui import asked, naming
from fellesjournal.ui.norwegian import OSLO
from fellesjournal.workplace.booking import caller, changes, clashes, parties, refusals, words
from fellesjournal.workplace.booking.parties import Book, Party
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.meaning import meant

MOST = "8"
LONGEST = 200
LIFTED = "free"


async def show(desk: Desk) -> Response:
    """The time that was chosen, and the field in which a citizen is found."""
    book, party = await find_party(desk, desk.asked("bok"), desk.asked("med"))
    return page(desk, book, party, changes.moment(desk.asked("kl")))


async def find(desk: Desk) -> Response:
    """The citizens that fit what was typed."""
    rows, typed = await citizens(desk)
    given = {name: desk.asked(name) for name in ("bok", "kl", *parties.TYPES) if desk.asked(name)}
    number = "" if rows else caller.number_in(desk, typed)
    return desk.page("citizens.html", rows=rows, typed=typed, given=given, number=number)


async def citizens(desk: Desk) -> tuple[list[Json], str]:
    """The citizens that fit what was typed, and that."""
    typed = desk.asked("q").strip()[:200]
    found = await desk.search("Patient", [*meant(typed), ("_count", MOST)]) if len(typed) > 1 else []
    rows = [
        {
            "id": one["id"],
            "name": naming.person(one),
            "age": naming.age(one, desk.now),
            "number": naming.identity(one),
        }
        for one in found
    ]
    return rows, typed


async def block(desk: Desk) -> Response:
    """Keep a time free of appointments, for an hour or for weeks. What is booked is never put out by it: it
    is told, and moved or cancelled first.
    """
    form = desk.form
    book, party = await find_party(desk, form.get("bok", ""), form.get("med", ""))
    start = changes.moment(form.get("kl", ""))
    end = _end(form.get("tildag", ""), form.get("tilkl", ""))
    slot = {
        "resourceType": "Slot",
        "schedule": {"reference": f"Schedule/{party.schedules[0]}"},
        "status": BLOCKING,
        "start": start.isoformat(),
        "end": end.isoformat(),
        "comment": form.get("tekst", "").strip()[:LONGEST] or desk.t.timebok.blocked_plain,
    }
    if end <= start:
        return page(desk, book, party, start, [desk.t.timebok.block_ends_first])
    try:
        stored = await desk.create(slot)
    except Forbidden:
        return page(desk, book, party, start, [desk.t.timebok.block_own])
    except Conflict as conflict:
        taken = clashes.Time([party.reference], start, end)
        told = await clashes.clashes(desk, taken, book.names()) or refusals.told(desk, conflict, {})
        return page(desk, book, party, start, told)
    except Unprocessable as fault:
        return page(desk, book, party, start, refusals.told(desk, fault, book.names()))
    return _block(desk, stored, desk.t.timebok.block_set)


async def blocked(desk: Desk) -> Response:
    """One block, and the button that lifts it."""
    return _block(desk, await _slot(desk))


async def lift(desk: Desk) -> Response:
    """Let the time be booked again."""
    return await _become(desk, LIFTED, desk.t.timebok.block_lifted)


async def restore(desk: Desk) -> Response:
    """Keep it free once more."""
    return await _become(desk, BLOCKING, desk.t.timebok.block_set)


async def _become(desk: Desk, status: str, said: str) -> Response:
    slot = await _slot(desk)
    try:
        return _block(desk, await desk.update(slot | {"status": status}), said)
    except PreconditionFailed:
        return _block(desk, await _slot(desk), fault=desk.t.timebok.meanwhile)
    except Forbidden:
        return _block(desk, slot, fault=desk.t.timebok.block_own)
    except Conflict as conflict:
        return _block(desk, slot, fault=refusals.told(desk, conflict, {})[0])


async def _slot(desk: Desk) -> Json:
    return await desk.read("Slot", desk.part_of_path("sperring"))


async def find_party(desk: Desk, book: str, reference: str) -> tuple[Book, Party]:
    """A book, and one who stands in it. Raises NotFound."""
    found = await parties.book(desk, book)
    party = found.party(reference)
    if party is None:
        raise NotFound(f"{found.name} has no such calendar.")
    return found, party


def _end(day: str, clock: str) -> datetime:
    try:
        return datetime.combine(asked.day(day), time.fromisoformat(clock.replace(".", ":")), OSLO)
    except ValueError:
        raise Invalid("A block ends on a day (24.12.2026) and at a time (14:30).") from None


def page(desk: Desk, book: Book, party: Party, start: datetime, faults: Sequence[str] = ()) -> Response:
    """The pane of a free time, with what was refused."""
    usual = start + timedelta(minutes=30)
    return desk.page(
        "free.html",
        409 if faults else 200,
        book=book,
        party=party,
        start=start.isoformat(),
        when=words.moment(desk.t, start),
        until=(desk.form.get("tildag") or f"{usual:%d.%m.%Y}", desk.form.get("tilkl") or f"{usual:%H:%M}"),
        faults=faults,
        may_book=desk.writes("Appointment"),
        may_block=parties.blocks(desk, party),
    )


def _block(desk: Desk, slot: Json, said: str = "", fault: str = "") -> Response:
    start, end = (datetime.fromisoformat(slot[name]) for name in ("start", "end"))
    return desk.page(
        "block.html",
        409 if fault else 200,
        slot=slot,
        when=words.span(desk.t, start, end),
        holds=slot["status"] == BLOCKING,
        may=desk.writes("Slot"),
        said=said,
        fault=fault,
    )
