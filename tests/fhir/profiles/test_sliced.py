"""slice(): the elements that are in a slice of a profile (FHIR R4, fhirpath.html#functions)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.faults import Local
from fellesjournal.fhir.profiles import Library
from fhir.profiles.samples import URL, element, observation, patient, profile, sliced, typed

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
FNR, HPR = "urn:oid:2.16.578.1.12.4.1.4.1", "urn:oid:2.16.578.1.12.4.1.4.4"
NUMBERS = profile(
    "Patient",
    sliced("Patient.identifier", "value", "system"),
    element("Patient.identifier:fnr"),
    element("Patient.identifier:fnr.system", fixedUri=FNR),
    sliced("Patient.identifier:fnr.extension", "value", "url"),
    element(
        "Patient.identifier:fnr.extension:checked", type=typed("Extension", profile=["http://x/checked"])
    ),
    element("Patient.identifier:rest"),
    element("Patient.identifier:rest.system", fixedUri=HPR),
    element("Patient.identifier:@default"),
    name="numbers",
)
VALUES = profile(
    "Observation",
    element("Observation.value[x]:valueQuantity", type=typed("Quantity")),
    sliced("Observation.component", "pattern", "code"),
    element("Observation.component:high"),
    element("Observation.component:high.code", patternCodeableConcept={"coding": [{"code": "8480-6"}]}),
    sliced("Observation.category", "value", "$this"),
    element("Observation.category:mine", binding={"strength": "required", "valueSet": "http://x/unknown"}),
    name="values",
)
PERSON = patient(
    identifier=[
        {"system": HPR, "value": "1"},
        {"system": FNR, "value": "2", "extension": [{"url": "http://x/checked"}, {"url": "http://x/other"}]},
        {"system": "urn:x", "value": "3"},
    ],
    contained=[observation(component=[{"code": {"coding": [{"code": "8480-6"}]}, "valueInteger": 4}])],
)
MEASURED = observation(
    category=[{"coding": [{"system": "http://x", "code": "x"}]}],
    valueQuantity={"value": 1},
    component=[
        {"code": {"coding": [{"code": "8462-4"}]}, "valueInteger": 5},
        {"code": {"coding": [{"code": "8480-6"}, {"code": "x"}]}, "valueInteger": 6},
    ],
)


def severities(definitions: Definitions, resource: dict[str, Any], expression: str) -> list[str]:
    """What is said when this is a rule: nothing where it is true."""
    kind = resource["resourceType"]
    rule = {"key": "p-1", "severity": "error", "human": "as it should be", "expression": expression}
    known = {one["url"]: one for one in (NUMBERS, VALUES, profile(kind, element(kind, constraint=[rule])))}
    made = Library(definitions, [known.get, definitions.structure], moment=lambda: NOON).profile(
        f"{URL}prove"
    )
    assert made is not None
    return [each.severity for each in made.faults(resource, Local(resource, resource)) or ()]


@pytest.mark.parametrize(
    ("resource", "expression"),
    [
        (PERSON, f"identifier.slice('{URL}numbers', 'fnr').value = '2'"),
        (PERSON, f"identifier.slice('{URL}numbers', 'rest').value = '1'"),
        (PERSON, f"identifier.slice('{URL}numbers', '@default').value = '3'"),
        (PERSON, f"slice('{URL}numbers', 'fnr').value = '2'"),
        (PERSON, f"identifier.take(1).slice('{URL}numbers', 'fnr').empty()"),
        (PERSON, f"identifier.extension.slice('{URL}numbers', 'checked').url = 'http://x/checked'"),
        (PERSON, f"identifier.slice('{URL}numbers', 'checked').count() = 1"),
        (PERSON, f"name.slice('{URL}numbers', 'fnr').empty()"),
        (PERSON, f"contained.slice('{URL}values', 'high').value = 4"),
        (PERSON, f"contained.component.slice('{URL}values', 'high').value = 4"),
        (MEASURED, f"component.slice('{URL}values', 'high').value = 6"),
        (MEASURED, f"component.all(slice('{URL}values', 'high').empty() = (value = 5))"),
        (MEASURED, f"value.slice('{URL}values', 'valueQuantity').value = 1"),
        (MEASURED, f"component.value.slice('{URL}values', 'valueQuantity').empty()"),
    ],
)
def test_what_is_in_a_slice_is_found(
    definitions: Definitions, resource: dict[str, Any], expression: str
) -> None:
    assert severities(definitions, resource, expression) == []


def test_a_slice_of_a_data_type_is_found_in_its_values(definitions: Definitions) -> None:
    lab = "http://hl7.org/fhir/StructureDefinition/cqf-relativeDateTime"
    offset = [{"url": "offset", "valueDuration": {"value": 1}}, {"url": "relationship", "valueCode": "after"}]
    person = patient(extension=[{"url": lab, "extension": offset}])
    assert severities(definitions, person, f"extension.slice('{lab}', 'offset').value.value = 1") == []
    assert severities(definitions, person, f"extension.extension.slice('{lab}', 'offset').count() = 1") == []


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        (f"identifier.slice('{URL}numbers', 'fnr').value = '1'", ["error"]),
        (f"identifier.slice('{URL}numbers', 'nobody').empty()", ["warning"]),
        (f"identifier.slice('{URL}nothing', 'fnr').empty()", ["warning"]),
        (f"identifier.slice('{URL}numbers', use).empty()", ["warning"]),
    ],
)
def test_a_profile_or_slice_that_is_not_known_is_an_error_of_the_rule(
    definitions: Definitions, expression: str, found: list[str]
) -> None:
    assert severities(definitions, PERSON, expression) == found


def test_where_nobody_can_tell_what_is_in_the_slice_the_rule_is_not_broken(definitions: Definitions) -> None:
    rule = f"category.slice('{URL}values', 'mine').exists()"
    assert severities(definitions, MEASURED, rule) == ["information"]
