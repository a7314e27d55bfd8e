"""Without sign-in: only a practice site answers, and only programs on the same machine."""

import httpx
import pytest

from api.conftest import MakeApp
from fellesjournal.api.options import Options

PRACTICE = Options(practice=True)


def asked(application: MakeApp, options: Options, peer: str = "127.0.0.1") -> httpx.AsyncClient:
    transport = httpx.ASGITransport(application(options), client=(peer, 4_711))
    return httpx.AsyncClient(transport=transport, base_url="http://localhost/fhir")


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
async def test_programs_on_this_machine_are_answered(application: MakeApp, peer: str) -> None:
    assert (await asked(application, PRACTICE, peer).get("metadata")).status_code == 200


@pytest.mark.parametrize("peer", ["10.0.0.1", "192.168.1.5", "::ffff:10.0.0.1", "fe80::1", "unix", ""])
async def test_others_are_not(application: MakeApp, peer: str) -> None:
    answer = await asked(application, PRACTICE, peer).get("metadata")
    assert answer.status_code == 403
    assert answer.json()["issue"][0]["code"] == "forbidden"


@pytest.mark.parametrize("header", ["Forwarded", "X-Forwarded-For", "X-Real-IP"])
async def test_a_proxy_on_this_machine_does_not_make_others_local(application: MakeApp, header: str) -> None:
    answer = await asked(application, PRACTICE).get("metadata", headers={header: "for=10.0.0.1"})
    assert answer.status_code == 403


async def test_a_site_that_is_not_for_practice_answers_nobody(application: MakeApp) -> None:
    for method in ("GET", "POST", "OPTIONS"):
        answer = await asked(application, Options()).request(method, "Patient")
        assert answer.status_code == 401


async def test_browsers_may_call_from_the_origins_a_site_allows(application: MakeApp) -> None:
    options = Options(practice=True, allowed_origins=("https://app.example",))
    client = asked(application, options)
    ask = {"origin": "https://app.example", "access-control-request-method": "PUT"}
    assert (await client.options("Patient/1", headers=ask)).headers["access-control-allow-origin"] == ask[
        "origin"
    ]
    got = await client.get("metadata", headers={"origin": "https://app.example"})
    assert got.headers["access-control-allow-origin"] == "https://app.example"
    assert "ETag" in got.headers["access-control-expose-headers"]
    assert "access-control-allow-origin" not in (await client.get("metadata")).headers
    other = await client.get("metadata", headers={"origin": "https://other.example"})
    assert "access-control-allow-origin" not in other.headers


async def test_the_configured_address_is_written_into_links(application: MakeApp) -> None:
    options = Options(practice=True, base_url="https://journal.example/fhir")
    statement = (await asked(application, options).get("metadata")).json()
    assert statement["implementation"]["url"] == "https://journal.example/fhir"
