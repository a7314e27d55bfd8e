"""The workplace of a practice site with a handful of citizens, and the health workers who sit at it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg
import httpx
import pytest
import pytest_asyncio

from conftest import FHIR_PACKAGE, ROOT, lasting
from fellesjournal.app import rooms, wiring
from fellesjournal.app.rooms import Knowledge
from fellesjournal.app.settings import Settings
from fellesjournal.signin.cookies import LANGUAGE
from filled import Filled
from record.conftest import bundle, entry
from signin.conftest import field
from workplace import people

ORIGIN = "http://127.0.0.1:8080"
FHIR = {"Content-Type": "application/fhir+json"}


@dataclass
class Worker:
    """A health worker's browser."""

    browser: httpx.AsyncClient

    async def get(self, path: str, **asked: str) -> httpx.Response:
        return await self.browser.get(f"/arbeid{path}", params=asked)

    async def send(self, path: str, form: dict[str, str]) -> httpx.Response:
        """Send a form, with the proof that a page of this session bears."""
        page = await self.get("")
        sent = form | {"bevis": field(page.text, "bevis")}
        return await self.browser.post(f"/arbeid{path}", data=sent)


@dataclass
class Office:
    """The site, its database, and what a register may put into its record."""

    transport: httpx.ASGITransport
    pool: asyncpg.Pool

    def _client(self, **headers: str) -> httpx.AsyncClient:
        return httpx.AsyncClient(transport=self.transport, base_url=ORIGIN, headers=headers)

    @asynccontextmanager
    async def worker(self, id: str, language: str = "nb", role: str = "") -> AsyncIterator[Worker]:
        """A worker with a fixed name who has signed in, in a role (a PractitionerRole's id) or the first."""
        async with self._client(Origin=ORIGIN) as browser:
            browser.cookies.set(LANGUAGE, language)
            landed = await browser.post("/logg-inn/ovelse", data={"person": f"Practitioner/{id}"})
            assert landed.status_code < 400, landed.text
            if "rolle" in landed.headers.get("location", landed.text):
                page = await browser.get("/logg-inn/rolle")
                chosen = {"bevis": field(page.text, "bevis"), "rolle": field(page.text, "rolle")}
                if role:
                    chosen["rolle"] = f"PractitionerRole/{role}"
                await browser.post("/logg-inn/rolle", data=chosen)
            yield Worker(browser)

    async def put(self, *resources: dict[str, Any]) -> None:
        """Store resources under their ids."""
        entries = [entry("PUT", f"{one['resourceType']}/{one['id']}", one) for one in resources]
        async with self._client(**FHIR) as practice:
            stored = await practice.post("/fhir", content=bundle(*entries))
            assert stored.status_code == 200, stored.text

    async def asked(self, path: str) -> list[dict[str, Any]]:
        """What a search of the record gives."""
        async with self._client() as practice:
            answer = await practice.get(f"/fhir/{path}")
            assert answer.status_code == 200, answer.text
            return [one["resource"] for one in answer.json().get("entry", [])]


@pytest.fixture(scope="session")
def know() -> Knowledge:
    return lasting(rooms.knowledge(FHIR_PACKAGE, ROOT / ".data" / "cache"))


@pytest.fixture(scope="session")
def staffed(postgres: str, template: str, know: Knowledge) -> Filled:
    """Databases with everybody in the record."""

    async def fill(pool: asyncpg.Pool) -> None:
        await office_of(pool, know).put(*people.resources())

    return Filled(postgres, template, "staffed", fill)


@pytest_asyncio.fixture
async def database_url(staffed: Filled) -> AsyncIterator[str]:
    """A database of this test's own, with everybody in the record."""
    async for url in staffed.copy():
        yield url


def office_of(pool: asyncpg.Pool, know: Knowledge) -> Office:
    """The site on a database."""
    return Office(httpx.ASGITransport(wiring.surface(Settings(practice_site=True), know, pool)), pool)


@pytest.fixture
def office(pool: asyncpg.Pool, know: Knowledge) -> Office:
    """The site, with everybody in its record."""
    return office_of(pool, know)
