"""What is calculated, and what a form begins with from the record."""

from typing import Any

import pytest

from fellesjournal.documentation.expressions import Expressions
from fellesjournal.documentation.prepared import prepared
from fellesjournal.documentation.rules import every, layout
from fellesjournal.documentation.templates import ANSWERS, ENABLED, template, templates
from fellesjournal.errors import Invalid
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
                       "medicationCodeableConcept": {"text": "Paracetamol 1 g"}},
                      {"resourceType": "MedicationStatement",
                       "medicationReference": {"reference": "#m", "display": "Ramipril 5 mg"}}],
    }  # fmt: skip
    found = expressions.prefilled(templates()[name].questionnaire, known)
    assert set(found.values()) <= {"KOLS. Gikt", "Paracetamol 1 g. Ramipril 5 mg"}
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


LINK = "item.where(linkId = '{}').answer.value"


def said(url: str, expression: str, language: str = "text/fhirpath") -> dict[str, Any]:
    return {"url": url, "valueExpression": {"language": language, "expression": expression}}


def asking(*items: dict[str, Any]) -> dict[str, Any]:
    made = {"resourceType": "Questionnaire", "id": "x", "status": "active", "item": list(items)}
    return prepared(made)


def question(link: str, type_: str = "string", **more: Any) -> dict[str, Any]:
    return {"linkId": link, "type": type_, "text": link} | more


SMOKES = asking(
    question("barn", "integer"),
    question("navn", repeats=True),
    question("mange", extension=[said(ENABLED, f"%resource.{LINK.format('barn')} > 2")]),
    question("hvem", "choice", extension=[said(ANSWERS, f"%resource.{LINK.format('navn')}")]),
    question("annen", "open-choice", extension=[said(ANSWERS, "%resource.item.answer.value")]),
    {
        "linkId": "inne",
        "type": "group",
        "item": [question("dypt", extension=[said(ENABLED, f"{LINK.format('mange')}.exists()")])],
    },
)


def places(expressions: Expressions, form: dict[str, Any], fields: dict[str, str]) -> set[str]:
    """The questions that are asked."""
    asked, known = expressions.shaped(form, fields)
    return {row.place for node, row in every(layout(asked, known)) if node.item["type"] != "group"}


@pytest.mark.parametrize(
    ("children", "more"),
    [("", set()), ("2", set()), ("3", {"mange:0"}), ("ord", set())],
)
def test_a_question_is_asked_when_its_expression_is_true(
    expressions: Expressions, children: str, more: set[str]
) -> None:
    always = {"barn:0", "navn:0", "annen:0"}
    assert places(expressions, SMOKES, {"barn:0": children}) == always | more


def test_what_is_asked_may_lean_on_what_an_expression_asks(expressions: Expressions) -> None:
    fields = {"barn:0": "3", "mange:0": "Ja"}
    assert "inne:0/dypt:0" in places(expressions, SMOKES, fields)
    assert "inne:0/dypt:0" not in places(expressions, SMOKES, fields | {"barn:0": "1"})


def test_answers_given_before_are_what_may_be_chosen_each_once(expressions: Expressions) -> None:
    fields = {"navn:0": "Per", "navn:1": "Kari", "navn:2": "Per", "barn:0": "4"}
    asked, known = expressions.shaped(SMOKES, fields)
    by_link = {one["linkId"]: one for one in asked["item"]}
    assert by_link["hvem"]["answerOption"] == [{"valueString": "Per"}, {"valueString": "Kari"}]
    assert {"valueInteger": 4} in by_link["annen"]["answerOption"]
    assert known == fields
    assert "hvem:0" in places(expressions, SMOKES, fields)


def test_a_choice_among_nothing_is_not_asked_and_one_may_still_write_where_it_is_open(
    expressions: Expressions,
) -> None:
    assert places(expressions, SMOKES, {}) == {"barn:0", "navn:0", "annen:0"}


def test_a_circle_of_expressions_comes_to_an_end(expressions: Expressions) -> None:
    circle = asking(
        question("a", extension=[said(ENABLED, f"{LINK.format('b')}.empty()")]),
        question("b", extension=[said(ENABLED, f"{LINK.format('a')}.empty()")]),
    )
    assert places(expressions, circle, {"a:0": "x", "b:0": "y"}) <= {"a:0", "b:0"}


@pytest.mark.parametrize(
    ("expression", "language", "told"),
    [
        ("Patient?_id=1", "application/x-fhir-query", "application/x-fhir-query"),
        ("%patient.birthDate < today()", "text/fhirpath", "%patient"),
        ("item.where(", "text/fhirpath", "FHIRPath"),
    ],
)
@pytest.mark.parametrize("url", [ENABLED, ANSWERS])
def test_an_expression_of_what_is_asked_that_is_not_understood_is_refused(
    url: str, expression: str, language: str, told: str
) -> None:
    with pytest.raises(Invalid, match=told):
        asking(question("a", extension=[said(url, expression, language)]))


def test_a_sign_of_percent_in_a_text_is_no_name() -> None:
    asking(question("a", extension=[said(ENABLED, "item.answer.value = '50 %av'")]))
