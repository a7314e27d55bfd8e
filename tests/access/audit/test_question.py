"""A search in the log is understood as FHIR says, or refused; a page goes on where the last one ended."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from access.audit.test_log import access
from fellesjournal.access.audit.question import understand
from fellesjournal.access.audit.reading import END, Place
from fellesjournal.errors import Invalid
from fellesjournal.fhir.dates import date_bounds

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))


def within(moment: datetime, *values: str) -> bool:
    what = understand([("date", value) for value in values], lenient=False).what
    return what.low <= moment < what.high


@given(MOMENTS, st.dates(datetime(1901, 1, 1).date(), datetime(2199, 1, 1).date()))
def test_a_prefix_means_what_it_means_in_every_search(moment: datetime, day: object) -> None:
    low, high = (EPOCH + timedelta(microseconds=bound) for bound in date_bounds(str(day)))
    expected = {
        "": low <= moment <= high,
        "eq": low <= moment <= high,
        "ge": moment >= low,
        "gt": moment > high,
        "sa": moment > high,
        "le": moment <= high,
        "lt": moment < low,
        "eb": moment < low,
    }
    assert {prefix: within(moment, f"{prefix}{day}") for prefix in expected} == expected


def test_several_dates_narrow_one_another() -> None:
    moment = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert within(moment, "ge2026-11-23", "lt2026-11-24")
    assert not within(moment, "ge2026-11-23", "lt2026-11-23")
    assert within(moment, "le9999-12-31")


@given(MOMENTS, st.integers(0, 2**62), st.integers(0, 2**62))
def test_a_page_goes_on_where_the_last_one_ended(moment: datetime, chain: int, number: int) -> None:
    asked = [("patient", "7"), ("_count", "3")]
    place = Place(moment, chain, number)
    following = understand(asked, lenient=False).following(place)
    again = understand(following, lenient=False)
    assert (again.before, again.what, again.count) == (place, understand(asked, lenient=False).what, 3)
    assert again.following(place) == following


def test_a_lenient_search_leaves_out_what_it_does_not_know() -> None:
    question = understand([("patient", "7"), ("entity", "x"), ("date", "soon")], lenient=True)
    assert question.asked == [("patient", "7")]
    assert [issue.code for issue in question.ignored] == ["invalid", "invalid"]
    with pytest.raises(Invalid, match="Did you mean 'patient'"):
        understand([("patiant", "7")], lenient=False)


def test_outcomes_and_actions_that_no_entry_has_find_nothing() -> None:
    assert understand([("outcome", "8")], lenient=False).what.actions == ()
    assert understand([("outcome", "0,4")], lenient=False).what.permit is None
    assert understand([("action", "http://hl7.org/fhir/audit-event-action|R")], lenient=False).takes(access())
    assert not understand([("action", "C"), ("date", "lt9999")], lenient=False).takes(access())
    assert understand([], lenient=False).what.high == END
