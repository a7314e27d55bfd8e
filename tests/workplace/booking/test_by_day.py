"""What is moved stays in the part of the day and night that it was in; who comes is named once."""

import re
from datetime import datetime, time

import pytest

from fellesjournal.ui.norwegian import OSLO
from fellesjournal.workplace.booking.proposing import MORNING, by_day
from workplace.booking import calendars
from workplace.conftest import Office
from workplace.people import ADA, NEAR

MORNING_VISIT, NIGHT_VISIT = (datetime(2026, 11, 27, hour, 10, tzinfo=OSLO) for hour in (8, 2))


@pytest.mark.parametrize(
    ("now", "first"),
    [
        ("2026-11-26T09:30", "2026-11-26T09:30"),
        ("2026-11-26T22:30", "2026-11-27T07:00"),
        ("2026-11-26T03:00", "2026-11-26T07:00"),
    ],
)
def test_a_visit_by_day_is_not_moved_into_the_night(now: str, first: str) -> None:
    moment, opens = by_day(MORNING_VISIT, datetime.fromisoformat(now).replace(tzinfo=OSLO))
    assert (moment.replace(tzinfo=None).isoformat("T", "minutes"), opens) == (first, MORNING)


def test_a_visit_by_night_can_be_moved_to_any_hour() -> None:
    now = datetime(2026, 11, 26, 23, 0, tzinfo=OSLO)
    assert by_day(NIGHT_VISIT, now) == (now, time())


@pytest.mark.parametrize(
    ("opens", "closes", "proposed"),
    [("00:00", "00:00", ["07:00", "12:00", "07:00"]), ("01:00", "05:00", ["01:00", "01:00", "01:00"])],
)
async def test_nobody_is_offered_the_night_where_there_are_days(
    office: Office, opens: str, closes: str, proposed: list[str]
) -> None:
    await office.put(*calendars.resources())
    await office.put(
        calendars.schedule("kalender-skole", calendars.GROUP, opens, closes, "skole", capacity=8)
    )
    async with office.worker("ryddig-perlemor") as secretary:
        since = f"{calendars.moment(3, '00:00'):%Y-%m-%d}"
        page = await secretary.get(f"/innbygger/{NEAR}/time/forslag", hva="skole", fra=since)
    starts = re.findall(r'name="start" value="[^"]*T(\d\d:\d\d)', page.text)
    assert starts == proposed


async def test_a_place_and_its_service_with_one_name_are_told_once(office: Office) -> None:
    await office.put(*calendars.resources())
    [place] = await office.asked(f"{calendars.ROOM.replace('/', '?_id=')}")
    service = {
        "resourceType": "HealthcareService",
        "id": "same-name",
        "name": place["name"],
        "providedBy": place["managingOrganization"],
    }
    at = calendars.moment(7, "10:00")
    booked = calendars.appointment("named-twice", at, 30, f"Patient/{ADA}", calendars.ROOM)
    party = {"actor": {"reference": "HealthcareService/same-name"}, "status": "accepted"}
    await office.put(service, booked | {"participant": [*booked["participant"], party]})
    async with office.worker("ryddig-perlemor") as secretary:
        page = await secretary.get("/timebok/time/named-twice")
    assert page.text.count(place["name"]) == 1
