"""A site with a mail server and an SMS gateway of its own, whose rounds are gone by hand."""

from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import msgspec
import pytest

from booking.notices.post import Post, serving
from fellesjournal.access.audit.access import Access
from fellesjournal.app import rounds, wiring
from fellesjournal.app.rooms import Knowledge, joined
from fellesjournal.app.settings import Settings

Json = dict[str, Any]


@dataclass
class Sending:
    """The service, with a clock that only the rounds go by."""

    client: httpx.AsyncClient
    pool: asyncpg.Pool
    mail: Post
    sms: Post
    made: Callable[[Settings], rounds.Round]
    round: rounds.Round
    logged: list[Access]
    passed: timedelta = field(default_factory=timedelta)

    async def put(self, *trees: Json) -> None:
        for tree in trees:
            body = msgspec.json.encode(tree)
            answer = await self.client.put(f"{tree['resourceType']}/{tree['id']}", content=body)
            assert answer.status_code < 300, answer.text

    async def go(self) -> None:
        """Go rounds until nothing is due."""
        while await self.round():
            pass

    async def notices(self) -> list[tuple[str, str]]:
        """Every notice: kind and state."""
        rows = await self.pool.fetch("select kind, state from notice order by number")
        return [(row["kind"], row["state"]) for row in rows]

    def texts(self) -> list[str]:
        return [one["text"] for one in self.sms.texts]


def citizen(id: str, *ways: str, language: str = "nb", **more: Any) -> Json:
    """A Patient who has chosen some ways."""
    varsling = "https://fellesjournal.no/fhir/StructureDefinition/varsling"
    spoken = {"coding": [{"system": "urn:ietf:bcp:47", "code": language}]}
    return {
        "resourceType": "Patient",
        "id": id,
        "telecom": [
            {"system": "phone", "value": "+47 900 00 000", "use": "mobile"},
            {"system": "email", "value": f"{id}@innbygger.example"},
        ],
        "communication": [{"language": spoken, "preferred": True}],
        "extension": [{"url": varsling, "valueCode": way} for way in ways or ("none",)],
        **more,
    }


@pytest.fixture
async def sending(know: Knowledge, pool: asyncpg.Pool, tmp_path: Path) -> AsyncIterator[Sending]:
    """A site with both ways out."""
    (tmp_path / "token").write_text("hemmelig\n")
    logged: list[Access] = []

    async def write(accesses: Sequence[Access]) -> None:
        logged.extend(accesses)

    async with serving("smtp") as mail, serving("http") as sms:
        site = Settings(
            practice_site=True,
            synthetic_numbers_only=False,
            site_url="https://journal.example",
            smtp_server=f"127.0.0.1:{mail.port}",
            smtp_security="none",
            smtp_sender="varsel@journal.example",
            sms_gateway=f"http://127.0.0.1:{sms.port}/sms",
            sms_sender="Helse",
            sms_token=str(tmp_path / "token"),
        )
        record = joined(site, know, pool).record
        journal = wiring.door(site, know.definitions, record, pool, write=write)

        def made(settings: Settings) -> rounds.Round:
            def now() -> datetime:
                return datetime.now(UTC) + site_of_tests.passed

            return rounds.notices(settings, pool, journal, record, now)

        transport = httpx.ASGITransport(wiring.surface(site, know, pool, write=write))
        headers = {"Content-Type": "application/fhir+json"}
        async with httpx.AsyncClient(
            transport=transport, base_url="http://localhost/fhir/", headers=headers
        ) as asking:
            site_of_tests = Sending(asking, pool, mail, sms, made, made(site), logged)
            yield site_of_tests
