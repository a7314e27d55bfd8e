"""The filter of $expand, over a release that was loaded as any other: what a person types, the best first."""

from datetime import date
from typing import Any

import asyncpg
import pytest

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.terminology import finding
from fellesjournal.terminology.expansion import Wanted
from fellesjournal.terminology.library import FhirLibrary
from fellesjournal.terminology.loading import load
from fellesjournal.terminology.release import Concept, Release
from fellesjournal.terminology.terminology import Terminology

URL = "http://example.no/trolls"
TODAY = date(2026, 11, 25)
CONCEPTS = [
    Concept("T1", "Brudd i trolls ben"),
    Concept("T1.1", "Brudd i lårhals", ("T1",)),
    Concept("T1.2", "Brudd i hale", ("T1",)),
    Concept("T2", "Forsteining"),
    Concept("T2.1", "Akutt forsteining", ("T2",), active=False),
    Concept("T3", "Lårhals uten brudd"),
]


def release(version: str, valid_from: date, concepts: list[Concept]) -> Release:
    return Release(URL, version, "Trolls", "Troll", concepts, valid_from=valid_from)


@pytest.fixture
async def terminology(pool: asyncpg.Pool, definitions: Definitions) -> Terminology:
    many = [Concept(f"M{n}", f"Grytevise merke {n}") for n in range(finding.MOST + 20)]
    async with pool.acquire() as connection:
        await load(connection, release("1", date(2020, 1, 1), [Concept("T9", "Gammel lårhals")]))
        await load(connection, release("2", date(2026, 1, 1), [*CONCEPTS, *many]))
    return Terminology(pool, FhirLibrary(definitions), lambda: TODAY)


async def expanded(terminology: Terminology, text: str, **more: Any) -> dict[str, Any]:
    rule: dict[str, Any] = {"system": URL} | more.pop("rule", {})
    tree = {"resourceType": "ValueSet", "status": "active", "compose": {"include": [rule]}}
    composed = await terminology.value_set_of(tree)
    found: dict[str, Any] = (await terminology.expand(composed, Wanted(TODAY, text=text, **more)))[
        "expansion"
    ]
    return found


def codes(expansion: dict[str, Any]) -> list[str]:
    return [one["code"] for one in expansion.get("contains", ())]


async def test_what_answers_best_comes_first_whatever_the_order_of_the_words(
    terminology: Terminology,
) -> None:
    for text in ("brudd lårhals", "larhals brudd", "LÅRHALSBRUDD", "lårhalsbr"):
        assert codes(await expanded(terminology, text))[0] == "T1.1", text


async def test_the_filter_keeps_to_the_value_set(terminology: Terminology) -> None:
    below = {"filter": [{"property": "concept", "op": "is-a", "value": "T1"}]}
    assert set(codes(await expanded(terminology, "lårhals"))) == {"T1.1", "T3"}
    assert codes(await expanded(terminology, "lårhals", rule=below)) == ["T1.1"]
    assert codes(await expanded(terminology, "forsteining", active_only=True)) == ["T2"]


async def test_pages_of_a_filter_give_every_code_once(terminology: Terminology) -> None:
    whole = await expanded(terminology, "grytevise")
    assert whole["total"] == finding.MOST + 20
    paged = []
    for offset in range(0, whole["total"], 50):
        paged += codes(await expanded(terminology, "grytevise", offset=offset, count=50))
    assert paged == codes(whole)
    assert len(set(paged)) == len(paged)


async def test_a_release_that_is_not_in_force_is_searched_by_the_beginnings_of_words(
    terminology: Terminology,
) -> None:
    assert codes(await expanded(terminology, "lårh", rule={"version": "1"})) == ["T9"]


async def test_what_nothing_answers_is_an_empty_expansion(terminology: Terminology) -> None:
    found = await expanded(terminology, "zzzz")
    assert (found["total"], codes(found)) == (0, [])


async def test_why_a_code_was_found_is_a_designation_when_designations_are_asked_for(
    terminology: Terminology,
) -> None:
    [found, _] = (await expanded(terminology, "hoftebrudd", designations=True))["contains"]
    synonym = {"language": "nb", "use": {"code": "synonym"}, "value": "hoftebrudd"}
    assert (found["code"], found["designation"]) == ("T1.1", [synonym])
    [found, _] = (await expanded(terminology, "hoftebrudd"))["contains"]
    assert "designation" not in found
    [found, _] = (await expanded(terminology, "lårhals", designations=True))["contains"]
    assert "designation" not in found, "its own text answers"
    [found, _] = (await expanded(terminology, "hoftebrudd", designations=True, only_designations=("en",)))[
        "contains"
    ]
    assert "designation" not in found
