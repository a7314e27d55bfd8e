"""What was sent of a step, as what was typed by place. The names of the fields are places; what is no place
of the form is left out, so that nobody writes anything else into a draft."""

import re
from collections.abc import Iterable, Mapping

from fellesjournal.documentation.options import options
from fellesjournal.documentation.rules import Node, every
from fellesjournal.ui.naming import Json

OTHER, TICKED, FILE, FOUND = "annet/", "kryss/", "fil/", "funn/"
"""Before a place: words in the place of an option; an option that is ticked; a file; a code that was
found."""
LONGEST = 20_000
"""Characters of one answer."""
_ROW = re.compile(r":(\d{1,2})(?=/|$)")


def typed(items: list[Json], nodes: Iterable[Node], form: Mapping[str, str]) -> dict[str, str]:
    """The answers of a form that was sent, by place. `nodes` are those that were shown."""
    found = {
        place: text[:LONGEST]
        for place, text in form.items()
        if (item := item_at(items, place)) and not item.get("readOnly") and item["type"] != "attachment"
    }
    for node, row in every(tuple(nodes)):
        if picked := form.get(FOUND + row.place, ""):
            found[row.place] = picked[:LONGEST]
        if node.item["type"] != "open-choice" or not options(node.item):
            continue
        if not node.item.get("repeats"):
            if other := form.get(OTHER + row.place, "").strip():
                found[row.place] = other[:LONGEST]
        elif row is node.rows[0]:
            found |= _ticked(node, form)
    return found


def item_at(items: list[Json], place: str) -> Json | None:
    """The item that a place is of; None for what is no place of the form."""
    within, item = items, None
    for part in place.split("/"):
        link, _, number = part.rpartition(":")
        item = next((one for one in within if one["linkId"] == link), None)
        if item is None or not number.isdecimal() or len(number) > 3:
            return None
        within = item.get("item", [])
    return item if item and item["type"] not in ("group", "display") else None


def without(fields: Mapping[str, str], place: str) -> dict[str, str]:
    """The changes that take one row out of several: those after it move up, and what was last is blank."""
    item, _, number = place.rpartition(":")
    last = max((_number(one, item) for one in fields), default=-1)
    if not number.isdecimal() or not item:
        return {}
    changes: dict[str, str] = {}
    for row in range(int(number), last + 1):
        here = {one for one in fields if _number(one, item) == row}
        after = {one: text for one, text in fields.items() if _number(one, item) == row + 1}
        changes |= dict.fromkeys(here, "")
        changes |= {item + _ROW.sub(f":{row}", one[len(item) :], 1): text for one, text in after.items()}
    return changes


def next_row(nodes: Iterable[Node], place: str) -> str:
    """The first place of one more row of an item; "" for one that is not repeated."""
    for node, _ in every(tuple(nodes)):
        if node.place == place and node.item.get("repeats"):
            return f"{place}:{len(node.rows)}{_leaf(node.item)}"
    return ""


def _leaf(item: Json) -> str:
    """From a group to its first question."""
    if item["type"] != "group":
        return ""
    inner = next((one for one in item.get("item", ()) if one["type"] != "display"), None)
    return f"/{inner['linkId']}:0{_leaf(inner)}" if inner else ""


def _number(place: str, item: str) -> int:
    found = _ROW.match(place, len(item)) if place.startswith(item) else None
    return int(found[1]) if found else -1


def _ticked(node: Node, form: Mapping[str, str]) -> dict[str, str]:
    """Several of given options, and words: each an answer of its own, in the order of the options."""
    given = [one.key for one in options(node.item) if form.get(f"{TICKED}{node.place}:{one.key}")]
    texts = [*given, *filter(None, [form.get(OTHER + node.place, "").strip()[:LONGEST]])]
    rows = max(len(texts), len(node.rows))
    return {f"{node.place}:{row}": texts[row] if row < len(texts) else "" for row in range(rows)}
