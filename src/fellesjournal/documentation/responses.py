"""A form and its QuestionnaireResponse: the one made of the other, both ways (R4 QuestionnaireResponse)."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any

from fellesjournal.documentation import answers
from fellesjournal.documentation.answers import Unreadable
from fellesjournal.documentation.options import options
from fellesjournal.documentation.rules import Node, is_many

Json = dict[str, Any]

ORIGINAL = "originalLinkId"
"""The member of an item that was made ready which holds its linkId as the form has it."""


def items_of(nodes: Sequence[Node]) -> list[Json]:
    """The items of a response: what is shown and answered, and can be read."""
    return list(_items(nodes))


def fields_of(questionnaire: Mapping[str, Any], response: Mapping[str, Any]) -> dict[str, str]:
    """What was typed, from a response: a note that is opened again to be amended."""
    return dict(_fields(questionnaire.get("item", ()), response.get("item", ()), ""))


def initial(questionnaire: Mapping[str, Any]) -> dict[str, str]:
    """What stands in a new form by itself (Questionnaire.item.initial)."""
    return dict(_initial(questionnaire.get("item", ()), ""))


def known_as(item: Mapping[str, Any]) -> str:
    """The linkId of an item as its form has it; places have no signs of their own in it (forms.prepared)."""
    return str(item.get(ORIGINAL, item["linkId"]))


def _items(nodes: Sequence[Node]) -> Iterator[Json]:
    for node in nodes:
        head = {"linkId": known_as(node.item)} | ({"text": node.item["text"]} if node.item["text"] else {})
        if node.item["type"] == "group":
            for row in node.rows:
                if inner := list(_items(row.inner)):
                    yield head | {"item": inner}
        elif node.item["type"] != "display" and (found := list(_answers(node))):
            yield head | {"answer": found}


def _answers(node: Node) -> Iterator[Json]:
    for row in node.rows:
        if not row.text.strip():
            continue
        with suppress(Unreadable):
            answer = answers.parse(node.item, row.text)
            inner = list(_items(row.inner))
            yield answer | ({"item": inner} if inner else {})


def _fields(items: Sequence[Json], given: Sequence[Json], prefix: str) -> Iterator[tuple[str, str]]:
    for item in items:
        same = [one for one in given if one["linkId"] == known_as(item)]
        place = prefix + item["linkId"]
        if item["type"] == "group":
            for number, one in enumerate(same):
                yield from _fields(item.get("item", ()), one.get("item", ()), f"{place}:{number}/")
            continue
        for number, answer in enumerate(answer for one in same for answer in one.get("answer", ())):
            text = answers.written(item, answer)
            at = f"{place}:{_option(item, text) if is_many(item) else number}"
            yield at, text
            yield from _fields(item.get("item", ()), answer.get("item", ()), f"{at}/")


def _option(item: Json, text: str) -> int:
    return [one.key for one in options(item)].index(text)


def _initial(items: Sequence[Json], prefix: str) -> Iterator[tuple[str, str]]:
    for item in items:
        place = f"{prefix}{item['linkId']}"
        chosen = [one for one in item.get("answerOption", ()) if one.get("initialSelected")]
        for number, value in enumerate([*item.get("initial", ()), *chosen]):
            text = answers.written(item, value)
            yield f"{place}:{_option(item, text) if is_many(item) else number}", text
        yield from _initial(item.get("item", ()), f"{place}:0/")
