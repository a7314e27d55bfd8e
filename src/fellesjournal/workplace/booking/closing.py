"""The day is closed at the reception: all who are not done in one list, with what becomes of each."""

from collections.abc import Sequence
from typing import NamedTuple

from starlette.responses import Response

from fellesjournal.errors import Conflict, Fault, PreconditionFailed, Unprocessable
from fellesjournal.workplace.booking import appointment, changes, missed, parties, reception, refusals
from fellesjournal.workplace.desk import Desk, Json

_FIELD = "hva-"
"""Begins the name of the field that says what becomes of an appointment; its version stands in `versjon-`."""
DONE, MISSED = "ferdig", "ikke-mott"
OFFERED = {"booked": (MISSED, DONE), "arrived": (DONE,), "checked-in": (DONE,)}
"""What may become of each that is not done, the likeliest first."""


class Outcome(NamedTuple):
    """What was stored ("7:3", an id and its version), the sentences about fees, and what was refused."""

    stored: list[str]
    fees: list[str]
    faults: list[str]


async def show(desk: Desk) -> Response:
    """All of today that have begun and are not done."""
    return await _page(desk)


async def close(desk: Desk) -> Response:
    """Store what was chosen for each; one that somebody has changed meanwhile stays as it is, and is told."""
    chosen = {
        name.removeprefix(_FIELD): state
        for name, state in desk.form.items()
        if name.startswith(_FIELD) and state in (DONE, MISSED)
    }
    found = Outcome([], [], [])
    for id, state in chosen.items():
        await _become(desk, id, desk.form.get(f"versjon-{id}", ""), state, found)
    return await _page(desk, found)


async def undo(desk: Desk) -> Response:
    """Make them what they were before the day was closed."""
    found = Outcome([], [], [])
    for one in desk.form.get("timer", "").split():
        id, _, version = one.partition(":")
        await _become(desk, id, version, "", found)
    return await _page(desk, found._replace(stored=[]), said=desk.t.timebok.undone)


async def _become(desk: Desk, id: str, version: str, state: str, found: Outcome) -> None:
    one = await desk.read("Appointment", id)
    try:
        if version != one["meta"]["versionId"]:
            raise PreconditionFailed("It was changed meanwhile.")
        becomes = changes.marking(state, desk.now)(one) if state else await appointment.before(desk, one)
        stored, fee = await missed.store(desk, one, becomes)
    except (Conflict, PreconditionFailed, Unprocessable) as fault:
        found.faults.append(_fault(desk, one, fault))
        return
    found.stored.append(f"{id}:{stored['meta']['versionId']}")
    found.fees.extend(filter(None, [fee]))


def _fault(desk: Desk, one: Json, fault: Fault) -> str:
    is_late = isinstance(fault, (Conflict, PreconditionFailed))
    why = [desk.t.timebok.meanwhile] if is_late else refusals.told(desk, fault, {})
    return f"{reception.called(desk, one)}: {' '.join(why)}"


async def _page(desk: Desk, found: Outcome | None = None, said: str = "") -> Response:
    book = await parties.book(desk, desk.actor.unit.replace("/", "-", 1))
    rows = [
        row
        for row in await reception.rows(desk, book)
        if row["status"] in OFFERED and row["start"] <= desk.now
    ]
    stored: Sequence[str] = found.stored if found else ()
    if stored:
        said = desk.t.closing.closed.format(count=len(stored))
    return desk.page(
        "closing.html",
        409 if found and found.faults else 200,
        book=book,
        rows=rows,
        offered=OFFERED,
        said=" ".join(filter(None, (said, *(found.fees if found else ())))),
        stored=" ".join(stored),
        faults=found.faults if found else (),
        may=desk.writes("Appointment"),
    )
