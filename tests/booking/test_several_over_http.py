"""What $find answers with more than one time, and $book of several at once, over HTTP."""

from datetime import datetime, timedelta
from typing import Any

import asyncpg
import httpx

from booking.conftest import Put, schedule
from booking.test_find import ADA, DOCTOR, NURSE, ROOM, client, day, find, said, times, workdays
from booking.test_operations import ask, sent, words
from booking.test_stops import pause, plan, stop
from fellesjournal.booking import groups
from fellesjournal.booking.free.grid import NORWAY
from fellesjournal.booking.free.series import SERIES
from fellesjournal.booking.free.stops import PROGRAMME
from fellesjournal.booking.holding import CAPACITY
from fellesjournal.booking.offered import MINUTES

__all__ = ["client", "day"]  # fixtures

SYSTEM = "urn:visits"


def kind(code: str, minutes: int) -> dict[str, Any]:
    usual = {"url": MINUTES, "valuePositiveInt": minutes}
    return {"extension": [usual], "coding": [{"system": SYSTEM, "code": code}], "text": code.title()}


def proposals(bundle: dict[str, Any]) -> list[dict[str, Any]]:
    return [one["resource"] for one in bundle["entry"] if one["search"]["mode"] == "match"]


def moments(appointments: list[dict[str, Any]]) -> list[datetime]:
    return [datetime.fromisoformat(one["start"]).astimezone(NORWAY) for one in appointments]


async def test_a_visit_takes_as_long_as_its_calendar_says_and_has_its_system_and_text(
    client: httpx.AsyncClient, day: datetime, put: Put
) -> None:
    hours = {"extension": [workdays("08:00", "12:00")]}
    await put(schedule("doctor", DOCTOR, serviceType=[kind("control", 20), kind("new", 60)], **hours))
    await put({"resourceType": "HealthcareService", "id": "echo"})
    await put(schedule("echo", "HealthcareService/echo", serviceType=[kind("echo", 45)], **hours))
    for asked, minutes, text in (
        ({"practitioner": DOCTOR, "visit-type": "new"}, 60, "New"),
        ({"practitioner": DOCTOR, "visit-type": f"{SYSTEM}|control", "duration": "15"}, 15, "Control"),
        ({"need": "HealthcareService/echo", "patient-reference": ADA}, 45, "Echo"),
    ):
        [one] = proposals(await find(client, day, **asked, _count="1"))
        assert (one["minutesDuration"], one["serviceType"][0]["text"]) == (minutes, text)
        assert one["serviceType"][0]["coding"][0]["system"] == SYSTEM
    [one] = proposals(await find(client, day, practitioner=DOCTOR, _count="1"))
    assert (one["minutesDuration"], "serviceType" in one) == (30, False), "it serves two: neither was named"
    [one] = proposals(await find(client, day, practitioner=DOCTOR, _count="1", **{"visit-type": "x"}))
    assert one["serviceType"] == [{"coding": [{"code": "x"}]}]


async def test_a_series_is_found_and_booked_all_or_none_and_once(
    client: httpx.AsyncClient, day: datetime, put: Put, pool: asyncpg.Pool
) -> None:
    taken = {"resourceType": "Appointment", "id": "taken", "status": "booked"}
    second = day + timedelta(days=7)
    span = {"start": second.isoformat(), "end": (second + timedelta(hours=12)).isoformat()}
    await put(taken | span | {"participant": [{"actor": {"reference": DOCTOR}, "status": "accepted"}]})
    asked = {"practitioner": DOCTOR, "patient-reference": ADA, "times": "4", "end": f"{day:%Y-%m-%d}T23:00Z"}
    found = await find(client, day, **asked)
    one = proposals(found)
    assert len({each["identifier"][0]["value"] for each in one}) == 1, "one day to begin on: one series"
    assert one[0]["identifier"][0]["system"] == SERIES
    assert [at.date() - day.date() for at in moments(one)][::3] == [timedelta(), timedelta(days=21)]
    assert f"{second:%Y-%m-%d} 08:00 is at {moments(one)[1]:%Y-%m-%d}" in said(found)
    first = await ask_all(client, one, "k1")
    assert first == await ask_all(client, one, "k1")
    status, booked = first
    assert (status, len(booked), {each["status"] for each in booked}) == (200, 4, {"booked"})
    later = one[0] | {"start": at(one[0], 60), "end": at(one[0], 90)}
    status, [told] = await ask_all(client, [later, one[3]])
    assert status == 409, told
    assert "is busy on" in words(told)
    assert await pool.fetchval("select count(distinct holder) from claim") == 5, "nothing half booked"


