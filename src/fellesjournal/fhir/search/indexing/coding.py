"""The codes beside a value: the token part of a composite (FHIR R4, search.html#composite)."""

from collections.abc import Callable
from typing import Any

from fellesjournal.fhir.search.indexing.collector import Collector
from fellesjournal.fhir.search.terms import hash64

Codes = list[tuple[int | None, int | None]]
CodesOf = Callable[[dict[str, Any], Collector], Codes]
"""From the object that holds a composite's parts to the hashes of its codes and their systems."""

Pairs = Callable[[Any], list[tuple[str, str]]]
"""From one value to (system, code) pairs."""


def pairs_of(element_type: str) -> Pairs:
    """How the codes of one element type are read."""
    return _PAIRS.get(element_type, _primitive)


def hashes(pairs: list[tuple[str, str]]) -> Codes:
    """The pairs as rows carry them; one row without code when there is none."""
    return [(hash64(code), hash64(system) if system else None) for system, code in pairs] or [(None, None)]


def _codeable_concept(value: dict[str, Any]) -> list[tuple[str, str]]:
    return [pair for coding in value.get("coding", ()) for pair in _coding(coding)]


def _coding(value: dict[str, Any]) -> list[tuple[str, str]]:
    return [(value.get("system", ""), value["code"])] if "code" in value else []


def _identifier(value: dict[str, Any]) -> list[tuple[str, str]]:
    return [(value.get("system", ""), value["value"])] if "value" in value else []


def _primitive(value: Any) -> list[tuple[str, str]]:
    return [("", str(value).lower() if isinstance(value, bool) else value)]


_PAIRS: dict[str, Pairs] = {
    "CodeableConcept": _codeable_concept,
    "Coding": _coding,
    "Identifier": _identifier,
    "ContactPoint": _identifier,
}
