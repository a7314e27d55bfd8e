"""One value that was measured: what has been done with it, and marking it as entered in error."""

import msgspec
from starlette.responses import Response

from fellesjournal.errors import Conflict, NotFound, PreconditionFailed
from fellesjournal.ui import naming
from fellesjournal.ui.norwegian import OSLO
from fellesjournal.ui.values import unit_of, value_of
from fellesjournal.workplace.desk import Desk, Json

WRONG = "entered-in-error"
LONGEST = 200


async def show(desk: Desk) -> Response:
    """The value that the address names, with its history. Raises NotFound."""
    return await _page(desk, await _measured(desk))


async def retract(desk: Desk) -> Response:
    """Mark the value as entered in error, and every score that was made of it. Nothing is deleted: all
    versions stay (helsepersonelloven § 42: what is wrong is mended so that what was written can still be
    read)."""
    one = await _measured(desk)
    if str(one["meta"]["versionId"]) != desk.form.get("versjon") or one["status"] == WRONG:
        return await _page(desk, one, fault=desk.t.vitals.changed_since)
    asked = [("patient", desk.part_of_path("id")), ("derived-from", f"Observation/{one['id']}")]
    scores = await desk.search("Observation", asked)
    note = _note(desk)
    try:
        await desk.transact([_wrong(each, note) for each in (one, *scores) if each["status"] != WRONG])
    except (PreconditionFailed, Conflict):
        return await _page(desk, await _measured(desk), fault=desk.t.vitals.changed_since)
    return await _page(desk, await _measured(desk), said=desk.t.vitals.retracted)


async def _measured(desk: Desk) -> Json:
    """The observation that the address names. Raises NotFound for one of somebody else."""
    found = await desk.read("Observation", desk.part_of_path("observation"))
    if f"Patient/{desk.part_of_path('id')}" not in naming.references(found["subject"]):
        raise NotFound("The citizen has no such measurement.")
    return found


def _note(desk: Desk) -> Json:
    reason = " ".join(desk.form.get("grunn", "").split())[:LONGEST]
    said = f"{desk.t.notes.wrong.capitalize()}: {reason or desk.t.vitals.no_reason}"
    when = desk.now.astimezone(OSLO).isoformat(timespec="seconds")
    return {
        "authorReference": {"reference": desk.actor.person, "display": desk.actor.display},
        "time": when,
        "text": said,
    }


def _wrong(observation: Json, note: Json) -> Json:
    return {**observation, "status": WRONG, "note": [*observation.get("note", ()), note]}


async def _page(desk: Desk, one: Json, *, said: str = "", fault: str = "") -> Response:
    page = await desk.journal.history("Observation", one["id"], [("_count", "20")])
    versions = [msgspec.json.decode(entry.stored.body) for entry in page.entries if entry.stored.body]
    return desk.page(
        "measured.html",
        id=desk.part_of_path("id"),
        one=_row(one),
        versions=[_row(each) for each in versions],
        may=desk.writes("Observation"),
        said=said,
        fault=fault,
    )


def _row(observation: Json) -> Json:
    notes = observation.get("note", ())
    by = next((one.get("display", "") for one in observation.get("performer", ())), "")
    return {
        "id": observation["id"],
        "version": observation["meta"]["versionId"],
        "text": naming.concept(observation["code"]),
        "value": value_of(observation),
        "unit": unit_of(observation),
        "when": observation["meta"]["lastUpdated"],
        "by": by,
        "wrong": observation["status"] == WRONG,
        "reason": _said(notes[-1]) if notes else "",
    }


def _said(note: Json) -> str:
    return f"{note['text']} ({note.get('authorReference', {}).get('display', '')})"