def at(one: dict[str, Any], minutes: int) -> str:
    return (datetime.fromisoformat(one["start"]) + timedelta(minutes=minutes)).isoformat()


async def ask_all(
    client: httpx.AsyncClient, appointments: list[dict[str, Any]], key: str = ""
) -> tuple[int, list[dict[str, Any]]]:
    """Status of $book, and all that it answers with."""
    body = {"resourceType": "Parameters", "parameter": [sent(one) for one in appointments]}
    headers = {"idempotency-key": key} if key else {}
    answer = await client.post("Appointment/$book", json=body, headers=headers)
    told = answer.json()
    entries = [one["resource"] for one in told["entry"]] if told["resourceType"] == "Bundle" else [told]
    return answer.status_code, entries


async def test_all_stops_of_a_day_programme_are_found_over_units_and_booked(
    client: httpx.AsyncClient, day: datetime, put: Put
) -> None:
    for unit, actor, code, hours in (
        ("ward", NURSE, "samples", ("09:00", "15:00")),
        ("radiology", ROOM, "xray", ("11:00", "16:00")),
    ):
        own = {"reference": f"Organization/{unit}"}
        await put({"resourceType": "Organization", "id": unit, "name": unit})
        await put({"resourceType": "Location", "id": f"at-{unit}", "managingOrganization": own})
        calendar = {"serviceType": [kind(code, 10)], "extension": [workdays(*hours)]}
        await put(schedule(actor.partition("/")[2], actor, **calendar))
    role = {"practitioner": {"reference": NURSE}, "organization": {"reference": "Organization/ward"}}
    await put({"resourceType": "PractitionerRole", "id": "r", "active": True} | role)
    room = {"managingOrganization": {"reference": "Organization/radiology"}}
    await put(
        {"resourceType": "Location", "id": "room", "partOf": {"reference": "Location/at-radiology"}} | room
    )
    stops = [
        stop("samples", "Organization/ward", 10),
        stop("xray", "Organization/radiology", 20, **pause(15, 1)),
    ]
    await put(plan(*stops))
    asked = {"programme": "PlanDefinition/before", "patient-reference": ADA}
    found = proposals(await find(client, day, **asked, _count="2"))
    assert [f"{at:%H:%M}" for at in moments(found)] == ["10:35", "11:00"] * 2, "no longer than it has to be"
    who = [[one["actor"]["reference"] for one in each["participant"]] for each in found[:2]]
    assert who == [[ADA, NURSE, "Location/at-ward"], [ADA, ROOM]]
    assert {one["system"] for each in found for one in each["identifier"]} == {PROGRAMME}
    status, booked = await ask_all(client, found[:2])
    assert (status, [one["description"] for one in booked]) == (200, ["Stopp samples", "Stopp xray"])
    for wrong in (
        {"programme": "PlanDefinition/none"},
        {"programme": "x"},
        {"patient-reference": "Patient/b"},
    ):
        refused = await client.get("Appointment/$find", params=asked | wrong)
        assert refused.status_code in (400, 404), refused.text


async def test_a_visit_at_home_is_found_within_a_window_that_the_citizen_is_free_in(
    client: httpx.AsyncClient, day: datetime
) -> None:
    asked = {"practitioner": NURSE, "patient-reference": ADA, "window": "08:00-10:00", "duration": "30"}
    [one, *_] = found = proposals(await find(client, day, **asked))
    assert [f"{at:%H:%M}" for at in moments(found)] == ["08:00"] * len(found)
    assert f"{datetime.fromisoformat(one['end']).astimezone(NORWAY):%H:%M}" == "10:00"
    nurse = next(each["period"] for each in one["participant"] if each["actor"]["reference"] == NURSE)
    assert f"{datetime.fromisoformat(nurse['start']).astimezone(NORWAY):%H:%M}" == "09:00"
    assert (await ask(client, "book", sent(one)))[0] == 200
    again = proposals(await find(client, day, **asked))
    assert len(again) == len(found) - 1, "the citizen waits at home that morning"
    assert times(await find(client, day, practitioner=NURSE, _count="1")) == ["09:30"]
    for wrong in ({"window": "10:00-08:00"}, {"window": "morning"}, {"patient-reference": ""}):
        assert (await client.get("Appointment/$find", params=asked | wrong)).status_code == 400


