"""FHIR's own concept maps and value sets are found in the record after set-up."""

from dataclasses import replace
from pathlib import Path

import asyncpg
import httpx
import pytest

from app.processes import lend_definitions
from fellesjournal.app import fhir_resources, settings, wiring
from fellesjournal.app.rooms import knowledge
from fellesjournal.app.settings import Settings

URL = "http://hl7.org/fhir/ConceptMap/cm-administrative-gender-v2"
MINE = {"resourceType": "ConceptMap", "id": "mine", "url": URL, "status": "draft"}
GENDERS = "http://hl7.org/fhir/ValueSet/administrative-gender"
CONTACTS = "http://hl7.org/fhir/ValueSet/contact-point-use"
TAKEN = {"resourceType": "ValueSet", "id": "contact-point-use", "url": "http://x/taken", "status": "draft"}


@pytest.fixture
def site(database_url: str, tmp_path: Path) -> Settings:
    lend_definitions(tmp_path)
    return replace(settings.read({}), practice_site=True, data=tmp_path, database_url=database_url)


async def test_they_are_stored_once_read_and_searched_and_what_is_there_is_left(
    site: Settings, pool: asyncpg.Pool
) -> None:
    know = knowledge(site.definitions, site.cache)
    transport = httpx.ASGITransport(wiring.surface(site, know, pool))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080/fhir/") as client:
        assert (await client.put("ConceptMap/mine", json=MINE)).status_code == 201
        assert (await client.put("ValueSet/contact-point-use", json=TAKEN)).status_code == 201
        assert await fhir_resources.store(site, site.database_url) == 75 + 1315
        assert await fhir_resources.store(site, site.database_url) == 0
        read = (await client.get("ConceptMap/sc-account-status")).json()
        assert read["group"][0]["target"] == "http://hl7.org/fhir/resource-status"
        search = {"source": "http://hl7.org/fhir/ValueSet/name-use", "_summary": "count"}
        assert (await client.get("ConceptMap", params=search)).json()["total"] == 2
        [mine] = (await client.get("ConceptMap", params={"url": URL})).json()["entry"]
        assert mine["resource"]["id"] == "mine"
        asked = {"url": URL, "system": "http://hl7.org/fhir/administrative-gender", "code": "female"}
        answer = (await client.get("ConceptMap/$translate", params=asked)).json()
        assert answer["parameter"][0] == {"name": "result", "valueBoolean": True}
        [genders] = (await client.get("ValueSet", params={"url": GENDERS})).json()["entry"]
        assert genders["resource"]["id"] == "administrative-gender"
        assert "text" not in genders["resource"]
        assert "extension" not in genders["resource"]
        for address in ("ValueSet/administrative-gender/$expand", f"ValueSet/$expand?url={GENDERS}"):
            expansion = (await client.get(address)).json()["expansion"]
            assert {one["code"] for one in expansion["contains"]} == {"male", "female", "other", "unknown"}
        named = {"name:contains": "vitalsign", "_summary": "count"}
        assert (await client.get("ValueSet", params=named)).json()["total"] == 2
        kept = (await client.get("ValueSet/contact-point-use")).json()
        assert (kept["url"], kept["meta"]["versionId"]) == ("http://x/taken", "1")
        assert "entry" not in (await client.get("ValueSet", params={"url": CONTACTS})).json()
