"""The portal of a practice site with a handful of citizens, and the citizens who visit it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import httpx
import pytest_asyncio

from fellesjournal.signin.cookies import LANGUAGE
from portal import people
from signin.conftest import field
from workplace.conftest import ORIGIN, Office, know, office

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


@pytest_asyncio.fixture
async def home(office: Office) -> Home:
    """The site, with families in its record."""
    await office.put(*people.resources())
    return Home(office)
