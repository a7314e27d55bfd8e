"""elementDefinition(): which element of the definitions an item is (FHIR R4, fhirpath.html#functions)."""

from typing import Any

import pytest

from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path import Path
from fhir.path.conftest import PATIENT, Values

FORM: dict[str, Any] = {
    "resourceType": "Questionnaire",
    "status": "draft",
    "item": [{"linkId": "1", "item": [{"linkId": "1.1", "initial": [{"valueString": "x"}]}]}],
}


@pytest.mark.parametrize(
    ("expression", "paths"),
    [
        ("elementDefinition().path", ["Patient"]),
        ("Patient.name.elementDefinition().path", ["Patient.name", "Patient.name"]),
        ("name[0].given.elementDefinition().path", ["HumanName.given", "HumanName.given"]),
        ("deceased.elementDefinition().path", ["Patient.deceased[x]"]),
        ("birthDate.extension.value.elementDefinition().path", ["Extension.value[x]"]),
        ("contained.elementDefinition().path", ["Patient.contained"]),
        ("managingOrganization.resolve().elementDefinition().path", ["Organization"]),
        ("managingOrganization.resolve().name.elementDefinition().path", ["Organization.name"]),
        ("descendants().where($this is FHIR.boolean).elementDefinition().path.count()", [2]),
        ("photo.elementDefinition() | 'a'.elementDefinition() | name.count().elementDefinition()", []),
        ("link.elementDefinition()", []),
        ("name[0].family.elementDefinition().max", ["1"]),
        ("name[0].use.elementDefinition().binding.strength", ["required"]),
        ("generalPractitioner[0].elementDefinition().type.code", ["Reference"]),
        ("name[0].elementDefinition().short.exists()", [True]),
    ],
)
def test_an_element_has_the_definition_of_its_type(expression: str, paths: list[Any], values: Values) -> None:
    assert values(expression) == paths


@pytest.mark.parametrize(
    ("expression", "paths"),
    [
        ("item.item.elementDefinition().path", ["Questionnaire.item.item"]),
        ("item.item.linkId.elementDefinition().path", ["Questionnaire.item.linkId"]),
        ("item.item.initial.value.elementDefinition().path", ["Questionnaire.item.initial.value[x]"]),
    ],
)
def test_what_is_defined_by_reference_to_another_element_is_found_there(
    definitions: Definitions, expression: str, paths: list[str]
) -> None:
    assert [item.value for item in Path(expression).evaluate(FORM, definitions)] == paths


def test_an_element_definition_can_be_walked_and_checked(definitions: Definitions) -> None:
    Path("name.elementDefinition().min").check("Patient", definitions)
    with pytest.raises(Invalid, match="ElementDefinition has no element 'minimum'"):
        Path("name.elementDefinition().minimum").check("Patient", definitions)


def test_every_element_of_every_type_has_its_definition(definitions: Definitions) -> None:
    for name in ("Patient", "Observation", "Questionnaire", "Extension", "Quantity", "date", "Bundle"):
        for path, elements in definitions.type(name).elements.items():
            assert definitions.element_definition(path) is not None
            assert all(definitions.element_definition(one.path) for one in elements)
    assert definitions.element_definition("Patient.nome") is None
    assert definitions.element_definition("Nobody") is None


def test_slices_are_asked_of_profiles_and_there_are_none_without(definitions: Definitions) -> None:
    with pytest.raises(Invalid, match="no profiles are given"):
        Path("identifier.slice('http://x', 'fnr')").evaluate(PATIENT, definitions)
    with pytest.raises(Invalid, match="wants the URL of a profile and the name of a slice"):
        Path("identifier.slice({}, 'fnr')").evaluate(PATIENT, definitions)
