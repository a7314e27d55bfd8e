"""The CodeSystem resource of a release: what FHIR says of one whose codes are elsewhere."""

import re
from dataclasses import replace
from typing import Any

import asyncpg
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.validation import Validator
from fellesjournal.terminology import telling
from fellesjournal.terminology.conditions import EVERYTHING
from fellesjournal.terminology.release import Release
from fellesjournal.terminology.terminology import Terminology
from terminology import herbs
from terminology.shelf import Shelf


async def told(pool: asyncpg.Pool, *releases: Release) -> list[dict[str, Any]]:
    await herbs.load(pool, *releases)
    async with pool.acquire() as connection:
        return await telling.resources(connection)


async def test_a_release_is_told_of_with_all_that_is_known(pool: asyncpg.Pool) -> None:
    [tree] = await told(pool, herbs.release())
    assert tree == {
        "resourceType": "CodeSystem",
        "id": tree["id"],
        "url": herbs.URL,
        "identifier": [{"system": "urn:ietf:rfc:3986", "value": herbs.NAMED}],
        "version": "2026",
        "name": "Herbs",
        "title": "Urter",
        "status": "active",
        "date": "2026-01-01",
        "publisher": "Hagen",
        "description": tree["description"],
        "copyright": "CC0 1.0",
        "caseSensitive": True,
        "valueSet": f"{herbs.URL}?fhir_vs",
        "hierarchyMeaning": "is-a",
        "content": "not-present",
        "count": 3,
        "property": [{"code": "wet", "description": "Likes water", "type": "boolean"}],
    }
    assert tree["id"].startswith("herbs-2026-")
    assert tree["description"].startswith("All its codes are in this record's terminology service")


async def test_of_a_part_of_a_system_no_count_is_told(pool: asyncpg.Pool) -> None:
    [tree] = await told(pool, replace(herbs.release(), content="fragment"))
    assert "count" not in tree
    assert tree["description"].startswith("3 of its codes, not all, are in")


async def test_what_is_not_known_is_left_out(pool: asyncpg.Pool, definitions: Definitions) -> None:
    bare = replace(herbs.older(), oid="", name="", publisher="", licence="", valid_from=None, properties={})
    [tree] = await told(pool, bare)
    left_out = {"identifier", "name", "publisher", "copyright", "date", "property", "hierarchyMeaning"}
    assert not left_out & tree.keys()
    assert Validator(definitions).validate(tree) == []


async def test_the_resource_is_sound_and_stands_for_its_release(
    pool: asyncpg.Pool, terminology: Terminology, shelf: Shelf, definitions: Definitions
) -> None:
    trees = await told(pool, herbs.release(), herbs.older())
    assert [one["version"] for one in trees if one["url"] == herbs.URL] == ["2025", "2026"]
    for tree in trees:
        assert Validator(definitions).validate(tree) == []
        shelf.put(tree)
        assert (await terminology.system_of(tree)).about.version == tree["version"]
        found = await terminology.system(tree["url"], tree["version"])
        assert await found.count(EVERYTHING) > 0


_TEXTS = st.text(st.characters(min_codepoint=33, max_codepoint=0x2FF), max_size=90)


@given(_TEXTS, _TEXTS)
def test_every_release_has_an_id_that_fhir_allows(url: str, version: str) -> None:
    assert re.fullmatch(r"[A-Za-z0-9\-.]{1,64}", telling.id_of(url, version))


@pytest.mark.parametrize(
    ("url", "version", "starts"),
    [
        ("http://hl7.org/fhir/sid/icd-10-no", "2026", "icd-10-no-2026-"),
        ("urn:oid:2.16.578.1.12.4.1.1.7275", "2026-11", "2.16.578.1.12.4.1.1.7275-2026-11-"),
        ("http://snomed.info/sct", "http://snomed.info/sct/51000202101/version/20260415", "sct-20260415-"),
    ],
)
def test_a_person_knows_the_release_by_its_id(url: str, version: str, starts: str) -> None:
    assert telling.id_of(url, version).startswith(starts)


def test_urls_that_end_alike_have_ids_of_their_own() -> None:
    assert telling.id_of("http://a.no/x", "1") != telling.id_of("http://b.no/x", "1")
