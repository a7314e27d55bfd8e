"""Sign-in at a real provider that demands pushed requests, PKCE, DPoP with nonces and private_key_jwt."""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import asyncpg
import httpx
import pytest
import pytest_asyncio

from fellesjournal.access.single_use import SingleUse
from fellesjournal.signin.openid import proof, provider
from fellesjournal.signin.openid.access_token import AccessTokens
from fellesjournal.signin.openid.client import Client, SignedIn
from fellesjournal.signin.openid.discovery import Discovery
from fellesjournal.signin.openid.provider import HELSEID
from fellesjournal.signin.openid.refusal import Reason, Refused
from signin import providers
from world import staff

SITE = "http://127.0.0.1:18080"


@pytest.fixture(scope="module")
def running() -> Iterator[providers.Running]:
    """The provider as HelseID: claims in the ID token."""
    with providers.running(SITE) as found:
        yield found


@pytest.fixture(scope="module")
def for_citizens() -> Iterator[providers.Running]:
    """The provider as ID-porten, with claims at userinfo: a resource that DPoP is needed for too."""
    with providers.running(SITE, in_id_token=False, algorithm="ES256", key=providers.new_key("e1")) as found:
        yield found


@pytest_asyncio.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(timeout=10) as asking:
        yield asking


async def signed_in(client: Client, who: str, acr: str = "", **changed: str) -> SignedIn:
    """Sign in; `changed` is what comes back otherwise than it should."""
    begun = await client.begin()
    async with httpx.AsyncClient() as browser:
        answer = await providers.identify(browser, begun.address, who, acr=acr)
    assert answer["state"] == begun.state
    verifier = changed.pop("verifier", begun.verifier)
    nonce = changed.pop("nonce", begun.nonce)
    key = changed.pop("proof_key", begun.proof_key)
    return await client.finish(answer | changed, nonce, verifier, key, None)


async def refusal_of(client: Client, who: str, acr: str = "", **changed: str) -> Refused:
    with pytest.raises(Refused) as refused:
        await signed_in(client, who, acr, **changed)
    return refused.value


async def test_a_health_worker_is_vouched_for(running: providers.Running, http: httpx.AsyncClient) -> None:
    found = await signed_in(providers.client(providers.helseid(running.issuer), http, SITE), "varm-lyngmo")
    worker = next(one for one in staff.WORKERS if one.id == "varm-lyngmo")
    assert found.claims[f"{HELSEID}identity/pid"] == staff.pid_of(worker)
    assert found.claims["sid"]
    assert f"organisation NO:ORGNR:{providers.PARENT}:{providers.CHILD}\n" in running.said


async def test_a_citizen_is_vouched_for_at_userinfo(
    for_citizens: providers.Running, http: httpx.AsyncClient
) -> None:
    client = providers.client(providers.idporten(for_citizens.issuer), http, SITE)
    found = await signed_in(client, "citizen", "idporten-loa-high")
    assert found.claims["pid"] == providers.CITIZEN_PID
    assert found.claims["acr"] == "idporten-loa-high"


async def test_only_a_provider_that_promises_nothing_may_give_unbound_tokens(http: httpx.AsyncClient) -> None:
    with providers.running(SITE, in_id_token=False, bound=False) as running:
        citizen = providers.client(providers.idporten(running.issuer), http, SITE)
        assert (await signed_in(citizen, "citizen", "idporten-loa-high")).claims["pid"]
        worker = providers.client(replace(providers.helseid(running.issuer), organisation=None), http, SITE)
        assert "not bound" in str(await refusal_of(worker, "varm-lyngmo"))


async def test_a_level_that_is_too_low_is_refused(
    running: providers.Running, for_citizens: providers.Running, http: httpx.AsyncClient
) -> None:
    worker = providers.client(providers.helseid(running.issuer), http, SITE)
    assert (await refusal_of(worker, "low")).reason is Reason.LEVEL
    lenient = providers.client(providers.helseid(running.issuer, ("3", "4")), http, SITE)
    assert await signed_in(lenient, "low")
    citizen = providers.client(providers.idporten(for_citizens.issuer), http, SITE)
    for acr in ("idporten-loa-substantial", ""):
        assert (await refusal_of(citizen, "citizen", acr)).reason is Reason.LEVEL


async def test_what_comes_back_changed_is_refused(
    running: providers.Running, http: httpx.AsyncClient
) -> None:
    client = providers.client(providers.helseid(running.issuer), http, SITE)
    other = json.dumps(proof.new_key().as_dict(private=True))
    for changed, reason in (
        ({"iss": "https://evil.example"}, Reason.ISSUER),
        ({"iss": ""}, Reason.ISSUER),
        ({"code": "invented"}, Reason.PROVIDER),
        ({"code": ""}, Reason.MALFORMED),
        ({"verifier": "x" * 43}, Reason.PROVIDER),
        ({"proof_key": other}, Reason.PROVIDER),
        ({"nonce": "of another sign-in"}, Reason.NONCE),
        ({"error": "access_denied"}, Reason.DENIED),
        ({"error": "login_required"}, Reason.DENIED),
        ({"error": "temporarily_unavailable"}, Reason.DOWN),
        ({"error": "server_error"}, Reason.DOWN),
        ({"error": "invalid_scope"}, Reason.PROVIDER),
        ({"error": "unheard_of"}, Reason.PROVIDER),
    ):
        assert (await refusal_of(client, "varm-lyngmo", **changed)).reason is reason, changed


