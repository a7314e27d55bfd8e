"""FHIR's elements in FHIRPath: choices of type, primitives with extensions, references, profiles, codes."""

from decimal import Decimal
from typing import Any

import pytest

from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path import Item, Path

UCUM = "http://unitsofmeasure.org"
WHY = {"extension": [{"url": "urn:why", "valueCode": "asked-unknown"}]}
QUESTIONS: dict[str, Any] = {
    "resourceType": "QuestionnaireResponse",
    "status": "completed",
    "_status": {"id": "s", "extension": [{"url": "urn:by", "valueReference": {"reference": "#nurse"}}]},
    "contained": [
        {"resourceType": "Practitioner", "id": "nurse", "name": [{"family": "Storm"}]},
        {
            "resourceType": "Observation",
            "id": "o",
            "status": "final",
            "code": {"text": "x"},
            "valueInteger": 7,
        },
    ],
    "source": {"reference": "#nurse"},
    "subject": {"reference": "Patient/elsewhere"},
    "item": [
        {
            "linkId": "1",
            "answer": [
                {
                    "valueString": "yes",
                    "item": [{"linkId": "1.1", "answer": [{"valueDecimal": Decimal("1.50")}]}],
                },
                {"valueCoding": {"system": "urn:s", "code": "a"}},
            ],
        },
        {"linkId": "2", "answer": [{"valueQuantity": {"value": 4, "system": UCUM, "code": "g"}}]},
        {"linkId": "3", "answer": [{"valueDate": "2026-11"}, {"_valueDateTime": WHY}]},
        {"linkId": "4", "item": [{"linkId": "4.1", "item": [{"linkId": "4.1.1"}]}]},
    ],
}


def values(text: str, definitions: Definitions, **means: Any) -> list[Any]:
    return [item.value for item in Path(text).evaluate(QUESTIONS, definitions, **means)]


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        # A choice is named without its type, and chosen from by type.
        ("item.answer.value.count()", [5]),
        ("item.answer.value.ofType(string)", ["yes"]),
        ("item.answer.value.ofType(FHIR.string)", ["yes"]),
        ("item.answer.value.ofType(System.String)", []),
        ("item.answer.value.ofType(Coding).code", ["a"]),
        ("item.answer.value.ofType(Quantity).code", ["g"]),
        ("item.answer.value.ofType(date)", ["2026-11"]),
        ("item.answer.value.ofType(dateTime).count()", [1]),
        ("item.answer.value.ofType(integer)", []),
        ("item.answer.valueString", []),
        ("item[0].answer[0].value is string", [True]),
        ("item[0].answer[0].value is code", [False]),
        ("item[0].answer[0].value as string", ["yes"]),
        ("item[0].answer[0].value.as(Coding)", []),
        ("(item[0].answer[1].value as Coding).system", ["urn:s"]),
        ("item[0].answer[1].value is Element", [True]),
        ("item[0].answer[1].value is Resource", [False]),
        ("item[0].answer[1] is BackboneElement", [True]),
        ("item[0].answer[0].value.type().name", ["string"]),
        ("item[0].answer[0].item.answer.value = 1.5", [True]),
        ("item[1].answer.value = 4 'g'", [True]),
        ("item[1].answer.value > 3999 'mg'", [True]),
        # Types of resources.
        ("$this is QuestionnaireResponse", [True]),
        ("$this is DomainResource", [True]),
        ("$this is Resource", [True]),
        ("$this is Patient", [False]),
        ("contained.ofType(Practitioner).id", ["nurse"]),
        ("contained.ofType(DomainResource).count()", [2]),
        ("contained.ofType(Observation).value", [7]),
        ("contained.where($this is Observation).id", ["o"]),
        ("contained.as(Practitioner).name.family", ["Storm"]),
        ("QuestionnaireResponse.status", ["completed"]),
        ("Patient.id", []),
        # A primitive has an id and extensions of its own.
        ("status", ["completed"]),
        ("status.id", ["s"]),
        ("status.extension('urn:by').count()", [1]),
        ("status.extension('urn:no').empty()", [True]),
        ("status.hasValue()", [True]),
        ("status.exists()", [True]),
        ("item[2].answer[1].value.exists()", [True]),
        ("item[2].answer[1].value.hasValue()", [False]),
        ("item[2].answer[1].value.getValue()", []),
        ("item[2].answer[1].value.extension('urn:why').value", ["asked-unknown"]),
        ("item.answer.value.where(hasValue()).count()", [2]),
        ("(item.answer.value.ofType(date) | item.answer.value.ofType(string)).hasValue()", [False]),
        # References.
        ("source.resolve().name.family", ["Storm"]),
        ("source.resolve() is Practitioner", [True]),
        ("status.extension('urn:by').value.resolve().id", ["nurse"]),
        # Of one that is somewhere else its type is known, and no more.
        ("subject.resolve() is Patient", [True]),
        ("subject.resolve().name", []),
        ("source.reference.resolve().id", ["nurse"]),
        ("(source | subject).resolve().count()", [2]),
        ("contained.resolve()", []),
        # Down, as deep as there is something.
        ("repeat(item).linkId", ["1", "2", "3", "4", "4.1", "4.1.1"]),
        ("repeat(item | answer).linkId.count()", [7]),
        ("repeat(item).answer.repeat(item).linkId", ["1.1"]),
        ("item.where(linkId = '4').repeat(item).linkId", ["4.1", "4.1.1"]),
        ("descendants().where(linkId.exists()).linkId.count()", [7]),
        ("item.where(answer.value.ofType(string).exists()).linkId", ["1"]),
        ("item.all(linkId.exists())", [True]),
        ("item.select(linkId & ':' & answer.count().toString())", ["1:2", "2:1", "3:2", "4:0"]),
        ("%resource.status", ["completed"]),
        ("item.answer.item.select(%context.status)", ["completed"]),
        ("contained.first().select(%resource.status)", ["completed"]),
    ],
)
def test_an_expression_finds(expression: str, found: list[Any], definitions: Definitions) -> None:
    assert values(expression, definitions) == found


