"""Elements, their kinds and how many of them."""

from collections.abc import Callable
from typing import Any

import pytest

from fellesjournal.errors import Unprocessable
from fellesjournal.fhir.validation import MAX_ISSUES, Validator
from fhir.validation.conftest import Faults
from fhir.validation.samples import CODE, OTHER_CODE, observation, patient

Words = Callable[[dict[str, Any]], str]


def test_sound_resources(faults: Faults) -> None:
    assert faults(patient()) == []
    assert (
        faults(observation(valueQuantity={"value": 1.5}, component=[{"code": OTHER_CODE, "valueInteger": 3}]))
        == []
    )


@pytest.mark.parametrize(
    ("resource", "expression", "code"),
    [
        (patient(nmae=[]), "Patient.nmae", "structure"),
        (patient(name=[{}, {"fmaily": "x"}]), "Patient.name[1].fmaily", "structure"),
        (
            patient(contact=[{"telecom": [{}, {"sytem": "x"}]}]),
            "Patient.contact[0].telecom[1].sytem",
            "structure",
        ),
        (patient(name={"family": "x"}), "Patient.name", "structure"),
        (patient(name=["x"]), "Patient.name[0]", "structure"),
        (patient(name=[]), "Patient.name", "structure"),
        (patient(name=[None]), "Patient.name[0]", "structure"),
        (patient(name=None), "Patient.name", "structure"),
        (patient(birthDate=["2001"]), "Patient.birthDate", "structure"),
        (patient(birthDate=None), "Patient.birthDate", "structure"),
        (patient(active="true"), "Patient.active", "structure"),
        (patient(active=1), "Patient.active", "structure"),
        (patient(maritalStatus=[CODE]), "Patient.maritalStatus", "structure"),
        (patient(multipleBirthInteger=1.0), "Patient.multipleBirth.ofType(integer)", "structure"),
        (patient(value="x"), "Patient.value", "structure"),
        (
            patient(extension=[{"url": "urn:x", "resourceType": "Extension"}]),
            "Patient.extension[0].resourceType",
            "structure",
        ),
    ],
)
def test_faulty_structure(faults: Faults, resource: dict[str, Any], expression: str, code: str) -> None:
    assert (expression, code) in faults(resource)


@pytest.mark.parametrize("empty", [{}, {"id": "a"}])
def test_an_element_must_say_something(faults: Faults, empty: dict[str, Any]) -> None:
    assert faults(patient(maritalStatus=empty)) == [("Patient.maritalStatus", "invariant")]
    assert faults(patient(maritalStatus={"id": "a", "text": "x"})) == []


def test_required_elements(faults: Faults) -> None:
    assert faults({"resourceType": "Observation"}) == [
        ("Observation.code", "required"),
        ("Observation.status", "required"),
    ]
    assert faults(observation(component=[{"valueInteger": 1}])) == [
        ("Observation.component[0].code", "required")
    ]


def test_a_required_choice(faults: Faults, words: Words) -> None:
    bare = {
        "resourceType": "MedicationAdministration",
        "status": "completed",
        "subject": {"reference": "Patient/1"},
    }
    resource = {**bare, "effectiveDateTime": "2020"}
    assert faults(resource) == [("MedicationAdministration.medication", "required")]
    assert "medicationCodeableConcept, medicationReference" in words(resource)


def test_only_one_of_a_choice(faults: Faults, words: Words) -> None:
    both = observation(valueString="x", valueInteger=1)
    assert faults(both) == [("Observation.value", "structure")]
    assert "valueInteger, valueString" in words(both)


def test_a_choice_is_written_with_its_type(words: Words) -> None:
    assert "multipleBirthBoolean, multipleBirthInteger" in words(patient(multipleBirth=True))


def test_within_a_choice_the_type_is_part_of_the_expression(faults: Faults) -> None:
    resource = observation(valueQuantity={"value": "1"})
    assert faults(resource) == [("Observation.value.ofType(Quantity).value", "structure")]


