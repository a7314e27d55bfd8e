"""A citizen on a waitlist: an offer is answered, a list is left, and nobody jumps the queue."""

from datetime import UTC, datetime
from typing import Any

import pytest

from booking.waitlist.conftest import CLINIC, entry
from fellesjournal.booking.holding import HELD_UNTIL
from fellesjournal.booking.waitlist.entry import ENTRY
from portal.conftest import Home
from portal.people import in_days
from portal.test_appointments import ILL, written
from workplace.people import ADA

CITIZEN = f"Patient/{ADA}"


def offer() -> dict[str, Any]:
    """A time that is held for Ada for two days."""
    return {
        "resourceType": "Appointment",
        "id": "offered",
        "status": "proposed",
        "start": in_days(9),
        "end": in_days(9, 30),
        "extension": [{"url": HELD_UNTIL, "valueDateTime": in_days(2)}],
        "supportingInformation": [{"reference": "Appointment/waits"}],
        "participant": [
            {"actor": {"reference": CITIZEN}, "status": "needs-action"},
            {"actor": {"reference": CLINIC}, "status": "accepted"},
        ],
    }


@pytest.mark.parametrize(
    ("path", "form", "status"), [("svar", {}, "booked"), ("avlysning", ILL, "cancelled")], ids=["yes", "no"]
)
async def test_an_offer_is_answered_on_the_citizens_page(
    home: Home, path: str, form: dict[str, str], status: str
) -> None:
    await home.office.put(
        {"resourceType": "HealthcareService", "id": "hud"}, entry("waits", CITIZEN), offer()
    )
    async with home.visitor(ADA) as visitor:
        assert (await visitor.send(f"/timer/offered/{path}", form)).status_code == 303
    [answered] = await home.office.asked("Appointment?_id=offered")
    [waiting] = await home.office.asked("Appointment?_id=waits")
    assert (answered["status"], waiting["status"]) == (status, "waitlist")


async def test_who_waits_no_more_says_so_on_their_page(home: Home) -> None:
    await home.office.put({"resourceType": "HealthcareService", "id": "hud"}, entry("waits", CITIZEN))
    async with home.visitor(ADA) as visitor:
        assert (await visitor.get("/timer/waits")).status_code == 200
        assert (await visitor.send("/timer/waits/avlysning", ILL)).status_code == 303
    [left] = await home.office.asked("Appointment?_id=waits")
    assert left["status"] == "cancelled"


async def test_nobody_puts_themselves_on_a_list_or_up_on_it(home: Home) -> None:
    await home.office.put({"resourceType": "HealthcareService", "id": "hud"}, entry("waits", CITIZEN))
    parts = [
        {"url": "since", "valueDateTime": "2020-01-01"},
        {"url": "deadline", "valueDate": f"{datetime.now(UTC):%Y-%m-%d}"},
    ]
    urgent = entry("waits", CITIZEN) | {
        "priority": 1,
        "extension": [{"url": ENTRY, "extension": parts}],
    }
    async with home.visitor(ADA) as visitor:
        refused = await written(visitor, urgent)
        assert refused.status_code == 403
        assert "by the service" in refused.text
        assert (await written(visitor, entry("another", CITIZEN))).status_code in (403, 404)
    assert len(await home.office.asked("Appointment?status=waitlist")) == 1
