"""Releases in the terminology tables are found in the record as CodeSystem resources."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import asyncpg
import httpx
import pytest
import pytest_asyncio

from app.processes import ask, environment_for, fellesjournal, lend_definitions, running, site_folder
from fellesjournal.app import code_system_resources, settings, wiring
from fellesjournal.app.rooms import knowledge
from fellesjournal.app.settings import Settings
from fellesjournal.terminology import telling
from terminology import herbs

ID = telling.id_of(herbs.URL, "2026")


@pytest.fixture
def site(database_url: str, tmp_path: Path) -> Settings:
    lend_definitions(tmp_path)
    return replace(settings.read({}), practice_site=True, data=tmp_path, database_url=database_url)


@pytest_asyncio.fixture
async def client(pool: asyncpg.Pool, site: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """The whole house over a record with the herbs' release."""
    await herbs.load(pool, herbs.release())
    know = await asyncio.to_thread(knowledge, site.definitions, site.cache)
    transport = httpx.ASGITransport(wiring.surface(site, know, pool))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080/fhir/") as asking:
        yield asking


async def tell(site: Settings) -> int:
    """How many resources were stored; none was left out."""
    told = await code_system_resources.tell(site, site.database_url)
    assert told.left_out == []
    return told.stored


async def found(client: httpx.AsyncClient, **query: str) -> list[dict[str, Any]]:
    answer = await client.get("CodeSystem", params={"url": herbs.URL} | query)
    return [one["resource"] for one in answer.json().get("entry", [])]


async def asked(client: httpx.AsyncClient, path: str) -> dict[str, Any]:
    """The parameters of an answer that have one value."""
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    parts = answer.json()["parameter"]
    return {one["name"]: value for one in parts for name, value in one.items() if name.startswith("value")}


async def test_a_release_is_found_by_url_version_and_oid(client: httpx.AsyncClient, site: Settings) -> None:
    assert await found(client) == []
    assert await tell(site) == 1
    [tree] = await found(client)
    assert (tree["id"], tree["content"], tree["count"]) == (ID, "not-present", 3)
    assert await found(client, version="2026") == await found(client, identifier=herbs.NAMED) == [tree]
    assert await found(client, version="2025") == []


async def test_telling_again_changes_nothing(client: httpx.AsyncClient, site: Settings) -> None:
    assert (await tell(site), await tell(site)) == (1, 0)
    assert (await found(client))[0]["meta"]["versionId"] == "1"


async def test_a_release_beside_it_gets_its_own_and_a_replaced_one_is_updated(
    client: httpx.AsyncClient, site: Settings, pool: asyncpg.Pool
) -> None:
    await tell(site)
    await herbs.load(pool, herbs.older())
    assert await tell(site) == 1
    assert {one["version"] for one in await found(client)} == {"2025", "2026"}
    few = replace(herbs.release(), concepts=list(herbs.release().concepts)[:2])
    await herbs.load(pool, few)
    assert await tell(site) == 1
    [tree] = await found(client, version="2026")
    assert (tree["id"], tree["count"], tree["meta"]["versionId"]) == (ID, 2, "2")


async def test_the_resource_answers_from_the_tables_of_its_release(
    client: httpx.AsyncClient, site: Settings, pool: asyncpg.Pool
) -> None:
    await herbs.load(pool, herbs.older())
    await tell(site)
    assert (await asked(client, f"CodeSystem/{ID}/$lookup?code=H11"))["display"] == "Mynte"
    assert (await asked(client, f"CodeSystem/{ID}/$lookup?code=H11&system={herbs.NAMED}"))[
        "version"
    ] == "2026"
    assert (await asked(client, f"CodeSystem/{ID}/$validate-code?code=H11"))["result"] is True
    assert (await asked(client, f"CodeSystem/{ID}/$subsumes?codeA=H1&codeB=H11"))["outcome"] == "subsumes"
    past = telling.id_of(herbs.URL, "2025")
    assert (await asked(client, f"CodeSystem/{past}/$lookup?code=H9"))["version"] == "2025"
    assert (await client.get(f"CodeSystem/{ID}/$lookup?code=H9")).status_code == 404
    assert (await client.get(f"CodeSystem/{ID}/$lookup?code=H11&system=http://other.no")).status_code == 400


async def test_a_value_set_says_where_the_whole_system_is(client: httpx.AsyncClient, site: Settings) -> None:
    await tell(site)
    [tree] = await found(client)
    answer = await client.get("ValueSet/$expand", params={"url": tree["valueSet"]})
    assert [one["code"] for one in answer.json()["expansion"]["contains"]] == ["H1", "H11", "H12"]


