"""The modifiers :below, :above, :in and :not-in over code systems that are loaded, stored, and FHIR's own."""

from typing import Any

import asyncpg
import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from api.test_transactions import bundle, entry, statuses
from fellesjournal.record.search import predicate
from fellesjournal.terminology import listing
from terminology import sample
from terminology.filling import closure, fill

FRUIT = "http://example.no/fruit"
HELD = {
    "tail": [(sample.URL, "T1.1")],
    "head": [(sample.URL, "T1.21")],
    "gone": [(sample.URL, "T9")],
    "both": [(sample.URL, "T3"), (FRUIT, "pear")],
    "apple": [(FRUIT, "apple")],
    "none": [],
}
"""Condition -> its codings."""


def condition(id: str, codes: list[tuple[str, str]]) -> dict[str, Any]:
    coded = {"coding": [{"system": s, "code": c} for s, c in codes]} if codes else {"text": "?"}
    return {"resourceType": "Condition", "id": id, "subject": {"reference": f"Patient/{id}"}, "code": coded}


def value_set(name: str, *include: dict[str, Any]) -> dict[str, Any]:
    url = f"http://example.no/set/{name}"
    return {"resourceType": "ValueSet", "url": url, "status": "active", "compose": {"include": list(include)}}


def is_a(system: str, code: str) -> dict[str, Any]:
    return {"system": system, "filter": [{"property": "concept", "op": "is-a", "value": code}]}


MISSPELT = {"property": "wieght", "op": "=", "value": "3"}


@pytest.fixture
async def ward(client: httpx.AsyncClient, pool: asyncpg.Pool) -> httpx.AsyncClient:
    """A site with the trolls' releases, a stored CodeSystem of fruit, value sets, and conditions."""
    for release in (sample.older(), sample.newest()):
        await fill(pool, release)
    fruit = {
        "resourceType": "CodeSystem",
        "url": FRUIT,
        "status": "active",
        "content": "complete",
        "concept": [{"code": "pome", "concept": [{"code": "apple"}, {"code": "pear"}]}, {"code": "plum"}],
    }
    sets = [
        value_set("fractures", is_a(sample.URL, "T1")),
        value_set("all", {"system": sample.URL}, is_a(FRUIT, "pome")),
        value_set("far", {"system": "http://example.no/nowhere"}),
        value_set("misspelt", {"system": sample.URL, "filter": [MISSPELT]}),
    ]
    patients = [{"resourceType": "Patient", "id": id} for id in HELD]
    conditions = [condition(id, codes) for id, codes in HELD.items()]
    sent = [entry("POST", one["resourceType"], one) for one in (fruit, *sets)]
    sent += [entry("PUT", f"{one['resourceType']}/{one['id']}", one) for one in (*patients, *conditions)]
    assert {one[0] for one in statuses(await client.post("", json=bundle("transaction", *sent)))} == {"2"}
    return client


async def found(ward: httpx.AsyncClient, asked: str) -> list[str]:
    answer = await ward.get(asked)
    assert answer.status_code == 200, answer.text
    return sorted(one["resource"]["id"] for one in answer.json().get("entry", ()))


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        (f"code:below={sample.URL}|T1", "head tail"),
        (f"code:below={sample.URL}|T1.1", "tail"),
        (f"code:below={sample.URL}|T", "both gone head tail"),  # T9 stood below T in 2025
        (f"code:below={sample.URL}|T9", "gone"),
        (f"code:below={sample.URL}|T2", ""),
        (f"code:below={FRUIT}|pome", "apple both"),
        (f"code:below={FRUIT}|pome,{sample.URL}|T9", "apple both gone"),
        (f"code:below={FRUIT}|pome&code:below={sample.URL}|T", "both"),
        (f"code:above={sample.URL}|T1.21", "head"),
        ("code:in=http://example.no/set/fractures", "head tail"),
        ("code:not-in=http://example.no/set/fractures", "apple both gone none"),
        ("code:in=http://example.no/set/all", "apple both gone head tail"),
        ("code:not-in=http://example.no/set/all", "none"),
        (f"code:in={sample.URL}%3Ffhir_vs%3Disa/T1", "head tail"),
        (f"code:below={sample.URL}|T1&code:not={sample.URL}|T1.1", "head"),
    ],
)  # fmt: skip
async def test_conditions_are_found_by_what_their_codes_mean(
    ward: httpx.AsyncClient, asked: str, ids: str
) -> None:
    assert await found(ward, f"Condition?{asked}") == ids.split()


