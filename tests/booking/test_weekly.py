"""A series that is looked for, beside what anybody can see of it on a calendar."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fellesjournal.booking.free.finding import Need
from fellesjournal.booking.free.grid import NORWAY, Grid
from fellesjournal.booking.free.weekly import Often, plans
from fellesjournal.errors import Invalid
from fellesjournal.norway import days

GRID = Grid(date(2026, 3, 2), 42)  # over the change to summer time on 29 March, and Easter from 2 April
PHYSIO, OTHER, CITIZEN = "Practitioner/physio", "Practitioner/other", "Patient/ada"
NEEDS = [Need([PHYSIO, OTHER], 9), Need([CITIZEN], 9)]


def at(day: int, clock: str, month: int = 3) -> datetime:
    return datetime.fromisoformat(f"2026-{month:02}-{day:02}T{clock}").replace(tzinfo=NORWAY)


def open_on(weekday: int, start: str, end: str) -> int:
    """The bits of an opening on one day of every week."""
    found = 0
    for number in range(weekday, GRID.days, 7):
        day = GRID.first + timedelta(days=number)
        found |= GRID.inside(
            *(datetime.fromisoformat(f"{day}T{one}").replace(tzinfo=NORWAY) for one in (start, end))
        )
    return found


def busy(bits: int, day: int, clock: str, minutes: int = 45) -> int:
    return bits & ~GRID.touched(at(day, clock), at(day, clock) + timedelta(minutes=minutes))


def test_the_hour_that_fits_most_often_is_first_and_the_others_are_as_near_as_can_be() -> None:
    tuesdays = open_on(1, "09:00", "12:00")
    physio = busy(busy(tuesdays, 10, "09:00", 60), 17, "09:00", 180)
    free = {PHYSIO: [physio | GRID.inside(at(18, "14:00"), at(18, "15:00"))], OTHER: [0], CITIZEN: [GRID.all]}
    first, *_ = plans(free, NEEDS, GRID, Often(4), GRID.all)
    assert first.who == (PHYSIO, CITIZEN)
    assert first.times[0].wanted == at(3, "10:00"), "at nine it would differ twice"
    told = [one.start for one in first.times]
    assert told == [at(3, "10:00"), at(10, "10:00"), at(18, "14:00"), at(24, "10:00")]
    assert [one.differs for one in first.times] == [False, False, True, False]


def test_a_week_without_a_time_is_told_of_and_left_out() -> None:
    physio = busy(open_on(1, "09:00", "10:00"), 10, "09:00", 60)
    [plan] = plans({PHYSIO: [physio], CITIZEN: [GRID.all]}, NEEDS, GRID, Often(3), GRID.all)
    assert [one.start for one in plan.times] == [at(3, "09:00"), None, at(17, "09:00")]
    assert plan.starts == [at(3, "09:00"), at(17, "09:00")]


def test_the_one_who_can_come_most_often_is_proposed_whoever_is_free_first() -> None:
    sometimes = GRID.inside(at(2, "08:00"), at(2, "16:00"))
    free = {PHYSIO: [sometimes], OTHER: [open_on(3, "10:00", "11:00")], CITIZEN: [GRID.all]}
    first, second = plans(free, NEEDS, GRID, Often(4), GRID.all)
    assert (first.who[0], first.times[0].start) == (OTHER, at(5, "10:00"))
    assert (second.who[0], len(second.starts)) == (PHYSIO, 1)


def test_the_hour_is_the_clocks_and_holidays_are_left_out() -> None:
    every = {PHYSIO: [GRID.all], CITIZEN: [GRID.all]}
    within = GRID.inside(at(26, "10:00"), at(26, "11:00"))
    first, *_ = plans(every, NEEDS, GRID, Often(3), within)
    assert [one.wanted for one in first.times] == [at(26, "10:00"), at(9, "10:00", 4), at(16, "10:00", 4)]
    assert first.times[2].start == at(16, "10:00", 4), "beyond the grid it is left to the guard"


def test_nothing_is_found_where_nobody_is_free_and_a_series_of_none_is_refused() -> None:
    assert plans({CITIZEN: [GRID.all]}, NEEDS, GRID, Often(3), GRID.all) == []
    with pytest.raises(Invalid, match="1 to 60 times"):
        plans({PHYSIO: [GRID.all], CITIZEN: [GRID.all]}, NEEDS, GRID, Often(61), GRID.all)


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(0, GRID.length - 1), st.integers(9, 200)), max_size=12),
    st.integers(1, 6),
    st.integers(1, 2),
)
def test_all_times_of_a_series_are_free_in_their_week_and_as_many_as_were_asked_for(
    opened: list[tuple[int, int]], times: int, weeks: int
) -> None:
    lane = 0
    for start, length in opened:
        lane |= ((1 << length) - 1) << start & GRID.all
    for plan in plans({PHYSIO: [lane], CITIZEN: [GRID.all]}, NEEDS, GRID, Often(times, weeks), GRID.all):
        assert len(plan.times) == times
        for one in plan.times:
            assert one.wanted.date() not in days.holidays(one.wanted.year)
            if one.start and one.start < GRID.moment(GRID.length):
                bits = GRID.inside(one.start, one.start + timedelta(minutes=45))
                assert lane & bits == bits
                assert one.start.isocalendar()[:2] == one.wanted.isocalendar()[:2]
