"""What has to be known before an Appointment is held or booked: those who take part, and their calendars."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from fellesjournal.access.journal import OpenJournal
from fellesjournal.booking import holding, objections
from fellesjournal.booking.objections import World
from fellesjournal.fhir import json

_MOST = 100


async def require_no_objection(journal: OpenJournal, appointment: Mapping[str, Any], today: datetime) -> None:
    """Raise Unprocessable with all that stands against an Appointment as the actor may know it.

    A citizen whom the actor does not reach yet is not looked at: whether there is one is for the door.
    """
    asked = [holding.local(one.get("actor", {})) for one in appointment.get("participant", ())]
    actors = sorted({one for one in asked if one})
    there = await _read(journal, actors)
    unseen = {one: {"resourceType": "Patient"} for one in actors if one.startswith("Patient/")}
    helpers = [one for one in actors if not one.startswith("Patient/")]
    objections.require(appointment, World(unseen | there, await _schedules(journal, helpers)), today)


async def _read(journal: OpenJournal, references: Iterable[str]) -> dict[str, dict[str, Any]]:
    by_type: dict[str, list[str]] = {}
    for one in references:
        kind, _, id = one.partition("/")
        by_type.setdefault(kind, []).append(id)
    found: dict[str, dict[str, Any]] = {}
    for kind, ids in by_type.items():
        page = await journal.search(kind, [("_id", ",".join(ids)), ("_count", str(_MOST))])
        trees = [json.parse(entry.stored.body or b"{}").tree for entry in page.entries]
        found |= {f"{kind}/{tree['id']}": tree for tree in trees}
    return found


async def _schedules(journal: OpenJournal, actors: list[str]) -> list[dict[str, Any]]:
    if not actors:
        return []
    page = await journal.search("Schedule", [("actor", ",".join(actors)), ("_count", str(_MOST))])
    return [json.parse(entry.stored.body or b"{}").tree for entry in page.entries]
