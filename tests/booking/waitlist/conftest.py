"""A clinic with a doctor, a room and a list of those who wait, asked over HTTP; rounds are gone by hand."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import httpx
import msgspec
import pytest
from starlette.applications import Starlette

from booking.conftest import appointment, at
from fellesjournal.access.audit.access import Access
from fellesjournal.app import rounds, wiring
from fellesjournal.app.rooms import Knowledge, joined
from fellesjournal.app.settings import Settings
from fellesjournal.booking.waitlist.entry import ENTRY
from fellesjournal.booking.waitlist.rules import RULES

CLINIC, ROOM, DOCTOR = "HealthcareService/hud", "Location/room", "Practitioner/doctor"
SKIN = {"coding": [{"system": "http://snomed.info/sct", "code": "394582007"}]}
Json = dict[str, Any]


def entry(id: str, citizen: str, *, since: str = "2026-01-05", **more: Any) -> Json:
    """One who waits for the clinic; deadline, notice and place go into the extension."""
    parts: list[Json] = [{"url": "since", "valueDateTime": since}]
    if "deadline" in more:
        parts.append({"url": "deadline", "valueDate": more.pop("deadline")})
    if "notice" in more:
        parts.append({"url": "notice", "valueUnsignedInt": more.pop("notice")})
    if "place" in more:
        parts.append({"url": "place", "valueReference": {"reference": more.pop("place")}})
    return {
        "resourceType": "Appointment",
        "id": id,
        "status": "waitlist",
        "serviceType": [SKIN],
        "extension": [{"url": ENTRY, "extension": parts}],
        "participant": [
            {"actor": {"reference": citizen}, "status": "accepted"},
            {"actor": {"reference": CLINIC}, "status": "accepted"},
        ],
        **more,
    }


def visit(id: str, start: float, *citizens: str, **more: Any) -> Json:
    """A booked half hour at the clinic, so many minutes after MONDAY."""
    return appointment(id, start, start + 30, *citizens, DOCTOR, ROOM, CLINIC, serviceType=[SKIN], **more)


def service(**chosen: Any) -> Json:
    """The clinic with its rules; `automatic`, `quiet` (hours), `answer` (minutes), `near` (days)."""
    parts = [
        {"url": name, "valueBoolean" if isinstance(value, bool) else "valueUnsignedInt": value}
        for name, value in chosen.items()
    ]
    extension = [{"url": RULES, "extension": parts}] if parts else []
    made: Json = {"resourceType": "HealthcareService", "id": "hud", "active": True}
    return made | ({"extension": extension} if extension else {})


@dataclass
class Site:
    """The service, with a clock that only the rounds go by."""

    client: httpx.AsyncClient
    pool: asyncpg.Pool
    round: rounds.Round
    logged: list[Access]
    app: Starlette
    passed: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        return datetime.now(UTC) + self.passed

    async def put(self, *trees: Json, status: tuple[int, ...] = (200, 201)) -> httpx.Response:
        """Store resources under their ids, one by one; gives the last answer."""
        for tree in trees:
            body = msgspec.json.encode(tree)
            answer = await self.client.put(f"{tree['resourceType']}/{tree['id']}", content=body)
            assert answer.status_code in status, answer.text
        return answer

    async def found(self, query: str) -> list[Json]:
        answer = await self.client.get(query)
        assert answer.status_code == 200, answer.text
        return [one["resource"] for one in answer.json().get("entry", [])]

    async def offers(self, entry: str) -> list[Json]:
        """All that was offered to an entry, the last first."""
        return await self.found(f"Appointment?supporting-info=Appointment/{entry}&_sort=-_lastUpdated")

    async def cancel(self, id: str, reason: str = "AAI") -> None:
        """Cancel an appointment, or say no to an offer."""
        [one] = await self.found(f"Appointment?_id={id}")
        coding = {"system": "urn:oid:2.16.578.1.12.4.1.1.7621", "code": reason}
        await self.put(one | {"status": "cancelled", "cancelationReason": {"coding": [coding]}})

    async def accept(self, offer: Json) -> httpx.Response:
        """Say yes to an offer, as the citizen's page does."""
        parties = [one | {"status": "accepted"} for one in offer["participant"]]
        return await self.put(offer | {"status": "booked", "participant": parties}, status=(200, 409))


@pytest.fixture
async def site(know: Knowledge, pool: asyncpg.Pool) -> AsyncIterator[Site]:
    """The clinic offers freed time by itself until a day before, and waits four hours for an answer."""
    settings = Settings(practice_site=True, synthetic_numbers_only=False)
    logged: list[Access] = []

    async def write(accesses: Sequence[Access]) -> None:
        logged.extend(accesses)

    app = wiring.surface(settings, know, pool, write=write)
    journal = wiring.door(settings, know.definitions, joined(settings, know, pool).record, pool, write=write)
    transport = httpx.ASGITransport(app)
    headers = {"Content-Type": "application/fhir+json"}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://localhost/fhir/", headers=headers
    ) as asking:
        made = Site(asking, pool, rounds.waitlist(pool, journal, lambda: made.now()), logged, app)  # noqa: PLW0108 -- made is not there yet
        people = [{"resourceType": "Patient", "id": id} for id in ("ada", "ola", "eva", "per")]
        await made.put(*people, service(automatic=True, quiet=24, answer=240))
        yield made


__all__ = ["CLINIC", "DOCTOR", "ROOM", "Site", "at", "entry", "service", "visit"]
