"""The whole site with the invented staff, two patients on the ward, and apps that ask for access."""

import base64
import hashlib
import html
import re
import secrets
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg
import httpx
import pytest
import pytest_asyncio

from access.conftest import patient, stay
from access.test_apps_at_the_door import categorised
from conftest import FHIR_PACKAGE, ROOT, lasting
from fellesjournal.access.apps import App, Apps
from fellesjournal.app import rooms, wiring
from fellesjournal.app.rooms import Knowledge
from fellesjournal.app.settings import Settings
from filled import Filled
from record.conftest import bundle, entry
from signin.conftest import field as hidden_field
from world import sample, staff

ORIGIN = "http://127.0.0.1:8080"
BASE = f"{ORIGIN}/fhir"
BACK = "https://app.example/back"
NURSE = "Practitioner/varm-lyngmo"
SCOPES = "openid fhirUser launch launch/patient offline_access patient/*.cruds user/*.cruds"

KARIS_NUMBER = sample.identity_number(date(1980, 1, 2), 120)
GROWTH = App("growth", "Vekstkurve", "Eksempel AS", "public", (BACK,), "https://app.example/launch", SCOPES)

__all__ = ["hidden_field"]


def challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


def query_of(address: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def onward(page: httpx.Response) -> str:
    """Where a page leads on to by itself."""
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]*)"', page.text)
    assert found, page.text
    return html.unescape(found.group(1))


@dataclass
class Site:
    """The site from outside, and its database."""

    transport: httpx.ASGITransport
    pool: asyncpg.Pool
    apps: Apps
    browser: httpx.AsyncClient
    know: Knowledge
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))

    def restart(self) -> None:
        """Another process answers: one that remembers no role."""
        self.transport = httpx.ASGITransport(
            wiring.surface(Settings(practice_site=True), self.know, self.pool)
        )

    def program(self, **headers: str) -> httpx.AsyncClient:
        """Another program, without the browser's cookies."""
        return httpx.AsyncClient(transport=self.transport, base_url=ORIGIN, headers=headers)

    async def sign_in(self, who: str = NURSE) -> None:
        await self.browser.post("/logg-inn/ovelse", data={"person": who})

    def asks(self, **changed: str) -> dict[str, str]:
        """What an app sends to the authorization endpoint; a value of "-" leaves the parameter out."""
        asked = {
            "response_type": "code",
            "client_id": "growth",
            "redirect_uri": BACK,
            "scope": "openid fhirUser launch/patient patient/*.rs",
            "state": "s-1",
            "aud": BASE,
            "code_challenge": challenge(self.verifier),
            "code_challenge_method": "S256",
        } | changed
        return {name: value for name, value in asked.items() if value != "-"}

    async def authorize(self, **changed: str) -> httpx.Response:
        async with self.program() as app:
            return await app.get("/smart/authorize", params=self.asks(**changed))

    async def consent(self, patient: str = "kari", **changed: str) -> tuple[str, httpx.Response]:
        """The consent page and its address, the patient chosen."""
        address = onward(await self.authorize(**changed))
        page = await self.browser.get(address, follow_redirects=True)
        if 'name="pasient"' in page.text:
            proof = hidden_field(page.text, "bevis")
            chosen = {"bevis": proof, "pasient": f"Patient/{patient}"}
            page = await self.browser.post(f"{address}/pasient", data=chosen, follow_redirects=True)
        return address, page

    async def granted(self, answer: str = "ja", patient: str = "kari", **changed: str) -> dict[str, str]:
        """What the app gets in its address after the person's answer."""
        address, page = await self.consent(patient, **changed)
        assert page.status_code == 200, page.text
        if 'http-equiv="refresh"' in page.text:
            return query_of(onward(page))  # they have said yes to the same before
        proof = hidden_field(page.text, "bevis")
        done = await self.browser.post(address, data={"bevis": proof, "svar": answer})
        return query_of(onward(done))

    async def token(self, **form: str) -> httpx.Response:
        async with self.program() as app:
            return await app.post("/smart/token", data=form)

    async def redeem(self, code: str, **changed: str) -> httpx.Response:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": BACK,
            "client_id": "growth",
            "code_verifier": self.verifier,
        } | changed
        return await self.token(**form)

    async def tokens(self, **changed: str) -> dict[str, Any]:
        """The whole way: asked, granted, redeemed."""
        answer = await self.redeem((await self.granted(**changed))["code"])
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def fhir(self, token: str, path: str, method: str = "GET", body: Any = None) -> httpx.Response:
        async with self.program(Authorization=f"Bearer {token}") as app:
            return await app.request(method, f"/fhir/{path}", json=body)

    async def ids(self, token: str, path: str) -> set[str]:
        answer = await self.fhir(token, path)
        assert answer.status_code == 200, answer.text
        return {one["resource"]["id"] for one in answer.json().get("entry", [])}

    async def end_role(self, id: str) -> None:
        """The role of a worker ended long ago."""
        async with self.program() as practice:
            role = (await practice.get(f"/fhir/PractitionerRole/{id}")).json()
            role["period"] = {"start": "2020-01-01", "end": "2020-12-31"}
            assert (await practice.put(f"/fhir/PractitionerRole/{id}", json=role)).status_code == 200


@pytest.fixture(scope="session")
def know() -> Knowledge:
    return lasting(rooms.knowledge(FHIR_PACKAGE, ROOT / ".data" / "cache"))


@pytest.fixture(scope="session")
def launched(postgres: str, template: str, know: Knowledge) -> Filled:
    """Databases with the staff, the patients and an app."""

    async def fill(pool: asyncpg.Pool) -> None:
        await Apps(pool).register(GROWTH)
        entries = [entry("PUT", f"{one['resourceType']}/{one['id']}", one) for one in resources()]
        transport = httpx.ASGITransport(wiring.surface(Settings(practice_site=True), know, pool))
        async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as practice:
            stored = await practice.post(
                "/fhir", content=bundle(*entries), headers={"Content-Type": "application/fhir+json"}
            )
            assert stored.status_code == 200, stored.text

    return Filled(postgres, template, "launched", fill)


@pytest_asyncio.fixture
async def database_url(launched: Filled) -> AsyncIterator[str]:
    """A database of this test's own, with all of them."""
    async for url in launched.copy():
        yield url


@pytest_asyncio.fixture
async def site(pool: asyncpg.Pool, know: Knowledge) -> AsyncIterator[Site]:
    """A practice site on this machine."""
    transport = httpx.ASGITransport(wiring.surface(Settings(practice_site=True), know, pool))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers={"Origin": ORIGIN}) as browser:
        yield Site(transport, pool, Apps(pool), browser, know)


def resources() -> Iterator[dict[str, Any]]:
    """The staff, two patients on the ward and one who is not, each with a result and a measurement."""
    yield from staff.resources()
    for id, family in (("kari", "Nordmann"), ("ola", "Nordli"), ("per", "Fjell")):
        one = patient(id) | {"name": [{"given": [id.title()], "family": family}]}
        if id == "kari":
            one["identifier"] = [{"system": sample.IDENTITY_NUMBER, "value": KARIS_NUMBER}]
        yield one
        yield categorised(f"lab-{id}", id, "laboratory")
        yield categorised(f"vital-{id}", id, "vital-signs")
    yield from (stay(f"stay-{id}", id, staff.WARD, "2020-01-01") for id in ("kari", "ola"))