@pytest.mark.parametrize(
    "expression",
    ["item.answer.value is string", "contained is Patient", "status is Nothing", "status.ofType(Nothing)"],
)
def test_what_cannot_be_asked_is_refused(expression: str, definitions: Definitions) -> None:
    with pytest.raises(Invalid):
        values(expression, definitions)


class Codes:
    """A terminology of one value set with one code, which has one below it."""

    def member(self, value_set: str, system: str, code: str) -> bool | None:
        return (system in ("", "urn:s") and code == "a") if value_set == "urn:vs" else None

    def subsumes(self, system: str, a: str, b: str) -> bool | None:
        return (a, b) == ("a", "a.1") if system == "urn:s" else None


@pytest.mark.parametrize(
    ("expression", "found"),
    [
        ("item.answer.value.ofType(Coding).memberOf('urn:vs')", [True]),
        ("item.answer.value.ofType(Coding).code.memberOf('urn:vs')", [True]),
        ("item.answer.value.ofType(Coding).memberOf('urn:other')", []),
        ("status.memberOf('urn:vs')", [False]),
        ("'a'.memberOf('urn:vs')", [True]),
        ("{}.memberOf('urn:vs')", []),
        ("status.memberOf({})", []),
        ("item.answer.value.ofType(Coding).subsumes(item.answer.value.ofType(Coding))", [True]),
        ("item.answer.value.ofType(Coding).subsumedBy({})", []),
    ],
)
def test_codes_are_asked(expression: str, found: list[Any], definitions: Definitions) -> None:
    assert values(expression, definitions, codes=Codes()) == found
    if "{}" not in expression and "subsumes" not in expression:
        assert values(expression, definitions) == []


def test_several_codes_at_once_are_refused(definitions: Definitions) -> None:
    with pytest.raises(Invalid):
        values("item.linkId.memberOf('urn:vs')", definitions, codes=Codes())


def test_profiles_are_asked_of_each_item(definitions: Definitions) -> None:
    asked: list[tuple[str, str]] = []

    def conforms(item: Item, url: str) -> bool | None:
        asked.append((item.type, url))
        return None if url == "urn:unknown" else item.type == "Practitioner"

    text = "contained.select(conformsTo('urn:p'))"
    assert values(text, definitions, conforms=conforms) == [True, False]
    assert asked == [("Practitioner", "urn:p"), ("Observation", "urn:p")]
    assert values("conformsTo('urn:unknown')", definitions, conforms=conforms) == []
    assert values("conformsTo('urn:p')", definitions) == []
    with pytest.raises(Invalid):
        values("contained.conformsTo('urn:p')", definitions, conforms=conforms)


@pytest.mark.parametrize(("answer", "found"), [(True, [True]), (False, [False])])
def test_narratives_are_asked(answer: bool, found: list[bool], definitions: Definitions) -> None:
    resource = {"resourceType": "Basic", "text": {"status": "empty", "div": "<div/>"}}
    path = Path("text.`div`.htmlChecks()")
    told = path.evaluate(resource, definitions, narrative=lambda text: answer and text == "<div/>")
    assert [item.value for item in told] == found
    assert path.evaluate(resource, definitions) == []
