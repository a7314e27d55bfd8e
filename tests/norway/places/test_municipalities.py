"""Municipality numbers through the reforms of 2017, 2018, 2019, 2020 and 2024."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.errors import NotFound
from fellesjournal.norway.places.counties import counties
from fellesjournal.norway.places.municipalities import (
    COMPLETE_FROM,
    municipalities,
    municipality,
    successors,
)

REFORMS = [date(2017, 1, 1), date(2018, 1, 1), date(2019, 1, 1), date(2020, 1, 1), date(2024, 1, 1)]
days = st.dates(COMPLETE_FROM, date(2026, 12, 31))


@pytest.mark.parametrize(
    ("year", "count"),
    [(2016, 428), (2017, 426), (2018, 422), (2019, 422), (2020, 356), (2023, 356), (2024, 357), (2026, 357)],
)
def test_there_are_as_many_as_statistics_norway_counts(year: int, count: int) -> None:
    for day in (date(year, 1, 1), date(year, 12, 31)):
        found = municipalities(day)
        assert len(found) == count
        assert len({one.number for one in found}) == count


@pytest.mark.parametrize(
    ("number", "on", "name"),
    [
        ("0219", "2019-12-31", "Bærum"),
        ("3024", "2020-01-01", "Bærum"),
        ("3024", "2023-12-31", "Bærum"),
        ("3201", "2024-01-01", "Bærum"),
        ("0301", "2016-01-01", "Oslo"),
        ("0301", "2026-11-25", "Oslo"),
        ("5061", "2019-01-01", "Rindal"),
        ("1580", "2024-01-01", "Haram"),
    ],
)
def test_a_number_is_a_municipality_on_its_days(number: str, on: str, name: str) -> None:
    assert municipality(number, date.fromisoformat(on)).name == name


@pytest.mark.parametrize(
    ("number", "on", "message"),
    [
        ("0219", "2020-01-01", "0219 was Bærum until 2019-12-31; on 2020-01-01 it is 3024 Bærum."),
        ("0219", "2026-11-25", "0219 was Bærum until 2019-12-31; on 2026-11-25 it is 3201 Bærum."),
        ("1507", "2024-01-01", "it is 1508 Ålesund and 1580 Haram."),
        ("3201", "2023-12-31", "3201 is Bærum from 2024-01-01, not yet on 2023-12-31."),
        ("9999", "2024-01-01", "has had '9999'"),
        ("301", "2024-01-01", "a number has four digits"),
        ("0301", "2015-12-31", "known from 2016-01-01"),
    ],
)
def test_a_number_on_another_day_is_told_what_it_is_then(number: str, on: str, message: str) -> None:
    with pytest.raises(NotFound) as caught:
        municipality(number, date.fromisoformat(on))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("number", "on", "numbers"),
    [
        ("0219", "2019-06-01", ["0219"]),
        ("0219", "2026-11-25", ["3201"]),
        ("1640", "2018-01-01", ["5025"]),
        ("1103", "2026-11-25", ["1103"]),
        ("1141", "2026-11-25", ["1103"]),
        ("1662", "2018-06-01", ["5030"]),
        ("1662", "2026-11-25", ["5001"]),
        ("0720", "2026-11-25", ["3907"]),
        ("1534", "2020-01-01", ["1507"]),
        ("1850", "2026-11-25", ["1806", "1875"]),
        ("1613", "2026-11-25", ["5055", "5056", "5059"]),
        ("1507", "2026-11-25", ["1508", "1580"]),
        ("0711", "2026-11-25", ["3301"]),
        ("1444", "2026-11-25", ["1577"]),
        ("0121", "2026-11-25", ["3226"]),
    ],
)
def test_a_number_is_followed_to_what_it_became(number: str, on: str, numbers: list[str]) -> None:
    assert [one.number for one in successors(number, date.fromisoformat(on))] == numbers


def test_nothing_is_a_successor_before_it_began() -> None:
    with pytest.raises(NotFound, match="not yet on"):
        successors("3201", date(2020, 1, 1))


@given(days, days)
def test_every_municipality_is_somewhere_later(first: date, later: date) -> None:
    first, later = sorted((first, later))
    reached = {one.number for before in municipalities(first) for one in successors(before.number, later)}
    assert reached == {one.number for one in municipalities(later)}


@pytest.mark.parametrize("reform", REFORMS)
def test_numbers_change_on_the_days_of_the_reforms(reform: date) -> None:
    before = {one.number for one in municipalities(reform - timedelta(days=1))}
    after = {one.number for one in municipalities(reform)}
    assert before != after
    for ended in before - after:
        assert {one.number for one in successors(ended, reform)} <= after


@given(days)
def test_numbers_change_on_no_other_day(day: date) -> None:
    if day not in REFORMS and day > COMPLETE_FROM:
        assert municipalities(day) == municipalities(day - timedelta(days=1))


@given(days)
def test_every_municipality_lies_in_a_county_of_the_day_and_no_county_is_empty(day: date) -> None:
    assert {one.county for one in municipalities(day)} == {one.number for one in counties(day)}


def test_no_municipality_is_without_a_name() -> None:
    for reform in [COMPLETE_FROM, *REFORMS]:
        for one in municipalities(reform):
            assert one.name == one.name.strip() != ""
            assert len(one.number) == 4


def test_who_only_got_another_number_kept_the_name_but_for_one() -> None:
    renamed = set()
    for reform in REFORMS:
        before = municipalities(reform - timedelta(days=1))
        taken = [
            became for one in before for became in one.became if one.valid_to == reform - timedelta(days=1)
        ]
        for one in before:
            if len(one.became) == 1 and taken.count(one.became[0]) == 1:
                after = municipality(one.became[0], reform)
                if after.name != one.name and after.valid_from == reform:
                    renamed.add((one.name, after.name))
    assert renamed == {("Nes", "Nesbyen")}
