from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fellesjournal.errors import Invalid
from fellesjournal.reading.readings import Readings

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
NURSE, DOCTOR = "Practitioner/varm-lyngmo", "Practitioner/ivrig-steinroys"
MOMENTS = st.lists(st.integers(-10_000, 0), min_size=1, max_size=6)


async def test_a_record_that_was_never_open_is_not_known(pool: asyncpg.Pool) -> None:
    assert await Readings(pool).until(1, NURSE) is None


async def test_each_reader_knows_each_record_up_to_a_moment_of_its_own(pool: asyncpg.Pool) -> None:
    readings = Readings(pool)
    await readings.mark(1, NURSE, NOW - timedelta(hours=1), NOW)
    await readings.mark(2, NURSE, NOW - timedelta(hours=2), NOW)
    await readings.mark(1, DOCTOR, NOW - timedelta(hours=3), NOW)
    known = [await readings.until(*one) for one in ((1, NURSE), (2, NURSE), (1, DOCTOR), (2, DOCTOR))]
    assert known == [NOW - timedelta(hours=1), NOW - timedelta(hours=2), NOW - timedelta(hours=3), None]


async def test_what_was_new_when_a_visit_began_is_new_until_it_ends(pool: asyncpg.Pool) -> None:
    readings, minutes = Readings(pool), [0, 10, 35, 70, 75, 200]
    came = [await readings.visit(1, DOCTOR, NOW + timedelta(minutes=one)) for one in minutes]
    known = [None if one is None else (one - NOW) // timedelta(minutes=1) for one in came]
    assert known == [None, None, None, 35, 35, 75]
    assert await readings.visit(1, NURSE, NOW) is None, "each reader by themselves"


async def test_nobody_has_read_what_is_to_come(pool: asyncpg.Pool) -> None:
    with pytest.raises(Invalid, match="that is to come"):
        await Readings(pool).mark(1, NURSE, NOW + timedelta(seconds=1), NOW)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MOMENTS)
async def test_what_is_known_stays_known_in_whichever_order_it_is_told(
    pool: asyncpg.Pool, seconds: list[int]
) -> None:
    readings, moments = Readings(pool), [NOW + timedelta(seconds=one) for one in seconds]
    citizen = hash(tuple(seconds)) % 2**60
    for moment in moments:
        await readings.mark(citizen, NURSE, moment, NOW)
    known = await readings.until(citizen, NURSE)
    assert known is not None
    assert known >= max(moments)


async def test_the_first_time_that_a_letter_was_opened_is_kept(pool: asyncpg.Pool) -> None:
    readings = Readings(pool)
    for reader, hours in (("Patient/1", 3), ("Patient/2", 2), ("Patient/1", 1)):
        await readings.open(1, "DocumentReference/a", reader, NOW - timedelta(hours=hours))
    await readings.open(2, "DocumentReference/b", "Patient/1", NOW)
    found = await readings.opened(1, ["DocumentReference/a", "DocumentReference/b"])
    assert found == {"DocumentReference/a": NOW - timedelta(hours=3)}
