"""ValueSet/$expand over HTTP."""

from typing import Any

import asyncpg
import httpx
import pytest

from api.test_terminology import GENDER, fault, sent
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.validation import Validator
from fellesjournal.terminology import expansion
from terminology import sample
from terminology.conftest import codes, filtered, value_set_of
from terminology.filling import fill

BREAKS = value_set_of([filtered("concept", "is-a", "T1")]) | {"id": "breaks"}
ALL = f"{sample.URL}?fhir_vs"


@pytest.fixture
async def trolls(client: httpx.AsyncClient, pool: asyncpg.Pool) -> httpx.AsyncClient:
    for release in (sample.older(), sample.newest()):
        await fill(pool, release)
    return client


def expanded(answer: httpx.Response) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    return dict(answer.json()["expansion"])


async def test_a_value_set_is_expanded_by_url_by_id_and_as_it_is_sent(
    trolls: httpx.AsyncClient, definitions: Definitions
) -> None:
    by_url = await trolls.get("ValueSet/$expand", params={"url": GENDER})
    assert codes(expanded(by_url)) == ["male", "female", "other", "unknown"]
    assert Validator(definitions).validate(by_url.json()) == []
    assert (await trolls.put("ValueSet/breaks", json=BREAKS)).status_code == 201
    expected = ["T1", "T1.1", "T1.2", "T1.21", "T1.22"]
    assert codes(expanded(await trolls.get("ValueSet/breaks/$expand"))) == expected
    assert (
        codes(expanded(await trolls.post("ValueSet/breaks/$expand", json={"resourceType": "Parameters"})))
        == expected
    )
    assert (
        codes(expanded(await trolls.post("ValueSet/$expand", json=sent(valueSet={"resource": BREAKS}))))
        == expected
    )
    alone = await trolls.post("ValueSet/$expand?filter=nese", json=BREAKS)
    assert codes(expanded(alone)) == ["T1.22"]
    assert Validator(definitions).validate(alone.json()) == []


async def test_every_parameter_reaches_the_expansion_and_is_echoed(
    trolls: httpx.AsyncClient, definitions: Definitions
) -> None:
    query = {
        "url": ALL,
        "filter": "brudd",
        "count": "2",
        "offset": "1",
        "activeOnly": "true",
        "excludeNotForUI": "true",
        "displayLanguage": "en",
        "includeDesignations": "true",
        "designation": "urn:ietf:bcp:47|nn",
        "system-version": f"{sample.URL}|2026",
    }
    answer = await trolls.get("ValueSet/$expand", params=query)
    found = expanded(answer)
    assert Validator(definitions).validate(answer.json()) == []
    assert (found["total"], found["offset"], codes(found)) == (3, 1, ["T1.2", "T1.21"])
    echoed = {one["name"]: one for one in found["parameter"]}
    assert echoed["count"]["valueInteger"] == 2
    assert echoed["activeOnly"]["valueBoolean"] is True
    assert echoed["version"]["valueUri"] == f"{sample.URL}|2026"
    assert set(echoed) == set(query) - {"url"} | {"version"}
    tail = expanded(await trolls.get("ValueSet/$expand", params=query | {"offset": "0", "count": "1"}))
    assert tail["contains"][0]["display"] == "Fracture of tail"
    assert [one["value"] for one in tail["contains"][0]["designation"]] == ["Halebrot"]


async def test_the_hierarchy_is_shown_when_asked_for(
    trolls: httpx.AsyncClient, definitions: Definitions
) -> None:
    flat = expanded(await trolls.get("ValueSet/$expand", params={"url": ALL}))
    assert len(codes(flat)) == 9
    answer = await trolls.get("ValueSet/$expand", params={"url": ALL, "excludeNested": "false"})
    assert Validator(definitions).validate(answer.json()) == []
    [top] = expanded(answer)["contains"]
    assert codes(top) == ["T1", "T2", "T3"]


