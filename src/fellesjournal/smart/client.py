"""Which app makes a request: by its signed assertion (private_key_jwt, RFC 7523), or, if public, by its id.

hl7.org/fhir/smart-app-launch/client-confidential-asymmetric.html. There are no client secrets: an app that
can keep a secret can keep a key, and a key never leaves it.
"""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from joserfc import errors, jws, jwt

from fellesjournal.access.apps import App
from fellesjournal.smart.client_keys import ClientKeys
from fellesjournal.smart.refusal import Refusal
from fellesjournal.smart.server import Server

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ALGORITHMS = ("RS384", "ES384")
LONGEST = 300
"""Seconds from now at which an assertion expires, at most."""
SKEW = 30
"""Seconds by which an app's clock may differ from ours."""

Form = Mapping[str, str]


async def authenticated(server: Server, keys: ClientKeys, form: Form, audience: str) -> App:
    """The app of a request; `audience`: the token endpoint's address. Raises Refusal (invalid_client)."""
    assertion = form.get("client_assertion", "")
    if not assertion:
        app = await server.apps.find(form.get("client_id") or await _renewing(server, form))
        if app is None:
            raise Refusal("invalid_client", "There is no such app here: an administrator registers it.")
        if app.kind != "public":
            raise Refusal("invalid_client", "The app must sign: client_assertion is missing.", app=app.id)
        return app
    if form.get("client_assertion_type") != ASSERTION:
        raise Refusal("invalid_client", f"client_assertion_type must be {ASSERTION}.")
    app = await server.apps.find(_issuer(assertion))
    if app is None or app.kind == "public" or form.get("client_id", app.id) != app.id:
        raise Refusal("invalid_client", "The assertion is of no app that signs here (iss, client_id).")
    try:
        claims = await _claims(keys, app, assertion)
        await _check(server, app, claims, audience)
    except Refusal as refusal:
        raise Refusal(refusal.error, str(refusal), app=app.id) from None
    return app


async def _renewing(server: Server, form: Form) -> str:
    """Whose a refresh token is: public apps need not name themselves beside it (RFC 6749, section 6)."""
    if form.get("grant_type") != "refresh_token":
        return ""
    live = await server.grants.find(form.get("refresh_token", ""))
    return live.grant.app if live else ""


def _issuer(assertion: str) -> str:
    try:
        found = json.loads(jws.extract_compact(assertion.encode()).payload)
    except (errors.JoseError, ValueError):
        found = None
    if not isinstance(found, dict):
        raise Refusal("invalid_client", "client_assertion is not a signed JWT.")
    return str(found.get("iss", ""))


async def _claims(keys: ClientKeys, app: App, assertion: str) -> dict[str, Any]:
    header = jws.extract_compact(assertion.encode()).headers()
    if header.get("alg") not in ALGORITHMS:
        raise Refusal("invalid_client", f"The assertion must be signed with {' or '.join(ALGORITHMS)}.")
    key = await keys.find(app, str(header.get("kid", "")))
    try:
        return jwt.decode(assertion, key, algorithms=list(ALGORITHMS)).claims
    except (errors.JoseError, ValueError):
        raise Refusal("invalid_client", "The assertion is signed with another key, or was changed.") from None


async def _check(server: Server, app: App, claims: dict[str, Any], audience: str) -> None:
    if claims.get("sub") != app.id or claims.get("iss") != app.id:
        raise Refusal("invalid_client", "iss and sub must both be the app's client id.")
    meant = claims.get("aud")
    if audience not in (meant if isinstance(meant, list) else [meant]):
        raise Refusal("invalid_client", f"aud must be {audience}.")
    now, expires = server.clock().timestamp(), claims.get("exp")
    if isinstance(expires, bool) or not isinstance(expires, int | float):
        raise Refusal("invalid_client", "The assertion has no exp.")
    if expires < now - SKEW:
        raise Refusal("invalid_client", "The assertion has expired.")
    if expires > now + LONGEST + SKEW:
        raise Refusal("invalid_client", "The assertion lasts longer than five minutes.")
    started = claims.get("nbf", claims.get("iat", 0))
    if isinstance(started, bool) or not isinstance(started, int | float) or started > now + SKEW:
        raise Refusal("invalid_client", "The assertion is not valid yet: a clock is wrong, here or there.")
    jti = claims.get("jti")
    if not isinstance(jti, str) or not jti or len(jti) > 512:
        raise Refusal("invalid_client", "The assertion has no jti.")
    until = datetime.fromtimestamp(expires + SKEW, UTC)
    if not await server.reception.once.first_time(f"app {app.id}", jti, until):
        raise Refusal(
            "invalid_client", "The assertion has been used before: make a new one for each request."
        )
