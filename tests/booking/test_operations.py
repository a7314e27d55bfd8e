"""Appointment/$hold, $book and $cancel over HTTP: IHE's ITI-116 and 117, each request once."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from booking.conftest import Put, schedule
from booking.test_find import ADA, DOCTOR, NURSE, ROOM, client, day, find, workdays
from booking.test_race import overlaps

__all__ = ["client", "day"]  # fixtures


async def proposal(
    client: httpx.AsyncClient, day: datetime, number: int = 0, room: str = ""
) -> dict[str, Any]:
    """A time that suits the doctor and Ada, as $find gives it."""
    asked = {"practitioner": DOCTOR, "patient-reference": ADA, "duration": "30"}
    asked |= {"location-reference": room} if room else {}
    found = await find(client, day, **asked)
    offers = [one["resource"] for one in found["entry"] if one["resource"]["resourceType"] == "Appointment"]
    chosen: dict[str, Any] = offers[number]
    return chosen


def sent(appointment: dict[str, Any]) -> dict[str, Any]:
    return {"name": "appointment-resource", "resource": appointment}


def named(id: str) -> dict[str, Any]:
    return {"name": "appointment-reference", "valueReference": {"reference": f"Appointment/{id}"}}


async def ask(
    client: httpx.AsyncClient, act: str, *parameters: dict[str, Any], key: str = ""
) -> tuple[int, dict[str, Any]]:
    """Status, and the one resource in the Bundle of the answer (or the OperationOutcome itself)."""
    body = {"resourceType": "Parameters", "parameter": list(parameters)}
    headers = {"idempotency-key": key} if key else {}
    answer = await client.post(f"Appointment/${act}", json=body, headers=headers)
    told = answer.json()
    if told["resourceType"] == "Bundle":
        assert (told["type"], len(told["entry"])) == ("searchset", 1)
        told = told["entry"][0]["resource"]
    return answer.status_code, told


def words(told: dict[str, Any]) -> str:
    return " ".join(issue["diagnostics"] for issue in told["issue"])


async def test_what_is_found_is_held_booked_and_cancelled(client: httpx.AsyncClient, day: datetime) -> None:
    status, held = await ask(client, "hold", sent(await proposal(client, day)))
    assert (status, held["status"]) == (200, "pending")
    assert held["start"] != (await proposal(client, day))["start"], "what is held is not proposed"
    status, booked = await ask(client, "book", named(held["id"]))
    assert (status, booked["status"], booked["id"]) == (200, "booked", held["id"])
    assert {one["status"] for one in booked["participant"]} == {"accepted"}
    why = [{"name": "reason", "valueCode": "AAI"}, {"name": "comment", "valueString": "Bortreist"}]
    status, gone = await ask(client, "cancel", named(held["id"]), *why)
    assert (status, gone["status"]) == (200, "cancelled")
    assert gone["cancelationReason"]["text"] == "Avlyst av innbygger: Bortreist"
    assert (await proposal(client, day))["start"] == held["start"]


async def test_book_changes_and_cancels_what_is_booked_as_itis_117_has_it(
    client: httpx.AsyncClient, day: datetime
) -> None:
    _, booked = await ask(client, "book", sent(await proposal(client, day)))
    later = await proposal(client, day, number=3)
    status, moved = await ask(client, "book", sent(booked | {"start": later["start"], "end": later["end"]}))
    assert (status, moved["start"], moved["id"]) == (200, later["start"], booked["id"])
    status, _ = await ask(client, "book", sent(booked | {"comment": "of an old version"}))
    assert status == 412
    reason = {"coding": [{"system": "urn:oid:2.16.578.1.12.4.1.1.7621", "code": "AIH"}]}
    status, gone = await ask(
        client, "book", sent(moved | {"status": "cancelled", "cancelationReason": reason})
    )
    assert (status, gone["cancelationReason"]["coding"][0]["code"]) == (200, "AIH")


async def test_the_same_request_twice_makes_one_booking_and_one_answer(
    client: httpx.AsyncClient, day: datetime
) -> None:
    offer = sent(await proposal(client, day))
    first, second = [await ask(client, "book", offer, key="k1") for _ in range(2)]
    assert first == second
    status, told = await ask(client, "book", sent(offer["resource"] | {"comment": "other"}), key="k1")
    assert status == 422
    assert "choose a new one" in words(told)
    _, gone = await ask(client, "cancel", named(first[1]["id"]), key="k2")
    assert (await ask(client, "cancel", named(first[1]["id"]), key="k2"))[1] == gone


async def test_the_same_request_at_once_makes_one_booking(
    client: httpx.AsyncClient, day: datetime, pool: asyncpg.Pool
) -> None:
    offer = sent(await proposal(client, day))
    answers = await asyncio.gather(*(ask(client, "book", offer, key="k") for _ in range(8)))
    assert {(status, told["id"]) for status, told in answers} == {(200, answers[0][1]["id"])}
    assert await pool.fetchval("select count(distinct holder) from claim") == 1
    held = answers[0][1]["id"]
    many = await asyncio.gather(*(ask(client, "cancel", named(held), key="c") for _ in range(8)))
    assert {(status, told["meta"]["versionId"]) for status, told in many} == {(200, "2")}


async def test_two_proposals_that_are_accepted_at_once_are_one_booking_and_a_sentence(
    client: httpx.AsyncClient, day: datetime, pool: asyncpg.Pool
) -> None:
    offer = sent(await proposal(client, day))
    answers = await asyncio.gather(*(ask(client, act, offer) for act in ("book", "hold", "book", "hold")))
    assert sorted(status for status, _ in answers) == [200, 409, 409, 409]
    assert all("is busy on" in words(told) for status, told in answers if status == 409)
    assert await overlaps(pool) == 0


async def test_a_hold_that_cannot_be_is_fatal_and_not_found(client: httpx.AsyncClient, day: datetime) -> None:
    offer = sent(await proposal(client, day))
    await ask(client, "book", offer)
    status, told = await ask(client, "hold", offer)
    assert (status, told["issue"][0]["severity"], told["issue"][0]["code"]) == (409, "fatal", "not-found")


async def test_what_stands_against_it_is_told_and_nothing_is_half_booked(
    client: httpx.AsyncClient, day: datetime, put: Put, pool: asyncpg.Pool
) -> None:
    offer = await proposal(client, day, room=ROOM)
    await put({"resourceType": "Patient", "id": "ada", "deceasedBoolean": True})
    await put({"resourceType": "Location", "id": "room", "status": "inactive"})
    await put(
        schedule(
            "doctor", DOCTOR, planningHorizon={"end": "2020-01-01"}, extension=[workdays("08:00", "12:00")]
        )
    )
    status, told = await ask(client, "book", sent(offer))
    assert status == 422
    for text in (
        "The citizen has died",
        "Location/room is closed",
        "calendar of Practitioner/doctor is not valid",
    ):
        assert text in words(told)
    assert await pool.fetchval("select count(*) from claim") == 0


async def test_a_room_that_was_deleted_is_not_booked(client: httpx.AsyncClient, day: datetime) -> None:
    offer = await proposal(client, day, room=ROOM)
    await client.delete("Schedule/room")
    assert (await client.delete(ROOM)).status_code in (200, 204)
    status, told = await ask(client, "book", sent(offer))
    assert status == 422
    assert "Location/room is not there" in words(told)


@pytest.mark.parametrize(
    ("change", "status", "told"),
    [
        ({"end": "2020-01-01T10:00:00Z"}, 422, "no later than it begins"),
        ({"start": "2020-01-01T10:00:00Z", "end": "2020-01-01T10:30:00Z"}, 422, "is over"),
        ({"status": "fulfilled"}, 422, "not fulfilled"),
        ({"status": "booked"}, 422, "is sent as pending"),
        ({"resourceType": "Patient"}, 400, "not Patient"),
    ],
)
async def test_an_appointment_that_cannot_be_is_refused(
    client: httpx.AsyncClient, day: datetime, change: dict[str, Any], status: int, told: str
) -> None:
    answer = await ask(client, "book", sent(await proposal(client, day) | change))
    assert answer[0] == status
    assert told in words(answer[1])


@pytest.mark.parametrize(
    ("act", "parameters", "status", "told"),
    [
        ("book", [], 400, "takes one Appointment"),
        ("cancel", [sent({"resourceType": "Appointment"})], 400, "not 'appointment-resource'"),
        ("hold", [named("nothing")], 404, "Appointment/nothing"),
        (
            "hold",
            [{"name": "appointment-reference", "valueReference": {"reference": "Slot/1"}}],
            400,
            "names no",
        ),
        ("hold", [named("x"), {"name": "minutes", "valueInteger": 99}], 400, "from 1 to 60"),
        ("book", [named("x"), {"name": "when", "valueString": "now"}], 400, "not 'when'"),
    ],
)
async def test_requests_that_mean_nothing_are_refused(
    client: httpx.AsyncClient, act: str, parameters: list[dict[str, Any]], status: int, told: str
) -> None:
    answer = await ask(client, act, *parameters)
    assert answer[0] == status
    assert told in words(answer[1])


async def test_a_wrong_state_and_a_wrong_reason_are_refused(client: httpx.AsyncClient, day: datetime) -> None:
    _, booked = await ask(client, "book", sent(await proposal(client, day)))
    status, told = await ask(client, "book", named(booked["id"]))
    assert status == 409
    assert "is booked: only what is" in words(told)
    status, told = await ask(client, "cancel", named(booked["id"]), {"name": "reason", "valueCode": "X"})
    assert status == 400
    assert "list 7621" in words(told)


async def test_what_was_held_for_a_minute_can_be_held_longer(
    client: httpx.AsyncClient, day: datetime
) -> None:
    _, held = await ask(
        client, "hold", sent(await proposal(client, day)), {"name": "minutes", "valueInteger": 1}
    )
    status, longer = await ask(client, "hold", named(held["id"]), {"name": "minutes", "valueInteger": 30})
    assert status == 200
    assert longer["extension"][0]["valueDateTime"] > held["extension"][0]["valueDateTime"]


async def test_the_capability_statement_names_the_operations(client: httpx.AsyncClient) -> None:
    rest = (await client.get("metadata")).json()["rest"][0]["resource"]
    told = next(one for one in rest if one["type"] == "Appointment")["operation"]
    assert {"find", "hold", "book", "cancel"} <= {one["name"] for one in told}


async def test_who_is_not_at_work_yet_is_not_booked(client: httpx.AsyncClient, day: datetime) -> None:
    start = day.replace(hour=8)
    early = await proposal(client, day) | {
        "start": start.isoformat(),
        "end": (start + timedelta(minutes=30)).isoformat(),
        "participant": [{"actor": {"reference": NURSE}, "status": "needs-action"}],
    }
    status, told = await ask(client, "book", sent(early))
    assert status == 422
    assert "Practitioner/nurse is not open from" in words(told)
