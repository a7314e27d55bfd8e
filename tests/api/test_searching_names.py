"""A search by any name of a code system, its URL or an OID, finds what is stored under each of them."""

from dataclasses import replace
from typing import Any

import asyncpg
import httpx
import pytest

from api.test_searching_codes import condition, found, is_a, value_set
from api.test_transactions import bundle, entry, statuses
from fellesjournal.terminology import releases
from terminology import herbs

NAMES = (herbs.URL, herbs.NAMED)
HELD = {
    "by-url": [(herbs.URL, "H11")],
    "by-oid": [(herbs.NAMED, "H11")],
    "dill": [(herbs.NAMED, "H12")],
    "weed": [("urn:oid:1.2.3", "H11")],
    "none": [],
}
"""Condition -> its codings."""


@pytest.fixture
async def garden(client: httpx.AsyncClient, pool: asyncpg.Pool) -> httpx.AsyncClient:
    """A site with a release of herbs, and conditions coded under either name."""
    await herbs.load(pool, herbs.release())
    sets = [value_set("url", is_a(herbs.URL, "H1")), value_set("oid", is_a(herbs.NAMED, "H11"))]
    patients = [{"resourceType": "Patient", "id": id} for id in HELD]
    conditions = [condition(id, codes) for id, codes in HELD.items()]
    sent = [entry("POST", "ValueSet", one) for one in sets]
    sent += [entry("PUT", f"{one['resourceType']}/{one['id']}", one) for one in (*patients, *conditions)]
    assert {one[0] for one in statuses(await client.post("", json=bundle("transaction", *sent)))} == {"2"}
    return client


def herb(id: str, name: str, code: str = "H1") -> dict[str, Any]:
    return {"resourceType": "Substance", "id": id, "code": {"coding": [{"system": name, "code": code}]}}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("code={}|H11", "by-oid by-url"),
        ("code={}|", "by-oid by-url dill"),
        ("code={}|H12,urn:oid:1.2.3|H11", "dill weed"),
        ("code:not={}|H11", "dill none weed"),
        ("code:not={}|", "none weed"),
        ("code:below={}|H1", "by-oid by-url dill"),
        ("code:above={}|H11", "by-oid by-url"),
        ("code:below={}|H1&code:not={}|H12", "by-oid by-url"),
        ("patient._has:Condition:patient:code={}|H12", "dill"),
    ],
)  # fmt: skip
async def test_conditions_are_found_by_either_name(
    garden: httpx.AsyncClient, name: str, asked: str, ids: str
) -> None:
    assert await found(garden, f"Condition?{asked.format(name, name)}") == ids.split()


async def test_value_sets_find_either_name_whichever_they_draw_by(garden: httpx.AsyncClient) -> None:
    by_url, by_oid = "http://example.no/set/url", "http://example.no/set/oid"
    assert await found(garden, f"Condition?code:in={by_url}") == ["by-oid", "by-url", "dill"]
    assert await found(garden, f"Condition?code:in={by_oid}") == ["by-oid", "by-url"]
    assert await found(garden, f"Condition?code:not-in={by_oid}") == ["dill", "none", "weed"]


async def test_a_code_that_is_not_here_is_refused_by_the_name_that_was_asked(
    garden: httpx.AsyncClient,
) -> None:
    answer = await garden.get(f"Condition?code:below={herbs.NAMED}|H99")
    assert f"There is no code 'H99' in {herbs.NAMED} (2026)" in answer.json()["issue"][0]["diagnostics"]


async def test_what_was_stored_is_answered_as_it_was_sent(garden: httpx.AsyncClient) -> None:
    answer = await garden.get(f"Condition?code={herbs.URL}|H11&_id=by-oid")
    [one] = answer.json()["entry"]
    assert one["resource"]["code"] == condition("by-oid", HELD["by-oid"])["code"]
    assert answer.json()["link"][0]["url"].endswith(f"code={herbs.URL}|H11&_id=by-oid")


@pytest.mark.parametrize("name", NAMES)
async def test_a_conditional_create_finds_the_other_name(garden: httpx.AsyncClient, name: str) -> None:
    await garden.put("Substance/herb", json=herb("herb", herbs.NAMED))
    told = {"If-None-Exist": f"code={name}|H1"}
    sent = {"resourceType": "Substance", "code": {"text": "another"}}
    assert (await garden.post("Substance", json=sent, headers=told)).status_code == 200


@pytest.mark.parametrize("name", NAMES)
async def test_conditional_updates_and_deletes_find_the_other_name(
    garden: httpx.AsyncClient, name: str
) -> None:
    await garden.put("Substance/herb", json=herb("herb", herbs.NAMED))
    sent = {"resourceType": "Substance", "code": {"coding": [{"system": herbs.NAMED, "code": "H1"}]}}
    answer = await garden.put(f"Substance?code={name}|H1", json=sent | {"description": "Wild"})
    assert (answer.status_code, answer.json()["id"]) == (200, "herb")
    assert (await garden.delete(f"Substance?code={name}|H1")).status_code == 204
    assert (await garden.get("Substance/herb")).status_code == 410


@pytest.mark.parametrize("kind", ["transaction", "batch"])
async def test_bundles_go_by_either_name_also_in_their_references(
    garden: httpx.AsyncClient, kind: str
) -> None:
    await garden.put("Substance/herb", json=herb("herb", herbs.NAMED))
    medication = {
        "resourceType": "Medication",
        "id": "tea",
        "ingredient": [{"itemReference": {"reference": f"Substance?code={herbs.URL}|H1"}}],
    }
    sent = [entry("GET", f"Condition?code={herbs.URL}|H12")]
    sent += [entry("PUT", "Medication/tea", medication)] if kind == "transaction" else []
    answer = await garden.post("", json=bundle(kind, *sent))
    assert answer.status_code == 200, answer.text
    assert answer.json()["entry"][0]["resource"]["total"] == 1
    if kind == "transaction":
        assert await found(garden, "Medication?ingredient=Substance/herb") == ["tea"]


async def test_identifiers_go_by_their_own_system_and_by_either_name_of_their_types(
    garden: httpx.AsyncClient,
) -> None:
    kind = {"coding": [{"system": herbs.NAMED, "code": "H1"}]}
    identifier = [{"type": kind, "system": herbs.NAMED, "value": "7"}]
    await garden.put("Patient/leaf", json={"resourceType": "Patient", "id": "leaf", "identifier": identifier})
    assert await found(garden, f"Patient?identifier={herbs.NAMED}|7") == ["leaf"]
    assert await found(garden, f"Patient?identifier={herbs.URL}|7") == []
    for name in NAMES:
        assert await found(garden, f"Patient?identifier:of-type={name}|H1|7") == ["leaf"]


async def test_names_count_as_soon_as_releases_come_and_go(
    garden: httpx.AsyncClient, pool: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(releases, "EVERY", 0.0)
    assert await found(garden, f"Condition?code={herbs.URL}|H12") == ["dill"]
    weeds = replace(herbs.release(), url="http://example.no/weeds")
    await herbs.load(pool, weeds)  # both claim the OID now: it names neither
    assert await found(garden, f"Condition?code={herbs.URL}|H12") == []
    assert await found(garden, f"Condition?code={herbs.NAMED}|H12") == ["dill"]
    await herbs.load(pool, replace(weeds, oid="1.2.3"))
    assert await found(garden, f"Condition?code={herbs.URL}|H12") == ["dill"]
    assert await found(garden, "Condition?code=http://example.no/weeds|H11") == ["weed"]
