"""Hits of the palette inside the open chart, by kind: each with its date, whose it is, and the sentence it
stands in.
"""

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
from fellesjournal.workplace.found import titles

MOST = 4
"""Hits of each type."""
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
    """The hits of one kind, and how many there are in all."""

    kind: str
    rows: list[Row]
    total: int


@dataclass(frozen=True, slots=True)
class Inside:
    """What is shown of a search in a chart."""

    groups: list[Group]
    finds: Finds
    instead: str
    """What was searched for in the place of what was typed."""

    def said(self, t: Words) -> str:
        """All of it in a sentence, for those who hear it: hits by kind, or how much was looked at in vain."""
        if self.groups:
            return ". ".join(t.count.format(kind=t[one.kind], count=one.total) for one in self.groups)
        nothing = t.nothing.format(count=self.finds.resources) if self.finds.resources else ""
        waiting = t.waiting.format(count=self.finds.waiting) if self.finds.waiting else ""
        return f"{nothing} {waiting}".strip()


async def find(desk: Desk, id: str, typed: str) -> Inside:
    """What fits, kind by kind."""
    finds = await desk.journal.find(id, await desk.codes.sought(typed), most=MOST)
    instead = _said(finds) if finds.is_corrected else ""
    groups: dict[str, Group] = {kind: Group(kind, [], 0) for kind in titles.KINDS}
    totals: dict[str, int] = {}
    for one in finds.finds:
        groups[titles.kind(one.stored.type)].rows.append(_row(id, one, instead or typed))
        totals[one.stored.type] = one.total
    shown = [
        Group(
            group.kind,
            group.rows[: 2 * MOST],
            sum(n for name, n in totals.items() if titles.kind(name) == kind),
        )
        for kind, group in groups.items()
        if group.rows
    ]
    return Inside(shown, finds, instead)


def _said(finds: Finds) -> str:
    """What was found, as it can be typed."""
    return " ".join(group.ways[0][0].whole.strip() for group in finds.wanted.groups if group.ways)


def _row(id: str, one: Find, typed: str) -> Row:
    resource = _decode(one.stored.body or b"{}")
    text, value, unit = titles.title(resource), "", ""
    if one.stored.type == "Observation":
        text, value, unit = naming.concept(resource.get("code")), value_of(resource), unit_of(resource)
    return Row(
        text,
        titles.when(resource),
        titles.source(resource),
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
