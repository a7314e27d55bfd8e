"""Counties through the reforms, and the districts of the four cities."""

from datetime import date, timedelta

import pytest

from fellesjournal.errors import NotFound
from fellesjournal.norway.places.counties import counties, county
from fellesjournal.norway.places.districts import district, districts
from fellesjournal.norway.places.municipalities import municipalities, municipality

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(("year", "count"), [(2016, 19), (2018, 18), (2020, 11), (2024, 15), (2026, 15)])
def test_there_are_as_many_counties_as_the_reforms_left(year: int, count: int) -> None:
    assert len(counties(date(year, 1, 1))) == count


def test_a_county_that_was_joined_and_divided_again_has_another_number() -> None:
    assert county("02", date(2019, 12, 31)).name == "Akershus"
    assert county("30", date(2020, 1, 1)).name == "Viken"
    assert county("32", date(2024, 1, 1)).name == "Akershus"


@pytest.mark.parametrize(
    ("number", "on", "message"),
    [
        ("30", TODAY, "30 is Viken from 2020-01-01 until 2023-12-31, not on 2026-11-25."),
        ("56", date(2023, 1, 1), "56 is Finnmark from 2024-01-01, not on 2023-01-01."),
        ("13", TODAY, "no county '13'"),
    ],
)
def test_a_county_on_another_day_is_refused_with_its_days(number: str, on: date, message: str) -> None:
    with pytest.raises(NotFound) as caught:
        county(number, on)
    assert message in str(caught.value)


def test_no_county_is_known_before_2016() -> None:
    with pytest.raises(NotFound, match="known from 2016-01-01"):
        counties(date(2015, 12, 31))


@pytest.mark.parametrize(("city", "count"), [("0301", 18), ("1103", 10), ("4601", 9), ("5001", 5)])
def test_the_four_cities_have_their_districts(city: str, count: int) -> None:
    found = districts(city, TODAY)
    assert len(found) == count
    assert found[-1].name == f"Uoppgitt bydel {municipality(city, TODAY).name}"
    assert [one.number for one in found] == sorted(one.number for one in found)


def test_a_district_is_found_by_its_number() -> None:
    assert district("030105", TODAY).name == "Frogner"
    assert district("500103", TODAY).municipality == "5001"
    assert districts("3201", TODAY) == []


@pytest.mark.parametrize(
    ("old", "last", "new"),
    [
        ("120104", date(2019, 12, 31), "460104"),
        ("160103", date(2017, 12, 31), "500103"),
    ],
)
def test_a_district_has_another_number_from_the_day_its_city_has(old: str, last: date, new: str) -> None:
    day_after = last + timedelta(days=1)
    assert district(old, last).name == district(new, day_after).name
    with pytest.raises(NotFound, match=f"until {last}, not on {day_after}"):
        district(old, day_after)
    with pytest.raises(NotFound, match=f"from {day_after}, not on {last}"):
        district(new, last)


def test_stavanger_grew_by_two_districts_in_2020() -> None:
    assert len(districts("1103", date(2019, 12, 31))) == 7
    names = [one.name for one in districts("1103", date(2020, 1, 1))]
    assert names[-3:] == ["Finnøy", "Rennesøy", "Uoppgitt bydel Stavanger"]


@pytest.mark.parametrize("day", [date(2016, 1, 1), date(2018, 1, 1), date(2020, 1, 1), TODAY])
def test_every_district_is_of_a_municipality_that_has_its_number_that_day(day: date) -> None:
    divided = [one.number for one in municipalities(day) if districts(one.number, day)]
    assert len(divided) == 4
    for one in ("0301", "1103"):
        assert one in divided


def test_an_unknown_district_and_a_day_too_early_are_refused() -> None:
    with pytest.raises(NotFound, match="begins with one of 0301, 1103, 1201, 1601, 4601, 5001"):
        district("320101", TODAY)
    with pytest.raises(NotFound, match="known from 2016-01-01"):
        districts("0301", date(2015, 12, 31))
