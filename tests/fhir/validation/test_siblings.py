"""The `_name` beside a primitive."""

from typing import Any

import pytest

from fhir.validation.conftest import Faults
from fhir.validation.samples import CODE, observation, patient

WHY = {
    "extension": [
        {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "unknown"}
    ]
}


DIV = '<div xmlns="http://www.w3.org/1999/xhtml">x</div>'


@pytest.mark.parametrize(
    "resource",
    [
        patient(birthDate="2001", _birthDate=WHY),
        patient(_birthDate=WHY),
        patient(_birthDate={"id": "a", **WHY}),
        patient(name=[{"given": ["a", None, "c"], "_given": [None, WHY, {"id": "x", **WHY}]}]),
        patient(name=[{"_given": [WHY]}]),
        {"resourceType": "Observation", "_status": WHY, "code": CODE},
        observation(_valueString=WHY),
        observation(valueDateTime="2020", _valueDateTime=WHY),
    ],
)
def test_sound(faults: Faults, resource: dict[str, Any]) -> None:
    assert faults(resource) == []


@pytest.mark.parametrize(
    ("resource", "expression"),
    [
        (patient(_birthDate=[WHY]), "Patient.birthDate"),
        (patient(_birthDate="x"), "Patient.birthDate"),
        (patient(_birthDate=None), "Patient.birthDate"),
        (patient(_birthDate={}), "Patient.birthDate"),
        (patient(_birthDate={"value": "2001"}), "Patient.birthDate.value"),
        (patient(_birthDate={"extension": [{"valueString": "x"}]}), "Patient.birthDate.extension[0].url"),
        (patient(_nothing=WHY), "Patient._nothing"),
        (patient(text={"status": "empty", "div": DIV, "_div": WHY}), "Patient.text.div.extension"),
        (patient(_name=[WHY]), "Patient._name"),
        (patient(__birthDate=WHY), "Patient.__birthDate"),
        (patient(name=[{"given": ["a"], "_given": [None]}]), ""),
        (patient(name=[{"given": ["a", "b"], "_given": [WHY]}]), "Patient.name[0].given"),
        (patient(name=[{"given": ["a"], "_given": WHY}]), "Patient.name[0].given"),
        (patient(name=[{"given": ["a", None], "_given": [WHY, None]}]), "Patient.name[0].given[1]"),
        (patient(name=[{"given": [None]}]), "Patient.name[0].given[0]"),
        (patient(name=[{"_given": [None, WHY]}]), "Patient.name[0].given[0]"),
        (patient(name=[{"given": ["a", 7], "_given": [WHY, None]}]), "Patient.name[0].given[1]"),
        (observation(valueString="x", _valueInteger=WHY), "Observation.value"),
        (observation(_valueString=WHY, _valueInteger=WHY), "Observation.value"),
    ],
)
def test_faulty(faults: Faults, resource: dict[str, Any], expression: str) -> None:
    assert {found for found, _ in faults(resource)} == ({expression} if expression else set())
