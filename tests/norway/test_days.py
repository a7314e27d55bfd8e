"""Holidays, working days and deadlines, checked against printed calendars."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.norway.days import (
    add_working_days,
    easter_sunday,
    holidays,
    is_working_day,
    working_day_on_or_after,
)

days = st.dates(date(1900, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    "easter",
    [
        *("1818-03-22", "1943-04-25", "1954-04-18", "1961-04-02", "1981-04-19", "2000-04-23", "2008-03-23"),
        *("2011-04-24", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25", "2076-04-19"),
        *("2285-03-22",),
    ],
)
def test_easter_falls_on_its_day(easter: str) -> None:
    assert easter_sunday(int(easter[:4])) == date.fromisoformat(easter)


@given(st.integers(1583, 9998))
def test_easter_is_a_sunday_from_22_march_to_25_april(year: int) -> None:
    easter = easter_sunday(year)
    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)


def test_the_holidays_of_2026() -> None:
    assert {day.isoformat(): name for day, name in holidays(2026).items()} == {
        "2026-01-01": "nyttårsdag",
        "2026-04-02": "skjærtorsdag",
        "2026-04-03": "langfredag",
        "2026-04-05": "første påskedag",
        "2026-04-06": "annen påskedag",
        "2026-05-01": "arbeidernes dag",
        "2026-05-14": "Kristi himmelfartsdag",
        "2026-05-17": "grunnlovsdagen",
        "2026-05-24": "første pinsedag",
        "2026-05-25": "annen pinsedag",
        "2026-12-25": "første juledag",
        "2026-12-26": "annen juledag",
    }


def test_two_holidays_may_fall_on_one_day() -> None:
    assert holidays(2008)[date(2008, 5, 1)] == "Kristi himmelfartsdag"
    assert len(holidays(2008)) == 11


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-12-24", True),
        ("2026-12-31", True),
        ("2026-04-01", True),
        ("2026-04-04", False),
        ("2026-05-17", False),
        ("2024-05-17", False),
        ("2026-11-28", False),
        ("2026-11-29", False),
        ("2026-11-30", True),
    ],
)
def test_working_days(day: str, works: bool) -> None:
    assert is_working_day(date.fromisoformat(day)) is works


@pytest.mark.parametrize(
    ("due", "ends"),
    [
        ("2026-11-25", "2026-11-25"),
        ("2026-11-28", "2026-11-30"),
        ("2026-04-02", "2026-04-07"),
        ("2026-12-25", "2026-12-28"),
        ("2024-05-17", "2024-05-21"),
        ("2027-12-31", "2027-12-31"),
        ("2028-01-01", "2028-01-03"),
    ],
)
def test_a_deadline_ends_on_a_working_day(due: str, ends: str) -> None:
    assert working_day_on_or_after(date.fromisoformat(due)) == date.fromisoformat(ends)


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        ("2026-11-25", 0, "2026-11-25"),
        ("2026-11-28", 0, "2026-11-28"),
        ("2026-11-25", 3, "2026-11-30"),
        ("2026-11-28", 1, "2026-11-30"),
        ("2026-04-01", 1, "2026-04-07"),
        ("2026-04-07", -1, "2026-04-01"),
        ("2026-12-30", 2, "2027-01-04"),
    ],
)
def test_working_days_are_added(day: str, count: int, expected: str) -> None:
    assert add_working_days(date.fromisoformat(day), count) == date.fromisoformat(expected)


@given(days, st.integers(-60, 60))
def test_as_many_working_days_are_passed_as_were_added(day: date, count: int) -> None:
    reached = add_working_days(day, count)
    low, high = sorted((day, reached))
    passed = [low + timedelta(days=n) for n in range((high - low).days + 1)]
    assert sum(is_working_day(one) for one in passed if one != day) == abs(count)
    assert count == 0 or is_working_day(reached)


@given(days)
def test_no_deadline_moves_more_than_a_week(day: date) -> None:
    moved = working_day_on_or_after(day)
    assert is_working_day(moved)
    assert timedelta(0) <= moved - day <= timedelta(days=6)
    assert working_day_on_or_after(moved) == moved
