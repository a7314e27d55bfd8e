"""Extensions that are known stand where they may and hold what they should; unknown modifiers are refused."""

from typing import Any

import pytest

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.profiles import Library
from fellesjournal.fhir.validation import Validator
from fhir.profiles.samples import CORE, URL, element, patient, profile, typed

BIRTH_PLACE = {"url": CORE + "patient-birthPlace", "valueAddress": {"city": "Nes"}}
BIRTH_TIME = {"url": CORE + "patient-birthTime", "valueDateTime": "1999-01-01T10:00:00+01:00"}
MODIFIER = {
    **profile(
        "Extension",
        {"id": "Extension", "path": "Extension", "isModifier": True},
        name="not",
        base=CORE + "Extension",
    ),
    "context": [{"type": "element", "expression": "Patient"}],
}


def item(kind: str, *extensions: dict[str, Any]) -> dict[str, Any]:
    each = {"linkId": "1", "type": kind, "text": "x", "extension": list(extensions)}
    return {"resourceType": "Questionnaire", "status": "draft", "item": [each]}


@pytest.fixture(scope="module")
def validator(definitions: Definitions) -> Validator:
    return Validator(
        definitions, Library(definitions, [{MODIFIER["url"]: MODIFIER}.get, definitions.structure])
    )


@pytest.mark.parametrize(
    "resource",
    [
        patient(extension=[BIRTH_PLACE]),
        patient(birthDate="1999-01-01", _birthDate={"extension": [BIRTH_TIME]}),
        patient(extension=[{"url": "http://nobody.example/x", "valueString": "x"}]),
        patient(modifierExtension=[{"url": URL + "not", "valueBoolean": True}]),
        patient(
            name=[
                {
                    "family": "X",
                    "_given": [{"extension": [{"url": CORE + "data-absent-reason", "valueCode": "unknown"}]}],
                }
            ]
        ),
        item("choice", {"url": CORE + "questionnaire-choiceOrientation", "valueCode": "vertical"}),
    ],
)
def test_extensions_where_they_may_stand(validator: Validator, resource: dict[str, Any]) -> None:
    assert validator.validate(resource) == []


@pytest.mark.parametrize(
    ("resource", "place", "said"),
    [
        (
            patient(name=[{"family": "X", "extension": [BIRTH_PLACE]}]),
            "Patient.name[0].extension[0]",
            "may stand in Patient",
        ),
        (
            patient(extension=[{"url": CORE + "patient-birthPlace", "valueString": "Nes"}]),
            "Patient.extension[0].value.ofType(string)",
            "This is written as Address, not string.",
        ),
        (
            patient(
                contact=[
                    {
                        "name": {"text": "X"},
                        "modifierExtension": [{"url": "http://nobody.example/x", "valueString": "x"}],
                    }
                ]
            ),
            "Patient.contact[0].modifierExtension[0].url",
            "is not known here",
        ),
        (
            patient(extension=[{"url": URL + "not", "valueBoolean": True}]),
            "Patient.extension[0]",
            'written as "modifierExtension"',
        ),
        (patient(modifierExtension=[BIRTH_PLACE]), "Patient.modifierExtension[0]", 'written as "extension"'),
        (
            patient(birthDate="1999-01-01", _birthDate={"extension": [BIRTH_PLACE]}),
            "Patient.birthDate.extension[0]",
            "may stand in Patient",
        ),
        (
            {
                "resourceType": "Basic",
                "code": {"text": "x"},
                "contained": [patient(id="p", name=[{"extension": [BIRTH_PLACE]}])],
                "subject": {"reference": "#p"},
            },
            "Basic.contained[0].name[0].extension[0]",
            "may stand in Patient",
        ),
        (
            item("string", {"url": CORE + "questionnaire-choiceOrientation", "valueCode": "vertical"}),
            "Questionnaire.item[0].extension[0]",
            "type='choice'",
        ),
    ],
)
def test_extensions_that_are_wrong(
    validator: Validator, resource: dict[str, Any], place: str, said: str
) -> None:
    [issue] = [each for each in validator.validate(resource) if "ele-1" not in each.diagnostics]
    assert issue.expression == place
    assert said in issue.diagnostics


def test_the_parts_of_an_extension(validator: Validator) -> None:
    code = {"url": "code", "valueCodeableConcept": {"text": "NO"}}
    citizenship = {"url": CORE + "patient-citizenship", "extension": [code]}
    assert validator.validate(patient(extension=[citizenship])) == []
    code["url"] = "period"
    [issue] = validator.validate(patient(extension=[citizenship]))
    assert issue.expression.startswith("Patient.extension[0].extension[0].value")


def test_an_extension_of_an_element_within_one_of_its_kind(validator: Validator) -> None:
    questionnaire = item("group")
    inner = item("choice", {"url": CORE + "questionnaire-choiceOrientation", "valueCode": "vertical"})[
        "item"
    ][0]
    questionnaire["item"][0]["item"] = [inner | {"linkId": "2"}]
    del questionnaire["item"][0]["extension"]
    assert validator.validate(questionnaire) == []


def test_an_extension_in_a_part_of_a_bundle(validator: Validator) -> None:
    entry = {
        "fullUrl": "urn:oid:1.2",
        "resource": patient(name=[{"family": "X", "extension": [BIRTH_PLACE]}]),
    }
    [issue] = validator.validate({"resourceType": "Bundle", "type": "collection", "entry": [entry]})
    assert issue.expression == "Bundle.entry[0].resource.name[0].extension[0]"


def test_a_value_may_be_bound_by_its_own_definition(definitions: Definitions) -> None:
    structure = profile(
        "Extension", element("Extension.value[x]", type=typed("boolean")), base=CORE + "Extension"
    )
    structure["context"] = [{"type": "fhirpath", "expression": "Patient.name"}]
    validator = Validator(definitions, Library(definitions, [{structure["url"]: structure}.get]))
    assert validator.validate(patient(extension=[{"url": URL + "prove", "valueBoolean": True}])) == []
    assert len(validator.validate(patient(extension=[{"url": URL + "prove", "valueCode": "x"}]))) == 1
