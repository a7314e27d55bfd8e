"""Arithmetic with dates and times, what they may stand for (FHIRPath N1, 6.7, and of trial use)."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path import Path
from fellesjournal.fhir.path.moments import bounds, order, read_date
from fhir.path.conftest import PATIENT, Values


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("@1973-12-25 + 7 days", "1974-01-01"),
        ("@1973-12-25 + 7.9 days", "1974-01-01"),
        ("@1973-12-25 + 1 week", "1974-01-01"),
        ("@1973-12-25 + 1 'd'", "1973-12-26"),
        ("@1973-12-25 + 1 'wk'", "1974-01-01"),
        ("@2026-03-31 - 1 'month'", "2026-02-28"),
        ("@2019-03-01 + 24 months", "2021-03-01"),
        ("@2026-01-31 + 1 month", "2026-02-28"),
        ("@2024-02-29 + 1 year", "2025-02-28"),
        ("@2024-03-31 - 1 month", "2024-02-29"),
        ("@2014 + 24 months", "2016"),
        ("@2014 + 23 months", "2015"),
        ("@2014 - 1 month", "2014"),
        ("@2016 + 365 days", "2017"),
        ("@2026-02 + 5 weeks", "2026-03"),
        ("@2026-02 + 4 weeks", "2026-02"),
        ("@2014-05 + 1 year", "2015-05"),
        ("@2026-01-01T13:00:00 + 30 minutes", "2026-01-01T13:30:00"),
        ("@2026-01-01T13 + 90 minutes", "2026-01-01T14"),
        ("@2026-01-01T + 25 hours", "2026-01-02"),
        ("@1973-12-25T00:00:00.000+10:00 + 42.53 seconds", "1973-12-25T00:00:42.530+10:00"),
        ("@1973-12-25T00:00:00.000+10:00 - 1 's'", "1973-12-24T23:59:59.000+10:00"),
        ("@1973-12-25T00:00:00+10:00 + 10 milliseconds", "1973-12-25T00:00:00.010+10:00"),
        ("@2016-02-28T23:59:59Z + 1 second", "2016-02-29T00:00:00Z"),
        ("@T23:30:00 + 1 hour", "00:30:00"),
        ("@T01:00:00 - 2 hours", "23:00:00"),
        ("@T01:00 + 90 seconds", "01:01"),
        ("@T10:00:00.000 + 5 'ms'", "10:00:00.005"),
        ("birthDate + 18 years", "1998-05-17"),
    ],
)
def test_a_period_is_added_by_the_calendar(expression: str, found: str, values: Values) -> None:
    assert values(expression) == [found]


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("@1973-12-25 + 7", r"'\+' at character 13 adds to a Date .* not System.Integer"),
        ("@1973-12-25 + 1 'a'", "not 'a'"),
        ("@1973-12-25 + 1 'mo'", "not 'mo'"),
        ("@1973-12-25 + 3 hours", "not 'hour'"),
        ("@T10:00 + 1 day", "adds to a Time"),
        ("@1973-12-25 + 1 'mg'", "not 'mg'"),
        ("@1973-12-25 + @1973-12-25", "not System.Date"),
        ("@2015-02-30", r"there is no date '@2015-02-30' .character 1"),
        ("@T25:00", "there is no time"),
        ("1 + @2015-02-30T10:00", r"there is no datetime .* .character 5"),
    ],
)
def test_what_cannot_be_added_is_refused(expression: str, says: str, values: Values) -> None:
    with pytest.raises(Invalid, match=says):
        values(expression)


@pytest.mark.parametrize(
    "expression", ["@9999 + 1 year", "@0001-01-01 - 1 day", "@2020-01-01T00:00:00Z + 999999999 days"]
)
def test_outside_the_calendar_there_is_no_date(expression: str, values: Values) -> None:
    assert values(expression) == []


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("1.587.lowBoundary()", "1.58650000"),
        ("1.587.lowBoundary(6)", "1.586500"),
        ("1.587.lowBoundary(2)", "1.58"),
        ("1.587.lowBoundary(0)", "1"),
        ("(-1.587).lowBoundary()", "-1.58750000"),
        ("(-1.587).lowBoundary(2)", "-1.59"),
        ("1.587.highBoundary()", "1.58750000"),
        ("1.587.highBoundary(2)", "1.59"),
        ("(-1.587).highBoundary(2)", "-1.58"),
        ("1.lowBoundary()", "0.50000000"),
        ("(1.5 'mg').highBoundary(2)", "1.55 'mg'"),
        ("@2014.lowBoundary(6)", "2014-01"),
        ("@2014.highBoundary(6)", "2014-12"),
        ("@2014-02.highBoundary()", "2014-02-28"),
        ("@2014-02-05.lowBoundary(4)", "2014"),
        ("@2014-01-01T08.lowBoundary(17)", "2014-01-01T08:00:00.000"),
        ("@2014-01-01T08.highBoundary(17)", "2014-01-01T08:59:59.999"),
        ("@2014-01-01T08:05+08:00.highBoundary()", "2014-01-01T08:05:59.999+08:00"),
        ("@2014-01-01T08:05:10.5Z.lowBoundary()", "2014-01-01T08:05:10.500Z"),
        ("@T10:30.lowBoundary(9)", "10:30:00.000"),
        ("@T10:30.highBoundary(9)", "10:30:59.999"),
    ],
)
def test_boundaries(expression: str, found: str, written: Values) -> None:
    assert written(expression) == [found]


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("1.587.lowBoundary(-1) | 1.587.highBoundary(40) | @2014.lowBoundary(5) | {}.lowBoundary()", []),
        ("1.58700.precision()", [5]),
        ("100.precision()", [0]),
        ("@2014.precision()", [4]),
        ("@2014-01-05T10:30:00.000.precision()", [17]),
        ("@2014-01-05T10:30:00.precision()", [14]),
        ("@T10:30.precision()", [4]),
        ("@T10:30:00.000.precision()", [9]),
        ("1 'cm'.comparable(1 '[in_i]')", [True]),
        ("1 'cm'.comparable(1 's')", [False]),
        ("@2014-01-05.yearOf() | @2014-01-05.monthOf() | @2014-01-05.dayOf()", [2014, 1, 5]),
        ("@2012.monthOf() | @2012.hourOf() | @T10.minuteOf() | 1.yearOf()", []),
        ("@2012-01-01T16:30:40.002-07:00.hourOf()", [16]),
        (
            "@T03:30:40.002.minuteOf() | @T03:30:40.002.secondOf() | @T03:30:40.002.millisecondOf()",
            [30, 40, 2],
        ),
        ("@2012-01-01T12:30:00.000-07:30.timezoneOffsetOf()", ["-7.5"]),
        ("@2012-01-01T12:30:00.000Z.dateOf().toString()", ["2012-01-01"]),
        ("@2012-01-01T12:30:00.000Z.timeOf().toString()", ["12:30:00.000"]),
    ],
)
def test_precision_and_parts(expression: str, found: list[Any], written: Values) -> None:
    assert written(expression) == found


_TEXTS = st.from_regex(
    r"20[0-4][0-9](-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8])(T([01][0-9]|2[0-3])(:[0-5][0-9](:[0-5][0-9](\.[0-9]{1,3})?)?)?(Z|\+02:00)?)?)?)?",
    fullmatch=True,
)


@given(_TEXTS, _TEXTS)
def test_order_is_the_same_from_both_sides(first: str, second: str) -> None:
    a, b = read_date(first), read_date(second)
    assert a is not None
    assert b is not None
    assert a.text == first
    assert order(a, a) == 0
    one, other = order(a, b), order(b, a)
    assert (one is None and other is None) or (one is not None and other is not None and one == -other)
    if one == -1:
        assert bounds(a)[1] < bounds(b)[0]


@given(day=st.dates(), days=st.integers(0, 4000))
def test_days_forth_and_back_lead_to_the_same_date(day: date, days: int, definitions: Definitions) -> None:
    expression = Path(f"@{day} + {days} days - {days} days")
    assert [item.value for item in expression.evaluate(PATIENT, definitions)] in ([str(day)], [])
