"""Sums of scores in forms of Helsenorge: an item with a code says that it is the sum of its section, or of
the whole form, and which answers count (http://ehelse.no/scoringFormulas). Each option says what it counts in
R4's extension ordinalValue. Pure.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from fellesjournal.documentation.responses import known_as
from fellesjournal.documentation.templates import CALCULATED

Json = dict[str, Any]

FORMULAS = "http://ehelse.no/scoringFormulas"
ORDINAL = "http://hl7.org/fhir/StructureDefinition/ordinalValue"
QUESTION, SECTION, TOTAL = "QS", "SS", "TS"


def summed(items: Sequence[Json]) -> list[Json]:
    """The items, each sum with the expression that calculates it."""
    return _within(items, [*_counted(items)])


def _within(items: Sequence[Json], total: Sequence[str]) -> list[Json]:
    section = [*_counted(items)]
    made = []
    for item in items:
        kind = _formula(item)
        inner = {"item": _within(item["item"], total)} if "item" in item else {}
        sums = {SECTION: section, TOTAL: total}.get(kind, ())
        made.append(item | inner | (_sum(item, sums) if sums else {}))
    return made


def _sum(item: Json, links: Sequence[str]) -> Json:
    quoted = " | ".join(f"'{_escaped(link)}'" for link in links)
    counted = f"answer.value.extension.where(url = '{ORDINAL}').value"
    expression = f"descendants().where(linkId in ({quoted})).{counted}.aggregate($this + $total, 0)"
    calculated = {"language": "text/fhirpath", "expression": expression}
    known = [*item.get("extension", ()), {"url": CALCULATED, "valueExpression": calculated}]
    return {"extension": known, "readOnly": True}


def _counted(items: Sequence[Json]) -> Iterator[str]:
    """The linkIds of the questions that count, at any depth."""
    for item in items:
        if _formula(item) == QUESTION:
            yield known_as(item)
        yield from _counted(item.get("item", ()))


def _formula(item: Mapping[str, Any]) -> str:
    found = (one.get("code", "") for one in item.get("code", ()) if one.get("system") == FORMULAS)
    return next(found, "")


def _escaped(link: str) -> str:
    return link.replace("\\", "\\\\").replace("'", "\\'")
