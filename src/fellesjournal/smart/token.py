"""The token endpoint (RFC 6749, 3.2; SMART App Launch 2.2, "Obtain access token" and "Backend services")."""

from typing import Any

from fellesjournal.access.app_grants import AppGrants, Giving, Handed, Wrong
from fellesjournal.access.apps import App
from fellesjournal.access.consenting import narrowed
from fellesjournal.access.granted import beyond, clinical, known
from fellesjournal.smart.client import Form, authenticated
from fellesjournal.smart.client_keys import ClientKeys
from fellesjournal.smart.refusal import Refusal
from fellesjournal.smart.server import TOKEN, Server


async def exchange(server: Server, keys: ClientKeys, form: Form, origin: str) -> dict[str, Any]:
    """What the app is given for a code, a refresh token or its own assertion. Raises Refusal."""
    app = await authenticated(server, keys, form, origin + TOKEN)
    try:
        match form.get("grant_type"):
            case "authorization_code":
                code, address = form.get("code", ""), form.get("redirect_uri", "")
                handed = await server.grants.redeem(code, app.id, address, form.get("code_verifier", ""))
                await _still(server, handed)
            case "refresh_token":
                handed = await _renewed(server.grants, server, app, form)
            case "client_credentials":
                handed = await _service(server, app, form)
            case _:
                raise Refusal(
                    "unsupported_grant_type",
                    "grant_type is authorization_code, refresh_token or client_credentials.",
                )
    except Wrong as wrong:
        raise Refusal("invalid_grant", str(wrong), app=app.id, person=wrong.person) from None
    except Refusal as refusal:
        raise Refusal(refusal.error, str(refusal), app=app.id, person=refusal.person) from None
    await server.tell("app-token", handed.grant.person, app.id, form["grant_type"])
    return await _written(server, handed, origin)


async def _renewed(grants: AppGrants, server: Server, app: App, form: Form) -> Handed:
    refresh = form.get("refresh_token", "")
    found = await grants.find(refresh)
    if found is not None and found.kind == "refresh" and found.grant.app == app.id and found.used is None:
        await server.actor(found.grant)
        if not set(form.get("scope", "").split()) <= set(found.grant.scope.split()):
            raise Refusal("invalid_scope", "More is asked for than was granted.")
    return await grants.renew(refresh, app.id)


async def _still(server: Server, handed: Handed) -> None:
    """The role may have ended since the person answered."""
    try:
        await server.actor(handed.grant)
    except Refusal:
        await server.grants.end(handed.grant.id, "role-ended")
        raise


async def _service(server: Server, app: App, form: Form) -> Handed:
    if app.kind != "service":
        raise Refusal(
            "unauthorized_client", "The app acts for people: it begins at the authorization endpoint."
        )
    scopes = [one for one in known(form.get("scope", "").split()) if clinical(one)]
    if strange := beyond(scopes, app.scopes):
        raise Refusal("invalid_scope", f"The service is not registered for {', '.join(strange)}.")
    actor = await server.system(app.id)
    possible = narrowed(scopes, server.policies.find(actor.role), ("system",)).scopes
    if not possible:
        raise Refusal(
            "invalid_scope", "None of the scopes can be granted: system/Type.cruds is what services get."
        )
    giving = Giving(app.id, actor.person, "service", actor.display, "", "", " ".join(possible))
    return await server.grants.give_service(giving)


async def _written(server: Server, handed: Handed, origin: str) -> dict[str, Any]:
    grant = handed.grant
    answer: dict[str, Any] = {
        "access_token": handed.access,
        "token_type": "Bearer",
        "expires_in": handed.lasts,
        "scope": grant.scope,
    }
    if grant.patient:
        answer |= {"patient": grant.patient.removeprefix("Patient/"), "need_patient_banner": True}
    if handed.refresh:
        answer["refresh_token"] = handed.refresh
    if "openid" in grant.scope.split() and grant.kind != "service":
        answer["id_token"] = await _id_token(server, handed, server.base(origin))
    return answer


async def _id_token(server: Server, handed: Handed, base: str) -> str:
    """Who granted it (OpenID Connect Core 1.0, 2), with fhirUser as SMART has it."""
    grant, at = handed.grant, int(server.clock().timestamp())
    scopes = grant.scope.split()
    claims = {"iss": base, "sub": grant.person, "aud": grant.app, "iat": at, "exp": at + handed.lasts}
    if grant.nonce:
        claims["nonce"] = grant.nonce
    if "fhirUser" in scopes or "profile" in scopes:
        claims |= {"fhirUser": f"{base}/{grant.person}", "name": grant.display}
    return await server.signing.signed(claims)
