from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any

import asyncpg
import pytest

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.terminology.coded import Manner
from fellesjournal.terminology.expansion import Wanted
from fellesjournal.terminology.library import FhirLibrary, Libraries
from fellesjournal.terminology.terminology import Terminology
from terminology import sample
from terminology.filling import fill
from terminology.shelf import Shelf


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
async def terminology(pool: asyncpg.Pool, definitions: Definitions, shelf: Shelf) -> Terminology:
    """The service over the trolls' releases, FHIR's own definitions, and what a test puts on the shelf."""
    for release in (sample.older(), sample.newest(), sample.coming()):
        await fill(pool, release)
    return Terminology(pool, Libraries(shelf, FhirLibrary(definitions)), lambda: sample.TODAY)


def manner(day: date | None = None, **also: Any) -> Manner:
    return Manner(sample.TODAY, day, **also)


Expand = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
def expand(terminology: Terminology) -> Expand:
    """Expands includes of the trolls' code system, or a whole ValueSet."""

    async def expanded(value_set: dict[str, Any] | list[dict[str, Any]], **wanted: Any) -> dict[str, Any]:
        tree = value_set_of(value_set) if isinstance(value_set, list) else value_set
        day = wanted.get("day")
        composed = await terminology.value_set_of(tree, day)
        whole = await terminology.expand(composed, Wanted(sample.TODAY, **wanted))
        return dict(whole["expansion"])

    return expanded


def value_set_of(include: list[dict[str, Any]], url: str = "http://example.no/set") -> dict[str, Any]:
    return {
        "resourceType": "ValueSet",
        "url": url,
        "status": "active",
        "compose": {"include": [{"system": sample.URL} | one for one in include]},
    }


def filtered(property: str, op: str, value: str) -> dict[str, Any]:
    return {"filter": [{"property": property, "op": op, "value": value}]}


def codes(expansion: dict[str, Any]) -> list[str]:
    return [one["code"] for one in expansion.get("contains", ())]
