"""Which codes are known, and our own profiles."""

from fellesjournal.app.conformance import KnownCodes, norwegian_resources, stored_profiles
from fellesjournal.app.settings import Settings
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


def test_what_is_written_and_validated_is_held_to_what_the_terminology_can_use(
    definitions: Definitions,
) -> None:
    validate = stored_profiles(Settings(), definitions, KnownCodes(definitions)).validator.validate
    system = {
        "resourceType": "CodeSystem",
        "status": "active",
        "content": "complete",
        "concept": [{"code": "a", "property": [{"code": "parent", "valueCode": "a"}]}],
    }
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": system}]}
    assert [each.expression for each in validate(system)] == ["CodeSystem.concept[0]"]
    assert [each.expression for each in validate(bundle)] == ["Bundle.entry[0].resource.concept[0]"]
    condition = {"property": "display", "op": "regex", "value": "("}
    include = {"system": "urn:x", "filter": [condition]}
    told = validate({"resourceType": "ValueSet", "status": "active", "compose": {"include": [include]}})
    assert [each.expression for each in told] == ["ValueSet.compose.include[0].filter[0].value"]
    include["filter"] = [condition | {"op": "resembles", "value": "x"}]
    told = validate({"resourceType": "ValueSet", "status": "active", "compose": {"include": [include]}})
    assert [each.expression for each in told] == ["ValueSet.compose.include[0].filter[0].op"]
