"""Those that sign with their keys: services, confidential apps, and who introspects."""

import json
import secrets
import time
from typing import Any

import pytest
from joserfc import jwk, jwt

from fellesjournal.access.apps import App
from smart.conftest import BACK, GROWTH, ORIGIN, Site

TOKEN = f"{ORIGIN}/smart/token"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
EC = jwk.ECKey.generate_key("P-384", parameters={"kid": "ec"})
RSA = jwk.RSAKey.generate_key(2048, parameters={"kid": "rsa"})
KEYS = json.dumps({"keys": [EC.as_dict(private=False), RSA.as_dict(private=False)]})
LABORATORY = App(
    "lab",
    "Laboratorium",
    "Eksempel AS",
    "service",
    scopes="system/Observation.rs system/Patient.s",
    jwks=KEYS,
)


def assertion(client: str = "lab", key: Any = EC, alg: str = "ES384", **changed: Any) -> str:
    now = int(time.time())
    claims = {
        "iss": client,
        "sub": client,
        "aud": TOKEN,
        "exp": now + 240,
        "jti": secrets.token_urlsafe(16),
    } | changed
    claims = {name: value for name, value in claims.items() if value is not None}
    return jwt.encode({"alg": alg, "kid": key.kid}, claims, key, algorithms=[alg])


def signed(text: str, **form: str) -> dict[str, str]:
    return {"client_assertion_type": ASSERTION, "client_assertion": text, **form}


@pytest.fixture
async def lab(site: Site) -> Site:
    """The site with a laboratory system that the record knows."""
    await site.apps.register(LABORATORY)
    device = {
        "resourceType": "Device",
        "id": "lab",
        "identifier": [{"system": "https://fellesjournal.no/fhir/NamingSystem/klient", "value": "lab"}],
        "deviceName": [{"name": "Laboratorium", "type": "user-friendly-name"}],
        "type": {
            "coding": [{"system": "https://fellesjournal.no/fhir/CodeSystem/rolle", "code": "fagsystem"}]
        },
    }
    async with site.program() as practice:
        assert (await practice.put("/fhir/Device/lab", json=device)).status_code == 201
    return site


async def credentials(site: Site, text: str, scope: str = "system/Observation.rs") -> Any:
    return await site.token(**signed(text, grant_type="client_credentials", scope=scope))


@pytest.mark.parametrize(("key", "alg"), [(EC, "ES384"), (RSA, "RS384")])
async def test_a_service_gets_a_short_token_for_what_it_is_registered_for(
    lab: Site, key: Any, alg: str
) -> None:
    answer = await credentials(lab, assertion(key=key, alg=alg))
    assert answer.status_code == 200, answer.text
    tokens = answer.json()
    assert (tokens["expires_in"], tokens["scope"]) == (600, "system/Observation.rs")
    assert "refresh_token" not in tokens
    assert await lab.ids(tokens["access_token"], "Observation") >= {"lab-kari", "lab-per", "vital-per"}
    assert (await lab.fhir(tokens["access_token"], "Patient/kari")).status_code == 403
    assert (await lab.fhir(tokens["access_token"], "Observation/lab-kari", "DELETE")).status_code == 403


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "https://other.example/token"},
        {"exp": int(time.time()) - 300},
        {"exp": int(time.time()) + 3600},
        {"exp": None},
        {"jti": None},
        {"sub": "growth"},
        {"iss": "growth"},
        {"nbf": int(time.time()) + 3600},
        {"key": jwk.ECKey.generate_key("P-384", parameters={"kid": "ec"})},
        {"key": jwk.ECKey.generate_key("P-384", parameters={"kid": "unknown"})},
        {"key": jwk.ECKey.generate_key("P-256", parameters={"kid": "ec"}), "alg": "ES256"},
    ],
)
async def test_an_assertion_that_does_not_hold_is_refused(lab: Site, changed: dict[str, Any]) -> None:
    refused = await credentials(lab, assertion(**changed))
    assert (refused.status_code, refused.json()["error"]) == (401, "invalid_client")


