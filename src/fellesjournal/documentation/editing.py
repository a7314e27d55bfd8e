"""A template as one edits it: a Questionnaire as the words of a template's file, as rows of a form, and back.

The rows are flat: each says how deep it stands, and belongs to the last row above that stands one step out.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from typing import Any, NamedTuple

from fellesjournal.documentation.concepts import concept_of, concepts
from fellesjournal.documentation.library import from_questionnaire
from fellesjournal.documentation.templates import (
    CALCULATED,
    PREFILLED,
    REFERS,
    UNIT,
    UNIT_OPTION,
    slug,
)
from fellesjournal.errors import Invalid
from fellesjournal.fhir.path import Path
from fellesjournal.norway.codes.iplos import SCORE

Json = dict[str, Any]
Row = dict[str, str]

TYPES = (
    "group", "string", "text", "integer", "decimal", "quantity", "boolean", "date", "dateTime", "time",
    "choice", "open-choice", "url", "attachment", "reference", "display",
)  # fmt: skip
"""The types of items of R4, but for `question`, which is none that is answered."""
OPERATORS = ("=", "!=", ">", "<", ">=", "<=", "exists")
_CONDITION = ("question", "operator", "expected")
DEEPEST = 4
_WORDS = ("concept", "value_set", "calculated", "prefill", "unit", "help")
"""Words of a file that are texts in a row too."""


class Fault(NamedTuple):
    """What hinders a template, by the names of texts for it, and in which row; -1: in none."""

    kind: str
    row: int


def file_of(questionnaire: Mapping[str, Any]) -> Json:
    """A Questionnaire in the words of a template's file: the inverse of templates.template."""
    known = from_questionnaire(questionnaire)
    several = {"roles": known.roles, "diagnoses": known.diagnoses, "units": known.units}
    return {
        "id": known.id.partition("@")[0],
        "title": known.title,
        "kind": known.kind,
        "item": [_said(one) for one in questionnaire.get("item", ())],
    } | {name: list(values) for name, values in several.items() if values}


def rows_of(items: Sequence[Json], depth: int = 0) -> list[Row]:
    """The items of a file as rows."""
    found: list[Row] = []
    for said in items:
        found.append(_row(said, depth))
        found += rows_of(said.get("items", ()), depth + 1)
    return found


def items_of(rows: Sequence[Row]) -> list[Json]:
    """The items of a file, from rows: the inverse of `rows_of`."""
    types = {row["id"]: row["type"] for row in rows}
    top: list[Json] = []
    within: list[list[Json]] = [top]
    for row in rows:
        depth = min(_depth(row), len(within) - 1)
        said = _item(row, types)
        within[depth].append(said)
        within = [*within[: depth + 1], said.setdefault("items", [])]
    return [_pruned(one) for one in top]


def named(rows: Sequence[Row]) -> list[Row]:
    """The rows, each with an id: one that has none yet is called after its text."""
    taken = {row["id"] for row in rows if row["id"]}
    found = []
    for row in rows:
        id = row["id"]
        if not id and row["text"].strip():
            base = slug(row["text"])[:40] or "felt"
            id = next(name for name in _names(base) if name not in taken)
            taken.add(id)
        found.append(row | {"id": id})
    return found


def faults(title: str, rows: Sequence[Row]) -> list[Fault]:
    """All that must be mended before others see a template."""
    found = [] if title.strip() and rows else [Fault("title", -1)]
    ids = [row["id"] for row in rows]
    for number, row in enumerate(rows):
        deepest = _depth(rows[number - 1]) + 1 if number else 0
        wrong = {
            "empty": not row["text"].strip() or not row["id"],
            "twice": ids.count(row["id"]) > 1,
            "type": row["type"] not in TYPES,
            "concept": bool(row["concept"]) and row["concept"] not in concepts(),
            "condition": bool(row["when"]) and (row["when"] not in ids or row["operator"] not in OPERATORS),
            "options": row["type"] == "choice" and not row["options"].strip() and not row["value_set"],
            "depth": _depth(row) > deepest,
            "expression": not all(_is_expression(row[name]) for name in ("calculated", "prefill")),
        }
        found += [Fault(kind, number) for kind, holds in wrong.items() if holds]
    return found


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """What is other in a later version: ("new" | "gone" | "moved" | "changed", what it is called, the words
    that are other)."""
    old = {row["id"]: row for row in rows_of(file_of(before)["item"])}
    new = {row["id"]: row for row in rows_of(file_of(after)["item"])}
    found = [("new", row["text"], "") for id, row in new.items() if id not in old]
    found += [("gone", row["text"], "") for id, row in old.items() if id not in new]
    for id in (id for id in new if id in old):
        words = [f"{name}: {old[id][name] or '–'} → {new[id][name] or '–'}" for name in new[id]
                 if new[id][name] != old[id][name]]  # fmt: skip
        if words:
            found.append(("changed", new[id]["text"], "; ".join(words)))
    kept = [id for id in old if id in new]
    found += [
        ("moved", new[id]["text"], "")
        for was, id in zip(kept, (id for id in new if id in old), strict=True)
        if was != id
    ]
    return found


