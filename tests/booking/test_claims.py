"""Nobody is booked twice. Each test is a way in which others were, or a rule of who is guarded."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import msgspec
import pytest

from booking.conftest import EVERYONE, Put, appointment, at, schedule
from fellesjournal.booking.holding import (
    BUFFER_AFTER,
    BUFFER_BEFORE,
    CAPACITY,
    HELD_UNTIL,
    HOLDING,
    OVERBOOKED,
)
from fellesjournal.errors import Conflict, Unprocessable
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record.record import Record
from fellesjournal.record.stored import Written

DOCTOR, ANOTHER, ADA, OLA = "Practitioner/1", "Practitioner/2", "Patient/ada", "Patient/ola"
ROOM, CLASS = "Location/7", "HealthcareService/diabetes"


@pytest.mark.parametrize(
    ("start", "end", "is_free"),
    [
        (0, 30, False),
        (10, 20, False),
        (-10, 40, False),
        (29, 60, False),
        (-30, 1, False),
        (30, 60, True),
        (-30, 0, True),
    ],
)
async def test_times_that_touch_are_free_and_times_that_overlap_are_not(
    put: Put, start: float, end: float, *, is_free: bool
) -> None:
    await put(appointment("a", 0, 30, DOCTOR, ADA))
    if is_free:
        await put(appointment("b", start, end, DOCTOR, OLA))
    else:
        with pytest.raises(Conflict, match=r"Practitioner/1 is busy on .* from .* to "):
            await put(appointment("b", start, end, DOCTOR, OLA))


async def test_one_of_many_who_book_at_once_gets_the_time(put: Put) -> None:
    tries = [put(appointment(f"a{n}", n % 3, 30, DOCTOR, f"Patient/{n}")) for n in range(12)]
    answers = await asyncio.gather(*tries, return_exceptions=True)
    assert sum(isinstance(one, Written) for one in answers) == 1
    assert sum(isinstance(one, Conflict) for one in answers) == 11


@pytest.mark.parametrize("status", sorted(HOLDING))
async def test_what_waits_for_an_answer_holds_its_time_too(put: Put, status: str) -> None:
    await put(appointment("a", 0, 30, DOCTOR, status=status))
    with pytest.raises(Conflict):
        await put(appointment("b", 15, 45, DOCTOR, status=status))


@pytest.mark.parametrize("status", ["cancelled", "noshow", "fulfilled", "entered-in-error", "waitlist"])
async def test_what_is_over_or_waits_holds_none_and_has_to_ask_again(put: Put, status: str) -> None:
    await put(appointment("a", 0, 30, DOCTOR, status=status))
    await put(appointment("b", 0, 30, DOCTOR))
    with pytest.raises(Conflict):
        await put(appointment("a", 0, 30, DOCTOR, status="booked"))


async def test_two_proposals_for_one_time_cannot_both_be_accepted(put: Put) -> None:
    await put(appointment("a", 0, 30, ADA, status="waitlist"))
    await put(appointment("b", 0, 30, ADA, status="waitlist"))
    answers = await asyncio.gather(
        *(put(appointment(id, 0, 30, ADA, DOCTOR)) for id in "ab"), return_exceptions=True
    )
    assert sorted(isinstance(one, Conflict) for one in answers) == [False, True]


async def test_a_move_takes_the_new_time_and_gives_back_the_old(put: Put) -> None:
    await put(appointment("a", 0, 30, DOCTOR))
    await put(appointment("b", 60, 90, DOCTOR))
    with pytest.raises(Conflict):
        await put(appointment("a", 45, 75, DOCTOR))
    with pytest.raises(Conflict):
        await put(appointment("c", 0, 30, DOCTOR))
    await put(appointment("a", 20, 50, DOCTOR))
    await put(appointment("c", 0, 20, DOCTOR))


async def test_two_may_change_places_in_one_transaction(put: Put, record: Record) -> None:
    await put(appointment("a", 0, 30, DOCTOR))
    await put(appointment("b", 30, 60, DOCTOR))
    await transact(record, appointment("a", 30, 60, DOCTOR), appointment("b", 0, 30, DOCTOR))
    with pytest.raises(Conflict):
        await put(appointment("c", 0, 60, DOCTOR))


async def test_a_series_is_booked_whole_or_not_at_all(put: Put, record: Record) -> None:
    day = 24 * 60
    await put(appointment("a", 7 * day, 7 * day + 30, DOCTOR))
    series = [appointment(f"s{n}", n * 7 * day, n * 7 * day + 30, DOCTOR, ADA) for n in range(4)]
    with pytest.raises(Conflict, match="Practitioner/1 is busy"):
        await transact(record, *series)
    assert await busy(record) == 1


async def test_one_transaction_cannot_book_one_time_twice(record: Record) -> None:
    with pytest.raises(Conflict):
        await transact(record, appointment("a", 0, 30, DOCTOR), appointment("b", 10, 20, DOCTOR))
    assert await busy(record) == 0


async def test_the_citizen_is_in_one_place_whoever_books(put: Put) -> None:
    await put(appointment("a", 0, 60, DOCTOR, ADA))
    with pytest.raises(Conflict, match="The citizen is busy") as refused:
        await put(appointment("b", 30, 90, ANOTHER, ADA))
    assert "Practitioner/1" not in str(refused.value)
    assert refused.value.citizen == key_of(ADA)


async def test_when_exactly_a_citizen_is_elsewhere_is_not_told(put: Put) -> None:
    """Who may begin care may book anybody, and reads of the record only when that is done."""
    said = []
    for id, start in (("a", 20), ("a", 70)):
        await put(appointment(id, start, start + 10, DOCTOR, ADA))
        with pytest.raises(Conflict) as refused:
            await put(appointment("b", 0, 120, ANOTHER, ADA))
        said.append(str(refused.value))
    assert said[0] == said[1]


async def test_all_roles_of_a_person_are_one_person(put: Put) -> None:
    for id in ("day", "night"):
        role = {"resourceType": "PractitionerRole", "id": id, "practitioner": {"reference": DOCTOR}}
        await put(role)
    await put(appointment("a", 0, 30, "PractitionerRole/day"))
    for actor in ("PractitionerRole/night", DOCTOR, "PractitionerRole/day/_history/1"):
        with pytest.raises(Conflict):
            await put(appointment("b", 0, 30, actor))


async def test_buffers_are_guarded_too_but_for_the_citizen(put: Put) -> None:
    buffers = [
        {"url": BUFFER_BEFORE, "valuePositiveInt": 10},
        {"url": BUFFER_AFTER, "valuePositiveInt": 5},
    ]
    await put(appointment("a", 30, 60, DOCTOR, ADA, extension=buffers))
    for start, end in ((0, 25), (60, 70)):
        with pytest.raises(Conflict):
            await put(appointment("b", start, end, DOCTOR))
    await put(appointment("b", 0, 20, DOCTOR, ADA))
    await put(appointment("c", 60, 90, ANOTHER, ADA))


async def test_each_takes_part_in_a_time_of_its_own(put: Put) -> None:
    together = appointment("a", 0, 60, ADA)
    for actor, start, end in ((ANOTHER, 0, 15), (DOCTOR, 15, 60)):
        period = {"start": at(start), "end": at(end)}
        one = {"actor": {"reference": actor}, "status": "accepted", "period": period}
        together["participant"].append(one)
    await put(together)
    await put(appointment("b", 0, 15, DOCTOR, OLA))
    with pytest.raises(Conflict):
        await put(appointment("c", 0, 16, ANOTHER, OLA))


async def test_one_whose_part_ends_when_another_begins_is_free(put: Put) -> None:
    for end in (at(15), at(15).replace("+00:00", ".000Z")):
        together = appointment("a", 0, 60, ADA)
        period = {"start": at(0), "end": end}
        together["participant"].append(
            {"actor": {"reference": DOCTOR}, "status": "accepted", "period": period}
        )
        await put(together)
        await put(appointment("b", 15, 30, DOCTOR, OLA))


async def test_a_hold_gives_way_when_it_has_ended_and_asks_again_when_it_is_confirmed(put: Put) -> None:
    until = datetime.now(UTC) + timedelta(seconds=3)
    held = [{"url": HELD_UNTIL, "valueDateTime": until.isoformat()}]
    await put(appointment("a", 0, 30, DOCTOR, status="pending", extension=held))
    with pytest.raises(Conflict):
        await put(appointment("b", 0, 30, DOCTOR))
    await asyncio.sleep((until - datetime.now(UTC)).total_seconds() + 0.1)
    await put(appointment("b", 0, 30, DOCTOR))
    with pytest.raises(Conflict):
        await put(appointment("a", 0, 30, DOCTOR, status="booked", extension=held))


async def test_a_hold_that_is_confirmed_in_time_does_not_end(put: Put) -> None:
    until = datetime.now(UTC) + timedelta(seconds=3)
    held = [{"url": HELD_UNTIL, "valueDateTime": until.isoformat()}]
    await put(appointment("a", 0, 30, DOCTOR, status="pending", extension=held))
    await put(appointment("a", 0, 30, DOCTOR, status="booked", extension=held))
    await asyncio.sleep((until - datetime.now(UTC)).total_seconds() + 0.1)
    with pytest.raises(Conflict):
        await put(appointment("b", 0, 30, DOCTOR))


async def test_rooms_are_guarded_when_they_have_a_calendar(put: Put, record: Record) -> None:
    await put(appointment("a", 0, 30, ROOM))
    await put(appointment("b", 0, 30, ROOM))
    await put(schedule("s", ROOM))
    with pytest.raises(Conflict, match="Location/7 is busy"):
        await put(appointment("c", 0, 30, ROOM))
    await put(appointment("c", 30, 60, ROOM))
    await record.delete("Schedule", "s", scope=EVERYONE)
    await put(appointment("d", 30, 60, ROOM))


async def test_a_calendar_serves_as_many_at_once_as_it_says(put: Put) -> None:
    await put(schedule("s", CLASS, extension=[{"url": CAPACITY, "valuePositiveInt": 3}]))
    for n, (start, end) in enumerate([(0, 60), (30, 90), (0, 30), (60, 90), (45, 60)]):
        await put(appointment(f"a{n}", start, end, CLASS, f"Patient/{n}"))
    with pytest.raises(Conflict):
        await put(appointment("b", 20, 50, CLASS, ADA))
    await put(schedule("s", CLASS, extension=[{"url": CAPACITY, "valuePositiveInt": 4}]))
    await put(appointment("b", 20, 50, CLASS, ADA))


async def test_who_is_overbooked_on_purpose_stands_beside_the_others(put: Put) -> None:
    await put(appointment("a", 0, 30, DOCTOR, ADA))
    wanted = appointment("b", 0, 30, DOCTOR, OLA)
    wanted["participant"][0]["extension"] = [{"url": OVERBOOKED, "valueString": "Brudd, må ses i dag"}]
    await put(wanted)
    with pytest.raises(Conflict):
        await put(appointment("c", 0, 30, DOCTOR))
    with pytest.raises(Conflict, match="The citizen"):
        await put(appointment("d", 0, 30, ANOTHER, OLA))


async def test_a_citizen_is_overbooked_by_nobody(put: Put) -> None:
    await put(appointment("a", 0, 30, DOCTOR, ADA))
    wanted = appointment("b", 0, 30, ANOTHER, ADA)
    wanted["participant"][1]["extension"] = [{"url": OVERBOOKED, "valueString": "Haster"}]
    with pytest.raises(Conflict, match="The citizen"):
        await put(wanted)


async def test_a_blocked_slot_keeps_all_of_its_calendar_free(put: Put) -> None:
    await put(schedule("s", DOCTOR, ROOM))
    times = {"start": at(0), "end": at(60)}
    slot = {"resourceType": "Slot", "id": "lunch", "schedule": {"reference": "Schedule/s"}, **times}
    await put(slot | {"status": "busy"})
    await put(slot | {"status": "busy-unavailable"})
    for actor in (DOCTOR, ROOM):
        with pytest.raises(Conflict):
            await put(appointment("a", 30, 40, actor))
    await put(slot | {"status": "free"})
    await put(appointment("a", 30, 40, DOCTOR, ROOM))


async def test_what_is_deleted_gives_back_its_time(put: Put, record: Record) -> None:
    await put(appointment("a", 0, 30, DOCTOR))
    await record.delete("Appointment", "a", scope=EVERYONE)
    await put(appointment("b", 0, 30, DOCTOR))


async def test_what_is_over_holds_nothing(put: Put) -> None:
    longago = -200 * 24 * 60
    await put(appointment("a", longago, longago + 30, DOCTOR))
    await put(appointment("b", longago, longago + 30, DOCTOR))


async def test_who_declined_or_is_only_told_is_not_busy(put: Put) -> None:
    for id, more in (("a", {"status": "declined"}), ("b", {"required": "information-only"})):
        told = appointment(id, 0, 30, DOCTOR)
        told["participant"][0] |= more
        await put(told)
    await put(appointment("c", 0, 30, DOCTOR))


@pytest.mark.parametrize(
    "faulty",
    [
        appointment("a", 30, 0, DOCTOR),
        appointment("a", 30, 30, DOCTOR),
        appointment("a", 0, 30)
        | {"participant": [{"status": "accepted", "actor": {"reference": ADA}, "period": {"start": at(40)}}]},
        schedule("a", DOCTOR, extension=[{"url": CAPACITY, "valuePositiveInt": 100}]),
    ],
)
async def test_times_and_numbers_that_cannot_be_are_refused_with_their_place(
    put: Put, faulty: dict[str, Any]
) -> None:
    with pytest.raises(Unprocessable) as refused:
        await put(faulty)
    assert refused.value.issues[0].expression.startswith(faulty["resourceType"])


async def test_what_was_stored_before_there_was_a_guard_gets_its_claims_when_it_is_indexed_anew(
    put: Put, record: Record, pool: asyncpg.Pool, caplog: pytest.LogCaptureFixture
) -> None:
    await put(appointment("a", 0, 30, DOCTOR))
    await put(appointment("b", 60, 90, DOCTOR))
    await put(schedule("s", ROOM))
    await pool.execute("truncate claim, calendar")
    await put(appointment("c", 10, 40, DOCTOR))
    assert [one async for one in record.rebuild(["Appointment", "Schedule"])]
    assert await busy(record) == 2
    assert "Appointment a: Practitioner/1 is busy" in caplog.text
    for start in (20, 70):
        with pytest.raises(Conflict):
            await put(appointment("d", start, start + 5, DOCTOR))


async def transact(record: Record, *resources: dict[str, Any]) -> None:
    """Put resources in one transaction."""
    entries = [
        {"resource": one, "request": {"method": "PUT", "url": f"{one['resourceType']}/{one['id']}"}}
        for one in resources
    ]
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
    await record.transact(msgspec.json.encode(bundle), scope=EVERYONE)


async def busy(record: Record) -> int:
    """Claims there are."""
    async with record._connection() as connection:
        found: int = await connection.fetchval("select count(*) from claim")
        return found
