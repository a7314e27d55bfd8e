"""What a token stands for (RFC 7662), and its end (RFC 7009)."""

from typing import Any

from fellesjournal.smart.client import Form, authenticated
from fellesjournal.smart.client_keys import ClientKeys
from fellesjournal.smart.refusal import Refusal
from fellesjournal.smart.server import TOKEN, Server


async def introspect(server: Server, keys: ClientKeys, form: Form, origin: str) -> dict[str, Any]:
    """What a token stands for, told to apps that an administrator lets ask. Raises Refusal."""
    app = await authenticated(server, keys, form, origin + TOKEN)
    if not app.introspects:
        raise Refusal("unauthorized_client", "The app is not registered to introspect.", app=app.id)
    live = await server.grants.find(form.get("token", ""))
    if live is None or live.used is not None:
        return {"active": False}
    grant, base = live.grant, server.base(origin)
    try:
        await server.actor(grant)
    except Refusal:
        return {"active": False}
    answer: dict[str, Any] = {
        "active": True,
        "client_id": grant.app,
        "scope": grant.scope,
        "iss": base,
        "sub": grant.person,
        "fhirUser": f"{base}/{grant.person}",
        "iat": int(live.made.timestamp()),
        "exp": int(live.expires.timestamp()),
    }
    if live.kind == "access":
        answer["token_type"] = "Bearer"  # noqa: S105 -- a word, not a secret
    if grant.patient:
        answer["patient"] = grant.patient.removeprefix("Patient/")
    return answer


async def revoke(server: Server, keys: ClientKeys, form: Form, origin: str) -> None:
    """End a token of the app; one that is not there is as good as ended (RFC 7009, 2.2). Raises Refusal."""
    app = await authenticated(server, keys, form, origin + TOKEN)
    if not form.get("token"):
        raise Refusal("invalid_request", "token is missing.", app=app.id)
    if await server.grants.revoke(form["token"], app.id):
        await server.tell("app-revoked", "", app.id)
