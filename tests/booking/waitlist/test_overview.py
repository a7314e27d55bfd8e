"""The control list as it is read of the record."""

from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from booking.conftest import MONDAY
from booking.waitlist.conftest import CLINIC, Site, entry, visit
from fellesjournal.access.actor import Actor
from fellesjournal.app import wiring
from fellesjournal.app.rooms import Knowledge, joined
from fellesjournal.app.settings import Settings
from fellesjournal.booking.waitlist.control import Lack, Row
from fellesjournal.booking.waitlist.overview import control_list
from fellesjournal.errors import NotFound


async def read(know: Knowledge, pool: asyncpg.Pool, service: str) -> list[Row]:
    settings = Settings(practice_site=True, synthetic_numbers_only=False)
    journal = wiring.door(settings, know.definitions, joined(settings, know, pool).record, pool)
    async with journal.open(Actor.practice()) as opened:
        return await control_list(opened, service, datetime.now(UTC))


async def test_the_list_of_a_service_says_of_everybody_what_they_lack(
    site: Site, know: Knowledge, pool: asyncpg.Pool
) -> None:
    passed = (datetime.now(UTC) - timedelta(days=3)).date().isoformat()
    referral = {"status": "active", "intent": "order", "performer": [{"reference": CLINIC}]}
    await site.put(
        {"resourceType": "Patient", "id": "eva", "deceasedBoolean": True},
        {"resourceType": "ServiceRequest", "id": "r", "subject": {"reference": "Patient/per"}} | referral,
        entry("ola", "Patient/ola"),
        entry("ada", "Patient/ada", deadline=passed),
        entry("eva", "Patient/eva"),
        visit("v", 0, "Patient/ola", supportingInformation=[{"reference": "Appointment/ola"}]),
    )
    found = {row.reference: row for row in await read(know, pool, CLINIC)}
    assert {reference: list(row.lacks) for reference, row in found.items()} == {
        "Appointment/ada": [Lack.DEADLINE_PASSED, Lack.NO_STEP],
        "Appointment/eva": [Lack.TO_CLOSE],
        "ServiceRequest/r": [Lack.NO_ENTRY],
        "Appointment/ola": [],
    }
    step = found["Appointment/ola"].step
    assert step is not None
    assert (step.appointment, step.start) == ("Appointment/v", MONDAY)


async def test_a_service_that_there_is_not_has_no_list(
    site: Site, know: Knowledge, pool: asyncpg.Pool
) -> None:
    with pytest.raises(NotFound):
        await read(know, pool, "HealthcareService/nowhere")
