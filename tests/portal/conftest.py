"""The portal of a practice site with a handful of citizens, and the citizens who visit it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg
import httpx
import pytest
import pytest_asyncio

from fellesjournal.app.rooms import Knowledge
from fellesjournal.signin.cookies import LANGUAGE
from filled import Filled
from portal import people
from signin.conftest import field
from workplace import people as staffed
from workplace.conftest import ORIGIN, Office, know, office, office_of

__all__ = ["know", "office"]


@dataclass
class Visitor:
    """A citizen's browser."""

    browser: httpx.AsyncClient

    async def get(self, path: str = "", **asked: str) -> httpx.Response:
        return await self.browser.get(f"/min{path}", params=asked or None)

    async def send(self, path: str, form: dict[str, str]) -> httpx.Response:
        """Send a form, with the proof that a page of this session bears."""
        page = await self.get("/deling")
        return await self.browser.post(f"/min{path}", data=form | {"bevis": field(page.text, "bevis")})


@dataclass
class Home:
    """The site as citizens know it."""

    office: Office

    @asynccontextmanager
    async def visitor(self, id: str, language: str = "nb") -> AsyncIterator[Visitor]:
        """A citizen who has signed in."""
        transport = self.office.transport
        async with httpx.AsyncClient(
            transport=transport, base_url=ORIGIN, headers={"Origin": ORIGIN}
        ) as browser:
            browser.cookies.set(LANGUAGE, language)
            landed = await browser.post("/logg-inn/ovelse", data={"person": f"Patient/{id}"})
            assert landed.status_code < 400, landed.text
            yield Visitor(browser)


@pytest.fixture(scope="session")
def inhabited(postgres: str, template: str, know: Knowledge) -> Filled:
    """Databases with everybody of the workplace in the record, and families."""

    async def fill(pool: asyncpg.Pool) -> None:
        office = office_of(pool, know)
        await office.put(*staffed.resources())
        await office.put(*people.resources())

    return Filled(postgres, template, "inhabited", fill)


@pytest_asyncio.fixture
async def database_url(inhabited: Filled) -> AsyncIterator[str]:
    """A database of this test's own, with all of them in the record."""
    async for url in inhabited.copy():
        yield url


@pytest.fixture
def home(office: Office) -> Home:
    """The site, with families in its record."""
    return Home(office)