async def test_a_person_that_the_provider_turns_away(
    running: providers.Running, http: httpx.AsyncClient
) -> None:
    client = providers.client(providers.helseid(running.issuer), http, SITE)
    assert (await refusal_of(client, "nobody")).reason is Reason.DENIED


async def test_the_provider_does_not_take_another_key_for_ours(
    running: providers.Running, http: httpx.AsyncClient
) -> None:
    private, algorithm = provider.read_key(providers.new_key("ours-1"))
    imposter = replace(providers.helseid(running.issuer), key=private, algorithm=algorithm)
    with pytest.raises(Refused) as refused:
        await providers.client(imposter, http, SITE).begin()
    assert refused.value.reason is Reason.PROVIDER
    assert "invalid_client" in str(refused.value)


async def test_opening_again_asks_the_person_anew(
    running: providers.Running, http: httpx.AsyncClient
) -> None:
    client = providers.client(providers.helseid(running.issuer), http, SITE)
    async with httpx.AsyncClient() as browser:
        first = await client.begin()
        await providers.identify(browser, first.address, "varm-lyngmo")
        second = await client.begin()
        still = await browser.get(second.address)
        for _ in range(3):
            if "/interaction/" in still.headers.get("location", ""):
                still = await browser.get(f"{running.issuer}{still.headers['location']}")
            elif still.is_redirect and not still.headers["location"].startswith(SITE):
                still = await browser.get(still.headers["location"])
        assert still.headers["location"].startswith(f"{SITE}/logg-inn/retur"), "known already: not asked"
        again = await client.begin(again=True)
        page = await browser.get(again.address)
        page = await browser.get(f"{running.issuer}{page.headers['location']}")
        assert "<form" in page.text, "asked anew"
        answer = await providers.identify(browser, str(page.url), "varm-lyngmo")
    since = datetime.now(UTC) - timedelta(seconds=30)
    assert await client.finish(answer, again.nonce, again.verifier, again.proof_key, since)


async def test_a_provider_that_is_down_is_said_to_be_down() -> None:
    async with httpx.AsyncClient(timeout=1) as http:
        nowhere = f"http://127.0.0.1:{providers.free_port()}"
        with pytest.raises(Refused) as refused:
            await providers.client(providers.helseid(nowhere), http, SITE).begin()
    assert refused.value.reason is Reason.DOWN


async def test_keys_are_rotated_without_a_restart_of_ours(http: httpx.AsyncClient) -> None:
    port = providers.free_port()
    clock = [0.0]
    issuer = f"http://{providers.HOST}:{port}"
    discovery = Discovery(issuer, http, clock=lambda: clock[0])
    client = Client(providers.helseid(issuer), discovery, http, f"{SITE}/logg-inn/retur")
    for kid in ("before", "after"):
        with providers.running(SITE, port=port, key=providers.new_key(kid, "PS256")):
            assert await signed_in(client, "varm-lyngmo")
        clock[0] += 60


async def test_an_access_token_of_the_provider_opens_the_fhir_service(
    running: providers.Running, http: httpx.AsyncClient, pool: asyncpg.Pool
) -> None:
    ours = replace(providers.helseid(running.issuer), client_id="system", organisation=None)
    client = providers.client(ours, http, SITE)
    key, once = proof.new_key(), SingleUse(pool)
    form = {"grant_type": "client_credentials", "resource": providers.AUDIENCE, "scope": "journal/read"}
    given = await client.post("token_endpoint", form, key)
    tokens = AccessTokens({running.issuer: client.discovery}, providers.AUDIENCE, once)
    url = "https://journal.example/fhir/Patient"

    async def asked(nonce: str) -> object:
        made = proof.make(key, "GET", url, datetime.now(UTC), nonce=nonce, access=given["access_token"])
        return await tokens.identify(
            {"authorization": f"DPoP {given['access_token']}", "dpop": made}, "GET", url
        )

    with pytest.raises(Refused) as refused:
        await asked("")
    claims = await asked(dict(refused.value.headers)["DPoP-Nonce"])
    assert isinstance(claims, dict)
    assert (claims["client_id"], claims["scope"]) == ("system", "journal/read")
    elsewhere = AccessTokens({running.issuer: client.discovery}, "https://other.example", once)
    with pytest.raises(Refused) as refused:
        await elsewhere.identify({"authorization": f"DPoP {given['access_token']}"}, "GET", url)
    assert refused.value.reason is Reason.AUDIENCE


@pytest.mark.parametrize(
    "key",
    ["", "{}", "not json", providers.new_key("k").replace("ES256", "HS256"), '{"kty":"oct","k":"c2VjcmV0"}'],
)
def test_a_key_that_will_not_do_is_refused_when_the_site_starts(key: str) -> None:
    from fellesjournal.errors import Invalid

    with pytest.raises(Invalid):
        provider.read_key(key)
    with pytest.raises(Invalid, match="not a private"):
        provider.read_key(json.dumps(providers.public(providers.OUR_KEY)))
