"""What has to be known before an Appointment is held or booked: those who take part, and their calendars."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from fellesjournal.access.journal import OpenJournal, Page, Question
from fellesjournal.booking import holding
from fellesjournal.booking.asked import objections
from fellesjournal.booking.asked.objections import World
from fellesjournal.fhir import json

_MOST = 100


async def require_no_objection(journal: OpenJournal, appointment: Mapping[str, Any], today: datetime) -> None:
    """Raise Unprocessable with all that stands against an Appointment as the actor may know it.

    A citizen whom the actor does not reach yet is not looked at: whether there is one is for the door.
    """
    asked = [holding.local(one.get("actor", {})) for one in appointment.get("participant", ())]
    actors = sorted({one for one in asked if one})
    if not actors:
        return
    *there, schedules = await journal.search_together([*_questions(actors), _calendars(actors)])
    known = {f"{one['resourceType']}/{one['id']}": one for page in there for one in _trees(page)}
    unseen = {one: {"resourceType": "Patient"} for one in actors if one.startswith("Patient/")}
    objections.require(appointment, World(unseen | known, _trees(schedules)), today)


def _questions(actors: list[str]) -> Iterator[Question]:
    by_type: dict[str, list[str]] = {}
    for one in actors:
        kind, _, id = one.partition("/")
        by_type.setdefault(kind, []).append(id)
    for kind, ids in by_type.items():
        yield Question(kind, [("_id", ",".join(ids)), ("_count", str(_MOST))])


def _calendars(actors: list[str]) -> Question:
    return Question("Schedule", [("actor", ",".join(actors)), ("_count", str(_MOST))])


def _trees(page: Page) -> list[dict[str, Any]]:
    return [json.parse(entry.stored.body or b"{}").tree for entry in page.entries]
