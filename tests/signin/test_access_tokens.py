"""Access tokens presented to the FHIR service: each that does not hold is refused with its own reason."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import pytest
from joserfc import jwk

from fellesjournal.access.people import CLIENT as CLIENT_ID
from fellesjournal.access.policy_names import ROLE
from fellesjournal.access.single_use import STRETCH, SingleUse
from fellesjournal.signin.identification import ROLE_HEADER
from fellesjournal.signin.openid import proof
from fellesjournal.signin.openid.access_token import AccessTokens
from fellesjournal.signin.openid.provider import HELSEID
from fellesjournal.signin.openid.refusal import Reason, Refused
from signin import providers
from signin.conftest import House
from signin.providers import AUDIENCE
from signin.tokens import ISSUER, Keys, signed, times
from world import staff

KEY = providers.new_key("k1", "PS256")
URL = "https://journal.example/fhir/Patient"
HOLDER = proof.new_key()
PID, HPR, LEVEL = (f"{HELSEID}{one}" for one in ("identity/pid", "hpr/hpr_number", "identity/security_level"))

AT = int(time.time())
"""The second at which everything here happens, but for the turn of nonces."""
NOW = datetime.fromtimestamp(AT, UTC)

Headers = dict[str, str]


@pytest.fixture
def once(pool: asyncpg.Pool) -> SingleUse:
    return SingleUse(pool, clock=lambda: NOW)


@pytest.fixture
def tokens(once: SingleUse) -> AccessTokens:
    return AccessTokens({ISSUER: Keys(KEY).discovery()}, AUDIENCE, once, clock=lambda: NOW)


def access(key: str = KEY, holder: jwk.ECKey = HOLDER, **claims: Any) -> str:
    whole = times(AT, aud=AUDIENCE, sub="x", client_id="app", cnf={"jkt": holder.thumbprint()}) | claims
    return signed(key, whole, typ=claims.get("typ", "at+jwt"))


async def headers(once: SingleUse, text: str, **more: Any) -> Headers:
    """What a client sends with a token; `more` is how it differs from what is right."""
    nonce = more.get("nonce", (await once.nonces())[0])
    made = proof.make(
        more.get("holder", HOLDER),
        more.get("method", "GET"),
        more.get("url", URL),
        more.get("now", NOW),
        nonce=nonce,
        access=more.get("access", text),
    )
    return {"authorization": f"DPoP {text}", "dpop": made}


async def refusal_of(tokens: AccessTokens, given: Headers) -> Refused:
    with pytest.raises(Refused) as refused:
        await tokens.identify(given, "GET", URL)
    return refused.value


async def test_a_token_and_its_proof_are_taken(tokens: AccessTokens, once: SingleUse) -> None:
    text = access()
    claims = await tokens.identify(await headers(once, text), "GET", f"{URL}?name=x#here")
    assert claims is not None
    assert claims["client_id"] == "app"
    assert await tokens.identify({}, "GET", URL) is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (lambda: access(exp=AT - 600), Reason.EXPIRED),
        (lambda: access(nbf=AT + 600), Reason.NOT_YET),
        (lambda: access(iat=AT + 600), Reason.NOT_YET),
        (lambda: access(aud="https://other.example"), Reason.AUDIENCE),
        (lambda: access(iss="https://evil.example"), Reason.ISSUER),
        (lambda: access(providers.new_key("k1", "PS256")), Reason.SIGNATURE),
        (lambda: access(providers.new_key("k7", "PS256")), Reason.UNKNOWN_KEY),
        (lambda: access(typ="JWT"), Reason.TYPE),
        (lambda: access(cnf=None), Reason.BEARER),
        (lambda: access(cnf={"jkt": proof.new_key().thumbprint()}), Reason.PROOF_KEY),
        (lambda: "not.a.token", Reason.MALFORMED),
        (lambda: "", Reason.MALFORMED),
    ],
)
async def test_a_token_that_does_not_hold(
    tokens: AccessTokens, once: SingleUse, text: Callable[[], str], reason: Reason
) -> None:
    refused = await refusal_of(tokens, await headers(once, text()))
    assert refused.reason is reason
    challenge = dict(refused.headers)["WWW-Authenticate"]
    assert challenge.startswith("DPoP error=")
    assert challenge.isascii()


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"method": "POST"}, Reason.PROOF_METHOD),
        ({"url": "https://journal.example/fhir/Observation"}, Reason.PROOF_ADDRESS),
        ({"url": "https://evil.example/fhir/Patient"}, Reason.PROOF_ADDRESS),
        ({"access": "another token"}, Reason.PROOF_TOKEN),
        ({"now": NOW - timedelta(minutes=5)}, Reason.PROOF_TIME),
        ({"now": NOW + timedelta(minutes=5)}, Reason.PROOF_TIME),
        ({"holder": proof.new_key()}, Reason.PROOF_KEY),
        ({"nonce": ""}, Reason.PROOF_NONCE),
        ({"nonce": "invented"}, Reason.PROOF_NONCE),
    ],
)
async def test_a_proof_that_does_not_fit(
    tokens: AccessTokens, once: SingleUse, wrong: dict[str, Any], reason: Reason
) -> None:
    assert (await refusal_of(tokens, await headers(once, access(), **wrong))).reason is reason


async def test_a_stolen_token_without_its_proof_is_worth_nothing(
    tokens: AccessTokens, once: SingleUse
) -> None:
    text = access()
    right = await headers(once, text)
    for given in (
        {"authorization": f"Bearer {text}"},
        {"authorization": f"DPoP {text}"},
        {"authorization": f"Bearer {text}", "dpop": right["dpop"]},
        {"authorization": f"DPoP {text}", "dpop": f"{right['dpop']}, {right['dpop']}"},
    ):
        assert (await refusal_of(tokens, given)).reason is Reason.PROOF_MISSING
    assert (await refusal_of(tokens, {"authorization": "Basic eDp5"})).reason is Reason.MALFORMED


async def test_a_proof_is_used_once_in_all_processes(tokens: AccessTokens, pool: asyncpg.Pool) -> None:
    given = await headers(SingleUse(pool, clock=lambda: NOW), access())
    await tokens.identify(given, "GET", URL)
    other = SingleUse(pool, clock=lambda: NOW)
    elsewhere = AccessTokens({ISSUER: Keys(KEY).discovery()}, AUDIENCE, other, clock=lambda: NOW)
    assert (await refusal_of(elsewhere, given)).reason is Reason.REPLAYED


async def test_an_old_nonce_is_refused_and_the_new_one_told(pool: asyncpg.Pool) -> None:
    ahead = [timedelta()]
    once = SingleUse(pool, clock=lambda: datetime.now(UTC) + ahead[0])
    tokens = AccessTokens({ISSUER: Keys(KEY).discovery()}, AUDIENCE, once, clock=lambda: NOW)
    old = (await once.nonces())[0]
    ahead[0] = timedelta(seconds=STRETCH)
    await tokens.identify(await headers(once, access(), nonce=old), "GET", URL)
    ahead[0] = timedelta(seconds=2 * STRETCH)
    refused = await refusal_of(tokens, await headers(once, access(), nonce=old))
    assert refused.reason is Reason.PROOF_NONCE
    told = dict(refused.headers)
    assert 'error="use_dpop_nonce"' in told["WWW-Authenticate"]
    await tokens.identify(await headers(once, access(), nonce=told["DPoP-Nonce"]), "GET", URL)


async def test_two_processes_give_out_the_same_nonce(pool: asyncpg.Pool) -> None:
    at = datetime.now(UTC)
    one, other = SingleUse(pool, clock=lambda: at), SingleUse(pool, clock=lambda: at)
    assert (await one.nonces())[0] == (await other.nonces())[0]


async def test_a_site_may_choose_to_take_bearer_tokens(once: SingleUse) -> None:
    tokens = AccessTokens(
        {ISSUER: Keys(KEY).discovery()}, AUDIENCE, once, bound_only=False, clock=lambda: NOW
    )
    assert await tokens.identify({"authorization": f"Bearer {access(cnf=None)}"}, "GET", URL)
    bound = await refusal_of(tokens, {"authorization": f"Bearer {access()}"})
    assert bound.reason is Reason.PROOF_MISSING


def person(id: str) -> dict[str, str]:
    return providers.people()[id]


async def test_a_token_leads_to_its_holder_in_one_role(house: House, once: SingleUse) -> None:
    keys = Keys(KEY)
    clients = {"helseid": providers.client(providers.helseid(ISSUER), keys.http, "https://journal.example")}
    site = house.with_clients(clients, "https://journal.example")
    identification = site.identification(
        AccessTokens({ISSUER: keys.discovery()}, AUDIENCE, once, clock=lambda: NOW)
    )

    async def actor(claims: dict[str, Any], more: Headers | None = None) -> Any:
        given = await headers(once, text := access(**claims))
        assert text
        return await identification.actor_of(given | (more or {}), "GET", URL)

    nurse = await actor(person("varm-lyngmo"))
    assert (nurse.person, nurse.role, nurse.app) == ("Practitioner/varm-lyngmo", "sykepleier", "app")
    assert nurse.unit == f"Organization/{staff.WARD}"
    chosen = "PractitionerRole/nysgjerrig-furukongle-2"
    student = await actor(person("nysgjerrig-furukongle"), {ROLE_HEADER: chosen})
    assert (student.practitioner_role, student.role) == (chosen, "helsesekretaer")
    refusals: dict[Reason, dict[str, Any]] = {
        Reason.NO_ROLE: person("nysgjerrig-furukongle"),
        Reason.LEVEL: person("low"),
        Reason.UNKNOWN_PERSON: person("stranger"),
        Reason.SUBJECT: {"client_id": None},
    }
    for reason, claims in refusals.items():
        with pytest.raises(Refused) as refused:
            await actor(claims)
        assert refused.value.reason is reason
    with pytest.raises(Refused) as refused:
        await actor(person("nysgjerrig-furukongle"), {ROLE_HEADER: "PractitionerRole/klok-tindvik-1"})
    assert refused.value.reason is Reason.ROLE_ENDED


async def test_a_system_is_the_device_with_its_client_id(house: House, once: SingleUse) -> None:
    keys = Keys(KEY)
    clients = {"helseid": providers.client(providers.helseid(ISSUER), keys.http, "https://journal.example")}
    site = house.with_clients(clients, "https://journal.example")
    identification = site.identification(
        AccessTokens({ISSUER: keys.discovery()}, AUDIENCE, once, clock=lambda: NOW)
    )
    given = await headers(once, access(client_id="lab-1"))
    with pytest.raises(Refused) as refused:
        await identification.actor_of(given, "GET", URL)
    assert refused.value.reason is Reason.UNKNOWN_PERSON
    device = {
        "resourceType": "Device",
        "id": "lab",
        "identifier": [{"system": CLIENT_ID, "value": "lab-1"}],
        "deviceName": [{"name": "Isfjell laboratorium", "type": "user-friendly-name"}],
        "type": {"coding": [{"system": ROLE, "code": "fagsystem"}]},
    }
    await house.put(device)
    actor = await identification.actor_of(await headers(once, access(client_id="lab-1")), "GET", URL)
    assert actor is not None
    assert (actor.person, actor.role, actor.app) == ("Device/lab", "fagsystem", "lab-1")
    assert actor.display == "Isfjell laboratorium"
