"""Dates, times and numbers as they are written here, and units in words."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fellesjournal.norway.measuring import measured
from fellesjournal.norway.writing import (
    day,
    day_typed,
    hour,
    listed,
    moment_of,
    number,
    on_a_weekday,
    phone,
    spelled,
)

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("2026-12-03T08:15:00Z", "nb", "torsdag 3. desember kl.\u00a009.15"),
        ("2026-12-05T08:15:00Z", "nn", "laurdag 5. desember kl.\u00a009.15"),
        ("2026-12-03T08:15:00Z", "en", "Thursday 3 December at 09:15"),
        ("2027-01-04T10:00:00+01:00", "nb", "mandag 4. januar 2027 kl.\u00a010.00"),
        ("2026-12-31T23:30:00Z", "nb", "fredag 1. januar 2027 kl.\u00a000.30"),
        ("2026-12-03", "nb", "03.12.2026"),
        ("2026-12", "nb", "12.2026"),
        ("2026", "en", "2026"),
    ],
)
def test_a_time_has_its_day_of_the_week_and_a_date_stands_alone(text: str, language: str, said: str) -> None:
    assert spelled(text, NOW, language) == said


def test_a_moment_in_the_night_is_of_the_day_it_is_here() -> None:
    assert day("2026-11-20T23:30:00Z") == "21.11.2026"
    assert moment_of("2026-11") is None


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(["nb", "nn", "en"]))
def test_a_week_later_is_the_same_day_of_the_week(one: date, language: str) -> None:
    first, second = (on_a_weekday(each, language).split()[0] for each in (one, one + timedelta(days=7)))
    assert first == second
    assert first != on_a_weekday(one + timedelta(days=1), language).split()[0]


def test_hours_have_a_point_here_and_a_colon_in_english() -> None:
    assert (hour(NOW), hour(NOW, "en")) == ("kl.\u00a012.00", "12:00")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (37.8, "37,8"),
        ("120/80", "120/80"),
        ("<0.5", "<0,5"),
        ("3.5–10.2", "3,5–10,2"),
        ("Ikke påvist. Ny prøve 1.2.", "Ikke påvist. Ny prøve 1.2."),
        ("21.11.2026", "21.11.2026"),
        ("", ""),
    ],
)
def test_numbers_have_a_comma_and_other_texts_are_left_alone(written: float | str, said: str) -> None:
    assert number(written) == said
    assert number(written, "en") == str(written)


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        ({"value": 5.4, "unit": "mmol/L"}, "5,4 millimol per liter"),
        ({"value": 130, "unit": "mmHg", "system": "http://unitsofmeasure.org", "code": "mm[Hg]"},
         "130 millimeter kvikksølv"),
        ({"value": 5, "comparator": "<", "unit": "mg/L"}, "<5 milligram per liter"),
        ({"value": 9, "unit": "µg/L"}, "9 mikrogram per liter"),
        ({"value": 130, "unit": "mmHg"}, "130 millimeter kvikksølv"),
        ({"value": 2.1, "unit": "{INR}"}, "2,1"),
        ({"value": 3, "unit": "barn"}, "3 barn"),
        ({"value": 3, "unit": "mg/L", "system": "urn:other", "code": "kg"}, "3 milligram per liter"),
        ({"value": 3}, "3"),
        ({"unit": "mg/L"}, ""),
    ],
)  # fmt: skip
def test_a_quantity_is_told_in_words(quantity: dict[str, object], said: str) -> None:
    assert measured(quantity) == said


def test_a_quantity_is_told_in_the_language() -> None:
    assert measured({"value": 5.4, "unit": "U/L"}, "nn") == "5,4 einingar per liter"
    assert measured({"value": 5.4, "unit": "U/L"}, "en") == "5.4 units per litre"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("+4791234567", "912 34 567"),
        ("004770123456", "70 12 34 56"),
        ("22 85 00 00", "22 85 00 00"),
        ("+4670123456", "+4670123456"),
        ("116117", "116117"),
        ("", ""),
    ],
)
def test_norwegian_telephone_numbers_stand_in_groups_and_others_as_they_are(written: str, said: str) -> None:
    assert phone(written).replace("\u00a0", " ") == said


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_is_read_as_it_is_written(one: date) -> None:
    assert (
        day_typed(day(one.isoformat())) == day_typed(f" {one.day}.{one.month}.{one.year}") == one.isoformat()
    )
    for known in (f"{one:%Y-%m}", f"{one:%Y}"):
        assert day_typed(day(known)) == known


@given(st.text(max_size=12))
@example("31.2.2026")
@example("1.13.2026")
@example("1.1.0000")
@example("٣.٣.٢٠٢٦")
def test_what_is_no_day_is_none(typed: str) -> None:
    found = day_typed(typed)
    assert found is None or re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", found)


@pytest.mark.parametrize(
    ("words", "told"), [(["a"], "a"), (["a", "b"], "a og b"), (["a", "b", "c"], "a, b og c")]
)
def test_things_in_a_row(words: list[str], told: str) -> None:
    assert listed(words) == told
