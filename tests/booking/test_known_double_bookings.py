"""How others came to book somebody twice, one test for each that has been told of (their issue numbers).

What is not here is a test of its own in test_claims.py or test_operations.py, named in KNOWN.
"""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest

from booking.conftest import EVERYONE, Put, appointment, at, schedule
from booking.test_claims import busy, transact
from booking.test_find import ADA, DOCTOR, NURSE, client, day, find, times
from booking.test_operations import ask, named, proposal, sent
from booking.test_race import overlaps
from fellesjournal.booking import acts
from fellesjournal.booking.holding import CAPACITY
from fellesjournal.errors import Conflict, Unprocessable
from fellesjournal.record.record import Record

__all__ = ["client", "day"]  # fixtures

OLA, GROUP = "Patient/ola", "HealthcareService/school"
KNOWN = {
    "calcom 13397": "test_calcom_13397_two_requests_at_once_are_one_booking",
    "calcom 29958": "test_calcom_29958_what_is_pending_is_not_offered_and_two_confirmations_are_one",
    "calcom 10789": "test_two_proposals_for_one_time_cannot_both_be_accepted",
    "calcom 5820": "test_calcom_5820_two_devices_of_one_person_are_one_booking",
    "calcom 13360": "test_calcom_13360_a_second_seat_is_a_place_in_the_same_group_and_none_too_many",
    "calcom 22803": "test_calcom_22803_a_series_of_which_one_is_taken_is_not_booked_at_all",
    "calcom 22401": "test_calcom_22401_what_is_kept_at_hand_is_never_older_than_the_question",
    "easyappointments 31": "test_two_proposals_that_are_accepted_at_once_are_one_booking_and_a_sentence",
    "easyappointments 160": "test_the_citizen_is_in_one_place_whoever_books",
    "easyappointments 845": "test_easyappointments_845_any_of_two_is_each_of_them_once",
    "easyappointments 996": "test_easyappointments_996_a_capacity_of_one_is_one",
    "easyappointments 1217": "test_easyappointments_1217_a_time_that_was_shown_free_may_be_taken_since",
    "easyappointments 1431": "test_easyappointments_1431_staff_are_refused_too",
    "easyappointments 1783": "test_times_that_touch_are_free_and_times_that_overlap_are_not",
    "LibreBooking 147": "test_one_of_many_who_book_at_once_gets_the_time",
    "CloudMeet 43": "test_cloudmeet_43_what_takes_long_before_the_write_does_not_matter",
    "Cliniko 108": "test_who_is_overbooked_on_purpose_stands_beside_the_others",
}


def test_each_known_bug_has_its_test() -> None:
    written = "".join(path.read_text() for path in sorted(Path(__file__).parent.glob("test_*.py")))
    assert [bug for bug, name in KNOWN.items() if f"def {name}(" not in written] == []


async def test_calcom_13397_two_requests_at_once_are_one_booking(
    client: httpx.AsyncClient, day: datetime, pool: asyncpg.Pool
) -> None:
    offer = sent(await proposal(client, day))
    answers = await asyncio.gather(*(ask(client, "book", offer) for _ in range(6)))
    assert sorted(status for status, _ in answers) == [200, *[409] * 5]
    assert await overlaps(pool) == 0


async def test_calcom_29958_what_is_pending_is_not_offered_and_two_confirmations_are_one(
    client: httpx.AsyncClient, day: datetime, put: Put
) -> None:
    await put({"resourceType": "Patient", "id": "ola"})
    offer = await proposal(client, day)
    await ask(client, "hold", sent(offer))
    assert times(await find(client, day, practitioner=DOCTOR, _count="1", duration="30")) == ["08:30"]
    taken = {"start": offer["start"], "end": offer["end"]}
    wishes = [
        {"resourceType": "Appointment", "id": id, "status": "waitlist", **taken, "participant": parties}
        for id, parties in (
            ("a", [{"actor": {"reference": who}, "status": "tentative"} for who in (NURSE, OLA)]),
            ("b", [{"actor": {"reference": who}, "status": "tentative"} for who in (NURSE, OLA)]),
        )
    ]
    for one in wishes:
        later = {name: value.replace("T07:", "T09:") for name, value in taken.items()}
        await put(one | later)
    answers = await asyncio.gather(*(ask(client, "book", named(id)) for id in "ab"))
    assert sorted(status for status, _ in answers) == [200, 409]


async def test_calcom_5820_two_devices_of_one_person_are_one_booking(put: Put) -> None:
    await put({"resourceType": "PractitionerRole", "id": "phone", "practitioner": {"reference": DOCTOR}})
    tries = [put(appointment(f"d{n}", 0, 30, actor, ADA if n else OLA)) for n, actor in
             enumerate((DOCTOR, "PractitionerRole/phone"))]  # fmt: skip
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, Conflict) for one in answers) == 1


async def test_calcom_13360_a_second_seat_is_a_place_in_the_same_group_and_none_too_many(
    put: Put, record: Record
) -> None:
    await put(schedule("s", GROUP, extension=[{"url": CAPACITY, "valuePositiveInt": 2}]))
    tries = [put(appointment(f"g{n}", 0, 60, GROUP, f"Patient/{n}")) for n in range(5)]
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, Conflict) for one in answers) == 3
    assert await busy(record) == 4


