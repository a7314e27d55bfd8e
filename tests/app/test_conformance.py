"""Which codes are known, and our own profiles."""

from fellesjournal.app.conformance import KnownCodes, norwegian_resources
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.validation import Validator


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
