"""A template as rows that are edited: nothing is lost there and back, and what is wrong is told."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.documentation.editing import (
    TYPES,
    differences,
    faults,
    file_of,
    items_of,
    named,
    rows_of,
)
from fellesjournal.documentation.library import from_questionnaire, newest, next_version, unheeded
from fellesjournal.documentation.templates import ANSWERS, BASE, ENABLED, template, templates

Json = dict[str, Any]


@pytest.mark.parametrize("name", sorted(templates()))
def test_every_template_is_the_same_after_it_has_been_opened_and_saved(name: str) -> None:
    before = templates()[name]
    file = file_of(before.questionnaire)
    after = template(file | {"item": items_of(rows_of(file["item"]))})
    assert after == before
    assert from_questionnaire(before.questionnaire) == before
    assert faults(before.title, rows_of(file["item"])) == []
    assert differences(before.questionnaire, after.questionnaire) == []


def row(text: str, **said: str) -> dict[str, str]:
    empty = dict.fromkeys(rows_of([{"id": "a", "text": "A", "type": "string"}])[0], "")
    return empty | {"text": text, "type": "string", "depth": "0"} | said


def test_rows_belong_to_the_group_above_them_and_are_named_after_their_text() -> None:
    rows = named(
        [row("Gruppe", type="group"), row("Puls?", depth="1"), row("Puls", depth="1"), row("Utenfor")]
    )
    assert [one["id"] for one in rows] == ["gruppe", "puls", "puls-2", "utenfor"]
    items = items_of(rows)
    assert [one["id"] for one in items] == ["gruppe", "utenfor"]
    assert [one["id"] for one in items[0]["items"]] == ["puls", "puls-2"]


def test_a_condition_is_of_the_type_of_what_it_asks_about() -> None:
    rows = named(
        [
            row("Poeng", type="integer"),
            row("Falt", type="boolean"),
            row("Slag", type="choice", options="1|En\nTo"),
            row("A", when="poeng", operator=">=", expected="3"),
            row("B", when="falt", operator="=", expected="Ja"),
            row("C", when="slag", operator="=", expected="1"),
            row("D", when="slag", operator="exists", expected="nei"),
        ]
    )
    assert [one["when"][0][2] for one in items_of(rows)[3:]] == [3, True, "1", False]
    made = template({"id": "x", "title": "X", "kind": "B02-2", "item": items_of(rows)}).questionnaire["item"]
    assert made[5]["enableWhen"][0]["answerCoding"]["code"] == "1"


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"text": " "}, "empty"),
        ({"id": "forste"}, "twice"),
        ({"type": "question"}, "type"),
        ({"concept": "ukjent"}, "concept"),
        ({"when": "ingen", "operator": "=", "expected": "1"}, "condition"),
        ({"when": "forste", "operator": "~", "expected": "1"}, "condition"),
        ({"type": "choice"}, "options"),
        ({"depth": "3"}, "depth"),
        ({"calculated": "sum(("}, "expression"),
    ],
)
def test_what_must_be_mended_is_told_with_its_row(said: dict[str, str], kind: str) -> None:
    rows = [row("Første", id="forste"), row("Andre", id="andre") | said]
    assert (kind, 1) in faults("Prøve", rows)
    assert faults("Prøve", rows[:1]) == []
    assert faults(" ", rows[:1]) == faults("Prøve", []) == [("title", -1)]


def test_the_difference_of_two_versions_is_told_item_by_item() -> None:
    def made(*rows: dict[str, str]) -> Json:
        return template(
            {"id": "x", "title": "X", "kind": "B02-2", "item": items_of(named(list(rows)))}
        ).questionnaire

    before = made(row("Puls", type="integer"), row("Plan"), row("Borte"))
    after = made(row("Plan", required="ja"), row("Puls", type="integer"), row("Ny"))
    told = differences(before, after)
    assert ("new", "Ny", "") in told
    assert ("gone", "Borte", "") in told
    assert ("changed", "Plan", "required: – → ja") in told
    assert ("moved", "Puls", "") in told


def stored(name: str, version: str, status: str) -> Json:
    return {
        "url": BASE + name,
        "version": version,
        "status": status,
        "title": f"{name} {version}",
        "item": [],
    }


def test_the_last_version_in_force_is_offered_and_drafts_are_not() -> None:
    said = [("visitt", "2", "retired"), ("visitt", "10", "active"), ("visitt", "11", "draft")]
    said += [("sar", "2", "retired"), ("egen", "1", "active"), ("visitt", "1", "active")]
    versions = [stored(*one) for one in said]
    found = newest(versions)
    assert found["visitt@10"].title == "visitt 10"
    assert "egen" in found
    assert not {"visitt", "visitt@2", "visitt@11", "sar", "sar@2"} & found.keys()
    assert next_version(versions, f"{BASE}visitt") == "12"
    assert next_version([], f"{BASE}visitt") == "2"
    assert next_version([], f"{BASE}ny") == "1"


@pytest.mark.parametrize("url", [ENABLED, ANSWERS])
def test_what_is_asked_by_an_expression_is_found_however_deep_it_stands(url: str) -> None:
    expression = {"language": "text/fhirpath", "expression": "true"}
    asked = {"linkId": "a", "text": "Smerter", "extension": [{"url": url, "valueExpression": expression}]}
    questionnaire = {"item": [{"linkId": "g", "item": [{"linkId": "b", "item": [asked]}]}]}
    assert unheeded(questionnaire) == {"a": "Smerter"}


@pytest.mark.parametrize("name", sorted(templates()))
def test_no_template_of_ours_asks_by_expressions(name: str) -> None:
    assert unheeded(templates()[name].questionnaire) == {}


SAID = st.fixed_dictionaries(
    {
        "text": st.text(max_size=8),
        "type": st.sampled_from(TYPES),
        "depth": st.sampled_from(["0", "1", "2", "x", "-7"]),
        "options": st.text("a|\n ", max_size=8),
        "expected": st.text(max_size=3) | st.sampled_from(["nan", "inf", "1e999"]),
        "when": st.sampled_from(["", "a", "felt"]),
        "operator": st.sampled_from(["=", "exists", ""]),
        "initial": st.text(max_size=3),
        "more": st.sampled_from(["", "{", "[]", '{"when": [["a", "=", 1], 2], "any": true, "id": 1}']),
    }
)


@given(st.lists(SAID, max_size=6))
def test_whatever_is_sent_is_put_together_or_told(said: list[dict[str, str]]) -> None:
    rows = named([row("x") | one for one in said])
    faults("Prøve", rows)
    assert len(rows_of(items_of(rows))) == len(rows)
