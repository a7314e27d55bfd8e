"""Which items of a form are shown, and in how many rows."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.documentation.rules import answered, every, layout
from fellesjournal.documentation.templates import template, templates

Json = dict[str, Any]


def form(*items: Json) -> Json:
    return template({"id": "prove", "title": "Prøve", "kind": "B02-2", "item": list(items)}).questionnaire


def shown(questionnaire: Json, fields: dict[str, str]) -> list[str]:
    return [row.place for _, row in every(layout(questionnaire, fields))]


@pytest.mark.parametrize(
    ("operator", "expected", "typed", "holds"),
    [
        (">", 3, "4", True),
        (">", 3, "3", False),
        (">=", 3, "3", True),
        ("<", 3, "2,5", True),
        ("<=", 3, "3", True),
        ("<=", 3, "3,1", False),
        ("=", 3, "3", True),
        ("!=", 3, "3", False),
        ("!=", 3, "4", True),
        ("exists", True, "1", True),
        ("exists", True, "", False),
        ("exists", False, "", True),
        ("exists", False, "1", False),
        (">", 3, "mye", False),
        ("=", 3, "", False),
    ],
)
def test_an_item_is_shown_when_its_condition_holds(
    operator: str, expected: Any, typed: str, holds: bool
) -> None:
    questionnaire = form(
        {"id": "a", "text": "A", "type": "decimal"},
        {"id": "b", "text": "B", "when": [["a", operator, expected]]},
    )
    assert ("b:0" in shown(questionnaire, {"a:0": typed})) is holds


def test_all_conditions_must_hold_unless_any_is_enough() -> None:
    asked = [["a", "=", True], ["b", "=", "Rød"]]
    first = {"id": "a", "text": "A", "type": "boolean"}
    second = {"id": "b", "text": "B", "options": ["Rød", "Grønn"]}
    fields = {"a:0": "true", "b:0": "gronn"}
    every_one = form(first, second, {"id": "c", "text": "C", "when": asked})
    any_one = form(first, second, {"id": "c", "text": "C", "when": asked, "any": True})
    assert "c:0" not in shown(every_one, fields)
    assert "c:0" in shown(every_one, fields | {"b:0": "rod"})
    assert "c:0" in shown(any_one, fields)


def test_what_is_hidden_decides_nothing_and_keeps_what_was_typed() -> None:
    questionnaire = form(
        {"id": "a", "text": "A", "type": "boolean"},
        {"id": "b", "text": "B", "type": "boolean", "when": [["a", "=", True]]},
        {"id": "c", "text": "C", "when": [["b", "=", True]]},
    )
    fields = {"a:0": "false", "b:0": "true", "c:0": "tekst"}
    assert shown(questionnaire, fields) == ["a:0"]
    assert [row.text for _, row in every(layout(questionnaire, fields | {"a:0": "true"}))][-1] == "tekst"


def test_a_condition_in_a_repeated_group_asks_within_its_own_row() -> None:
    questionnaire = form(
        {
            "id": "g",
            "text": "G",
            "repeats": True,
            "items": [
                {"id": "a", "text": "A", "type": "boolean"},
                {"id": "b", "text": "B", "when": [["a", "=", True]]},
            ],
        }
    )
    places = shown(questionnaire, {"g:0/a:0": "false", "g:1/a:0": "true"})
    assert "g:0/b:0" not in places
    assert "g:1/b:0" in places


def test_conditions_that_go_in_a_circle_come_to_an_end() -> None:
    questionnaire = form(
        {"id": "a", "text": "A", "when": [["b", "exists", True]]},
        {"id": "b", "text": "B", "when": [["a", "exists", True]]},
    )
    assert shown(questionnaire, {}) == []
    assert shown(questionnaire, {"a:0": "x", "b:0": "y"}) == ["a:0", "b:0"]


def test_an_empty_row_that_was_asked_for_is_there() -> None:
    questionnaire = form({"id": "a", "text": "A", "repeats": True})
    assert shown(questionnaire, {"a:0": "x", "a:1": ""}) == ["a:0", "a:1"]


def test_a_word_in_a_template_that_is_not_understood_is_refused() -> None:
    with pytest.raises(ValueError, match="requird"):
        form({"id": "a", "text": "A", "requird": True})


@given(
    st.sampled_from(sorted(templates())),
    st.dictionaries(st.from_regex(r"[a-z-]{1,12}:\d{1,4}(/[a-z-]{1,9}:\d)?", fullmatch=True), st.text()),
)
def test_whatever_is_sent_a_form_is_laid_out(name: str, fields: dict[str, str]) -> None:
    nodes = layout(templates()[name].questionnaire, fields)
    assert len(list(every(nodes))) < 200
    list(answered(nodes))
