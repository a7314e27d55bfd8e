"""A small code system that is stored as a resource, with value sets and conditions that are coded by it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from oracle.definitions import Definitions

URL = "http://example.no/oracle/fruit"
SETS = "http://example.no/oracle/set"
_BELOW = {"pome": ("apple", "pear"), "apple": ("crab", "cox"), "stone": ("plum", "cherry")}
_CODINGS = (("crab",), ("cox", "plum"), ("pear",), ("pome",), ("cherry",), ())


def resources() -> Iterator[dict[str, Any]]:
    """The code system, its value sets, conditions with none, one or two of its codes."""
    yield _system()
    yield from _value_sets()
    for number, codes in enumerate(_CODINGS):
        coding = [{"system": URL, "code": code} for code in codes]
        yield {
            "resourceType": "Condition",
            "id": f"fruit-{number}",
            "subject": {"reference": "Patient/anna"},
            "code": {"coding": coding} if coding else {"text": "no fruit"},
        }


def known_with(definitions: Definitions) -> Definitions:
    """The published definitions, and ours beside them."""
    return replace(
        definitions,
        code_systems=definitions.code_systems | {URL: _system()},
        value_sets=definitions.value_sets | {one["url"]: one for one in _value_sets()},
    )


def _system() -> dict[str, Any]:
    return {
        "resourceType": "CodeSystem",
        "id": "oracle-fruit",
        "url": URL,
        "status": "active",
        "content": "complete",
        "concept": [_concept("pome"), _concept("stone")],
    }


def _concept(code: str) -> dict[str, Any]:
    below = [_concept(one) for one in _BELOW.get(code, ())]
    return {"code": code, "concept": below} if below else {"code": code}


def _value_sets() -> list[dict[str, Any]]:
    rules: dict[str, dict[str, Any]] = {
        "whole": {},
        "pomes": {"filter": [{"property": "concept", "op": "is-a", "value": "pome"}]},
        "below-apple": {"filter": [{"property": "concept", "op": "descendent-of", "value": "apple"}]},
        "listed": {"concept": [{"code": "plum"}, {"code": "crab"}]},
    }
    return [
        {
            "resourceType": "ValueSet",
            "id": f"oracle-{name}",
            "url": f"{SETS}/{name}",
            "status": "active",
            "compose": {"include": [{"system": URL, **rule}]},
        }
        for name, rule in rules.items()
    ]


CODES = [
    f"{URL}|{code}" for code in dict.fromkeys((*_BELOW, *(c for below in _BELOW.values() for c in below)))
]
"""Every code, as a search writes it."""
VALUE_SETS = [one["url"] for one in _value_sets()]
