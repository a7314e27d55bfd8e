"""Who has a record open now."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import asyncpg
import pytest

from fellesjournal.reading.attendance import SILENT, Attendance, Page, Reader

ADA, OLA = 7, 8
NURSE = Reader("Practitioner/1", "Varm Lyngmo", "sykepleier", "Sengepost 2")
DOCTOR = Reader("Practitioner/2", "Ivrig Steinrøys", "lege", "Sengepost 2")


class Clock:
    """Goes when it is told to."""

    now = datetime(2026, 11, 26, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def attendance(pool: asyncpg.Pool, clock: Clock) -> Attendance:
    return Attendance(pool, clock)


async def test_each_reader_is_there_once_however_many_pages_are_open(attendance: Attendance) -> None:
    for reader in (NURSE, NURSE, DOCTOR):
        await attendance.come([Page(ADA, uuid4(), reader)])
    assert await attendance.readers(ADA) == [DOCTOR, NURSE]
    assert await attendance.readers(OLA) == []


async def test_who_closes_one_of_two_pages_is_still_there(attendance: Attendance) -> None:
    one, two = uuid4(), uuid4()
    await attendance.come([Page(ADA, one, NURSE)])
    await attendance.come([Page(ADA, two, NURSE)])
    await attendance.leave([Page(ADA, one, NURSE)])
    assert await attendance.readers(ADA) == [NURSE]
    await attendance.leave([Page(ADA, two, NURSE)])
    assert await attendance.readers(ADA) == []


async def test_a_page_that_has_fallen_silent_is_closed(attendance: Attendance, clock: Clock) -> None:
    loud, silent = uuid4(), uuid4()
    await attendance.come([Page(ADA, loud, NURSE)])
    await attendance.come([Page(ADA, silent, DOCTOR)])
    clock.now += SILENT / 2
    await attendance.come([Page(ADA, loud, NURSE)])
    clock.now += SILENT / 2 + timedelta(seconds=1)
    assert await attendance.readers(ADA) == [NURSE]


async def test_a_gathering_is_another_when_somebody_comes_or_goes(attendance: Attendance) -> None:
    page = uuid4()
    await attendance.come([Page(ADA, uuid4(), NURSE)])
    before = await attendance.gatherings([ADA, OLA])
    assert before.keys() == {ADA}
    await attendance.come([Page(ADA, page, DOCTOR)])
    assert await attendance.gatherings([ADA, OLA]) != before
    await attendance.leave([Page(ADA, page, NURSE)])
    assert await attendance.gatherings([ADA, OLA]) == before