async def cancel(
    client: httpx.AsyncClient, given: dict[str, dict[str, Any]], key: str = ""
) -> tuple[int, list[dict[str, Any]]]:
    body = {"resourceType": "Parameters", "parameter": [{"name": name} | one for name, one in given.items()]}
    headers = {"idempotency-key": key} if key else {}
    answer = await client.post("Appointment/$cancel", json=body, headers=headers)
    return answer.status_code, [one["resource"] for one in answer.json().get("entry", ())]


async def test_a_series_is_called_off_at_once_and_nothing_else(
    client: httpx.AsyncClient, day: datetime
) -> None:
    asked = {"practitioner": DOCTOR, "patient-reference": ADA, "times": "3"}
    series = proposals(await find(client, day, **asked))[:3]
    status, booked = await ask_all(client, series)
    assert (status, len(booked)) == (200, 3)
    [other] = proposals(await find(client, day, practitioner=NURSE, _count="1"))
    assert (await ask(client, "book", sent(other)))[0] == 200
    named = {"identifier": {"valueIdentifier": series[0]["identifier"][0]}}
    why = {"reason": {"valueCode": "AAI"}}
    for wrong in ("", "x", "|x", "x|", "x|y,z|w"):
        assert (await cancel(client, {"identifier": {"valueString": wrong}}))[0] == 400
    assert (await cancel(client, named | {"patient-reference": {"valueString": "Patient/b"}}))[0] == 409
    status, gone = await cancel(client, named | why, "once")
    assert (status, [one["id"] for one in gone]) == (200, [one["id"] for one in booked])
    assert {one["status"] for one in gone} == {"cancelled"}
    status, again = await cancel(client, named | why, "once")
    assert (status, [one["id"] for one in again]) == (200, [one["id"] for one in booked])
    assert (await cancel(client, named | why))[0] == 409, "none is still to come"
    assert (await client.get("Appointment", params={"status": "booked"})).json()["total"] == 1


async def test_a_place_in_a_course_is_found_booked_and_given_up(
    client: httpx.AsyncClient, day: datetime, put: Put
) -> None:
    course = "HealthcareService/school"
    await put({"resourceType": "HealthcareService", "id": "school"})
    capacity = {"url": CAPACITY, "valuePositiveInt": 2}
    await put(schedule("school", course, extension=[workdays("08:00", "16:00"), capacity]))
    for number in (0, 7):
        at = day + timedelta(days=number, hours=12 - day.hour)
        await put(groups.session(course, [DOCTOR], at, at + timedelta(hours=1), "c") | {"id": f"s{number}"})
    asked = {"course": "c", "patient-reference": ADA}
    places = proposals((await client.get("Appointment/$find", params=asked)).json())
    assert len(places) == 2
    assert all(DOCTOR in str(one) and one["status"] == "proposed" for one in places)
    status, booked = await ask_all(client, places)
    assert (status, len(booked)) == (200, 2), booked
    named = {"identifier": {"valueIdentifier": {"system": groups.COURSE, "value": "c"}}}
    mine = {"patient-reference": {"valueReference": {"reference": ADA}}}
    status, gone = await cancel(client, named | mine)
    assert (status, {one["id"] for one in gone}) == (200, {one["id"] for one in booked})
    left = await client.get("Appointment", params={"identifier": f"{groups.COURSE}|c", "status": "booked"})
    assert left.json()["total"] == 2, "the sessions stand"
    for wrong in ({"patient-reference": ""}, {"course": "x|y"}, {"course": "none"}):
        refused = await client.get("Appointment/$find", params=asked | wrong)
        assert refused.status_code in (400, 422), refused.text