async def test_the_definition_is_included_when_asked_for(trolls: httpx.AsyncClient) -> None:
    without = await trolls.post("ValueSet/$expand", json=BREAKS)
    assert "compose" not in without.json()
    answer = await trolls.post("ValueSet/$expand?includeDefinition=true", json=BREAKS)
    assert answer.json()["compose"] == BREAKS["compose"]


async def test_too_many_codes_are_too_costly_unless_paged(
    trolls: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(expansion, "MOST", 5)
    status, code, text = fault(await trolls.get("ValueSet/$expand", params={"url": ALL}))
    assert (status, code) == (422, "too-costly")
    assert "count and offset" in text
    assert len(codes(expanded(await trolls.get("ValueSet/$expand", params={"url": ALL, "count": "5"})))) == 5
    assert expanded(await trolls.get("ValueSet/$expand", params={"url": ALL, "count": "0"}))["total"] == 9


@pytest.mark.parametrize(
    ("query", "status", "says"),
    [
        ({"url": "http://none"}, 404, "value set http://none is not known here"),
        ({}, 400, "Name the value set by url"),
        ({"url": ALL, "count": "-1"}, 400, "0 or more"),
        ({"url": ALL, "count": "many"}, 400, "whole number"),
        ({"url": ALL, "activeOnly": "yes"}, 400, "true or false"),
        ({"url": ALL, "system-version": sample.URL}, 400, "[system]|[version]"),
        ({"url": ALL, "system-version": f"{sample.URL}|1"}, 404, "loaded are"),
        ({"url": ALL, "date": "2020-01-01"}, 404, "No release of"),
        ({"context": "http://x#y"}, 400, "context"),
        ({"url": ALL, "filtre": "x"}, 400, "Did you mean 'filter'?"),
    ],
)
async def test_expand_says_what_is_wrong(
    trolls: httpx.AsyncClient, query: dict[str, str], status: int, says: str
) -> None:
    found, _, text = fault(await trolls.get("ValueSet/$expand", params=query))
    assert found == status
    assert says in text


async def test_rules_that_cannot_be_followed_are_said(trolls: httpx.AsyncClient) -> None:
    circle = BREAKS | {"compose": {"include": [{"valueSet": [BREAKS["url"]]}]}}
    status, _, text = fault(await trolls.post("ValueSet/$expand", json=circle))
    assert (status, "go in a circle" in text) == (422, True)
    pattern = value_set_of([filtered("code", "regex", "(")])
    assert fault(await trolls.post("ValueSet/$expand", json=pattern))[0] == 422
    broken = BREAKS | {"compose": {"include": [{"filter": [{}]}]}}
    assert fault(await trolls.post("ValueSet/$expand", json=broken))[0] == 422


async def test_a_code_that_there_is_not_is_warned_of_when_written_and_refused_when_used(
    trolls: httpx.AsyncClient,
) -> None:
    tree = value_set_of([filtered("concept", "is-a", "T1.2x")]) | {"id": "faulty"}
    said = (await trolls.post("ValueSet/$validate", json=tree)).json()["issue"]
    [warned] = [one for one in said if one["code"] == "code-invalid"]
    assert (warned["severity"], warned["expression"]) == (
        "warning",
        ["ValueSet.compose.include[0].filter[0].value"],
    )
    assert (await trolls.put("ValueSet/faulty", json=tree)).status_code == 201
    asked = {"system": sample.URL, "code": "T1"}
    for answer in (
        await trolls.get("ValueSet/faulty/$expand"),
        await trolls.get("ValueSet/$expand", params={"url": tree["url"]}),
        await trolls.get("ValueSet/faulty/$validate-code", params=asked),
    ):
        assert answer.status_code == 422
        [issue] = answer.json()["issue"]
        assert issue["expression"] == ["ValueSet.compose.include[0].filter[0].value"]
        for part in (tree["url"], "'T1.2x'", f"{sample.URL}|2026", "Correct it or take it out"):
            assert part in issue["diagnostics"]
