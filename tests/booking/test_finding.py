"""The first free times, beside a search that tries every time one by one."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.booking.free import availability
from fellesjournal.booking.free.availability import OPEN, Hours, open_bits
from fellesjournal.booking.free.finding import Alone, Need, Offer, find
from fellesjournal.booking.free.grid import Grid, fit
from fellesjournal.errors import Unprocessable

LENGTH = 40
NAMES = ["a", "b", "c", "d"]
EVERY = (1 << LENGTH) - 1
WEEK = Grid(date(2026, 11, 30), 7)


def free_at(lanes: Any, at: int, length: int) -> bool:
    return at >= 0 and any(all(lane >> bit & 1 for bit in range(at, at + length)) for lane in lanes)


def slow(free: dict[str, list[int]], needs: list[Need], within: int) -> list[int]:
    """The beginnings at which different people can come for all needs, one by one."""
    found = []
    for start in range(LENGTH):
        if not within >> start & 1:
            continue
        for chosen in product(*(need.pool for need in needs)):
            times = [(start + need.offset, need.length) for need in needs]
            come = all(free_at(free[one], *at) for one, at in zip(chosen, times, strict=True))
            clash = any(
                chosen[i] == chosen[j] and times[i][0] < sum(times[j]) and times[j][0] < sum(times[i])
                for i in range(len(needs))
                for j in range(i)
            )
            if come and not clash:
                found.append(start)
                break
    return found


lanes = st.lists(st.integers(0, EVERY), min_size=1, max_size=2)
needs_of = st.builds(
    Need,
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True),
    st.integers(1, 7),
    st.integers(-4, 6),
)


@given(
    st.fixed_dictionaries(dict.fromkeys(NAMES, lanes)),
    st.lists(needs_of, min_size=1, max_size=3),
    st.integers(0, EVERY),
)
def test_the_first_times_are_those_of_a_slow_search(
    free: dict[str, list[int]], needs: list[Need], within: int
) -> None:
    expected = slow(free, needs, within)
    found = find(free, needs, within, LENGTH).offers
    assert [one.start for one in found] == expected
    for offer in found:
        for need, who in zip(needs, offer.chosen, strict=True):
            assert who in need.pool
            assert free_at(free[who], offer.start + need.offset, need.length)


@given(st.integers(0, EVERY), st.integers(1, 45))
def test_a_row_of_free_bits_fits_where_each_of_them_is_free(free: int, length: int) -> None:
    expected = [bit for bit in range(LENGTH) if all(free >> one & 1 for one in range(bit, bit + length))]
    assert [bit for bit in range(LENGTH) if fit(free, length) >> bit & 1] == expected


def test_two_half_hours_of_two_people_are_no_hour() -> None:
    free = {"a": [0b000111], "b": [0b111000]}
    assert find(free, [Need(["a", "b"], 6)], EVERY).offers == []
    assert find(free, [Need(["b", "a"], 3)], EVERY).offers == [Offer(0, ("a",)), Offer(3, ("b",))]


def test_the_preferred_one_is_chosen_when_several_are_free() -> None:
    free = {"a": [0b1110], "b": [0b1111]}
    assert [one.chosen for one in find(free, [Need(["a", "b"], 1)], EVERY, 2).offers] == [("b",), ("a",)]


def test_what_all_wait_for_is_told() -> None:
    free = {"nurse": [EVERY], "doctor": [EVERY << 3], "radiology": [EVERY << 9], "room": [0]}
    needs = [Need([name], 2) for name in free]
    assert [one.start for one in find(free, needs, EVERY).alone] == [0, 3, 9, None]
    assert find(free, needs[:1], EVERY).alone == [Alone(needs[0], 0)]


def test_a_grid_counts_as_the_clock_does_when_it_is_changed() -> None:
    spring, autumn = Grid(date(2027, 3, 28), 1), Grid(date(2026, 10, 25), 1)
    assert (spring.length, autumn.length) == (23 * 12, 25 * 12)
    assert spring.moment(3 * 12).hour == 4
    morning = open_bits((Hours((6,), "08:00", "09:00"),), autumn, "", autumn.first)
    assert [autumn.moment(bit).hour for bit in (morning.bit_length() - 12, morning.bit_length() - 1)] == [
        8,
        8,
    ]
    assert morning.bit_count() == 12


def test_times_between_the_bits_are_inside_when_whole_and_touched_when_partly() -> None:
    begin = WEEK.origin
    start, end = begin + timedelta(minutes=7), begin + timedelta(minutes=21)
    assert WEEK.inside(start, end) == 0b1100
    assert WEEK.touched(start, end) == 0b11110
    assert WEEK.inside(begin - timedelta(days=9), begin + timedelta(days=99)) == WEEK.all
    assert WEEK.touched(begin - timedelta(days=9), begin) == 0


@pytest.mark.parametrize(
    ("line", "visit", "today", "opened"),
    [
        (Hours((0, 2), "08:00", "10:00"), "", WEEK.first, [0, 2]),
        (Hours((0, 2), "08:00", "10:00", since="2026-12-01"), "", WEEK.first, [2]),
        (Hours((0, 2), "08:00", "10:00", until="2026-12-01"), "", WEEK.first, [0]),
        (Hours((0, 2), "08:00", "10:00", visits=("ct",)), "mr", WEEK.first, []),
        (Hours((0, 2), "08:00", "10:00", visits=("ct",)), "ct", WEEK.first, [0, 2]),
        (Hours((0, 2), "08:00", "10:00", visits=("ct",), release=1), "mr", WEEK.first, [0]),
    ],
)
def test_a_line_opens_its_days(line: Hours, visit: str, today: date, opened: list[int]) -> None:
    found = open_bits((line,), WEEK, visit, today)
    days = {(WEEK.moment(bit).date() - WEEK.first).days for bit in range(WEEK.length) if found >> bit & 1}
    assert sorted(days) == opened


def test_a_holiday_is_closed_but_for_those_who_say_that_they_are_open() -> None:
    christmas = Grid(date(2026, 12, 25), 1)
    assert open_bits((Hours((4,), "08:00", "10:00"),), christmas, "", christmas.first) == 0
    shift = Hours((4,), "22:00", "24:00", holidays=True)
    assert open_bits((shift,), christmas, "", christmas.first).bit_count() == 24


def opening(**members: Any) -> dict[str, Any]:
    """A Schedule with one line."""
    parts = [
        {"url": name, "valueCode": one}
        for name, each in members.items()
        for one in (each if isinstance(each, list) else [each])
    ]
    return {"resourceType": "Schedule", "extension": [{"url": OPEN, "extension": parts}]}


def test_hours_are_read_from_a_schedule() -> None:
    told = opening(day=["fri", "mon"], **{"from": "08:00:00", "to": "15:30:00", "since": "2026-12-01"})
    assert availability.hours(told) == [Hours((0, 4), "08:00", "15:30", "2026-12-01")]
    assert availability.hours({"resourceType": "Schedule"}) == []


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"from": "08:00", "to": "09:00"}, "needs days of the week"),
        ({"day": "monday", "from": "08:00", "to": "09:00"}, "needs days of the week"),
        ({"day": "mon", "from": "09:00", "to": "08:00"}, "closes at a later one"),
        ({"day": "mon", "form": "09:00"}, "has 'form', which is none of day, from"),
    ],
)
def test_hours_that_mean_nothing_are_refused_with_their_line(members: dict[str, Any], said: str) -> None:
    with pytest.raises(Unprocessable, match=f"Line 1 of the hours .*{said}"):
        availability.hours(opening(**members))


def test_utc_is_what_it_is_counted_in() -> None:
    assert WEEK.origin == datetime(2026, 11, 29, 23, tzinfo=UTC)
