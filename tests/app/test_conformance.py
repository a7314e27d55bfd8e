"""What a practice site refuses, and which codes are known."""

from contextlib import suppress
from datetime import date

import pytest

from fellesjournal.app.conformance import KnownCodes, extra_checks, norwegian_resources, synthetic_only
from fellesjournal.app.settings import Settings
from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.faults import Local
from fellesjournal.fhir.validation import Validator
from fellesjournal.norway.identity.classify import classify
from fellesjournal.norway.identity.kinds import Kind

SYNTHETIC = "15870199923"
DAY = date(2026, 11, 25)
LOCAL = Local({}, {})


def ordinary() -> str:
    """A number that somebody might have, found by trying; none is written down here."""
    for tail in range(10_000):
        with suppress(Invalid):
            return classify(f"1507019{tail:04}", DAY, Kind.BIRTH_NUMBER.system).value
    raise AssertionError("no number fits")


def refused(value: object) -> bool:
    return bool(synthetic_only(lambda: DAY)(value, LOCAL))


def test_a_number_that_somebody_may_have_is_refused_without_being_repeated() -> None:
    number = {"system": Kind.BIRTH_NUMBER.system, "value": ordinary()}
    faults = synthetic_only(lambda: DAY)(number, LOCAL)
    assert faults is not None
    (found,) = faults
    assert found.path == ".value"
    assert ordinary() not in found.message


def test_it_is_refused_under_the_wrong_system_too_and_without_one() -> None:
    assert refused({"system": Kind.D_NUMBER.system, "value": ordinary()})
    assert refused({"value": ordinary()})
    assert not refused({"system": "http://example.org/members", "value": ordinary()})


def test_a_synthetic_number_is_taken() -> None:
    assert not refused({"system": Kind.BIRTH_NUMBER.system, "value": SYNTHETIC})


@pytest.mark.parametrize(
    "value", [None, "x", {}, {"system": 1}, {"system": Kind.BIRTH_NUMBER.system}, {"value": SYNTHETIC}]
)
def test_what_is_no_number_is_left_to_other_checks(value: object) -> None:
    assert not refused(value)


def test_only_a_practice_site_refuses_numbers_and_only_if_it_wants_to() -> None:
    assert extra_checks(Settings(practice_site=True)).keys() == {"Identifier"}
    assert not extra_checks(Settings(practice_site=True, synthetic_numbers_only=False))
    assert not extra_checks(Settings(practice_site=False))


def test_codes_without_a_system_are_known_of_fhirs_own_value_sets(definitions: Definitions) -> None:
    codes = KnownCodes(definitions)
    gender = "http://hl7.org/fhir/ValueSet/administrative-gender"
    assert codes.member(gender, "", "female") is True
    assert codes.member(gender, "", "rosa") is False
    assert codes.member("http://example.org/ValueSet/unknown", "", "x") is None
    assert codes.member("http://example.org/ValueSet/unknown", "urn:x", "x") is None


def test_our_own_profiles_for_norway_are_sound(definitions: Definitions) -> None:
    validator = Validator(definitions)
    trees = list(norwegian_resources())
    assert [issue for tree in trees for issue in validator.validate(tree)] == []
    assert len({tree["url"] for tree in trees}) == len(trees)