async def test_calcom_22803_a_series_of_which_one_is_taken_is_not_booked_at_all(
    put: Put, record: Record
) -> None:
    week = 7 * 24 * 60
    await put(appointment("taken", 2 * week, 2 * week + 30, DOCTOR))
    first = appointment("a", 0, 30, DOCTOR, ADA)
    starts = [datetime.fromisoformat(at(n * week)) for n in range(4)]
    series = acts.repeated(first, starts, datetime.now(UTC))
    with pytest.raises(Conflict):
        await transact(record, *(one | {"id": f"s{n}"} for n, one in enumerate(series)))
    assert await busy(record) == 1


async def test_calcom_22401_what_is_kept_at_hand_is_never_older_than_the_question(
    client: httpx.AsyncClient, day: datetime, put: Put, record: Record
) -> None:
    asked = {"practitioner": DOCTOR, "_count": "1", "duration": "30"}
    start = day.replace(hour=8)
    for n in range(3):
        begin = start + timedelta(minutes=30 * n)
        assert times(await find(client, day, **asked)) == [f"{begin:%H:%M}"]
        span = {"start": begin.isoformat(), "end": (begin + timedelta(minutes=30)).isoformat()}
        await put(appointment(f"a{n}", 0, 0, DOCTOR) | span)
    await record.delete("Appointment", "a1", scope=EVERYONE)
    assert times(await find(client, day, **asked)) == ["08:30"]


async def test_easyappointments_845_any_of_two_is_each_of_them_once(
    client: httpx.AsyncClient, day: datetime, pool: asyncpg.Pool
) -> None:
    """Who books any of a unit books one by name: with several at once nobody gets two."""
    nine = day.replace(hour=9).isoformat()
    asked = httpx.QueryParams((("practitioner", NURSE), ("practitioner", DOCTOR), ("start", nine)))
    found = (await client.get("Appointment/$find", params=asked)).json()
    offer = found["entry"][-1]["resource"]
    assert len(offer["participant"]) == 1
    answers = await asyncio.gather(*(ask(client, "book", sent(offer)) for _ in range(4)))
    assert sorted(status for status, _ in answers) == [200, 409, 409, 409]
    assert await overlaps(pool) == 0


async def test_easyappointments_996_a_capacity_of_one_is_one(put: Put) -> None:
    await put(schedule("s", GROUP, extension=[{"url": CAPACITY, "valuePositiveInt": 1}]))
    await put(appointment("a", 0, 30, GROUP))
    with pytest.raises(Conflict):
        await put(appointment("b", 0, 30, GROUP))


async def test_easyappointments_1217_a_time_that_was_shown_free_may_be_taken_since(
    client: httpx.AsyncClient, day: datetime
) -> None:
    offer = sent(await proposal(client, day))
    await ask(client, "book", offer)
    status, told = await ask(client, "book", offer)
    assert status == 409
    assert "Practitioner/doctor is busy on" in told["issue"][0]["diagnostics"] or "The citizen" in str(told)


async def test_easyappointments_1431_staff_are_refused_too(client: httpx.AsyncClient, day: datetime) -> None:
    """There is no way in that is not guarded: a plain create, an update, a patch, a Bundle."""
    offer = await proposal(client, day)
    _, booked = await ask(client, "book", sent(offer))
    plain = {name: value for name, value in booked.items() if name not in ("id", "meta")}
    ends = datetime.fromisoformat(booked["end"]) + timedelta(minutes=30)
    later = {"start": booked["end"], "end": ends.isoformat()}
    made = (await client.post("Appointment", json=plain | later)).json()
    back = {"start": booked["start"], "end": booked["end"]}
    patch = [{"op": "replace", "path": f"/{name}", "value": value} for name, value in back.items()]
    entry = {"resource": plain, "request": {"method": "POST", "url": "Appointment"}}
    bundle: dict[str, Any] = {"resourceType": "Bundle", "type": "transaction", "entry": [entry]}
    headers = {"content-type": "application/json-patch+json"}
    answers = [
        await client.post("Appointment", json=plain),
        await client.put(f"Appointment/{made['id']}", json=made | back),
        await client.patch(f"Appointment/{made['id']}", json=patch, headers=headers),
        await client.post("", json=bundle),
    ]
    assert [one.status_code for one in answers] == [409] * 4


async def test_cloudmeet_43_what_takes_long_before_the_write_does_not_matter(put: Put) -> None:
    """There, a slow call lay between the check and the write. Here the check is the write."""
    began = asyncio.Event()

    async def slow(id: str) -> Any:
        tree = appointment(id, 0, 30, DOCTOR)
        await began.wait()
        return await put(tree)

    tries = [asyncio.create_task(slow(id)) for id in "abc"]
    await asyncio.sleep(0)
    began.set()
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, Conflict) for one in answers) == 2


async def test_a_slot_that_blocks_from_its_end_to_its_start_is_refused(put: Put) -> None:
    await put(schedule("s", DOCTOR))
    slot = {
        "resourceType": "Slot",
        "id": "x",
        "schedule": {"reference": "Schedule/s"},
        "start": at(30),
        "end": at(0),
    }
    with pytest.raises(Unprocessable, match="before it begins"):
        await put(slot | {"status": "busy-unavailable"})