async def test_codes_count_through_references_in_both_directions_and_with_includes(
    ward: httpx.AsyncClient,
) -> None:
    below = f"code:below={sample.URL}|T1"
    assert await found(ward, f"Patient?_has:Condition:patient:{below}") == ["head", "tail"]
    included = await found(ward, f"Condition?{below}&_include=Condition:patient")
    assert included == ["head", "head", "tail", "tail"]
    linked = {
        "resourceType": "Observation",
        "id": "seen",
        "status": "final",
        "code": {"text": "x"},
        "focus": [{"reference": "Condition/head"}],
    }
    await ward.put("Observation/seen", json=linked)
    assert await found(ward, f"Observation?focus:Condition.{below}") == ["seen"]
    assert await found(ward, f"Observation?focus:Condition.code:below={FRUIT}|pome") == []


async def test_codes_count_in_batches_and_in_conditional_interactions(ward: httpx.AsyncClient) -> None:
    below = f"Condition?code:below={sample.URL}|T9"
    answer = await ward.post("", json=bundle("batch", entry("GET", below), entry("DELETE", below)))
    assert statuses(answer) == ["200", "204"]
    assert answer.json()["entry"][0]["resource"]["total"] == 1
    assert await found(ward, below) == []


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("code:below=http://example.no/nowhere|x", "code system http://example.no/nowhere is not known here"),
        (f"code:below={sample.URL}|T7", f"There is no code 'T7' in {sample.URL} (2026, 2025)"),
        (f"code:below={FRUIT}|pl-um", "Did you mean plum?"),
        ("code:below=T1", "it needs a code system, written system|code"),
        ("code:in=http://example.no/set/none", "value set http://example.no/set/none is not known here"),
        ("code:in=http://example.no/set/far", "code system http://example.no/nowhere is not known here"),
        ("code:not-in=http://example.no/set/none", ":not-in: "),
        ("code:in=http://example.no/set/misspelt", "Did you mean 'weight'?"),
    ],
)
async def test_what_is_not_here_is_named(ward: httpx.AsyncClient, asked: str, told: str) -> None:
    answer = await ward.get(f"Condition?{asked}")
    assert answer.status_code == 400
    assert told in answer.json()["issue"][0]["diagnostics"]


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("Condition?code=|T1.1", ""),  # |code is a code without a system (search.html#token)
        ("Condition?code=|T1.1,|T9", ""),
        (f"Condition?code={sample.URL}|T1.1,|T9", "tail"),
        (f"Condition?code=|T1.1,{FRUIT}|apple,|T9", "apple"),
        ("Condition?code=|T1.1,T9", "gone"),
        ("Patient?_has:Condition:patient:code=|T1.1,|T1.21", ""),
        (f"Patient?_has:Condition:patient:code=|T1.1,{sample.URL}|T1.21", "head"),
    ],
)
async def test_a_code_written_without_a_system_finds_none_that_has_one(
    ward: httpx.AsyncClient, asked: str, ids: str
) -> None:
    assert await found(ward, asked) == ids.split()


async def test_too_many_codes_are_refused_with_what_to_do(
    ward: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "MOST", 3)
    answer = await ward.get(f"Condition?code:below={sample.URL}|T")
    issue = answer.json()["issue"][0]
    assert (answer.status_code, issue["code"]) == (400, "too-costly")
    assert "ask for codes further down" in issue["diagnostics"]


async def test_long_lists_are_tested_by_a_hash_table_with_the_same_answer(
    ward: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(predicate, "MOST_COMPARED", 1)
    assert await found(ward, "Condition?code:not-in=http://example.no/set/all") == ["none"]
    asked = f"Patient?_has:Condition:patient:code:below={sample.URL}|T1&_sort=_id"
    assert await found(ward, asked) == ["head", "tail"]


async def test_a_changed_value_set_counts_at_once(ward: httpx.AsyncClient) -> None:
    asked = "Condition?code:in=http://example.no/set/own"
    own = {"id": "own"} | value_set("own", {"system": FRUIT, "concept": [{"code": "apple"}]})
    await ward.put("ValueSet/own", json=own)
    assert await found(ward, asked) == ["apple"]
    await ward.put("ValueSet/own", json={"id": "own"} | value_set("own", is_a(FRUIT, "pome")))
    assert await found(ward, asked) == ["apple", "both"]


_CODES = sorted({one.code for one in sample.concepts()} | {"T9"})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(code=st.sampled_from(_CODES))
async def test_below_and_above_are_those_of_the_closure_of_every_release(
    ward: httpx.AsyncClient, code: str
) -> None:
    above = closure(list(sample.older().concepts)) | closure(sample.concepts())
    below = {code} | {low for high, low in above if high == code}
    over = {code} | {high for high, low in above if low == code}
    for way, codes in (("below", below), ("above", over)):
        wanted = [id for id, held in HELD.items() if any((sample.URL, one) in held for one in codes)]
        assert await found(ward, f"Condition?code:{way}={sample.URL}|{code}") == sorted(wanted)
