"""Date parameters (FHIR R4, search.html#date)."""

import re
from dataclasses import replace

from fellesjournal.errors import Invalid
from fellesjournal.fhir.dates import date_bounds
from fellesjournal.fhir.search.parameters import Source
from fellesjournal.record.search.predicate import Predicate, Typed
from fellesjournal.record.search.ranges import PREFIXES, Range
from fellesjournal.record.search.strings import own_type, paths

_APPROXIMATELY = 0.1
"""ap: a tenth of the distance from now, as R4 recommends."""


def condition(sources: list[Source], values: list[str], now: int) -> Predicate:
    """The condition of a date parameter. `now` is microseconds since 1970."""
    return Typed(
        "index_date", paths(sources), [date_range(value, now) for value in values], own_type(sources)
    )


def updated(value: str, now: int) -> Range:
    """A range on meta.lastUpdated."""
    return replace(date_range(value, now), cast="timestamptz", columns=("updated", "updated"))


def date_range(value: str, now: int) -> Range:
    """What `value`, such as ge2020-05, accepts. Raises Invalid when it is no date."""
    prefix, text = split_prefix(value)
    low, high = date_bounds(text)
    if prefix == "ap":
        margin = int(abs(now - (low + high) // 2) * _APPROXIMATELY)
        low, high = low - margin, high + margin
    return Range(prefix, low, high)


def split_prefix(value: str) -> tuple[str, str]:
    """("ge", "2020-05") of "ge2020-05"; eq when there is none."""
    found = re.match(r"([A-Za-z]{2})(?=[-+\d])", value)
    if found is None:
        return "eq", value
    if found[1] not in PREFIXES:
        raise Invalid(f"'{found[1]}' in '{value}' is not a prefix. Prefixes are {', '.join(PREFIXES)}.")
    return found[1], value[2:]
