"""POST SearchParameter and POST $reindex, as a client sees them."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from fellesjournal.api.application import create
from fellesjournal.api.options import Options
from fellesjournal.app.settings import Settings
from fellesjournal.app.wiring import door
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.record.record import Record
from fellesjournal.record.search.registry import Registry
from fellesjournal.record.search.search import Search

URL = "http://example.org/fhir/SearchParameter/nickname"
NICKNAME = {
    "resourceType": "SearchParameter",
    "url": URL,
    "name": "nickname",
    "status": "active",
    "description": "What the patient is called by friends",
    "code": "nickname",
    "base": ["Patient"],
    "type": "string",
    "expression": "Patient.name.where(use='nickname').given",
}
PATIENT = {"resourceType": "Patient", "id": "p", "name": [{"use": "nickname", "given": ["Kari"]}]}


@pytest.fixture
async def client(pool: Any, definitions: Definitions, shared: Any) -> AsyncIterator[httpx.AsyncClient]:
    """A client of an application whose search parameters are its own to change."""
    registry = Registry(shared.registry.own)
    search = Search(registry, definitions)
    record = Record(pool, definitions, shared.validator.validate, shared.extractor.extract, search)
    journal = door(Settings(practice_site=True), definitions, record, pool)
    application = create(journal, definitions, lambda: registry.by_type, Options(practice=True))
    transport = httpx.ASGITransport(application, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost/fhir/") as asking:
        yield asking


async def promised(client: httpx.AsyncClient, kind: str) -> list[dict[str, str]]:
    statement = (await client.get("metadata")).json()
    resource = next(one for one in statement["rest"][0]["resource"] if one["type"] == kind)
    found: list[dict[str, str]] = resource["searchParam"]
    return found


def diagnostics(answer: httpx.Response) -> str:
    text: str = answer.json()["issue"][0]["diagnostics"]
    return text


async def test_a_search_parameter_is_posted_indexed_and_searched_by(client: httpx.AsyncClient) -> None:
    await client.put("Patient/p", json=PATIENT)
    posted = await client.post("SearchParameter", json=NICKNAME)
    assert posted.status_code == 201
    early = await client.get("Patient?nickname=kari")
    assert early.status_code == 400
    assert f"Run POST [base]/$reindex?parameter={URL}" in diagnostics(early)
    assert "nickname" not in [one["name"] for one in await promised(client, "Patient")]

    done = await client.post("$reindex")
    assert done.status_code == 200
    written = done.json()["parameter"]
    assert written[0] == {"name": "parameter", "valueUri": URL}
    assert written[1] == {
        "name": "indexed",
        "part": [{"name": "type", "valueCode": "Patient"}, {"name": "resources", "valueInteger": 1}],
    }
    assert written[2]["name"] == "milliseconds"
    assert written[2]["valueInteger"] >= 0

    assert (await client.get("Patient?nickname=kari")).json()["total"] == 1
    assert {"name": "nickname", "definition": URL, "type": "string"} in await promised(client, "Patient")

    await client.delete(f"SearchParameter/{posted.json()['id']}")
    late = await client.get("Patient?nickname=kari")
    assert late.status_code == 400
    assert "Unknown search parameter" in diagnostics(late)
    assert "nickname" not in [one["name"] for one in await promised(client, "Patient")]


async def test_the_statement_follows_every_change(client: httpx.AsyncClient) -> None:
    for number in range(6):
        code = f"nickname{number}"
        sent = {**NICKNAME, "id": "n", "code": code}
        assert (await client.put("SearchParameter/n", json=sent)).status_code in (200, 201)
        assert not [one for one in await promised(client, "Patient") if one["name"].startswith("nickname")]
        await client.post("$reindex")
        names = [one["name"] for one in await promised(client, "Patient")]
        assert [name for name in names if name.startswith("nickname")] == [code]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"expression": "Patient.nick"}, "there is no element 'nick' in Patient"),
        ({"expression": "Patient.name.("}, "FHIRPath"),
        ({"code": "name"}, "FHIR R4's own"),
        ({"type": "quantity"}, "a quantity parameter cannot read"),
    ],
)
async def test_a_faulty_one_is_told_what_to_mend(
    client: httpx.AsyncClient, given: dict[str, str], told: str
) -> None:
    refused = await client.post("SearchParameter", json=NICKNAME | given)
    assert refused.status_code == 422
    assert told in diagnostics(refused)
    assert (await client.get("SearchParameter")).json()["total"] == 0


async def test_the_parameter_is_named_in_the_query_or_in_parameters(client: httpx.AsyncClient) -> None:
    await client.post("SearchParameter", json=NICKNAME)
    named = {"resourceType": "Parameters", "parameter": [{"name": "parameter", "valueUri": URL}]}
    for answer in (
        await client.post("$reindex", params={"parameter": URL}),
        await client.post("$reindex", json=named),
    ):
        assert answer.status_code == 200
        assert answer.json()["parameter"][0] == {"name": "parameter", "valueUri": URL}
    nothing_left = (await client.post("$reindex")).json()["parameter"]
    assert [one["name"] for one in nothing_left] == ["milliseconds"]


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("parameter=http://example.org/other", "No SearchParameter with the url"),
        ("url=http://example.org/other", "takes the parameter 'parameter'"),
        ("parameter=a&parameter=b", "one search parameter at a time"),
    ],
)
async def test_what_cannot_be_reindexed_is_said(client: httpx.AsyncClient, query: str, told: str) -> None:
    answer = await client.post(f"$reindex?{query}")
    assert answer.status_code == 400
    assert told in diagnostics(answer)


async def test_it_is_an_operation_of_the_system_and_only_posted(client: httpx.AsyncClient) -> None:
    statement = (await client.get("metadata")).json()
    assert "reindex" in [one["name"] for one in statement["rest"][0]["operation"]]
    assert (await client.get("$reindex")).status_code == 405
    assert (await client.post("Patient/$reindex")).status_code == 404
