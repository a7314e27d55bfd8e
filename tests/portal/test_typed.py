"""What is sent of a step is taken by place, and nothing else is; rows move up when one is taken away."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.documentation.prepared import prepared
from fellesjournal.documentation.rules import layout
from fellesjournal.portal.forms.typed import item_at, next_row, typed, without
from portal.filling import form, question

GROUP = question("g", "group", item=[question("a"), question("b")], repeats=True)
FORM = prepared(form("x", GROUP, question("rad", repeats=True), question("fast", readOnly=True)))
ITEMS: list[dict[str, Any]] = FORM["item"]


@given(st.dictionaries(st.text(max_size=20), st.text(max_size=5), max_size=5))
def test_nothing_but_places_of_the_form_is_taken(sent: dict[str, str]) -> None:
    found = typed(
        ITEMS, layout(FORM, {}), sent | {"g:0/a:0": "x", "fast:0": "y", "g:0": "z", "g:0/rad:0": "q"}
    )
    assert found["g:0/a:0"] == "x"
    assert all(item_at(ITEMS, place) for place in found)
    assert not {"fast:0", "g:0", "g:0/rad:0"} & set(found)


@given(st.lists(st.text("abc", min_size=1, max_size=3), min_size=1, max_size=8), st.data())
def test_a_row_taken_away_leaves_the_others_in_their_order(texts: list[str], data: st.DataObject) -> None:
    gone = data.draw(st.integers(0, len(texts) - 1))
    fields = {f"g:{row}/a:0": text for row, text in enumerate(texts)} | {"rad:0": "blir"}
    after = fields | without(fields, f"g:{gone}")
    left = [after[f"g:{row}/a:0"] for row in range(len(texts))]
    assert left == [*texts[:gone], *texts[gone + 1 :], ""]
    assert after["rad:0"] == "blir"


def test_one_more_row_begins_at_its_first_question() -> None:
    nodes = layout(FORM, {"g:0/a:0": "x", "rad:0": "y"})
    assert next_row(nodes, "g") == "g:1/a:0"
    assert next_row(nodes, "rad") == "rad:1"
    assert next_row(nodes, "fast") == next_row(nodes, "ukjent") == ""
