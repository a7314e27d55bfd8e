"""A citizen on a waitlist: an offer is answered, a list is left, and nobody jumps the queue."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from booking.waitlist.conftest import CLINIC, entry
from fellesjournal.booking.holding import HELD_UNTIL
from fellesjournal.booking.waitlist.earlier import instead, wanted
from fellesjournal.booking.waitlist.entry import ENTRY
from portal.conftest import Home, Visitor
from portal.people import STRANGER, in_days
from portal.test_appointments import ILL, written
from signin.conftest import field
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


HUD = {"resourceType": "HealthcareService", "id": "hud"}


def has() -> dict[str, Any]:
    """A time that Ada has, with a service that has a list."""
    parties = [{"actor": {"reference": one}, "status": "accepted"} for one in (CITIZEN, CLINIC)]
    times = {"start": in_days(9), "end": in_days(9, 30)}
    return {"resourceType": "Appointment", "id": "has", "status": "booked", "participant": parties, **times}


async def test_who_would_like_an_earlier_time_waits_for_it_by_one_press_and_keeps_the_one_there_is(
    home: Home,
) -> None:
    await home.office.put(HUD, has())
    async with home.visitor(ADA) as visitor:
        assert "Jeg vil gjerne ha en tidligere time" in (await visitor.get("/timer/has")).text
        for _ in range(2):
            assert (await visitor.send("/timer/has/tidligere", {})).status_code == 303
        page = (await visitor.get("/timer/has")).text
        assert "Du venter på en tidligere time" in page
        [entry] = await home.office.asked("Appointment?status=waitlist")
        assert f"/min/timer/{entry['id']}" in page, "where one stops waiting"
        assert instead(entry) == "Appointment/has"
    assert (await home.office.asked("Appointment?_id=has"))[0]["status"] == "booked"
    async with home.visitor(STRANGER) as stranger:
        assert (await stranger.send("/timer/has/tidligere", {})).status_code == 404


async def posted(visitor: Visitor, resource: dict[str, Any]) -> httpx.Response:
    """The same as a program with the visitor's session writes it."""
    page = await visitor.get("/deling")
    headers = {"x-csrf-token": field(page.text, "bevis"), "Content-Type": "application/fhir+json"}
    return await visitor.browser.post("/fhir/Appointment", json=resource, headers=headers)


async def test_a_wish_for_an_earlier_time_is_not_a_word_more_than_that(home: Home) -> None:
    urgent = has() | {"priority": 7}
    await home.office.put(HUD, urgent)
    wish = wanted(urgent, CLINIC, CITIZEN, datetime.now(UTC))
    since = datetime.now(UTC) - timedelta(days=30)
    for more in (
        wanted(urgent, CLINIC, CITIZEN, datetime.now(UTC)) | {"priority": 1},
        wish | {"comment": "haster"},
        wish | {"requestedPeriod": [{"start": in_days(0), "end": in_days(20)}]},
        wanted(urgent, CLINIC, CITIZEN, since),
        wanted(urgent, "HealthcareService/annen", CITIZEN, datetime.now(UTC)),
        wanted(urgent | {"id": "ingen"}, CLINIC, CITIZEN, datetime.now(UTC)),
    ):
        async with home.visitor(ADA) as visitor:
            assert (await posted(visitor, more)).status_code in (403, 404, 422), more
    async with home.visitor(ADA) as visitor:
        assert (await posted(visitor, wish)).status_code == 201
        assert (await posted(visitor, wish)).status_code == 403, "once"


async def test_where_there_is_no_list_no_earlier_time_is_offered(home: Home) -> None:
    async with home.visitor(ADA) as visitor:
        assert "tidligere time" not in (await visitor.get("/timer/ada-coming")).text
        assert (await visitor.send("/timer/ada-coming/tidligere", {})).status_code == 400
