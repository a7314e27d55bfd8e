"""Currencies and time zones: lists that FHIR requires and does not carry."""

from collections import Counter
from datetime import date

import pytest

from fellesjournal.norway.codes.lists import OTHER
from fellesjournal.terminology.release import Concept, Release
from fellesjournal.terminology.sources import currencies, time_zones


@pytest.fixture(scope="module")
def release() -> Release:
    return currencies.release("her")


@pytest.fixture(scope="module")
def known(release: Release) -> dict[str, Concept]:
    return {one.code: one for one in release.concepts}


def _in_use(concept: Concept) -> bool:
    return concept.active and concept.valid_to is None


def test_a_currency_is_three_capitals_and_stands_once(release: Release) -> None:
    counted = Counter(one.code for one in release.concepts)
    assert [code for code, times in counted.items() if times > 1] == []
    assert all(len(code) == 3 and code.isascii() and code.isupper() for code in counted)
    assert (release.url, release.content) == ("urn:iso:std:iso:4217", "complete")


def test_those_in_use_are_told_from_those_that_were(known: dict[str, Concept]) -> None:
    assert sum(map(_in_use, known.values())) == 178
    for code in ("NOK", "EUR", "SEK", "XDR", OTHER, "XCG", "ZWG"):
        assert _in_use(known[code]), code
    for code in ("DEM", "HRK", "BGN", "RHD"):
        assert not _in_use(known[code]), code


@pytest.mark.parametrize(
    ("code", "last"),
    [
        ("FIM", date(2002, 3, 31)),
        ("EEK", date(2011, 1, 31)),
        ("HRK", date(2023, 1, 31)),
        ("ZWL", date(2024, 9, 30)),
        ("RHD", None),
    ],
)
def test_a_currency_ends_with_the_month_that_the_standard_gives(
    known: dict[str, Concept], code: str, last: date | None
) -> None:
    assert known[code].valid_to == last


def test_time_zones_are_the_names_of_the_list() -> None:
    release = time_zones.release(["Europe/Oslo", "Arctic/Longyearbyen"], "2026a", "tzdata 1, zones")
    assert [one.code for one in release.concepts] == ["Europe/Oslo", "Arctic/Longyearbyen"]
    assert (release.url, release.version) == ("https://www.iana.org/time-zones", "2026a")
