"""A record on a real database that guards time, and short ways to make appointments."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import msgspec
import pytest

from fellesjournal.app.rooms import Knowledge, joined
from fellesjournal.app.settings import Settings
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search.compile import compile_parameters
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.record.stored import Written

EVERYONE = Scope.everyone()
MONDAY = (datetime.now(UTC) + timedelta(days=40)).replace(hour=8, minute=0, second=0, microsecond=0)
"""A morning that is to come; what is over holds nothing."""

Put = Callable[[dict[str, Any]], Awaitable[Written]]


@pytest.fixture(scope="session")
def know(definitions: Definitions) -> Knowledge:
    return Knowledge(definitions, compile_parameters(definitions.search_parameters, definitions))


@pytest.fixture
def record(know: Knowledge, pool: asyncpg.Pool) -> Record:
    return joined(Settings(practice_site=True, synthetic_numbers_only=False), know, pool).record


@pytest.fixture
def put(record: Record) -> Put:
    """Stores a resource under its id."""

    async def store(tree: dict[str, Any]) -> Written:
        body = msgspec.json.encode(tree)
        return await record.update(tree["resourceType"], tree["id"], body, scope=EVERYONE)

    return store


def at(minutes: float) -> str:
    """So many minutes after MONDAY."""
    return (MONDAY + timedelta(minutes=minutes)).isoformat()


def appointment(id: str, start: float, end: float, *actors: str, **more: Any) -> dict[str, Any]:
    """An Appointment from and to some minutes after MONDAY."""
    status = more.pop("status", "booked")
    participants = [{"actor": {"reference": actor}, "status": "accepted"} for actor in actors]
    return {
        "resourceType": "Appointment",
        "id": id,
        "status": status,
        "start": at(start),
        "end": at(end),
        "participant": participants,
        **more,
    }


def schedule(id: str, *actors: str, **more: Any) -> dict[str, Any]:
    return {"resourceType": "Schedule", "id": id, "actor": [{"reference": actor} for actor in actors], **more}
