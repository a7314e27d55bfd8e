"""Which codes nobody has heard of, in code systems that are here in full."""

from dataclasses import replace
from datetime import date
from typing import Any

import asyncpg
import pytest

from fellesjournal.terminology.coded import Coded
from fellesjournal.terminology.terminology import Terminology
from terminology import herbs, sample
from terminology.shelf import Shelf

OWN = {
    "resourceType": "CodeSystem",
    "url": "http://example.no/own",
    "status": "active",
    "concept": [{"code": "a"}],
}


async def unknown(service: Terminology, *asked: tuple[str, ...]) -> dict[str, str]:
    said = await service.unknown([Coded(code, *rest) for code, *rest in asked])
    return {one.code: sentence for one, sentence in said.items()}


async def test_a_code_of_no_release_is_unknown_and_one_of_any_is_not(terminology: Terminology) -> None:
    asked = [(code, sample.URL) for code in ("T1", "t1.21", "T9", "X", "T99")]
    says = f"There is no code 'T99' in any release here of Trollsykdommer ({sample.URL})."
    assert await unknown(terminology, *asked) == {"T99": says}


async def test_the_one_that_may_be_meant_is_named(terminology: Terminology, pool: asyncpg.Pool) -> None:
    await herbs.load(pool, herbs.release())
    says = f"There is no code 'H1.1' in Urter ({herbs.URL}|2026). Did you mean H11?"
    assert await unknown(terminology, ("H1.1", herbs.URL), ("H11", herbs.NAMED)) == {"H1.1": says}
    assert await unknown(terminology, ("H1.1", herbs.NAMED)) == {"H1.1": says}


@pytest.mark.parametrize("which", ["newest", "older"])
async def test_a_part_of_a_system_says_nothing(
    terminology: Terminology, pool: asyncpg.Pool, which: str
) -> None:
    newest, older = herbs.release(), herbs.older()
    if which == "newest":
        newest = replace(newest, content="fragment")
    else:
        older = replace(older, content="fragment")
    await herbs.load(pool, newest, older)
    assert await unknown(terminology, ("H99", herbs.URL)) == {}


async def test_of_a_release_that_is_not_here_nothing_is_known(terminology: Terminology) -> None:
    assert await unknown(terminology, ("T99", sample.URL, "1999")) == {}
    assert (await unknown(terminology, ("T99", sample.URL, "2025"))).keys() == {"T99"}


async def test_the_day_does_not_matter(terminology: Terminology, pool: asyncpg.Pool) -> None:
    await herbs.load(pool, replace(herbs.release(), valid_from=date(2999, 1, 1)))
    assert (await unknown(terminology, ("H11", herbs.URL), ("H99", herbs.URL))).keys() == {"H99"}


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"content": "complete"}, {"b"}),
        ({"content": "fragment"}, set()),
        ({"content": "not-present", "concept": []}, set()),
    ],
)
async def test_a_code_system_that_is_a_resource_counts_when_it_is_complete(
    terminology: Terminology, shelf: Shelf, more: dict[str, Any], told: set[str]
) -> None:
    url = shelf.put(OWN | more)
    assert (await unknown(terminology, ("a", url), ("b", url))).keys() == told


async def test_a_system_that_is_not_here_says_nothing(terminology: Terminology) -> None:
    assert await unknown(terminology, ("x", "http://example.no/elsewhere")) == {}
    assert await unknown(terminology) == {}
