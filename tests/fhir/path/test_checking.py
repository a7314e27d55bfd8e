"""What is told of an expression before it is evaluated (FHIRPath N1, section 11)."""

import pytest

from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path import Path


@pytest.mark.parametrize(
    ("kind", "expression"),
    [
        ("Patient", "Patient.name.where(use = 'official').family.length()"),
        ("Patient", "DomainResource.text.status | Resource.id"),
        ("Patient", "name.select(given.first() | period.start)"),
        ("Patient", "contact.all(name.exists() or telecom.exists())"),
        ("Patient", "deceased.ofType(dateTime).extension('x').value"),
        ("Patient", "birthDate.extension.url"),
        ("Patient", "contained.code"),
        ("Patient", "children().whatever"),
        ("Patient", "managingOrganization.resolve().name"),
        ("Patient", "(1 | 2).first() + name.count()"),
        ("Patient", "name.trace('n', given).family"),
        ("Patient", "name.type().name"),
        ("Patient", "name.first().given.aggregate($total & $this)"),
        ("Patient", "%context.name | %other.anything"),
        ("Patient", "iif(active, name.family, id)"),
        ("Patient", "iif(birthDate, name.where(use).family, id)"),
        ("Bundle", "entry.resource.ofType(Patient).name"),
        ("Questionnaire", "repeat(item).linkId"),
        ("Questionnaire", "item.repeat(item | answerOption).prefix"),
        ("Questionnaire.item.enableWhen", "operator = 'exists' implies (answer is boolean)"),
        ("Observation", "value.unit | component.value.code"),
        ("Resource", "anything"),
        ("string", "length() > 3"),
    ],
)
def test_an_expression_that_can_be_right_is_let_through(
    kind: str, expression: str, definitions: Definitions
) -> None:
    Path(expression).check(kind, definitions)


@pytest.mark.parametrize(
    ("kind", "expression", "says"),
    [
        ("Patient", "name.given1", r"HumanName has no element 'given1' .character 6"),
        ("Patient", "Encounter.status", r"Patient is no Encounter .character 1"),
        ("Patient", "name.where(usage = 'official')", "HumanName has no element 'usage'"),
        ("Patient", "name.first().all(exists(kind = 1))", "has no element 'kind'"),
        ("Patient", "name.select(given).family", "string has no element 'family'"),
        ("Patient", "active.name", "boolean has no element 'name'"),
        ("Patient", "(name | address).postalcode", "Address or HumanName has no element 'postalcode'"),
        ("Patient", "name.exists().family", "System.Boolean has no element"),
        ("Patient", "'a'.length().b", "System.Integer has no element"),
        ("Patient", "contact.phone", "Patient.contact has no element 'phone'"),
        ("Patient", "name.ofType(Zork)", "no type 'Zork' .character 6"),
        ("Patient", "deceased is System.Zork", "no type 'System.Zork'"),
        ("Patient", "iif('official', 1, 2)", r"iif\(\) wants a condition, not System.String .character 1"),
        ("Patient", "name.where(given.count())", r"where\(\) wants a condition, not System.Integer"),
        ("Observation", "valueQuantity.unit", "Observation has no element 'valueQuantity'"),
        ("Observation", "value.ofType(Quantity).units", "Quantity has no element 'units'"),
        ("Questionnaire", "repeat(items)", "has no element 'items'"),
        ("Questionnaire.item", "item.linkIds", "Questionnaire.item has no element 'linkIds'"),
        ("Zork", "a", "no type or element 'Zork'"),
        ("Patient.zork", "a", "no type or element 'Patient.zork'"),
    ],
)
def test_a_name_that_no_element_has_is_refused(
    kind: str, expression: str, says: str, definitions: Definitions
) -> None:
    with pytest.raises(Invalid, match=says):
        Path(expression).check(kind, definitions)