async def test_an_assertion_counts_once(lab: Site) -> None:
    text = assertion()
    assert (await credentials(lab, text)).status_code == 200
    replayed = await credentials(lab, text)
    assert (replayed.status_code, replayed.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "e30.e30.", "eyJhbGciOiJub25lIn0.eyJpc3MiOiJsYWIifQ."])
async def test_what_is_no_signed_assertion_is_refused(lab: Site, text: str) -> None:
    refused = await lab.token(**signed(text, grant_type="client_credentials", scope="system/Observation.rs"))
    assert (refused.status_code, refused.json()["error"]) == (401, "invalid_client")


@pytest.mark.parametrize(
    "scope", ["system/*.cruds", "patient/Observation.rs", "", "openid", "system/Task.rs"]
)
async def test_a_service_gets_nothing_beyond_its_registration(lab: Site, scope: str) -> None:
    refused = await credentials(lab, assertion(), scope)
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_scope")


async def test_a_service_that_the_record_does_not_know_gets_nothing(site: Site) -> None:
    await site.apps.register(LABORATORY)
    refused = await credentials(site, assertion())
    assert refused.json()["error"] == "invalid_client"
    assert "no system of this record" in refused.json()["error_description"]


async def test_a_confidential_app_signs_when_it_redeems(site: Site) -> None:
    await site.apps.register(GROWTH._replace(id="clinic", kind="confidential", jwks=KEYS))
    await site.sign_in()
    code = (await site.granted(client_id="clinic"))["code"]
    unsigned = await site.redeem(code, client_id="clinic")
    assert (unsigned.status_code, unsigned.json()["error"]) == (401, "invalid_client")
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK}
    other = signed(assertion("clinic"), **form, code_verifier=site.verifier, client_id="growth")
    assert (await site.token(**other)).json()["error"] == "invalid_client"
    answer = await site.token(**signed(assertion("clinic"), **form, code_verifier=site.verifier))
    assert answer.status_code == 200
    assert answer.json()["patient"] == "kari"


async def test_introspection_tells_those_who_may_ask(site: Site) -> None:
    await site.apps.register(LABORATORY._replace(id="gateway", introspects=True))
    await site.apps.register(LABORATORY._replace(id="curious"))
    await site.sign_in()
    tokens = await site.tokens(scope="launch/patient patient/*.rs offline_access")

    async def asked(client: str, token: str) -> dict[str, Any]:
        async with site.program() as program:
            form = signed(assertion(client), token=token)
            found: dict[str, Any] = (await program.post("/smart/introspect", data=form)).json()
            return found

    found = await asked("gateway", tokens["access_token"])
    assert found["active"] is True
    assert (found["client_id"], found["patient"], found["sub"]) == (
        "growth",
        "kari",
        "Practitioner/varm-lyngmo",
    )
    assert (await asked("gateway", tokens["refresh_token"]))["active"] is True
    assert await asked("gateway", "invented") == {"active": False}
    assert (await asked("curious", tokens["access_token"]))["error"] == "unauthorized_client"


async def test_revocation_ends_the_token_and_with_a_refresh_token_the_grant(site: Site) -> None:
    await site.apps.register(GROWTH._replace(id="two"))
    await site.sign_in()
    tokens = await site.tokens(scope="launch/patient patient/*.rs offline_access")

    async def revoke(client: str, token: str) -> int:
        async with site.program() as app:
            answer = await app.post("/smart/revoke", data={"client_id": client, "token": token})
            return answer.status_code

    assert await revoke("two", tokens["access_token"]) == 200
    assert (await site.fhir(tokens["access_token"], "Patient/kari")).status_code == 200
    assert await revoke("growth", tokens["access_token"]) == 200
    assert (await site.fhir(tokens["access_token"], "Patient/kari")).status_code == 401
    renew = {"grant_type": "refresh_token", "client_id": "growth"}
    renewed = (await site.token(**renew, refresh_token=tokens["refresh_token"])).json()
    assert await revoke("growth", renewed["refresh_token"]) == 200
    assert (await site.fhir(renewed["access_token"], "Patient/kari")).status_code == 401
    assert await revoke("growth", "invented") == 200