def _said(item: Mapping[str, Any]) -> Json:
    said: Json = {"id": item["linkId"], "text": item.get("text", ""), "type": item["type"]}
    said |= {name: True for name in ("required", "repeats") if item.get(name)}
    said |= _choices(item)
    if concept := concept_of(item):
        said["concept"] = concept.name
    for one in item.get("extension", ()):
        if one["url"] in (CALCULATED, PREFILLED):
            name = "calculated" if one["url"] == CALCULATED else "prefill"
            said[name] = one["valueExpression"]["expression"]
        elif one["url"] == REFERS:
            said.setdefault("refers", []).append(one["valueCode"])
        elif one["url"] in (UNIT, UNIT_OPTION) and "concept" not in said:
            said["unit"] = one["valueCoding"]["code"]
    if conditions := item.get("enableWhen"):
        said["when"] = [[one["question"], one["operator"], _expected(one)] for one in conditions]
        said |= {"any": True} if item.get("enableBehavior") == "any" else {}
    if "initial" in item:
        said["initial"] = next(iter(item["initial"][0].values()))
    inner = list(item.get("item", ()))
    if inner and inner[-1]["linkId"] == f"{item['linkId']}-hjelp":
        said["help"] = inner.pop()["text"]
    return said | ({"items": [_said(one) for one in inner]} if inner else {})


def _choices(item: Mapping[str, Any]) -> Json:
    if "answerValueSet" in item:
        return {"value_set": item["answerValueSet"]}
    codings = [one["valueCoding"] for one in item.get("answerOption", ())]
    if not codings:
        return {}
    if codings[0]["system"] == SCORE.system:
        return {"options": "iplos"}
    options = [
        one["display"] if one["code"] == slug(one["display"]) else f"{one['code']}|{one['display']}"
        for one in codings
    ]
    first = [one["valueCoding"]["display"] for one in item["answerOption"] if one.get("initialSelected")]
    return {"options": options} | ({"initial": first[0]} if first else {})


def _expected(condition: Mapping[str, Any]) -> Any:
    value = next(value for name, value in condition.items() if name.startswith("answer"))
    return value["code"] if isinstance(value, dict) else value


def _row(said: Json, depth: int) -> Row:
    question, operator, expected = (said.get("when") or [["", "", ""]])[0]
    more = {name: said[name] for name in ("any",) if name in said}
    if len(said.get("when", ())) > 1:
        more["when"] = said["when"][1:]
    options = said.get("options", ())
    return {
        "depth": str(depth),
        "id": said["id"],
        "text": said["text"],
        "type": said["type"],
        "required": "ja" if said.get("required") else "",
        "repeats": "ja" if said.get("repeats") else "",
        "options": options if isinstance(options, str) else "\n".join(options),
        "when": question,
        "operator": operator,
        "expected": {True: "ja", False: "nei"}.get(expected, "") if isinstance(expected, bool)
        else str(expected).replace(".", ","),
        "refers": ", ".join(said.get("refers", ())),
        "initial": "" if "initial" not in said else str(said["initial"]),
        "more": json.dumps(more, ensure_ascii=False) if more else "",
    } | {name: said.get(name, "") for name in _WORDS}  # fmt: skip


def _item(row: Row, types: Mapping[str, str]) -> Json:
    said: Json = {"id": row["id"], "text": row["text"].strip(), "type": row["type"]}
    said |= {name: True for name in ("required", "repeats") if row[name]}
    said |= {name: row[name].strip() for name in _WORDS if row[name].strip()}
    if row["options"].strip() == "iplos":
        said["options"] = "iplos"
    elif options := [line.strip() for line in row["options"].splitlines() if line.strip()]:
        said["options"] = options
    if refers := [one.strip() for one in row["refers"].split(",") if one.strip()]:
        said["refers"] = refers
    if row["initial"]:
        said["initial"] = _typed(row["type"], row["initial"])
    more = _more(row["more"])
    if row["when"]:
        asked = "boolean" if row["operator"] == "exists" else types.get(row["when"], "")
        expected = _typed(asked, row["expected"])
        said["when"] = [[row["when"], row["operator"], expected], *more.pop("when", ())]
    return said | more


def _more(text: str) -> Json:
    """What a row carries along that its form does not show; what is no such thing is left out."""
    try:
        more = json.loads(text) if text else {}
    except ValueError:
        return {}
    if not isinstance(more, dict):
        return {}
    rest = [one for one in more.get("when") or () if isinstance(one, list) and len(one) == len(_CONDITION)]
    return ({"any": True} if more.get("any") is True else {}) | ({"when": rest} if rest else {})


def _typed(type_: str, text: str) -> Any:
    """What a text means as an expected or first answer to an item of a type."""
    text = text.strip()
    if type_ == "boolean":
        return text.lower() in ("ja", "true")
    if type_ in ("integer", "decimal", "quantity"):
        try:
            number = float(text.replace(",", "."))
        except ValueError:
            return text
        if isfinite(number):
            return int(number) if number == int(number) else number
    return text


def _pruned(said: Json) -> Json:
    """An item without the empty list that waited for what would stand in it."""
    inner = [_pruned(one) for one in said["items"]]
    bare = {name: value for name, value in said.items() if name != "items"}
    return bare | ({"items": inner} if inner else {})


def _depth(row: Mapping[str, str]) -> int:
    depth = row["depth"]
    return min(int(depth), DEEPEST) if depth.isdecimal() else 0


def _is_expression(text: str) -> bool:
    try:
        return not text.strip() or bool(Path(text))
    except Invalid:
        return False


def _names(base: str) -> Iterator[str]:
    yield base
    yield from (f"{base}-{number}" for number in range(2, 10_000))
