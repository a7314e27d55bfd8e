"""Appointment/$find over HTTP: the first times that suit, and why nothing earlier does."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from booking.conftest import Put, schedule
from fellesjournal.access.audit.access import Access
from fellesjournal.app import wiring
from fellesjournal.app.rooms import Knowledge
from fellesjournal.app.settings import Settings
from fellesjournal.booking.free.availability import OPEN
from fellesjournal.booking.free.calendars import Calendars
from fellesjournal.booking.free.grid import NORWAY
from fellesjournal.booking.free.proposals import Question, Wanted, first_times
from fellesjournal.norway.days import holidays

DOCTOR, NURSE, ROOM, ADA = "Practitioner/doctor", "Practitioner/nurse", "Location/room", "Patient/ada"


async def _unlogged(accesses: Sequence[Access]) -> None:
    """A log that keeps nothing."""


@pytest.fixture
async def client(know: Knowledge, pool: asyncpg.Pool) -> AsyncIterator[httpx.AsyncClient]:
    site = Settings(practice_site=True, synthetic_numbers_only=False)
    transport = httpx.ASGITransport(wiring.surface(site, know, pool, write=_unlogged))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost/fhir/") as asking:
        yield asking


def workdays(start: str, end: str, **more: Any) -> dict[str, Any]:
    parts: list[dict[str, Any]] = [
        {"url": "day", "valueCode": day} for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    ]
    parts += [{"url": "from", "valueTime": f"{start}:00"}, {"url": "to", "valueTime": f"{end}:00"}]
    parts += [{"url": "holidays", "valueBoolean": True}]
    return {"url": OPEN, "extension": [*parts, *({"url": name} | each for name, each in more.items())]}


@pytest.fixture
async def day(put: Put) -> datetime:
    """A day to come on which the doctor works from 8 to 12, the nurse from 9, in a room open all day."""
    for reference in (DOCTOR, NURSE, ROOM, ADA):
        kind, id = reference.split("/")
        await put({"resourceType": kind, "id": id})
    await put(schedule("doctor", DOCTOR, extension=[workdays("08:00", "12:00")]))
    await put(schedule("nurse", NURSE, extension=[workdays("09:00", "15:00")]))
    await put(schedule("room", ROOM, extension=[workdays("00:00", "00:00")]))
    today = datetime.now(NORWAY).replace(hour=0, minute=0, second=0, microsecond=0)
    return next(day for ahead in range(20, 40) if no_holiday_in_series(day := today + timedelta(days=ahead)))


def no_holiday_in_series(first: datetime) -> bool:
    """Whether none of four weeks loses its day: a series leaves holidays out, and goes on for longer."""
    weeks = [(first + timedelta(weeks=week)).date() for week in range(4)]
    return not any(day in holidays(day.year) for day in weeks)


async def find(client: httpx.AsyncClient, day: datetime, **asked: Any) -> dict[str, Any]:
    """The Bundle for a day and the week after it."""
    span = {"start": day.isoformat(), "end": (day + timedelta(days=7)).isoformat()}
    answer = await client.get("Appointment/$find", params=span | asked)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def times(bundle: dict[str, Any]) -> list[str]:
    """When the proposals begin, as the clock says in Norway."""
    found = [entry["resource"] for entry in bundle.get("entry", ())]
    starts = [one["start"] for one in found if one["resourceType"] == "Appointment"]
    return [f"{datetime.fromisoformat(one).astimezone(NORWAY):%H:%M}" for one in starts]


def said(bundle: dict[str, Any]) -> str:
    found = [entry["resource"] for entry in bundle.get("entry", ())]
    return " ".join(
        issue["diagnostics"]
        for one in found
        if one["resourceType"] == "OperationOutcome"
        for issue in one["issue"]
    )


async def test_the_first_times_of_all_who_are_needed(
    client: httpx.AsyncClient, day: datetime, put: Put
) -> None:
    needed = {"practitioner": NURSE, "location-reference": ROOM, "patient-reference": ADA, "duration": "30"}
    found = await find(client, day, **needed, _count="2")
    assert times(found) == ["09:00", "09:05"]
    assert found["total"] == 2
    assert said(found) == f"Free first on {day:%Y-%m-%d} at 09:00: Practitioner/nurse."
    [first] = [e["resource"] for e in found["entry"] if e["search"]["mode"] == "match"][:1]
    assert first["status"] == "proposed"
    assert [one["actor"]["reference"] for one in first["participant"]] == [NURSE, ROOM, ADA]
    booked = first | {"resourceType": "Appointment", "id": "a", "status": "booked"}
    answer = await client.put("Appointment/a", json=booked)
    assert answer.status_code == 201, answer.text
    assert times(await find(client, day, **needed, _count="1")) == ["09:30"]
    answer = await client.put("Appointment/b", json=booked | {"id": "b"})
    assert answer.status_code == 409
    assert "is busy on" in answer.text


async def test_hours_that_change_and_calendars_that_go_are_seen_by_the_next_question(
    client: httpx.AsyncClient, put: Put, day: datetime
) -> None:
    assert times(await find(client, day, practitioner=DOCTOR))[0] == "08:00"
    await put(schedule("doctor", DOCTOR, extension=[workdays("10:00", "12:00")]))
    assert times(await find(client, day, practitioner=DOCTOR))[0] == "10:00"
    (await client.delete("Schedule/doctor")).raise_for_status()
    assert times(await find(client, day, practitioner=DOCTOR)) == []


async def test_any_of_one_kind_will_do_in_the_order_of_preference(
    client: httpx.AsyncClient, day: datetime
) -> None:
    for order, first in ((f"{NURSE}", "09:00"), (f"{DOCTOR}", "08:00")):
        assert times(await find(client, day, practitioner=order, _count="1")) == [first]
    span = [("start", day.isoformat()), ("practitioner", NURSE), ("practitioner", DOCTOR), ("_count", "13")]
    answer = await client.get("Appointment/$find", params=httpx.QueryParams(tuple(span)))
    who = [e["resource"]["participant"][0]["actor"]["reference"] for e in answer.json()["entry"]]
    assert who == [DOCTOR] * 12 + [NURSE]


async def test_people_are_found_by_the_unit_and_specialty_of_their_role(
    client: httpx.AsyncClient, day: datetime, put: Put
) -> None:
    await put({"resourceType": "Organization", "id": "ward", "name": "Sengepost"})
    role = {"organization": {"reference": "Organization/ward"}, "practitioner": {"reference": NURSE}}
    await put({"resourceType": "PractitionerRole", "id": "r", "active": True} | role)
    assert times(await find(client, day, organization="Organization/ward", _count="1")) == ["09:00"]
    answer = await client.get("Appointment/$find", params={"organization": "Organization/none"})
    assert answer.status_code == 400
    assert "Nobody has a role with organization=Organization/none" in answer.text
    one = await find(client, day, organization="Organization/ward", practitioner=NURSE, _count="1")
    [who] = [e["resource"]["participant"] for e in one["entry"] if e["search"]["mode"] == "match"]
    assert [party["actor"]["reference"] for party in who] == [NURSE], "that one, at that unit: not two"
    named = {"organization": "Organization/ward", "practitioner": DOCTOR}
    answer = await client.get("Appointment/$find", params=named)
    assert answer.status_code == 400
    assert "None of Practitioner/" in answer.text


async def test_time_that_is_kept_for_a_kind_of_visit_is_not_given_to_another(
    client: httpx.AsyncClient, day: datetime, put: Put
) -> None:
    only = {"visit": {"valueCoding": {"system": "urn:visits", "code": "ct"}}}
    await put(
        schedule("room", ROOM, extension=[workdays("07:00", "08:00", **only), workdays("10:00", "11:00")])
    )
    asked = {"location-reference": ROOM, "_count": "1"}
    assert times(await find(client, day, **asked)) == ["10:00"]
    assert times(await find(client, day, **asked, **{"visit-type": "urn:visits|ct"})) == ["07:00"]


async def test_what_is_posted_means_the_same(client: httpx.AsyncClient, day: datetime) -> None:
    parameters = [
        {"name": "start", "valueDateTime": day.isoformat()},
        {"name": "end", "valueDateTime": (day + timedelta(days=1)).isoformat()},
        {"name": "practitioner", "valueReference": {"reference": NURSE}},
        {"name": "practitioner", "valueReference": {"reference": DOCTOR}},
        {"name": "_count", "valueInteger": 1},
    ]
    body = {"resourceType": "Parameters", "parameter": parameters}
    answer = await client.post("Appointment/$find", json=body)
    assert answer.status_code == 200, answer.text
    assert times(answer.json()) == ["08:00"]


async def test_who_has_no_calendar_is_never_free_and_that_is_said(
    client: httpx.AsyncClient, day: datetime, put: Put
) -> None:
    await put({"resourceType": "Practitioner", "id": "new"})
    found = await find(client, day, practitioner="Practitioner/new")
    assert (times(found), found["total"]) == ([], 0)
    assert said(found) == "Free first never in this time: Practitioner/new."


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        ({}, 400, "Nobody is asked for"),
        ({"practitioner": DOCTOR, "duration": "0"}, 400, "a number above 0"),
        ({"practitioner": DOCTOR, "duration": "2000"}, 400, "takes 1 to 1440 minutes"),
        ({"practitioner": "Location/room"}, 400, "names no Practitioner"),
        ({"practitioner": DOCTOR, "start": "2026-13-01"}, 400, "no date"),
        ({"practitioner": DOCTOR, "start": "2099-01-01", "end": "2099-02-01"}, 400, "found for 90 days"),
        ({"practitioner": DOCTOR, "end": "2020-01-01"}, 400, "is not after the start"),
        ({"patient-reference": "Patient/nobody"}, 404, "no Patient/nobody"),
        ({"doctor": "x"}, 400, "not 'doctor'"),
    ],
)
async def test_questions_that_mean_nothing_are_refused(
    client: httpx.AsyncClient, day: datetime, asked: dict[str, str], status: int, told: str
) -> None:
    answer = await client.get("Appointment/$find", params=asked)
    assert answer.status_code == status
    assert told in answer.text


async def test_who_is_needed_earlier_or_for_another_time_is_asked_for_by_need(
    client: httpx.AsyncClient, day: datetime
) -> None:
    """The nurse comes a quarter before the doctor, who stays for twenty minutes; the citizen sees both."""
    needs = [("need", f"{NURSE}$15$-15"), ("need", f"{DOCTOR},{NURSE}$20"), ("patient-reference", ADA)]
    span = [("start", day.isoformat()), ("_count", "1")]
    found = (await client.get("Appointment/$find", params=httpx.QueryParams((*needs, *span)))).json()
    one = next(entry["resource"] for entry in found["entry"] if entry["search"]["mode"] == "match")
    clock = [
        tuple(f"{datetime.fromisoformat(when).astimezone(NORWAY):%H:%M}" for when in party["period"].values())
        for party in one["participant"]
    ]
    assert [party["actor"]["reference"] for party in one["participant"]] == [NURSE, DOCTOR, ADA]
    assert clock == [("09:00", "09:15"), ("09:15", "09:35"), ("09:00", "09:35")]
    assert one["minutesDuration"] == 35
    sent = {"name": "appointment-resource", "resource": one}
    booked = await client.post("Appointment/$book", json={"resourceType": "Parameters", "parameter": [sent]})
    assert booked.status_code == 200, booked.text
    assert times(await find(client, day, practitioner=NURSE, _count="1", duration="15")) == ["09:15"]


@pytest.mark.parametrize(
    "need", ["", "$15", "Practitioner/doctor$x", "Patient/ada$15", "Practitioner/a$1$2$3", "b"]
)
async def test_a_need_that_means_nobody_is_refused(
    client: httpx.AsyncClient, day: datetime, need: str
) -> None:
    assert (await client.get("Appointment/$find", params={"need": need})).status_code == 400


async def test_who_looks_for_free_slots_is_told_where_free_time_is_found(
    client: httpx.AsyncClient, day: datetime
) -> None:
    asked = {"schedule": "Schedule/doctor", "status": "free", "start": f"ge{day:%Y-%m-%d}"}
    none = (await client.get("Slot", params=asked)).json()
    assert none["total"] == 0
    [entry] = none["entry"]
    assert entry["search"]["mode"] == "outcome"
    [issue] = entry["resource"]["issue"]
    assert (issue["severity"], "Appointment/$find" in issue["diagnostics"]) == ("information", True)
    assert "entry" not in (await client.get("Slot", params=asked | {"status": "busy"})).json()


async def test_what_is_proposed_can_be_thought_over_before_it_has_begun(pool: asyncpg.Pool) -> None:
    calendars = Calendars(pool)
    noon = calendars.grid().moment(300)
    wanted = Question([Wanted(["Patient/ada"], 30)], calendars.grid().moment(0), noon + timedelta(days=1))
    for seconds, later in ((299, 0), (121, 0), (119, 5), (1, 5), (0, 5)):
        found = await first_times(calendars, wanted, noon - timedelta(seconds=seconds))
        assert found.proposals[0].start == noon + timedelta(minutes=later), seconds
