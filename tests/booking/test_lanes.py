"""What is remembered of a calendar's free bits is what a search without memory finds."""

from datetime import datetime

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.conftest import Put, appointment, at, schedule
from booking.test_finding import EVERY, LENGTH, NAMES, needs_of
from fellesjournal.booking.free import calendars
from fellesjournal.booking.free.calendars import Calendars
from fellesjournal.booking.free.finding import Need, find
from fellesjournal.booking.free.lanes import Lanes, fits

some = st.lists(st.integers(0, EVERY), min_size=1, max_size=2)


@given(
    st.fixed_dictionaries(dict.fromkeys(NAMES, some)),
    st.lists(st.tuples(st.lists(needs_of, min_size=1, max_size=3), st.integers(0, EVERY)), max_size=4),
)
def test_questions_asked_one_after_another_find_what_each_would_alone(
    free: dict[str, list[int]], asked: list[tuple[list[Need], int]]
) -> None:
    remembering = {name: Lanes(lanes) for name, lanes in free.items()}
    for needs, within in asked:
        assert find(remembering, needs, within, LENGTH) == find(free, needs, within, LENGTH)


def test_few_lengths_are_remembered() -> None:
    lanes = Lanes([0b1111])
    assert [fits(lanes, length) for length in (1, 2, 3, 4, 5)] == [0b1111, 0b111, 0b11, 0b1, 0]
    assert len(lanes.known) <= 2


@pytest.mark.parametrize("remembered", [0, 1, 6_000])
async def test_free_time_is_the_same_whatever_is_remembered(
    remembered: int, put: Put, pool: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(calendars, "REMEMBERED", remembered)
    await put({"resourceType": "Practitioner", "id": "a"})
    await put(schedule("b", "Location/b"))
    known, who = Calendars(pool), ["Practitioner/a", "Location/b", "Patient/c"]
    for number in range(3):
        await put(appointment(f"one{number}", 60 * number, 60 * number + 30, "Patient/c"))
        asked = await known.free(who, "x"), await known.free(who[::-1]), await known.free(who, "x")
        fresh = await Calendars(pool).free(who, "x")
        assert asked[0] == asked[2] == fresh
        [bits] = fresh["Patient/c"]
        taken = [known.grid().touched(*map(datetime.fromisoformat, (at(60 * n), at(60 * n + 30))))
                 for n in range(number + 1)]  # fmt: skip
        assert bits == known.grid().all & ~sum(taken)
