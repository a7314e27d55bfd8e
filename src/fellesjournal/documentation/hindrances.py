"""What hinders that a form is sent: what is lacking, cannot be read, or breaks a limit of its item. Pure."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from fellesjournal.documentation import answers
from fellesjournal.documentation.answers import Unreadable
from fellesjournal.documentation.concepts import concept_of
from fellesjournal.documentation.controls import broken, extended
from fellesjournal.documentation.options import control_of
from fellesjournal.documentation.prepared import TICK
from fellesjournal.documentation.rules import Node, Row, every

Json = dict[str, Any]


class Hindrance(NamedTuple):
    """One of them: where, of which item, of what kind ("required", "few", "many", a kind of Unreadable or of
    a Limit), the bound, and the form's own words for it."""

    place: str
    item: Json
    kind: str
    bound: str = ""
    said: str = ""


def hindrances(nodes: Sequence[Node]) -> Iterator[Hindrance]:
    """All of them, in the order of the form. A row that was begun and left empty hinders nothing."""
    for node in nodes:
        item = node.item
        if item["type"] == "display" or item.get("readOnly"):
            continue
        if item["type"] != "group":
            yield from _answers(node)
        for number, row in enumerate(node.rows):
            if number == 0 or not item.get("repeats") or _is_begun(row):
                yield from hindrances(row.inner)


def unlikely(nodes: Sequence[Node]) -> Iterator[tuple[str, Json, str]]:
    """Places with values that one asks about (concepts.toml): the item, and the value with its unit."""
    for node, row in every(nodes):
        concept = concept_of(node.item)
        if concept is None or not row.text.strip() or node.item.get("readOnly"):
            continue
        try:
            number = answers.number_of(answers.parse(node.item, row.text))
        except Unreadable:
            continue
        if number is not None and concept.is_unlikely(number):
            yield row.place, node.item, f"{number:g} {concept.unit}".replace(".", ",").strip()


def _answers(node: Node) -> Iterator[Hindrance]:
    item, first = node.item, node.rows[0].place
    given = [row for row in node.rows if row.text.strip()]
    least, most = extended(item, "questionnaire-minOccurs"), extended(item, "questionnaire-maxOccurs")
    if item.get("required") and not _is_answered(item, given):
        yield Hindrance(first, item, "required", "", str(extended(item, "validationtext") or ""))
    elif isinstance(least, int) and 0 < len(given) < least:
        yield Hindrance(first, item, "few", str(least))
    if isinstance(most, int) and len(given) > max(1, most):
        yield Hindrance(first, item, "many", str(most))
    for row in given:
        try:
            answers.parse(item, row.text)
        except Unreadable as why:
            yield Hindrance(row.place, item, why.kind)
            continue
        if limit := broken(item, row.text):
            yield Hindrance(row.place, item, *limit)


def _is_answered(item: Json, given: Sequence[Row]) -> bool:
    """What is ticked to agree is answered by yes alone."""
    if item["type"] == "boolean" and control_of(item) == TICK:
        return any(row.text == "true" for row in given)
    return bool(given)


def _is_begun(row: Row) -> bool:
    return any(one.text.strip() for _, one in every(row.inner))
