"""Code systems that go by a URL and an OID: what is loaded, and resources coded under either name."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from typing import Any

from oracle.definitions import Definitions, published

URL = "http://example.no/oracle/herbs"
OID = "urn:oid:2.16.578.1.99.1"
NAMES = (URL, OID)
SETS = "http://example.no/oracle/herb-set"
GENDER = "http://hl7.org/fhir/administrative-gender"

_BELOW = {"herb": ("mint", "dill"), "mint": ("peppermint",)}
_CODES = ("herb", "mint", "dill", "peppermint")
_CODINGS = (
    ((URL, "mint"),),
    ((OID, "mint"),),
    ((URL, "peppermint"), (OID, "dill")),
    ((OID, "peppermint"),),
    (("urn:x", "mint"),),
    (("", "mint"),),
    ((OID, ""),),
)
_VALUES: tuple[dict[str, Any], ...] = (
    {"valueQuantity": {"value": 5, "system": "http://unitsofmeasure.org", "code": "g", "unit": "g"}},
    {"valueString": "Fersk mynte"},
    {"valueDateTime": "2026-03-04"},
)


def loaded() -> list[dict[str, Any]]:
    """The CodeSystems that a site has loaded: herbs, and one of FHIR's own that an element implies."""
    return [_system(), published().code_systems[GENDER]]


def known_with(definitions: Definitions) -> Definitions:
    """The definitions, the loaded systems under each of their names, and value sets that draw on either."""
    named = [(tree, (tree["url"], tree["identifier"][0]["value"])) for tree in loaded()]
    return replace(
        definitions,
        code_systems=definitions.code_systems | {name: tree for tree, names in named for name in names},
        value_sets=definitions.value_sets | {one["url"]: one for one in _value_sets()},
        names=definitions.names | {name: frozenset(names) for _, names in named for name in names},
    )


def resources() -> Iterator[dict[str, Any]]:
    """Value sets, and resources with herbs in codes, composites, tags and the types of identifiers."""
    yield from _value_sets()
    for number, pairs in enumerate(_CODINGS):
        yield {
            "resourceType": "Condition",
            "id": f"herb-{number}",
            "meta": {"tag": [_coding(*pairs[0])]},
            "subject": {"reference": "Patient/anna"},
            "code": {"coding": [_coding(*pair) for pair in pairs]},
        }
        yield _identified(number, *pairs[0])
    values = cycle(_VALUES)
    for number, first in enumerate(_CODINGS[:-1]):
        yield from _observations(f"herb-{number}", first, next(values))
        for place, second in enumerate(_CODINGS[:4]):
            coded = {"valueCodeableConcept": {"coding": [_coding(*pair) for pair in second]}}
            yield from _observations(f"herb-{number}-{place}", first, coded)


def _observations(
    id: str, codes: tuple[tuple[str, str], ...], value: dict[str, Any]
) -> Iterator[dict[str, Any]]:
    """One with the value itself, and one that has it in a component."""
    coded = {"code": {"coding": [_coding(*pair) for pair in codes]}}
    seen = {"resourceType": "Observation", "status": "final"}
    yield seen | {"id": id} | coded | value
    yield seen | {"id": f"{id}-part", "code": {"text": "herbs"}, "component": [coded | value]}


def _identified(number: int, system: str, code: str) -> dict[str, Any]:
    """The herb's name is the system of the identifier too, where it stands for itself alone."""
    kind = {"coding": [_coding(system, code)]}
    identifier = {"type": kind, "system": system or "urn:x", "value": code or "nothing"}
    return {
        "resourceType": "Basic",
        "id": f"herb-{number}",
        "code": {"text": "herb"},
        "identifier": [identifier],
        "subject": {"identifier": identifier},
    }


def _coding(system: str, code: str) -> dict[str, str]:
    return {name: value for name, value in (("system", system), ("code", code)) if value}


def _system() -> dict[str, Any]:
    return {
        "resourceType": "CodeSystem",
        "url": URL,
        "identifier": [{"system": "urn:ietf:rfc:3986", "value": OID}],
        "version": "1",
        "name": "Herbs",
        "status": "active",
        "content": "complete",
        "concept": [_concept("herb")],
    }


def _concept(code: str) -> dict[str, Any]:
    below = [_concept(one) for one in _BELOW.get(code, ())]
    return {"code": code, "display": code, **({"concept": below} if below else {})}


def _value_sets() -> list[dict[str, Any]]:
    mints = {"filter": [{"property": "concept", "op": "is-a", "value": "mint"}]}
    rules: dict[str, dict[str, Any]] = {
        "by-url": {"system": URL} | mints,
        "by-oid": {"system": OID} | mints,
        "listed-by-url": {"system": URL, "concept": [{"code": "dill"}]},
        "listed-by-oid": {"system": OID, "concept": [{"code": "dill"}, {"code": "mint"}]},
    }
    return [
        {
            "resourceType": "ValueSet",
            "id": f"oracle-herb-{name}",
            "url": f"{SETS}/{name}",
            "status": "active",
            "compose": {"include": [rule]},
        }
        for name, rule in rules.items()
    ]


TOKENS = [f"{name}|{code}" for name in (*NAMES, "urn:x", "") for code in (*_CODES, "") if name or code]
"""Codes as a search writes them: by either name, by another system's, by none."""
CODES = [f"{name}|{code}" for name in NAMES for code in _CODES]
VALUE_SETS = [one["url"] for one in _value_sets()]
