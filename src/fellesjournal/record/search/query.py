"""A search request as it was understood: conditions, order, page, what else to include."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from fellesjournal.errors import Fault, Invalid, Issue
from fellesjournal.record.search.cursor import PARAMETER as CURSOR
from fellesjournal.record.search.registry import unknown
from fellesjournal.record.stored import Parameters

DEFAULT_COUNT = 50
MAX_COUNT = 1000
_RENDERING = {"_format", "_pretty", "_summary", "_elements"}
"""Parameters that say how the answer looks; the surface reads them."""
_CONTROL = {"_sort", "_count", "_total", "_include", "_revinclude", CURSOR, *_RENDERING}
_REFUSED = {
    "_contained": "Contained resources are found through the resource that contains them.",
    "_containedType": "Contained resources are found through the resource that contains them.",
    "_filter": "Write the conditions as ordinary search parameters.",
    "_query": "No named queries are defined here.",
    "_list": "Search the List resource and include its entries: List?_id=...&_include=List:item.",
}


@dataclass(slots=True)
class Query:
    """One search, its parameters sorted by what they do."""

    conditions: Parameters = field(default_factory=list)
    sort: list[tuple[str, bool]] = field(default_factory=list)
    """Parameter and whether descending, most significant first."""
    count: int = DEFAULT_COUNT
    total: bool = False
    only_count: bool = False
    includes: list[tuple[str, bool, bool]] = field(default_factory=list)
    """(text after =, reversed, iterate)"""
    cursor: str | None = None
    asked: Parameters = field(default_factory=list)
    ignored: list[Issue] = field(default_factory=list)


def understand(parameters: Parameters, *, lenient: bool) -> Query:
    """Sort the parameters. Raises Invalid for control parameters that make no sense.

    Parameters without a value are refused, or left out when the search is lenient.
    """
    query = Query()
    seen: dict[str, str] = {}
    for name, value in parameters:
        base = name.partition(":")[0]
        try:
            if not value.strip(" \t\r\n"):
                raise Invalid(f"The search parameter '{name}' has no value. Give it one or leave it out.")
            if "\x00" in value or "\x00" in name:
                raise Invalid("A search parameter holds a NUL character, which no text in the record has.")
            if base in _REFUSED:
                raise Invalid(f"{base} is not supported. {_REFUSED[base]}")
            if (
                base in _CONTROL
                and base not in {"_include", "_revinclude"}
                and seen.setdefault(base, value) != value
            ):
                raise Invalid(f"{base} is given twice with different values.")
            _take(query, name, base, value)
        except Fault as fault:
            if not lenient:
                raise
            query.ignored += fault.issues
        else:
            query.asked.append((name, value))
    return query


def _take(query: Query, name: str, base: str, value: str) -> None:
    if base not in _CONTROL:
        query.conditions.append((name, value))
        return
    _, _, modifier = name.partition(":")
    if modifier and not (base in {"_include", "_revinclude"} and modifier == "iterate"):
        raise Invalid(
            unknown("modifier", modifier, ["iterate"] if base.endswith("include") else [], f" of {base}")
        )
    match base:
        case "_sort":
            query.sort = [_sort_key(part) for part in value.split(",")]
        case "_count":
            query.count = _count(value)
        case "_total":
            query.total = _one_of("_total", value, ("none", "estimate", "accurate")) != "none"
        case "_summary":
            query.only_count = (
                _one_of("_summary", value, ("true", "text", "data", "count", "false")) == "count"
            )
        case "_include" | "_revinclude":
            query.includes.append((value, base == "_revinclude", modifier == "iterate"))
        case _ if base == CURSOR:
            query.cursor = value
    if query.count == 0:
        query.only_count = True


def _sort_key(part: str) -> tuple[str, bool]:
    name = part.strip().lstrip("-")
    if not name or ":" in name:
        raise Invalid(
            f"_sort takes search parameters, each with an optional minus before it; '{part}' is not one."
        )
    return name, part.strip().startswith("-")


def _count(value: str) -> int:
    if not value.isascii() or not value.isdigit():
        raise Invalid(f"_count must be a whole number from 0 up, not '{value}'.")
    return min(int(value[:9]), MAX_COUNT)


def _one_of(name: str, value: str, known: Iterable[str]) -> str:
    if value not in known:
        raise Invalid(unknown("value", value, known, f" of {name}"))
    return value
