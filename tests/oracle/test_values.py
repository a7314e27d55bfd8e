"""The oracle's reading of values, against examples worked out by hand from the R4 pages."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from oracle.matching import date_matches, number_matches, quantity_matches, string_matches, uri_matches
from oracle.values import INFINITE, Amount, Span, Text, fold, span

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def at(text: str) -> int:
    """Microseconds since 1970 of an ISO instant in UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp()) * 1_000_000


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("2024", "2023-12-31T23:00:00", "2024-12-31T23:00:00"),  # winter time, UTC+1
        ("2024-07", "2024-06-30T22:00:00", "2024-07-31T22:00:00"),  # summer time, UTC+2
        ("2024-02", "2024-01-31T23:00:00", "2024-02-29T23:00:00"),  # leap year
        ("2024-03-31", "2024-03-30T23:00:00", "2024-03-31T22:00:00"),  # the day of 23 hours
        ("2024-10-27", "2024-10-26T22:00:00", "2024-10-27T23:00:00"),  # the day of 25 hours
        ("2024-03-31T10:00Z", "2024-03-31T10:00:00", "2024-03-31T10:01:00"),
        ("2024-03-31T10:00:05-02:30", "2024-03-31T12:30:05", "2024-03-31T12:30:06"),
        ("2024-01-15T10:00:00", "2024-01-15T09:00:00", "2024-01-15T09:00:01"),
        ("9999", "9998-12-31T23:00:00", "9999-12-31T23:00:00"),
    ],
)
def test_a_date_stands_for_all_its_moments(text: str, low: str, high: str) -> None:
    assert span(text) == Span(at(low), at(high) - 1)


def test_fractions_of_a_second_stand_for_their_last_digit() -> None:
    found = span("2024-01-15T10:00:00.12Z")
    assert found == Span(at("2024-01-15T10:00:00") + 120_000, at("2024-01-15T10:00:00") + 129_999)
    assert span("2024-01-15T10:00:00.1234567Z").low == at("2024-01-15T10:00:00") + 123_456


