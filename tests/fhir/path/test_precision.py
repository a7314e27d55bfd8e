"""Dates and times as far as they are written (FHIRPath N1, sections 6.1 and 6.2), and UCUM's units."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path import Path
from fhir.path.conftest import PATIENT, Values


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        # One is written further than the other: unknown, unless they part before that.
        ("@2012 = @2012-01", []),
        ("@2012-01 = @2012-01-01", []),
        ("@2012 = @2013-01-01", [False]),
        ("@2012-01 != @2012-02-01", [True]),
        ("@2012-01-01T10:30 = @2012-01-01T10:30:00", []),
        ("@2012-01-01T10:30 = @2012-01-01T10:31:00", [False]),
        ("@2012-01-01T = @2012-01-01T00:00:00", []),
        ("@T10:30 = @T10:30:00", []),
        ("@T10 = @T11:30", [False]),
        # Seconds and their fractions are one precision.
        ("@2012-01-01T10:30:31.0 = @2012-01-01T10:30:31", [True]),
        ("@2012-01-01T10:30:31.1 = @2012-01-01T10:30:31", [False]),
        ("@2012-01-01T10:30:31.10 = @2012-01-01T10:30:31.1", [True]),
        ("@T10:30:31.0 = @T10:30:31", [True]),
        # Zones are one moment each.
        ("@2017-11-05T01:30:00.0-04:00 > @2017-11-05T01:15:00.0-05:00", [False]),
        ("@2017-11-05T01:30:00.0-04:00 < @2017-11-05T01:15:00.0-05:00", [True]),
        ("@2017-11-05T01:30:00.0-04:00 = @2017-11-05T00:30:00.0-05:00", [True]),
        ("@2017-11-05T23:30:00Z = @2017-11-06T00:30:00+01:00", [True]),
        ("@2017-11-05T23:30:00Z != @2017-11-06T00:30:00+01:00", [False]),
        ("@2017-11-05T23:30:00+00:00 = @2017-11-05T23:30:00Z", [True]),
        # Equivalent: the same precision, and the same.
        ("@2012 ~ @2012-01", [False]),
        ("@2012-01 ~ @2012-01", [True]),
        ("@2012-01-01T10:30:31.0 ~ @2012-01-01T10:30:31", [True]),
        ("@2012-01-01T10:30 ~ @2012-01-01T10:30:00", [False]),
        ("@2012 !~ @2012-01", [True]),
        # Order.
        ("@2018-03-01 > @2018-01-01", [True]),
        ("@2018-03 > @2018-03-01", []),
        ("@2018-03 >= @2018-03-01", []),
        ("@2018-03 < @2018-04-01", [True]),
        ("@2018-03-01T10:30 > @2018-03-01T10:00:00", [True]),
        ("@2018-03-01T10 > @2018-03-01T10:30", []),
        ("@2018-03-01T10:30:00 > @2018-03-01T10:30:00.0", [False]),
        ("@2018-03-01T10:30:00 >= @2018-03-01T10:30:00.0", [True]),
        ("@T10:30 > @T10:00", [True]),
        ("@T10 > @T10:30", []),
        ("@T10:30:00 <= @T10:30:00.0", [True]),
        # A date and a date with a time are compared as far as both go.
        ("@2012-01-01 = @2012-01-01T", [True]),
        ("@2012-01-01 < @2012-01-02T10:00:00Z", [True]),
        # FHIR's own.
        ("birthDate = @1980-05-17", [True]),
        ("birthDate = @1980-05", []),
        ("birthDate < @1981", [True]),
        ("birthDate ~ @1980", [False]),
        ("birthDate = '1980-05-17'", [True]),
    ],
)
def test_as_far_as_they_are_written(expression: str, found: list[Any], values: Values) -> None:
    assert values(expression) == found


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("@1973-12-25 + 7 days", "1974-01-01"),
        ("@1973-12-25 + 1 month", "1974-01-25"),
        ("@1974-01-31 + 1 month", "1974-02-28"),
        ("@2024-02-29 + 1 year", "2025-02-28"),
        ("@2024-02-29 + 4 years", "2028-02-29"),
        ("@2014 + 24 months", "2016"),
        ("@2019-03-01 - 24 months", "2017-03-01"),
        ("@2016-02-28 + 365 days", "2017-02-27"),
        ("@2016 + 365 days", "2017"),
        ("@2016 + 364 days", "2016"),
        ("@2019-03 + 1 week", "2019-03"),
        ("@2019-03-01 + 1.9 days", "2019-03-02"),
        ("@T23:59:59 + 1 second", "00:00:00"),
        ("@T01:00 - 2 hours", "23:00"),
        ("@T10:30 + 90 minutes", "12:00"),
        ("@2017-11-05T00:30:00.0-05:00 + 1 hour", "2017-11-05T01:30:00.0-05:00"),
        ("@1973-12-25T00:00:00.000+10:00 + 1 's'", "1973-12-25T00:00:01.000+10:00"),
        ("@1973-12-25T00:00:00.000+10:00 + 10 'ms'", "1973-12-25T00:00:00.010+10:00"),
        ("@1973-12-25T00:00:00.000+10:00 + 0.1 's'", "1973-12-25T00:00:00.100+10:00"),
    ],
)
def test_periods_are_added_to_what_is_written(expression: str, found: str, values: Values) -> None:
    assert values(expression) == [found]


days = st.dates(date(1800, 1, 1), date(2200, 12, 31))
precisions = st.sampled_from([4, 7, 10])


@given(days, precisions, days, precisions)
def test_three_answers_exclude_each_other(
    definitions: Definitions, a: date, first: int, b: date, second: int
) -> None:
    """Two dates are equal, or one is before the other, or nobody knows, and then of none of the three."""
    left, right = f"@{a.isoformat()[:first]}", f"@{b.isoformat()[:second]}"

    def holds(operator: str) -> bool | None:
        found = Path(f"{left} {operator} {right}").evaluate(PATIENT, definitions)
        return bool(found[0].value) if found else None

    answers = [holds(operator) for operator in ("<", "=", ">")]
    assert answers.count(True) <= 1
    assert answers.count(None) in (0, 3)
    assert holds("!=") is (None if answers[1] is None else not answers[1])
    assert holds("<=") is (None if answers[0] is None else answers[0] or answers[1])


@given(days, st.integers(-5_000, 5_000))
def test_weeks_are_seven_days(definitions: Definitions, day: date, number: int) -> None:
    if not date(1, 1, 1) <= day + timedelta(weeks=number) <= date(9999, 1, 1):
        return
    weeks = Path(f"@{day} + {number} weeks").evaluate(PATIENT, definitions)
    assert [item.value for item in weeks] == [(day + timedelta(weeks=number)).isoformat()]


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("4 'g' = 4000 'mg'", [True]),
        ("4 'g' = 4040 'mg'", [False]),
        ("4 'g' ~ 4040 'mg'", [True]),
        ("4.00 'g' ~ 4040 'mg'", [True]),
        ("4.01 'g' ~ 4040 'mg'", [False]),
        ("1 'mg' = 1 'mL'", []),
        ("1 'mg' ~ 1 'mL'", [False]),
        ("1 'mg' < 1 'mL'", []),
        ("1 'mg' !~ 1 'mL'", [True]),
        ("1 'unknown-unit' ~ 1 'mL'", [False]),
        ("37.5 'Cel' ~ 310.65 'K'", [True]),
        ("37.5 'Cel' ~ 37.5 'K'", [False]),
        ("1 'm' > 99 'cm'", [True]),
        ("100 '%' = 1 '1'", [True]),
        ("1 '[in_i]' = 2.54 'cm'", [True]),
        ("7 days = 1 week", [True]),
        ("7 days = 1 'wk'", [True]),
        ("1 minute = 60 seconds", [True]),
        ("1 'min' = 60 seconds", [True]),
        ("1 year = 1 'a'", []),
        ("1 year ~ 1 'a'", [True]),
        ("1 month ~ 1 'mo'", [True]),
        ("1 year = 12 months", [True]),
        ("1 second = 1 's'", [True]),
        ("1 second = 1000 milliseconds", [True]),
        ("1 = 1 '1'", [True]),
        ("37.5 'Cel' = 310.65 'K'", [True]),
        ("5 'mg' in (5000 'ug' | 2 'mg')", [True]),
        ("(5 'mg' | 5000 'ug').count()", [1]),
        ("1 'unknown-unit' = 1 'unknown-unit'", [True]),
        ("1 'unknown-unit' = 2 'unknown-unit'", [False]),
        ("-1 'm' < 0 'm'", [True]),
        ("2 'm' * 3 'm' = 6 'm2'", [True]),
        ("6 'm2' / 2 'm' = 3 'm'", [True]),
        ("1 'km' - 1 'm' = 999 'm'", [True]),
    ],
)
def test_quantities_in_one_dimension(expression: str, found: list[Any], values: Values) -> None:
    assert values(expression) == found
