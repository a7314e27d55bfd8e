"""Expanding a value set to its codes (FHIR R4, ValueSet, "Value Set Expansion")."""

import re
from collections.abc import Callable
from typing import Protocol

from fellesjournal.fhir.definitions.codes import CodeSystem, Filter, Rule, ValueSet

Codes = frozenset[tuple[str, str]]


class Source(Protocol):
    """Where code systems and value sets are found: Definitions."""

    def code_system(self, url: str) -> CodeSystem | None:
        """As Definitions.code_system."""

    def value_set(self, url: str) -> ValueSet | None:
        """As Definitions.value_set."""

    def value_set_codes(self, url: str) -> Codes | None:
        """As Definitions.value_set_codes."""


def expand(url: str, source: Source) -> Codes | None:
    """All codes of a value set; None when it is unknown or one of its parts cannot be listed in full."""
    value_set = source.value_set(url)
    if value_set is None:
        return None
    found: set[tuple[str, str]] = set()
    for rule in value_set.include:
        codes = _codes_of(rule, source)
        if codes is None:
            return None
        found |= codes
    for rule in value_set.exclude:
        codes = _codes_of(rule, source)
        if codes is None:
            return None
        found -= codes
    return frozenset(found)


def _codes_of(rule: Rule, source: Source) -> Codes | None:
    parts: list[Codes | None] = [source.value_set_codes(url) for url in rule.value_sets]
    if rule.system:
        parts.append(_codes_of_system(rule, source))
    known = [part for part in parts if part is not None]
    if len(known) < len(parts) or not known:
        return None
    return frozenset.intersection(*known)


def _codes_of_system(rule: Rule, source: Source) -> Codes | None:
    if rule.codes is not None:
        return frozenset((rule.system, code) for code in rule.codes)
    system = source.code_system(rule.system)
    if system is None or not system.complete:
        return None
    codes = frozenset(system.concepts)
    for condition in rule.filters:
        passing = _passing(condition, system)
        if passing is None:
            return None
        codes &= passing
    return frozenset((rule.system, code) for code in codes)


def _passing(condition: Filter, system: CodeSystem) -> frozenset[str] | None:
    """The codes that pass a filter; None for a filter on a property that is not kept here."""
    if condition.property not in ("concept", "code"):
        return None
    if condition.op == "regex":
        return _matching(condition.value, system)
    compute = _OPERATIONS.get(condition.op)
    return compute(system, condition.value) if compute else None


def _matching(pattern: str, system: CodeSystem) -> frozenset[str] | None:
    """None for what is no pattern, and for repeated groups, which may take for ever."""
    if _REPEATED_GROUP.search(pattern):
        return None
    try:
        matches = re.compile(pattern).fullmatch
    except re.error:
        return None
    return frozenset(code for code in system.concepts if matches(code))


_REPEATED_GROUP = re.compile(r"\)[*+{]")

_OPERATIONS: dict[str, Callable[[CodeSystem, str], frozenset[str]]] = {
    "is-a": lambda system, value: system.at_and_below(value),
    "descendent-of": lambda system, value: system.at_and_below(value) - {value},
    "is-not-a": lambda system, value: frozenset(system.concepts) - system.at_and_below(value),
    "generalizes": lambda system, value: system.at_and_above(value),
    "in": lambda system, value: frozenset(value.split(",")) & frozenset(system.concepts),
    "not-in": lambda system, value: frozenset(system.concepts) - frozenset(value.split(",")),
    "=": lambda system, value: frozenset({value}) & frozenset(system.concepts),
}
