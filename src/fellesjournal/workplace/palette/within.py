"""Hits of the palette inside the open chart, by kind: each with its date, whose it is, and the sentence it
stands in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import msgspec

from fellesjournal.access.journal import Find, Finds
from fellesjournal.terminology.wording.marking import Piece
from fellesjournal.ui import naming
from fellesjournal.ui.catalogue import Words
from fellesjournal.ui.values import address, unit_of, value_of
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.directory import called, name_of
from fellesjournal.workplace.found import titles

MOST, ALL = 4, 200
"""Hits of each type: at first, and when all of a kind are asked for."""
_decode = msgspec.json.Decoder(dict[str, Any]).decode


@dataclass(frozen=True, slots=True)
class Row:
    """One hit; `opens` is the address of what opens beside the chart, `value` is what was measured."""

    text: str
    when: str
    source: str
    sentence: tuple[Piece, ...]
    in_file: bool
    opens: str
    value: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of one kind, how many there are in all, and of which resource types they are."""

    kind: str
    rows: list[Row]
    total: int
    types: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Inside:
    """What is shown of a search in a chart."""

    groups: list[Group]
    finds: Finds
    instead: str
    """What was searched for in the place of what was typed."""
    is_all: bool = False
    """All of one kind was asked for."""

    def said(self, t: Words) -> str:
        """All of it in a sentence, for those who hear it: hits by kind, or how much was looked at in vain."""
        if self.groups:
            return ". ".join(t.count.format(kind=t[one.kind], count=one.total) for one in self.groups)
        nothing = t.nothing.format(count=self.finds.resources) if self.finds.resources else ""
        waiting = t.waiting.format(count=self.finds.waiting) if self.finds.waiting else ""
        return f"{nothing} {waiting}".strip()


async def find(desk: Desk, id: str, typed: str, types: tuple[str, ...] = ()) -> Inside:
    """What fits, kind by kind: the best of each, or all of some types."""
    most = ALL if types else MOST
    finds = await desk.journal.find(id, await desk.codes.sought(typed), most=most, types=types)
    instead = _said(finds) if finds.is_corrected else ""
    resources = [_decode(one.stored.body or b"{}") for one in finds.finds]
    names = await called(desk, map(titles.source, resources))
    rows: dict[str, list[Row]] = {kind: [] for kind in titles.KINDS}
    totals: dict[str, dict[str, int]] = {kind: {} for kind in titles.KINDS}
    for one, resource in zip(finds.finds, resources, strict=True):
        kind = titles.kind(one.stored.type)
        rows[kind].append(_row(id, one, resource, names, instead or typed))
        totals[kind][one.stored.type] = one.total
    groups = [
        Group(kind, rows[kind][: 2 * most], sum(counts.values()), tuple(counts))
        for kind, counts in totals.items()
        if counts
    ]
    return Inside(groups, finds, instead, bool(types))


def _said(finds: Finds) -> str:
    """What was found, as it can be typed."""
    return " ".join(group.ways[0][0].whole.strip() for group in finds.wanted.groups if group.ways)


def _row(id: str, one: Find, resource: Json, names: Mapping[str, str], typed: str) -> Row:
    text, value, unit = titles.title(resource), "", ""
    if one.stored.type == "Observation":
        text, value, unit = naming.concept(resource.get("code")), value_of(resource), unit_of(resource)
    return Row(
        text,
        titles.when(resource),
        name_of(titles.source(resource), names),
        () if _says(f"{text} {value} {unit}", one.sentence) else one.sentence,
        one.in_file,
        _opens(id, one, resource, typed),
        value,
        unit,
    )


def _says(title: str, sentence: tuple[Piece, ...]) -> bool:
    """Whether the sentence is a part of the title, and need not be said again."""
    return "".join(piece.text for piece in sentence).strip(" …") in title


def _opens(id: str, one: Find, resource: Json, typed: str) -> str:
    """Where it is read: the series of a result, the courses of a diagnosis, a note or document, or its
    texts; at the sentence where that is not what it is called.
    """
    base, name = f"/arbeid/innbygger/{id}", one.stored.id
    asked = urlencode({"q": typed})
    is_named = _says(titles.title(resource), one.sentence)
    match one.stored.type:
        case "Observation" if is_named and "valueQuantity" in resource and (code := address(resource)):
            return f"{base}/prove?{urlencode({'kode': code})}"
        case "Condition" if is_named:
            return f"{base}/forlop/{name}"
        case "Composition":
            return f"{base}/journalnotat/{name}?{asked}"
        case "DocumentReference":
            return f"{base}/dokument/{name}?{asked}"
    return f"{base}/funn/{one.stored.type}/{name}?{asked}"
