"""Dates as ranges."""

from datetime import UTC, date, datetime, timedelta, timezone
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.errors import Invalid
from fellesjournal.fhir.dates import date_bounds

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def microseconds(text: str) -> int:
    return (datetime.fromisoformat(text) - EPOCH) // MICROSECOND


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2020-05-17T10:00:00Z", "2020-05-17T10:00:00+00:00", "2020-05-17T10:00:00.999999+00:00"),
        ("2020-05-17T10:00:00.12Z", "2020-05-17T10:00:00.12+00:00", "2020-05-17T10:00:00.129999+00:00"),
        (
            "2020-05-17T10:00:00.1234567Z",
            "2020-05-17T10:00:00.123456+00:00",
            "2020-05-17T10:00:00.123456+00:00",
        ),
        ("2020-05-17T10:00-05:30", "2020-05-17T15:30:00+00:00", "2020-05-17T15:30:59.999999+00:00"),
        ("2020-05-17T24:00:00Z", "2020-05-18T00:00:00+00:00", "2020-05-18T00:00:00.999999+00:00"),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00+00:00", "2017-01-01T00:00:00.999999+00:00"),
    ],
)
def test_a_time_lasts_as_long_as_its_precision(written: str, first: str, last: str) -> None:
    assert date_bounds(written) == (microseconds(first), microseconds(last))


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2020-05-17", "2020-05-17T00:00:00+02:00", "2020-05-17T23:59:59.999999+02:00"),
        ("2020-05", "2020-05-01T00:00:00+02:00", "2020-05-31T23:59:59.999999+02:00"),
        ("2020-02", "2020-02-01T00:00:00+01:00", "2020-02-29T23:59:59.999999+01:00"),
        ("2020", "2020-01-01T00:00:00+01:00", "2020-12-31T23:59:59.999999+01:00"),
        ("2020-03-29", "2020-03-29T00:00:00+01:00", "2020-03-29T23:59:59.999999+02:00"),
        ("2020-05-17T10:00:00", "2020-05-17T10:00:00+02:00", "2020-05-17T10:00:00.999999+02:00"),
        ("1958-07-01", "1958-07-01T00:00:00+01:00", "1958-07-01T23:59:59.999999+01:00"),
    ],
)
def test_what_has_no_zone_is_local_time_in_norway(written: str, first: str, last: str) -> None:
    assert date_bounds(written) == (microseconds(first), microseconds(last))


def test_the_first_and_the_last_year_have_bounds() -> None:
    assert date_bounds("0001")[0] < date_bounds("0001-12-31T23:59:59Z")[0]
    assert date_bounds("9999-12-31T22:59:59.999999Z")[1] == date_bounds("9999")[1]


@pytest.mark.parametrize(
    "written",
    [
        *("", "20", "2020-13", "2020-02-30", "2020-5-1", "0000", "i går", "٢٠٢٠"),
        *("2020-05-17T", "2020-05-17T25:00:00Z", "2020-05-17T10:60:00Z", "2020-05-17 10:00"),
        *("2020-05-17T10:00:00+15:00", "2020-05-17T10:00:00+02"),
    ],
)
def test_what_is_no_date_is_refused_by_name(written: str) -> None:
    with pytest.raises(Invalid, match=r"date"):
        date_bounds(written)


@given(st.datetimes(), st.integers(-14 * 60, 14 * 60))
def test_an_instant_is_itself(moment: datetime, minutes: int) -> None:
    zoned = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    written = zoned.isoformat(timespec="microseconds")
    expected = (zoned - EPOCH) // MICROSECOND
    assert date_bounds(written) == (expected, expected)


@given(st.dates())
def test_a_day_lies_in_its_month_and_its_month_in_its_year(day: date) -> None:
    text = day.isoformat()
    bounds = [date_bounds(text[:length]) for length in (4, 7, 10)]
    for (low, high), (inner_low, inner_high) in pairwise(bounds):
        assert low <= inner_low <= inner_high <= high


@given(st.dates(max_value=date(9999, 12, 30)))
def test_days_follow_each_other_without_gap_or_overlap(day: date) -> None:
    tomorrow = day + timedelta(days=1)
    assert date_bounds(day.isoformat())[1] + 1 == date_bounds(tomorrow.isoformat())[0]