@pytest.mark.parametrize("text", ["24", "2024-13", "2024-02-30", "2024-01-01T10", "ge2024", "", "2024-1-1"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 -- three different messages, one meaning
        span(text)


@pytest.mark.parametrize(
    ("value", "yes", "no"),
    [
        # search.html#prefix, the table of examples
        (
            "2013-01-14",
            "2013-01-14 eq2013-01 ge2013-01-14 le2013-01-14 lt2013-01-15 gt2013-01-13",
            "ne2013-01-14",
        ),
        (
            "2013-01-14T10:00:00+01:00",
            "2013-01-14 ge2013-01-14 le2013-01-14",
            "lt2013-01-14 gt2013-01-14 sa2013-01-14",
        ),
        (
            "2013-01",
            "gt2013-01-14 lt2013-01-14 ne2013-01-14 ge2013-01-14 le2013-01-14",
            "2013-01-14 sa2013-01-14",
        ),
        ("2013-01-14T00:00:00+01:00", "lt2013-01-15 eb2013-01-15 sa2013-01-13", "lt2013-01-14 eb2013-01-14"),
    ],
)
def test_dates_compare_as_ranges(value: str, yes: str, no: str) -> None:
    for searched in yes.split():
        assert date_matches(span(value), searched, NOW), searched
    for searched in no.split():
        assert not date_matches(span(value), searched, NOW), searched


def test_an_open_period_reaches_for_ever() -> None:
    open_end = Span(span("2024-01-01").low, INFINITE)
    assert date_matches(open_end, "gt2999", NOW)
    assert date_matches(open_end, "lt2025", NOW)
    assert not date_matches(open_end, "2024", NOW)
    assert not date_matches(open_end, "eb2999", NOW)


def test_about_a_date_is_a_tenth_of_the_time_from_now() -> None:
    # 23 November 2016 is ten years before now: about it is one year to each side.
    assert date_matches(span("2015-12-15"), "ap2016-11-23", NOW)
    assert date_matches(span("2017-11-01"), "ap2016-11-23", NOW)
    assert not date_matches(span("2015-11-01"), "ap2016-11-23", NOW)


def exactly(text: str) -> Amount:
    return Amount(Fraction(text), Fraction(text))


@pytest.mark.parametrize(
    ("value", "yes", "no"),
    [
        ("100", "100 100.00 ge100 le100 ap91 ap109 gt99.9", "100.1 gt100 lt100 ap80"),
        ("99.5", "100 lt100 le100 ne100.0", "100.0 ge100"),
        ("100.5", "101", "100"),
        ("0.30", "0.3 0.30 0.300 3e-1", "0.31"),
        ("-5.5", "-5", "-6"),
    ],
)
def test_numbers_have_the_precision_they_are_written_with(value: str, yes: str, no: str) -> None:
    for searched in yes.split():
        assert number_matches(exactly(value), searched), searched
    for searched in no.split():
        assert not number_matches(exactly(value), searched), searched


KG = Amount(Fraction("62.5"), Fraction("62.5"), "http://unitsofmeasure.org", "kg", "kilo")


@pytest.mark.parametrize(
    ("searched", "found"),
    [
        ("62.5", True),
        ("62.5||kg", True),
        ("62.5||kilo", True),
        ("62.5||g", False),
        ("62.5|http://unitsofmeasure.org|kg", True),
        ("62500|http://unitsofmeasure.org|g", True),
        ("62500.0|http://unitsofmeasure.org|g", True),
        ("gt62|http://unitsofmeasure.org|kg", True),
        ("lt137.9|http://unitsofmeasure.org|[lb_av]", True),
        ("62.5|http://unitsofmeasure.org|cm", False),
        ("62.5|urn:other|kg", False),
        ("63", True),  # 62.5 <= 62.5 < 63.5
        ("62", False),  # 61.5 <= 62.5 < 62.5 fails
    ],
)
def test_quantities_know_their_units(searched: str, found: bool) -> None:
    assert quantity_matches(KG, searched) is found


def test_a_comparator_opens_an_end() -> None:
    over_90 = Amount(Fraction(90), None)
    assert quantity_matches(over_90, "gt1000")
    assert quantity_matches(over_90, "ge90")
    assert not quantity_matches(Amount(Fraction(3), Fraction(18)), "le3")
    assert quantity_matches(Amount(Fraction(3), Fraction(18)), "ge3")
    assert not quantity_matches(over_90, "90")
    assert not quantity_matches(over_90, "lt90")
    assert not quantity_matches(over_90, "eb1000")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Ærfugl-Åsen", "aerfugl asen"),
        ("  O'Måke,   sr. ", "omake sr"),
        ("Løkk", "lokk"),
        ("CAFÉ\tNOËL", "cafe noel"),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_strings() -> None:
    value = Text("Ærfugl-Åsen")
    assert string_matches(value, "", "aerfugl")
    assert string_matches(value, "", "ÆRFUGL å")
    assert not string_matches(value, "", "åsen")
    assert string_matches(value, "contains", "gl as")
    assert string_matches(value, "exact", "Ærfugl-Åsen")
    assert not string_matches(value, "exact", "ærfugl-åsen")
    assert string_matches(Text("a,b"), "exact", "a\\,b")


def test_uris_by_path_segments() -> None:
    value = "http://acme.org/fhir/ValueSet/123"
    assert uri_matches(value, "", value)
    assert not uri_matches(value, "", value + "/")
    assert uri_matches(value, "below", "http://acme.org/fhir/")
    assert uri_matches(value, "below", "http://acme.org/fhir")
    assert not uri_matches(value, "below", "http://acme.org/fh")
    assert uri_matches(value, "above", value + "/_history/5")
    assert not uri_matches("urn:oid:1.2/3", "below", "urn:oid:1.2")
