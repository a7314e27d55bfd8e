"""What is calculated, and what a form begins with from the record."""

from typing import Any

import pytest

from fellesjournal.documentation.expressions import Expressions
from fellesjournal.documentation.templates import template, templates
from fellesjournal.fhir.definitions import Definitions


@pytest.fixture(scope="module")
def expressions(definitions: Definitions) -> Expressions:
    return Expressions(definitions)


def test_points_are_summed_and_a_condition_may_lean_on_the_sum(expressions: Expressions) -> None:
    questionnaire = templates()["fallrisiko"].questionnaire
    fields = {"sporsmal:0/falt:0": "2", "sporsmal:0/syn:0": "1"}
    assert expressions.calculated(questionnaire, fields)["resultat:0/poeng:0"] == "3"


def test_what_lacks_a_part_is_not_calculated(expressions: Expressions) -> None:
    questionnaire = templates()["sar"].questionnaire
    assert expressions.calculated(questionnaire, {"saret:0/lengde:0": "2,5"})["saret:0/areal:0"] == ""
    both = {"saret:0/lengde:0": "2,5", "saret:0/bredde:0": "3"}
    assert expressions.calculated(questionnaire, both)["saret:0/areal:0"] == "7,5"


def test_a_height_of_nothing_is_no_fault(expressions: Expressions) -> None:
    questionnaire = templates()["helsestasjon-4-ar"].questionnaire
    fields = {"mal:0/vekt:0": "16", "mal:0/hoyde:0": "0"}
    assert expressions.calculated(questionnaire, fields)["mal:0/kmi:0"] == ""


def test_what_a_person_wrote_in_a_calculated_field_gives_way(expressions: Expressions) -> None:
    questionnaire = templates()["sar"].questionnaire
    fields = {"saret:0/lengde:0": "2", "saret:0/bredde:0": "3", "saret:0/areal:0": "99"}
    assert expressions.calculated(questionnaire, fields)["saret:0/areal:0"] == "6"


@pytest.mark.parametrize("name", sorted(templates()))
def test_every_template_begins_with_what_the_record_says(expressions: Expressions, name: str) -> None:
    known: dict[str, list[dict[str, Any]]] = {
        "patient": [{"resourceType": "Patient"}],
        "conditions": [{"resourceType": "Condition", "code": {"text": "KOLS"}},
                       {"resourceType": "Condition", "code": {"text": "Gikt"}}],
        "allergies": [],
        "medicines": [{"resourceType": "MedicationStatement",
                       "medicationCodeableConcept": {"text": "Paracetamol 1 g"}}],
    }  # fmt: skip
    found = expressions.prefilled(templates()[name].questionnaire, known)
    assert set(found.values()) <= {"KOLS. Gikt", "Paracetamol 1 g"}
    assert (name in ("innkomst", "epikrise")) is bool(found)


WOUNDS = template({
    "id": "prove", "title": "Prøve", "kind": "B02-2", "item": [
        {"id": "faktor", "text": "Faktor", "type": "integer"},
        {"id": "sar", "text": "Sår", "repeats": True, "items": [
            {"id": "lengde", "text": "Lengde", "type": "decimal"},
            {"id": "bredde", "text": "Bredde", "type": "decimal"},
            {"id": "areal", "text": "Areal", "type": "decimal", "calculated":
             "descendants().where(linkId = 'lengde').answer.value"
             " * descendants().where(linkId = 'bredde').answer.value"
             " * %form.item.where(linkId = 'faktor').answer.value"},
        ]},
        {"id": "sum", "text": "Sum", "type": "decimal", "calculated":
         "descendants().where(linkId = 'lengde').answer.value.aggregate($this + $total, 0)"},
    ]
}).questionnaire  # fmt: skip


def test_a_calculation_in_a_repeated_group_sees_its_own_row_and_one_outside_sees_all(
    expressions: Expressions,
) -> None:
    fields = {"faktor:0": "2"}
    for row, (length, width) in enumerate((("2", "3"), ("5", "4"), ("7", ""))):
        fields |= {f"sar:{row}/lengde:0": length, f"sar:{row}/bredde:0": width}
    found = expressions.calculated(WOUNDS, fields)
    assert [found[f"sar:{row}/areal:0"] for row in range(3)] == ["12", "40", ""]
    assert found["sum:0"] == "14"
