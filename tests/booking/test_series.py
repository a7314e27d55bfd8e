"""Series: when they come, what each time clashes with, and what is written."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.conftest import MONDAY, Put, appointment
from fellesjournal.booking.free.finding import Need
from fellesjournal.booking.free.grid import NORWAY, QUANTUM, Grid
from fellesjournal.booking.free.series import SERIES, Rhythm, occurrences, series, starts
from fellesjournal.booking.free.windows import home_visit
from fellesjournal.errors import Conflict, Invalid
from fellesjournal.norway import days

GRID = Grid(date(2026, 11, 26), 2)
PARTIES = ("Practitioner/1", "Location/1", "Patient/1")


def test_ten_times_on_two_days_of_the_week_keep_the_time_of_day_when_the_clocks_change() -> None:
    first = datetime(2027, 3, 11, 9, tzinfo=NORWAY)
    found = starts(first, Rhythm(10, (1, 3)))
    assert len(found) == 10
    assert {one.strftime("%H:%M") for one in found} == {"09:00"}
    assert {one.utcoffset() for one in found} == {timedelta(hours=1), timedelta(hours=2)}


def test_a_public_holiday_is_left_out_and_the_series_goes_on() -> None:
    found = starts(datetime(2027, 5, 10, 9, tzinfo=NORWAY), Rhythm(3, (0,)))
    assert [one.date().isoformat() for one in found] == ["2027-05-10", "2027-05-24", "2027-05-31"]


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)),
    st.integers(1, 30),
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(1, 4),
)
def test_a_series_is_the_first_open_days_of_its_weeks(
    first: datetime, times: int, weekdays: set[int], weeks: int
) -> None:
    begins = first.replace(tzinfo=NORWAY)
    found = starts(begins, Rhythm(times, tuple(weekdays), weeks))
    day, slow = begins.date(), list[date]()
    monday = day - timedelta(days=day.weekday())
    while len(slow) < times:
        if day.weekday() in weekdays and (day - monday).days // 7 % weeks == 0:
            slow += [] if day in days.holidays(day.year) else [day]
        day += timedelta(days=1)
    assert [one.date() for one in found] == slow


@pytest.mark.parametrize(
    "rhythm", [Rhythm(0, (1,)), Rhythm(61, (1,)), Rhythm(3, ()), Rhythm(3, (7,)), Rhythm(3, (1,), 0)]
)
def test_a_rhythm_that_is_none_is_refused(rhythm: Rhythm) -> None:
    with pytest.raises(Invalid):
        starts(MONDAY, rhythm)


bits = st.integers(0, (1 << GRID.length) - 1)


@given(
    st.dictionaries(st.sampled_from(PARTIES), st.lists(bits, max_size=2)),
    st.lists(
        st.tuples(st.sampled_from(PARTIES), st.integers(1, 6), st.integers(0, 3)), min_size=1, max_size=3
    ),
    st.lists(st.integers(-2, GRID.length + 2), min_size=1, max_size=5),
)
def test_what_a_time_clashes_with_is_what_a_slow_search_finds(
    free: dict[str, list[int]], wanted: list[tuple[str, int, int]], begins: list[int]
) -> None:
    needs = [Need([who], length, offset) for who, length, offset in wanted]
    when = [GRID.origin + bit * QUANTUM for bit in begins]
    for begin, found in zip(begins, occurrences(free, needs, GRID, when), strict=True):
        busy, known = set[str](), True
        for who, length, offset in wanted:
            span = range(begin + offset, begin + offset + length)
            if not all(0 <= bit < GRID.length for bit in span):
                known = False
                break
            if not any(all(lane >> bit & 1 for bit in span) for lane in free.get(who, [])):
                busy.add(who)
        assert found.busy is None if not known else set(found.busy or ()) == busy
        assert found.fits == (not known or not busy)


def test_each_of_a_series_is_as_long_and_bears_its_id() -> None:
    template = appointment("a", 0, 45, "Patient/ada", "Practitioner/1", identifier=[{"value": "x"}])
    made = series(template, [MONDAY + timedelta(weeks=n) for n in range(3)], "s-1")
    assert [one["start"][:10] for one in made] == sorted({one["start"][:10] for one in made})
    for one in made:
        assert datetime.fromisoformat(one["end"]) - datetime.fromisoformat(one["start"]) == timedelta(
            minutes=45
        )
        assert {"system": SERIES, "value": "s-1"} in one["identifier"]
        assert "id" not in one
    with pytest.raises(Invalid, match="None of the times fit"):
        series(template, [], "s-1")


def test_who_takes_part_for_a_time_of_their_own_does_so_each_time_also_when_the_clocks_change() -> None:
    """A nurse who comes half an hour into the window in which one waits at home."""
    first = datetime(2026, 10, 19, 8, tzinfo=NORWAY)
    template = home_visit(
        "Patient/ada",
        ["Practitioner/1"],
        (first, first + timedelta(hours=2)),
        first + timedelta(minutes=30),
        20,
    )
    made = series(template, [datetime(2026, 10, 19 + n, 8, tzinfo=NORWAY) for n in (0, 7)], "s-1")
    begins = [datetime.fromisoformat(one["participant"][1]["period"]["start"]) for one in made]
    assert [f"{one.astimezone(NORWAY):%d %H:%M}" for one in begins] == ["19 08:30", "26 08:30"]


async def test_those_of_a_series_that_fit_are_booked_and_a_clash_is_refused(put: Put) -> None:
    await put(appointment("busy", 7 * 24 * 60, 7 * 24 * 60 + 30, "Practitioner/1"))
    template = appointment("a", 0, 30, "Patient/ada", "Practitioner/1")
    made = series(template, [MONDAY, MONDAY + timedelta(weeks=1)], "s-1")
    await put(made[0] | {"id": "s0"})
    with pytest.raises(Conflict):
        await put(made[1] | {"id": "s1"})