async def test_without_the_resource_the_codes_are_still_there(
    client: httpx.AsyncClient, site: Settings
) -> None:
    await tell(site)
    assert (await client.delete(f"CodeSystem/{ID}")).status_code in (200, 204)
    assert await found(client) == []
    assert (await asked(client, f"CodeSystem/$lookup?system={herbs.URL}&code=H11"))["display"] == "Mynte"
    assert (await client.get(f"CodeSystem/{ID}/$lookup?code=H11")).status_code == 410
    assert await tell(site) == 1
    assert len(await found(client)) == 1


async def test_what_somebody_else_has_stored_stays(client: httpx.AsyncClient, site: Settings) -> None:
    own = {
        "resourceType": "CodeSystem",
        "id": "mine",
        "url": herbs.URL,
        "version": "2026",
        "status": "draft",
        "content": "fragment",
        "concept": [{"code": "H11"}],
    }
    await client.put("CodeSystem/mine", json=own)
    assert await tell(site) == 0
    assert [one["id"] for one in await found(client)] == ["mine"]
    await client.delete("CodeSystem/mine")
    other = own | {"id": ID, "url": "http://example.no/weeds"}
    await client.put(f"CodeSystem/{ID}", json=other)
    assert await tell(site) == 0
    assert (await client.get(f"CodeSystem/{ID}")).json()["url"] == "http://example.no/weeds"


async def test_a_resource_without_its_release_says_what_to_do(
    client: httpx.AsyncClient, site: Settings, pool: asyncpg.Pool
) -> None:
    await tell(site)
    await pool.execute("delete from code_system")
    answer = await client.get(f"CodeSystem/$lookup?system={herbs.URL}&code=H11")
    assert answer.status_code == 404
    assert "is here without its codes" in answer.json()["issue"][0]["diagnostics"]


async def test_validate_warns_of_a_code_that_the_system_does_not_have(
    client: httpx.AsyncClient, site: Settings
) -> None:
    codings = [{"system": herbs.NAMED, "code": code} for code in ("H11", "H1.1")]
    tree = {
        "resourceType": "Basic",
        "text": {"status": "generated", "div": '<div xmlns="http://www.w3.org/1999/xhtml">x</div>'},
        "code": {"coding": codings},
    }
    issues = (await client.post("Basic/$validate", json=tree)).json()["issue"]
    told = [(one["severity"], one["code"], one.get("expression")) for one in issues]
    assert ("warning", "code-invalid", ["Basic.code.coding[1].code"]) in told
    assert not any(severity == "error" for severity, _, _ in told)
    [text] = [one["diagnostics"] for one in issues if one["code"] == "code-invalid"]
    assert text == f"There is no code 'H1.1' in Urter ({herbs.URL}|2026). Did you mean H11?"
    assert (await client.post("Basic", json=tree)).status_code == 201


async def test_a_release_that_cannot_be_told_of_keeps_no_other_back(
    client: httpx.AsyncClient, site: Settings, pool: asyncpg.Pool
) -> None:
    await herbs.load(pool, replace(herbs.release(), url="http://example.no/with space"))
    told = await code_system_resources.tell(site, site.database_url)
    assert told.stored == 1
    [sentence] = told.left_out
    assert sentence.startswith(
        "http://example.no/with space 2026 is loaded, and has no resource in the record: "
    )
    assert "(CodeSystem.url)" in sentence
    assert len(await found(client)) == 1


def test_the_commands_tell_of_what_they_load(tmp_path: Path) -> None:
    plants = {
        "resourceType": "CodeSystem",
        "url": "http://example.org/plants",
        "version": "1",
        "content": "complete",
        "title": "Planter",
        "concept": [{"code": "m", "display": "Mose"}],
    }
    file = tmp_path / "plants.json"
    with site_folder() as data:
        environment = environment_for(data) | {"FELLESJOURNAL_PRACTICE_SITE": "true"}
        with running(environment, "serve") as (_, address):
            for title in ("Planter", "Vekster"):
                file.write_text(json.dumps(plants | {"title": title}))
                said = fellesjournal(environment, "terminology", "add", "fhir", str(file), "--replace")
                assert said.returncode == 0, said.stderr
                answer = ask(address, f"fhir/CodeSystem?url={plants['url']}")
                entries: Any = answer["entry"]
                assert [one["resource"]["title"] for one in entries] == [title]
