"""Rules in FHIRPath that ask for more than the resource: value sets, other profiles, the moment."""

from datetime import UTC, datetime
from typing import Any

import pytest

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.faults import Local
from fellesjournal.fhir.profiles import Library
from fhir.profiles.samples import CORE, URL, element, observation, patient, profile

GENDERS = "http://hl7.org/fhir/ValueSet/administrative-gender"
SYSTEM = "http://hl7.org/fhir/administrative-gender"
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def ruled(kind: str, expression: str, path: str = "") -> dict[str, Any]:
    rule = {"key": "p-1", "severity": "error", "human": "as it should be", "expression": expression}
    return profile(kind, element(path or kind, constraint=[rule]))


def severities(
    definitions: Definitions,
    resource: dict[str, Any],
    structure: dict[str, Any],
    *others: dict[str, Any],
    now: datetime | None = NOON,
) -> list[str]:
    known = {each["url"]: each for each in (structure, *others)}
    clock = None if now is None else lambda: now
    library = Library(definitions, [known.get, definitions.structure], moment=clock)
    made = library.profile(structure["url"])
    assert made is not None
    return [each.severity for each in made.faults(resource, Local(resource, resource)) or ()]


def coded(system: str, code: str) -> dict[str, Any]:
    return observation(code={"coding": [{"system": system, "code": code}]})


@pytest.mark.parametrize(
    ("value_set", "system", "code", "found"),
    [
        (GENDERS, SYSTEM, "female", []),
        (GENDERS, SYSTEM, "rosa", ["error"]),
        (GENDERS, "urn:x", "female", ["error"]),
        ("http://example.org/ValueSet/unknown", SYSTEM, "female", ["information"]),
    ],
)
def test_a_code_is_a_member_of_a_value_set(
    definitions: Definitions, value_set: str, system: str, code: str, found: list[str]
) -> None:
    for expression in (f"code.memberOf('{value_set}')", f"code.coding.all(memberOf('{value_set}'))"):
        assert severities(definitions, coded(system, code), ruled("Observation", expression)) == found


def test_what_is_true_all_the_same_is_kept(definitions: Definitions) -> None:
    expression = "code.exists() or code.memberOf('http://example.org/ValueSet/unknown')"
    assert severities(definitions, coded(SYSTEM, "x"), ruled("Observation", expression)) == []


def test_a_resource_conforms_to_another_profile(definitions: Definitions) -> None:
    named = profile("Patient", element("Patient.name", min=1), name="named")
    structure = ruled("Patient", f"conformsTo('{URL}named')")
    assert severities(definitions, patient(name=[{"text": "x"}]), structure, named) == []
    assert severities(definitions, patient(), structure, named) == ["error"]
    assert severities(definitions, patient(), structure) == ["information"]


def test_a_contained_resource_and_a_value_conform_too(definitions: Definitions) -> None:
    full = profile("HumanName", element("HumanName.family", min=1), name="full")
    person = profile("Practitioner", element("Practitioner.name", min=1), name="person")
    structure = ruled(
        "Patient", f"name.all(conformsTo('{URL}full')) and contained.all(conformsTo('{URL}person'))"
    )
    resource = patient(name=[{"family": "Nes"}], contained=[{"resourceType": "Practitioner", "id": "p"}])
    assert severities(definitions, resource, structure, full, person) == ["error"]
    resource["contained"][0]["name"] = [{"text": "x"}]
    assert severities(definitions, resource, structure, full, person) == []
    resource["name"] = [{"text": "x"}]
    assert severities(definitions, resource, structure, full, person) == ["error"]


@pytest.mark.parametrize(
    ("url", "found"),
    [(CORE + "Patient", []), (CORE + "DomainResource", []), (CORE + "Observation", ["error"])],
)
def test_a_resource_conforms_to_its_own_type(definitions: Definitions, url: str, found: list[str]) -> None:
    assert severities(definitions, patient(), ruled("Patient", f"conformsTo('{url}')")) == found


def test_a_profile_that_asks_itself_ends(definitions: Definitions) -> None:
    structure = ruled("Patient", f"contained.all(conformsTo('{URL}prove'))")
    inner = {"resourceType": "Patient", "id": "i"}
    assert severities(definitions, patient(contained=[inner]), structure) == []


@pytest.mark.parametrize(
    ("born", "found"), [("2026-11-24", []), ("2026-11-26", ["error"]), ("2026-11", ["error"])]
)
def test_the_day_is_that_of_the_moment(definitions: Definitions, born: str, found: list[str]) -> None:
    structure = ruled("Patient", "birthDate <= today()")
    assert severities(definitions, patient(birthDate=born), structure) == found


def test_without_a_clock_nothing_is_refused(definitions: Definitions) -> None:
    structure = ruled("Patient", "birthDate <= today()")
    assert severities(definitions, patient(birthDate="2030-01-01"), structure, now=None) == ["information"]


@pytest.mark.parametrize(
    "expression", ["text.`div`.htmlChecks()", "code.coding.first().subsumes(code.coding.last())"]
)
def test_what_nobody_can_answer_refuses_nothing(definitions: Definitions, expression: str) -> None:
    resource = coded("urn:x", "a")
    resource["code"]["coding"].append({"system": "urn:x", "code": "b"})
    resource["text"] = {"status": "generated", "div": "<div>x</div>"}
    assert severities(definitions, resource, ruled("Observation", expression)) == ["information"]
