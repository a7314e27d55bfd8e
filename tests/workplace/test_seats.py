"""The pages that are open in a process, told to the others of the site all together."""

import asyncpg
import pytest

from fellesjournal.reading.attendance import Attendance, Page, Reader
from fellesjournal.workplace import seats
from fellesjournal.workplace.seats import Seats

ADA, OLA = 7, 8
NURSE = Reader("Practitioner/1", "Varm Lyngmo", "sykepleier", "Sengepost 2")
DOCTOR = Reader("Practitioner/2", "Ivrig Steinrøys", "lege", "Sengepost 2")


class Counting(Attendance):
    """Counts the statements with which pages are told of."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        super().__init__(pool)
        self.told: list[int] = []
        self.fails = False

    async def come(self, pages: list[Page]) -> None:  # type: ignore[override] # what Seats gives
        if self.fails:
            raise OSError("the database is away")
        self.told.append(len(pages))
        await super().come(pages)


@pytest.fixture
def attendance(pool: asyncpg.Pool) -> Counting:
    return Counting(pool)


async def test_pages_are_told_of_together_when_they_come_and_when_they_go(attendance: Counting) -> None:
    here = Seats(attendance)
    with here.taken(ADA, NURSE), here.taken(ADA, DOCTOR), here.taken(OLA, DOCTOR):
        assert (await here.gatherings([ADA, OLA])).keys() == {ADA, OLA}
        assert attendance.told == [3]
        assert await attendance.readers(ADA) == [DOCTOR, NURSE]
        await here.gatherings([ADA, OLA])
        assert attendance.told == [3]
    assert await here.gatherings([ADA, OLA]) == {}
    assert await attendance.readers(ADA) == []


async def test_what_other_processes_have_open_is_seen(attendance: Counting, pool: asyncpg.Pool) -> None:
    here, elsewhere = Seats(attendance), Seats(Attendance(pool))
    with elsewhere.taken(ADA, NURSE):
        before = await here.gatherings([ADA])
        await elsewhere.gatherings([])
        assert before != await here.gatherings([ADA])


async def test_a_page_that_is_closed_at_once_is_never_told_of(attendance: Counting) -> None:
    here = Seats(attendance)
    with here.taken(ADA, NURSE):
        pass
    await here.gatherings([])
    assert attendance.told == []


async def test_what_could_not_be_told_is_told_later(
    attendance: Counting, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Seats(attendance)
    with here.taken(ADA, NURSE):
        attendance.fails = True
        with pytest.raises(OSError, match="away"):
            await here.gatherings([ADA])
        attendance.fails = False
        monkeypatch.setattr(seats, "STAYS", 0.0)
        assert (await here.gatherings([ADA])).keys() == {ADA}