@pytest.mark.parametrize(
    ("resource", "suggestion"),
    [
        (patient(nmae="x"), "name"),
        (patient(brithDate="2001-01-01"), "birthDate"),
        (patient(_brithDate={"id": "x"}), "_birthDate"),
        (observation(valueQuantiy={}), "valueQuantity"),
        ({"resourceType": "Patent"}, "Patient"),
    ],
)
def test_the_nearest_name_is_suggested(words: Words, resource: dict[str, Any], suggestion: str) -> None:
    assert f'Did you mean "{suggestion}"?' in words(resource)


@pytest.mark.parametrize(
    "kind", [None, "", "patient", "Resource", "DomainResource", "HumanName", 7, ["Patient"]]
)
def test_what_is_no_resource_type(faults: Faults, kind: Any) -> None:
    assert faults({"resourceType": kind, "id": "x"})[0][0].endswith("resourceType")


def test_a_resource_without_a_type(validator: Validator) -> None:
    (issue,) = validator.validate({"id": "x"})
    assert (issue.code, issue.expression) == ("required", "resourceType")


def test_resources_in_bundles_and_parameters_are_checked_as_their_own_type(faults: Faults) -> None:
    bundle = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": patient(nmae=1)}]}
    assert faults(bundle) == [("Bundle.entry[0].resource.nmae", "structure")]
    parameters = {
        "resourceType": "Parameters",
        "parameter": [{"name": "x", "resource": {"resourceType": "Patent"}}],
    }
    assert faults(parameters) == [("Parameters.parameter[0].resource.resourceType", "structure")]
    bundle["entry"] = [{"resource": "Patient/1"}]
    assert faults(bundle) == [("Bundle.entry[0].resource", "structure")]


def test_content_references_are_followed_to_any_depth(faults: Faults) -> None:
    item: dict[str, Any] = {"linkId": "3", "type": "nothing"}
    for link in ("2", "1"):
        item = {"linkId": link, "type": "group", "item": [item]}
    questionnaire = {"resourceType": "Questionnaire", "status": "draft", "item": [item]}
    assert faults(questionnaire) == [("Questionnaire.item[0].item[0].item[0].type", "code-invalid")]


def test_every_fault_is_named(faults: Faults) -> None:
    resource = patient(
        nmae=1, gender="x", birthDate="2001-02-30", contact=[{"gender": "y"}], name=[{"given": [1]}]
    )
    assert sorted(faults(resource)) == [
        ("Patient.birthDate", "value"),
        ("Patient.contact[0]", "invariant"),
        ("Patient.contact[0].gender", "code-invalid"),
        ("Patient.gender", "code-invalid"),
        ("Patient.name[0].given[0]", "structure"),
        ("Patient.nmae", "structure"),
    ]


def test_very_many_faults_are_counted(validator: Validator) -> None:
    issues = validator.validate(patient(**{f"x{n}": n for n in range(MAX_ISSUES + 17)}))
    assert len(issues) == MAX_ISSUES + 1
    assert issues[-1].diagnostics == "17 more faults are not listed."


def test_require_raises_with_every_issue(validator: Validator) -> None:
    validator.require(patient())
    with pytest.raises(Unprocessable) as caught:
        validator.require(patient(nmae=1, gender="x"))
    assert [issue.expression for issue in caught.value.issues] == ["Patient.nmae", "Patient.gender"]


def test_what_was_sound_once_is_looked_at_again(faults: Faults) -> None:
    """Which members a sound object has is remembered, not what they hold."""
    sound = observation(valueString="x")
    assert faults(sound) == faults(sound) == []
    assert [one[0] for one in faults(sound | {"valueString": 5})] == ["Observation.value.ofType(string)"]
    assert faults(sound | {"valueInteger": 1}) != []
    assert faults({name: value for name, value in sound.items() if name != "code"}) != []
