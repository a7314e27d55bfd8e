"""What is remembered of a calendar's free bits is what a search without memory finds."""

from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.conftest import Put, appointment, at, schedule
from booking.test_find import workdays
from booking.test_finding import EVERY, LENGTH, NAMES, needs_of
from fellesjournal.booking.free import calendars, lanes
from fellesjournal.booking.free.calendars import Calendars
from fellesjournal.booking.free.finding import Need, find
from fellesjournal.booking.free.lanes import Lanes, fits, pool_fits
from fellesjournal.fhir.search.terms import key_of

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


MANY = [f"p{number}" for number in range(9)]


@given(
    st.lists(some, min_size=9, max_size=9),
    st.lists(st.tuples(st.integers(0, 8), some), max_size=4),
    st.integers(1, 7),
)
def test_what_is_remembered_of_a_pool_changes_with_each_of_its_calendars(
    free: list[list[int]], changes: list[tuple[int, list[int]]], length: int
) -> None:
    remembering = {name: Lanes(bits) for name, bits in zip(MANY, free, strict=True)}
    for changed, anew in [(0, free[0]), *changes]:
        remembering[MANY[changed]] = Lanes(anew)
        plain = {name: list(bits) for name, bits in remembering.items()}
        needs = [Need(MANY, length), Need(MANY[::-1], length, 2)]
        assert find(remembering, needs, EVERY, LENGTH) == find(plain, needs, EVERY, LENGTH)


def test_few_pools_are_remembered() -> None:
    free = {name: Lanes([0b1]) for name in MANY}
    for number in range(100):
        pool_fits(free, [*MANY, f"other{number}"], 1)
    assert len(lanes._pools) <= 32


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


async def test_what_is_remembered_of_many_together_is_what_each_has_now(put: Put, pool: asyncpg.Pool) -> None:
    who = [f"Practitioner/m{number}" for number in range(calendars.MANY)]
    now = [datetime.now(UTC)]
    known = Calendars(pool, lambda: now[0])
    for number, one in enumerate(who):
        await put({"resourceType": "Practitioner", "id": f"m{number}"})
        await put(schedule(f"s{number}", one, extension=[workdays("00:00", "00:00")]))
    for number, one in enumerate([*who, *who]):
        before = await known.free(who, "x")
        assert await known.free(who, "x") is before  # nothing has changed, and nothing was read
        await put(appointment(f"a{number}", 60 * number, 60 * number + 30, one))
        after = await known.free(who, "x")
        assert after != before
        assert after == await Calendars(pool).free(who, "x")
        assert await known.free(who, "y") == await Calendars(pool).free(who, "y")
    held = await known.free(who, "x")
    await pool.execute(
        "update claim set until = $1 where party = $2", now[0] + timedelta(minutes=5), key_of(who[3])
    )
    await pool.execute("update calendar_mark set mark = mark + 1 where party = $1", key_of(who[3]))
    assert await known.free(who, "x") == held
    now[0] += timedelta(minutes=6)
    await pool.execute("update claim set until = now() - interval '1 s' where party = $1", key_of(who[3]))
    assert (await known.free(who, "x"))[who[3]] != held[who[3]]


async def test_answers_of_few_together_are_remembered(put: Put, pool: asyncpg.Pool) -> None:
    known = Calendars(pool)
    for number in range(3 * calendars.ANSWERS):
        await known.free([f"Patient/{number}-{other}" for other in range(calendars.MANY)])
    assert len(known._answers) == calendars.ANSWERS
