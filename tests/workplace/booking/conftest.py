"""The workplace with a clinic that is booked with."""

import pytest_asyncio

from workplace.booking import calendars
from workplace.conftest import Office, know, office

__all__ = ["clinic", "know", "office"]


@pytest_asyncio.fixture
async def clinic(office: Office) -> Office:
    """The site with the calendars of the clinic."""
    await office.put(*calendars.resources())
    return office
