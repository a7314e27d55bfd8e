"""A form one step at a time: each item at its top is a step, with the texts that stand before it. Pure.

A step is known by where its item stands in the form, so that it keeps its number when others come or go.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from fellesjournal.documentation.controls import is_hidden
from fellesjournal.documentation.rules import Node


class Step(NamedTuple):
    """What is shown together. `number` is the place of its item among those at the top, from 1."""

    number: int
    title: str
    nodes: tuple[Node, ...]


def steps(items: Sequence[object], nodes: Sequence[Node]) -> list[Step]:
    """The steps that are shown now. `items` are those at the top of the form, shown or not."""
    links = [one["linkId"] for one in items if isinstance(one, dict)]
    found: list[Step] = []
    before: list[Node] = []
    for node in shown(nodes):
        if node.item["type"] == "display":
            before.append(node)
            continue
        title = node.item["text"] if node.item["type"] == "group" else ""
        found.append(Step(links.index(node.item["linkId"]) + 1, title, (*before, node)))
        before = []
    if before and found:
        last = found[-1]
        found[-1] = last._replace(nodes=(*last.nodes, *before))
    return found


def shown(nodes: Sequence[Node]) -> Iterator[Node]:
    """What there is to see of some items: without what is hidden, and without groups in which nothing is."""
    for node in nodes:
        if is_hidden(node.item):
            continue
        rows = tuple(row._replace(inner=tuple(shown(row.inner))) for row in node.rows)
        match node.item["type"]:
            case "group":
                if any(row.inner for row in rows):
                    yield node._replace(rows=rows)
            case "display":
                if node.item["text"]:
                    yield node
            case _:
                yield node._replace(rows=rows)
