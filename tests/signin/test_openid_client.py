"""Sign-in at a real provider that demands pushed requests, PKCE, DPoP with nonces and private_key_jwt."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
import pytest_asyncio

from fellesjournal.app import staff
from fellesjournal.signin.openid.provider import HELSEID
from signin import providers

SITE = "http://127.0.0.1:18080"


@pytest.fixture(scope="module")
def running() -> Iterator[providers.Running]:
    with providers.running(SITE) as found:
        yield found


@pytest_asyncio.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=10) as asking:
        yield asking


async def test_a_health_worker_is_vouched_for(running: providers.Running, http: httpx.AsyncClient) -> None:
    client = providers.client(providers.helseid(running.issuer), http, SITE)
    begun = await client.begin()
    async with httpx.AsyncClient() as browser:
        answer = await providers.identify(browser, begun.address, "varm-lyngmo")
    assert answer["state"] == begun.state
    found = await client.finish(answer, begun.nonce, begun.verifier, begun.proof_key, None)
    worker = next(one for one in staff.WORKERS if one.id == "varm-lyngmo")
    assert found.claims[f"{HELSEID}identity/pid"] == staff.pid_of(worker)
    assert found.claims["sid"]
    assert f"organisation NO:ORGNR:{providers.PARENT}:{providers.CHILD}\n" in running.said
