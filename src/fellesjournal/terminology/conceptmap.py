"""A ConceptMap resource made ready to translate by (FHIR R4, conceptmap.html)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from fellesjournal.terminology.coded import Coded

Tree = dict[str, Any]

BEST_FIRST = (
    "equal",
    "equivalent",
    "wider",
    "subsumes",
    "narrower",
    "specializes",
    "inexact",
    "relatedto",
    "unmatched",
    "disjoint",
)
"""The equivalences of R4, the most useful translation first."""
NO_TRANSLATION = frozenset({"unmatched", "disjoint"})

_TURNED = {
    "wider": "narrower",
    "narrower": "wider",
    "subsumes": "specializes",
    "specializes": "subsumes",
}
"""What an equivalence is when it is read from the target's side."""

Values = frozenset[tuple[str, str]]


class Match(NamedTuple):
    """One translation. `needs` are (element, code) of dependsOn, `gives` those of product."""

    equivalence: str
    to: Coded | None
    source: str
    comment: str = ""
    needs: Values = frozenset()
    gives: tuple[tuple[str, Coded], ...] = ()


@dataclass(slots=True)
class Unmapped:
    """What a group says of codes that it does not have."""

    source: str
    target: str
    mode: str
    fixed: Coded | None = None
    other: str = ""


@dataclass(slots=True)
class Map:
    """A ConceptMap by its codes, in both directions."""

    url: str
    forward: dict[tuple[str, str], list[Match]] = field(default_factory=dict)
    backward: dict[tuple[str, str], list[Match]] = field(default_factory=dict)
    unmapped: list[Unmapped] = field(default_factory=list)


def read(tree: Tree) -> Map:
    """The map of a ConceptMap resource."""
    found = Map(tree.get("url", ""))
    for group in tree.get("group", ()):
        for one, match in _rows(group, found.url):
            found.forward.setdefault((one.system, one.code), []).append(match)
            if match.to is not None and match.equivalence != "unmatched":
                back = _TURNED.get(match.equivalence, match.equivalence)
                found.backward.setdefault((match.to.system, match.to.code), []).append(
                    Match(back, one, found.url, match.comment)
                )
        if "unmapped" in group:
            found.unmapped.append(_unmapped(group))
    return found


def _rows(group: Tree, url: str) -> Iterator[tuple[Coded, Match]]:
    version = group.get("targetVersion", "")
    for element in group.get("element", ()):
        one = Coded(
            element.get("code", ""),
            group.get("source", ""),
            group.get("sourceVersion", ""),
            element.get("display", ""),
        )
        for target in element.get("target", ()):
            to = None
            if "code" in target:
                to = Coded(target["code"], group.get("target", ""), version, target.get("display", ""))
            yield (
                one,
                Match(
                    target["equivalence"],
                    to,
                    url,
                    target.get("comment", ""),
                    frozenset((each["property"], each["value"]) for each in target.get("dependsOn", ())),
                    tuple(
                        (each["property"], Coded(each["value"], each.get("system", "")))
                        for each in target.get("product", ())
                    ),
                ),
            )


def _unmapped(group: Tree) -> Unmapped:
    written = group["unmapped"]
    fixed = None
    if "code" in written:
        version = group.get("targetVersion", "")
        fixed = Coded(written["code"], group.get("target", ""), version, written.get("display", ""))
    return Unmapped(
        group.get("source", ""), group.get("target", ""), written["mode"], fixed, written.get("url", "")
    )
