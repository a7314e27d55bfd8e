"""The workplace with a clinic that is booked with."""

from collections.abc import AsyncIterator

import asyncpg
import pytest
import pytest_asyncio

from fellesjournal.app.rooms import Knowledge
from filled import Filled
from workplace import people
from workplace.booking import calendars
from workplace.conftest import Office, know, office, office_of

__all__ = ["know", "office"]


@pytest.fixture(scope="session")
def booked(postgres: str, template: str, know: Knowledge) -> Filled:
    """Databases with everybody of the workplace, and the calendars of the clinic."""

    async def fill(pool: asyncpg.Pool) -> None:
        office = office_of(pool, know)
        await office.put(*people.resources())
        await office.put(*calendars.resources())

    return Filled(postgres, template, "booked", fill)


@pytest_asyncio.fixture
async def database_url(booked: Filled) -> AsyncIterator[str]:
    """A database of this test's own, with the clinic in it."""
    async for url in booked.copy():
        yield url


@pytest.fixture
def clinic(office: Office) -> Office:
    """The site with the calendars of the clinic."""
    return office
