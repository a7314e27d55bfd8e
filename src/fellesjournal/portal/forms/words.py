"""What hinders a form, and what is asked about, in plain words beside the question."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from fellesjournal.documentation import answers
from fellesjournal.documentation.answers import Unreadable
from fellesjournal.documentation.hindrances import Hindrance, hindrances
from fellesjournal.documentation.rules import Node, every
from fellesjournal.documentation.steps import shown
from fellesjournal.portal.forms.sheet import Sheet
from fellesjournal.portal.forms.shelf import Asked
from fellesjournal.ui.catalogue import Words
from fellesjournal.ui.naming import Json
from fellesjournal.ui.norwegian import OSLO, moment_of


def faults(t: Words, on: Sheet, nodes: Sequence[Node]) -> dict[str, str]:
    """What must be mended, by place."""
    found = {one.place: _told(t, one) for one in hindrances(nodes)}
    apart = {row.place: t.forms.apart for _, row in every(tuple(nodes)) if on.rivals(row.place)}
    return found | apart


def told_unlikely(t: Words, found: Iterable[tuple[str, Json, str]]) -> dict[str, str]:
    """What one asks about, by place."""
    return {place: t.forms.unlikely.format(name=_name(t, item), value=value) for place, item, value in found}


def lines(t: Words, nodes: Sequence[Node]) -> list[tuple[str, list[str]]]:
    """Questions with their answers as they are read, in the order of the form; groups are headings with
    none."""
    found: list[tuple[str, list[str]]] = []
    for node in shown(nodes):
        if node.item["type"] == "display":
            continue
        said = [_said(t, node, row.text) for row in node.rows if row.text.strip()]
        if said:
            found.append((node.item["text"], said))
        for number, row in enumerate(node.rows):
            inner = lines(t, row.inner)
            if inner and node.item.get("repeats") and node.item["type"] == "group":
                found.append((f"{node.item['text']} {number + 1}", []))
            found += inner
    return found


def due(t: Words, asking: Asked | None, now: datetime) -> str:
    """Until when an answer is wanted, or that the day is over; "" where nobody says."""
    end = moment_of(asking.due) if asking else None
    if end is None:
        return ""
    said = t.forms.due if now.astimezone(OSLO).date() <= end.date() else t.forms.overdue
    return str(said.format(day=f"{end:%d.%m.%Y}"))


def told(t: Words, node: Node) -> str:
    """The answers of one question as they are read."""
    return ", ".join(_said(t, node, row.text) for row in node.rows if row.text.strip())


def _said(t: Words, node: Node, text: str) -> str:
    try:
        answer = answers.parse(node.item, text)
    except Unreadable:
        return text
    if "valueBoolean" in answer:
        return str(t.forms.yes if answer["valueBoolean"] else t.forms.no)
    unit = answers.unit_of(node.item).get("unit", "") if "valueQuantity" not in answer else ""
    return f"{answers.said(answer)} {unit}".strip()


def _told(t: Words, one: Hindrance) -> str:
    if one.said:
        return one.said
    kind = "whole" if one.kind == "number" and one.item["type"] == "integer" else one.kind
    return str(t.form_fault[kind].format(name=_name(t, one.item), bound=one.bound.replace(".", ",")))


def _name(t: Words, item: Json) -> str:
    """What was asked, within a sentence."""
    return str(item["text"].rstrip("?:. ") or t.forms.this)
