"""The readable text of a note: a section for a group, a line for an answer (R4 Composition, Narrative)."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from html import escape
from typing import Any

from fellesjournal.documentation import answers
from fellesjournal.documentation.answers import Unreadable
from fellesjournal.documentation.rules import Node

Json = dict[str, Any]
Line = tuple[str, str]
"""What was asked, and the answer."""

REST = "Notat"
"""The heading of what stands in no group."""


def sections(nodes: Sequence[Node]) -> list[tuple[str, list[Line]]]:
    """The headings with their lines; a heading without an answer is left out."""
    found: list[tuple[str, list[Line]]] = []
    for node in nodes:
        lines = list(_lines((node,)))
        title = node.item["text"] if node.item["type"] == "group" else REST
        if not lines:
            continue
        if found and title == REST == found[-1][0]:
            found[-1][1].extend(lines)
        else:
            found.append((title, lines))
    return found


def div(lines: Sequence[Line]) -> str:
    """Lines as XHTML; what people wrote is text, whatever it looks like."""
    body = "".join(f"<p>{_asked(asked)}{_text(text)}</p>" for asked, text in lines)
    return f'<div xmlns="http://www.w3.org/1999/xhtml">{body}</div>'


def _lines(nodes: Sequence[Node]) -> Iterator[Line]:
    for node in nodes:
        if node.item["type"] == "display":
            continue
        if node.item["type"] != "group" and (text := ", ".join(_texts(node))):
            yield node.item["text"], text
        for row in node.rows:
            yield from _lines(row.inner)


def _texts(node: Node) -> Iterator[str]:
    unit = answers.unit_of(node.item).get("unit", "")
    for row in node.rows:
        if row.text.strip():
            with suppress(Unreadable):
                answer = answers.parse(node.item, row.text)
                text = answers.said(answer)
                yield f"{text} {unit}" if unit and "valueQuantity" not in answer else text


def _asked(text: str) -> str:
    return f"<b>{escape(text, quote=False).rstrip('?:')}:</b> "


def _text(text: str) -> str:
    return "<br/>".join(escape(line, quote=False) for line in text.split("\n"))
