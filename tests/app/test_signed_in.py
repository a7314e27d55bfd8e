"""From the sign-in page to the record: who has signed in asks the FHIR service, in the active role."""

from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx
import msgspec
import pytest

from conftest import ROOT
from fellesjournal.app.rooms import knowledge
from fellesjournal.app.settings import Settings
from fellesjournal.app.wiring import surface
from fellesjournal.signin import guard
from record.conftest import bundle, entry
from world import staff

ADDRESS = "http://127.0.0.1:8080"
CITIZEN: dict[str, Any] = {
    "resourceType": "Patient",
    "id": "stille",
    "name": [{"family": "Vannspeil", "given": ["Stille"]}],
}
ARRIVAL: dict[str, Any] = {
    "resourceType": "Encounter",
    "status": "in-progress",
    "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP"},
    "subject": {"reference": "Patient/stille"},
    "serviceProvider": {"reference": f"Organization/{staff.WARD}"},
}


@pytest.fixture
async def visitor(pool: asyncpg.Pool) -> AsyncIterator[httpx.AsyncClient]:
    """A browser on the demo's machine; the invented staff and one citizen are there."""
    settings = Settings(practice_site=True)
    site = surface(settings, knowledge(settings.definitions, ROOT / ".data" / "cache"), pool)
    transport = httpx.ASGITransport(site, raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport, base_url=ADDRESS, headers={"origin": ADDRESS}
    ) as browser:
        entries = [entry("PUT", f"{one['resourceType']}/{one['id']}", one) for one in staff.resources()]
        entries.append(entry("PUT", "Patient/stille", CITIZEN))
        sent = await browser.post("/fhir", content=bundle(*entries), headers=FHIR)
        assert sent.status_code == 200, sent.text
        yield browser


FHIR = {"content-type": "application/fhir+json"}


async def sign_in(browser: httpx.AsyncClient, who: str) -> dict[str, str]:
    """Pick a person; gives the headers that writes need."""
    answer = await browser.post("/logg-inn/ovelse", data={"person": who})
    assert answer.status_code == 303
    [cookie] = browser.cookies.jar
    return FHIR | {guard.HEADER: guard.token(cookie.value or "")}


async def test_a_nurse_signs_in_receives_a_citizen_and_the_log_tells_it(
    visitor: httpx.AsyncClient, pool: asyncpg.Pool
) -> None:
    assert (await visitor.get("/fhir/Patient/stille")).status_code == 200  # a program on this machine
    headers = await sign_in(visitor, "Practitioner/varm-lyngmo")
    assert (await visitor.get("/fhir/Patient/stille")).status_code == 404
    body = msgspec.json.encode(ARRIVAL)
    assert (await visitor.post("/fhir/Encounter", content=body, headers=FHIR)).status_code == 401
    received = await visitor.post("/fhir/Encounter", content=body, headers=headers)
    assert received.status_code == 201, received.text
    assert (await visitor.get("/fhir/Patient/stille")).status_code == 200
    rows = await pool.fetch(
        "select interaction, basis, permit, person from audit_event order by chain, number"
    )
    told = [(row["interaction"], row["basis"]) for row in rows if row["person"] == "Practitioner/varm-lyngmo"]
    assert ("login", "self") in told
    assert ("read", "no-relation") in told
    assert ("read", "admission") in told


async def test_who_has_locked_the_screen_is_nobody(visitor: httpx.AsyncClient) -> None:
    await sign_in(visitor, "Practitioner/varm-lyngmo")
    assert (await visitor.get(f"/fhir/Organization/{staff.WARD}")).status_code == 200
    page = (await visitor.get("/logg-inn/meg")).text
    _, _, rest = page.partition(f'name="{guard.FIELD}" value="')
    await visitor.post("/logg-inn/las", data={guard.FIELD: rest.partition('"')[0]})
    answer = await visitor.get(f"/fhir/Organization/{staff.WARD}")
    assert (answer.status_code, answer.json()["issue"][0]["code"]) == (401, "login")


async def test_those_who_have_signed_in_share_no_limit_though_they_share_an_address(
    pool: asyncpg.Pool, visitor: httpx.AsyncClient
) -> None:
    settings = Settings(practice_site=True, address_limit=8, person_limit=30, workers=1)
    narrow = surface(settings, knowledge(settings.definitions, ROOT / ".data" / "cache"), pool)
    transport = httpx.ASGITransport(narrow, raise_app_exceptions=False)

    async def asked(times: int, cookies: httpx.Cookies | None = None) -> set[int]:
        async with httpx.AsyncClient(transport=transport, base_url=ADDRESS, cookies=cookies) as browser:
            return {(await browser.get("/logg-inn/meg")).status_code for _ in range(times)}

    await sign_in(visitor, "Practitioner/varm-lyngmo")
    assert await asked(20, visitor.cookies) == {200}
    assert await asked(20) == {303, 429}
    assert await asked(20, visitor.cookies) == {200, 429}
    [told] = await pool.fetch("select person from audit_event where person <> '' and not permit")
    assert told["person"] == "Practitioner/varm-lyngmo"


async def test_a_token_that_nobody_gave_is_refused(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/fhir/Patient/stille", headers={"authorization": "Bearer abc"})
    assert answer.status_code == 401
    assert "www-authenticate" in answer.headers


async def test_only_citizens_act_for_others(visitor: httpx.AsyncClient) -> None:
    other = {"fellesjournal-represents": "Patient/stille"}
    await sign_in(visitor, "Practitioner/varm-lyngmo")
    assert (await visitor.get("/fhir/Patient/stille", headers=other)).status_code == 403
    visitor.cookies.clear()
    await sign_in(visitor, "Patient/stille")
    assert (await visitor.get("/fhir/Patient/stille")).status_code == 200
    assert (
        await visitor.get("/fhir/Patient/x", headers={"fellesjournal-represents": "Patient/x"})
    ).status_code == 404
