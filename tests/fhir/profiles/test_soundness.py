"""A StructureDefinition whose rules would never hold is told so, and no other one is."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.faults import Local
from fellesjournal.fhir.profiles.soundness import structure_check


def structure(*elements: dict[str, Any], kind: str = "Patient", **more: Any) -> dict[str, Any]:
    return {"type": kind, "derivation": "constraint", "differential": {"element": list(elements)}, **more}


def told(tree: Any, definitions: Definitions) -> list[tuple[str, str]]:
    found = structure_check(definitions)(tree, Local({}, {})) or []
    return [(each.path, each.sentence()) for each in found]


@pytest.mark.parametrize(
    ("kind", "path", "meant"),
    [
        ("Patient", "Patient.bithDate", "Patient.birthDate"),
        ("Patient", "Patient.name.famly", "Patient.name.family"),
        ("Patient", "Patient.contact.adress", "Patient.contact.address"),
        ("Patient", "Patiant.name", "Patient"),
        ("Observation", "Observation.valueQuantty", "Observation.valueQuantity"),
        ("Observation", "Observation.value[x].codng", "Observation.value[x].coding"),
        ("Questionnaire", "Questionnaire.item.item.linkid", "Questionnaire.item.item.linkId"),
        ("Extension", "Extension.vaule[x]", "Extension.value[x]"),
    ],
)
def test_a_path_that_names_no_element_is_told_with_what_was_meant(
    definitions: Definitions, kind: str, path: str, meant: str
) -> None:
    tree = structure({"path": kind}, {"path": path, "min": 1}, {"path": f"{path}.extension"}, kind=kind)
    ((place, message),) = told(tree, definitions)
    assert place == ".differential.element[1].path"
    assert message.endswith(f'Did you mean "{meant}"?')


@pytest.mark.parametrize(
    ("kind", "id", "path"),
    [
        ("Patient", "Patient.identifier:FNR.value", "Patient.identifier.value"),
        ("Patient", "Patient.extension:kin.url", "Patient.extension.url"),
        ("Patient", "Patient.birthDate.value", "Patient.birthDate.value"),
        ("Patient", "Patient.name.family.extension.value[x]", "Patient.name.family.extension.value[x]"),
        ("Observation", "Observation.value[x]:valueQuantity.code", "Observation.value[x].code"),
        ("Observation", "Observation.valueQuantity.code", "Observation.valueQuantity.code"),
        (
            "Observation",
            "Observation.component.referenceRange.low",
            "Observation.component.referenceRange.low",
        ),
        ("Bundle", "Bundle.entry:first.resource.section", "Bundle.entry.resource.section"),
        ("Questionnaire", "Questionnaire.item.item.item.linkId", "Questionnaire.item.item.item.linkId"),
    ],
)
def test_slices_choices_and_what_repeats_itself_are_elements(
    definitions: Definitions, kind: str, id: str, path: str
) -> None:
    assert told(structure({"id": id, "path": path}, kind=kind), definitions) == []


def test_an_id_that_leads_nowhere_is_told_too(definitions: Definitions) -> None:
    tree = structure({"id": "Patient.nmae:official", "path": "Patient.name"})
    assert [place for place, _ in told(tree, definitions)] == [".differential.element[0].id"]


def test_a_rule_that_cannot_be_compiled_is_told_with_its_place(definitions: Definitions) -> None:
    rules = [
        {"key": "a-1", "severity": "error", "human": "Sound", "expression": "name.exists()"},
        {"key": "a-2", "severity": "error", "human": "Broken", "expression": "name.exists(("},
        {"key": "a-3", "severity": "error", "human": "Unknown", "expression": "name.exsts()"},
        {"key": "a-4", "severity": "error", "human": "For people only"},
    ]
    found = told(structure({"path": "Patient", "constraint": rules}), definitions)
    places = [f".differential.element[0].constraint[{index}].expression" for index in (1, 2)]
    assert [place for place, _ in found] == places
    assert all("would never hold: " in message for _, message in found)


@pytest.mark.parametrize(
    ("kind", "element", "place", "said"),
    [
        (
            "Patient",
            {"path": "Patient.birthDate", "type": [{"code": "Quantity"}]},
            ".type[0].code",
            '"Patient.birthDate" is written as date, and can never be "Quantity".',
        ),
        (
            "Observation",
            {"path": "Observation.value[x]", "type": [{"code": "Quantity"}, {"code": "Address"}]},
            ".type[1].code",
            'can never be "Address".',
        ),
        (
            "Observation",
            {"path": "Observation.valueQuantity", "type": [{"code": "string"}]},
            ".type[0].code",
            'is written as Quantity, and can never be "string".',
        ),
        ("Patient", {"path": "Patient.birthDate", "max": "*"}, ".max", "at most once in R4"),
        ("Patient", {"path": "Patient.contact.name", "max": "2"}, ".max", "may allow fewer, and not more."),
        ("Patient", {"path": "Patient.birthDate", "min": 2}, ".min", "can never stand 2 times."),
        ("Observation", {"path": "Observation.status", "min": 0}, ".min", "stands at least once in R4"),
    ],
)
def test_what_loosens_r4_or_can_never_be_kept_is_told(
    definitions: Definitions, kind: str, element: dict[str, Any], place: str, said: str
) -> None:
    ((found, message),) = told(structure({"path": kind}, element, kind=kind), definitions)
    assert found == f".differential.element[1]{place}"
    assert said in message


@pytest.mark.parametrize(
    ("kind", "element"),
    [
        ("Patient", {"path": "Patient", "min": 0, "max": "*"}),
        ("Patient", {"path": "Patient.name", "max": "*", "min": 3}),
        ("Patient", {"path": "Patient.birthDate", "max": "0", "type": [{"code": "date"}]}),
        ("Patient", {"path": "Patient.id", "type": [{"code": "http://hl7.org/fhirpath/System.String"}]}),
        ("Observation", {"path": "Observation.value[x]", "type": [{"code": "Quantity"}, {"code": "string"}]}),
        ("Condition", {"path": "Condition.onset[x]", "type": [{"code": "Age"}]}),
        ("Extension", {"path": "Extension.value[x]", "type": [{"code": "Age"}]}),
        ("Bundle", {"path": "Bundle.entry.resource", "type": [{"code": "Patient"}]}),
        ("Consent", {"id": "Consent.scope:a", "path": "Consent.scope", "sliceName": "a", "min": 0}),
        ("MedicationStatement", {"path": "MedicationStatement.medicationCodeableConcept", "min": 0}),
        ("Patient", {"path": "Patient.name", "type": [None, {}, {"code": 7}], "max": 7, "min": "1"}),
    ],
)
def test_what_narrows_r4_is_sound(definitions: Definitions, kind: str, element: dict[str, Any]) -> None:
    assert told(structure(element, kind=kind), definitions) == []


def test_a_profile_at_the_url_of_a_type_is_told(definitions: Definitions) -> None:
    core = "http://hl7.org/fhir/StructureDefinition/"
    for name in ("Patient", "HumanName", "string"):
        ((place, message),) = told(structure(url=core + name), definitions)
        assert (place, f"R4's own {name}" in message) == (".url", True)
    for url in (core + "bp", core, "http://example.org/StructureDefinition/Patient", 7):
        assert told(structure(url=url), definitions) == []


def test_the_snapshot_is_looked_at_as_well(definitions: Definitions) -> None:
    tree = structure(snapshot={"element": [{"path": "Patient.bithDate"}]})
    assert [place for place, _ in told(tree, definitions)] == [".snapshot.element[0].path"]


@pytest.mark.parametrize(
    "more",
    [{"derivation": "specialization"}, {"status": "retired"}, {"type": "http://example.org/Model"}],
)
def test_what_no_resource_is_held_to_is_left_alone(definitions: Definitions, more: dict[str, str]) -> None:
    assert told(structure({"path": "Patient.bithDate"}) | more, definitions) == []


def test_r4s_own_profiles_are_sound(definitions: Definitions) -> None:
    for url in definitions.structure_urls:
        assert told(definitions.structure(url), definitions) == [], url


_json = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=4)


@given(_json, _json, _json, st.text(alphabet="Patient.:[x]value", max_size=20))
def test_a_definition_of_the_wrong_form_is_left_to_other_checks(
    definitions: Definitions, one: Any, other: Any, third: Any, path: str
) -> None:
    told(structure({"path": one, "constraint": other}, {"id": path, "constraint": [third]}), definitions)
    told(structure() | {"differential": one, "snapshot": {"element": other}, "type": third}, definitions)
    told(one, definitions)
