"""Every route of every surface is asked, and its headers are looked at."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import asyncpg
import httpx
import pytest
import pytest_asyncio
from starlette.applications import Starlette
from starlette.routing import Route

from fellesjournal.api.headers import Headers
from fellesjournal.app import wiring
from fellesjournal.app.rooms import Knowledge
from fellesjournal.app.settings import Settings
from fellesjournal.fhir.definitions import Definitions
from record.conftest import make_parts

EXACT = {
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
}
INLINE = re.compile(r"<style|<script(?![^>]* src=)|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


@pytest.fixture
def site(
    pool: asyncpg.Pool, database_url: str, definitions: Definitions, tmp_path: Path
) -> tuple[Starlette, Settings]:
    know = Knowledge(definitions, make_parts(definitions)[2])
    settings = Settings(
        practice_site=True,
        data=tmp_path,
        database_url=database_url,
        base_url="https://journal.example/fhir",
        allowed_origins=("https://app.example",),
    )
    return wiring.surface(settings, know, pool), settings


@pytest_asyncio.fixture
async def client(site: tuple[Starlette, Settings]) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(site[0], raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080") as asking:
        yield asking


def looked_at(answer: httpx.Response, where: str) -> None:
    for name, value in EXACT.items():
        assert answer.headers.get(name) == value, (where, name)
    assert answer.headers["referrer-policy"] in ("same-origin", "no-referrer"), where
    for device in ("camera", "geolocation", "microphone"):
        assert f"{device}=()" in answer.headers["permissions-policy"], where
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy, where
    assert "frame-ancestors 'none'" in policy, where
    assert "base-uri 'none'" in policy, where
    assert "unsafe" not in policy, where
    assert "*" not in policy, where
    assert "server" not in answer.headers, where
    assert "x-powered-by" not in answer.headers, where
    for name in EXACT.keys() | {"content-security-policy", "cache-control", "referrer-policy"}:
        assert len(answer.headers.get_list(name)) == 1, (where, name)
    if answer.content:
        assert answer.headers["content-type"], where
    if answer.headers.get("content-type", "").startswith("text/html"):
        assert not INLINE.search(answer.text), where


async def test_every_answer_of_the_fhir_service(client: httpx.AsyncClient) -> None:
    described = (await client.get("/fhir/openapi.json")).json()["paths"]
    asked = 0
    for shape, methods in described.items():
        path = shape.replace("{type}", "Observation").replace("{id}", "x").replace("{version}", "1")
        path = re.sub(r"\{\w+\}", "Observation", path)
        for method in ("get", "post", "put", "patch", "delete", "options", "head"):
            answer = await client.request(method, f"/fhir{path.removeprefix('/fhir')}", content=b"{}")
            looked_at(answer, f"{method} {path}")
            assert answer.headers["cache-control"] == "no-store", path
            asked += 1
        assert methods
    assert asked > 100


async def test_every_page_and_file(client: httpx.AsyncClient, site: tuple[Starlette, Settings]) -> None:
    paths = [route.path for route in site[0].routes if isinstance(route, Route)]
    assert len(paths) >= 4
    for path in (*paths, "/nowhere", "/..%2f..%2fetc/passwd", "/.git/config", "/fhir%2fPatient"):
        for method in ("GET", "HEAD", "POST", "OPTIONS", "TRACE"):
            answer = await client.request(method, re.sub(r"\{[^}]*\}", "x", path))
            looked_at(answer, f"{method} {path}")


async def test_faults_and_preflights_too(client: httpx.AsyncClient) -> None:
    headers = {"origin": "https://app.example", "access-control-request-method": "GET"}
    allowed = await client.options("/fhir/Patient", headers=headers)
    looked_at(allowed, "preflight")
    assert allowed.headers["access-control-allow-origin"] == "https://app.example"
    for origin in ("https://evil.example", "null", "https://app.example.evil.example"):
        other = await client.get("/fhir/metadata", headers={"origin": origin})
        looked_at(other, origin)
        assert "access-control-allow-origin" not in other.headers
    assert "access-control-allow-credentials" not in allowed.headers
    for path in ("/fhir/Nothing", "/fhir/Patient/%", "/fhir/Patient/x?_format=xml", "/fhir/Patient?x=y"):
        looked_at(await client.get(path), path)
    proxied = await client.get("/fhir/Patient", headers={"x-forwarded-for": "192.0.2.1"})
    looked_at(proxied, "refused")
    assert proxied.status_code == 403


async def test_a_resource_is_not_kept_but_its_version_is_still_asked_for(client: httpx.AsyncClient) -> None:
    made = await client.post("/fhir/Patient", json={"resourceType": "Patient", "gender": "female"})
    read = await client.get(f"/fhir/Patient/{made.json()['id']}")
    assert (read.headers["cache-control"], read.headers["etag"]) == ("no-store", 'W/"1"')
    known = await client.get(f"/fhir/Patient/{made.json()['id']}", headers={"if-none-match": 'W/"1"'})
    looked_at(known, "304")
    assert (known.status_code, known.headers["cache-control"]) == (304, "no-store")


async def test_a_page_that_fails_says_so_and_no_more(
    site: tuple[Starlette, Settings], caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(scope: object, receive: object, send: object) -> None:
        raise RuntimeError("hemmelig")

    transport = httpx.ASGITransport(Headers(broken, secure=True))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as asking:
        answer = await asking.get("/x%0aERROR forged")
    looked_at(answer, "500")
    assert (answer.status_code, "hemmelig" in answer.text) == (500, False)
    assert "A request failed: GET '/x\\nERROR forged'" in caplog.text


async def test_without_https_no_browser_is_held_to_it(
    pool: asyncpg.Pool, definitions: Definitions, site: tuple[Starlette, Settings]
) -> None:
    know = Knowledge(definitions, make_parts(definitions)[2])
    plain = wiring.surface(replace(site[1], base_url=""), know, pool)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(plain), base_url="http://127.0.0.1") as asking:
        assert "strict-transport-security" not in (await asking.get("/front.css")).headers
