"""Tokens of our own making, and a provider whose description and keys are served from memory."""

import json
import secrets
import time
from typing import Any

import httpx
from joserfc import jwk, jwt

from fellesjournal.signin.openid.discovery import Discovery
from signin import providers

ISSUER = "https://provider.example"
CLIENT = "journal"


class Keys:
    """A provider that serves what it is given. `asked` are the paths it was asked for."""

    def __init__(self, *keys: str, issuer: str = ISSUER) -> None:
        self.keys = list(keys)
        self.issuer = issuer
        self.up = True
        self.asked: list[str] = []
        self.http = httpx.AsyncClient(transport=httpx.MockTransport(self._answer))

    def discovery(self, **more: Any) -> Discovery:
        """Our side of it."""
        return Discovery(ISSUER, self.http, **more)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        if not self.up:
            raise httpx.ConnectError("down")
        if request.url.path == "/keys":
            return httpx.Response(200, json={"keys": [providers.public(key) for key in self.keys]})
        return httpx.Response(200, json={"issuer": self.issuer, "jwks_uri": f"{ISSUER}/keys"})


def signed(key: str, claims: dict[str, Any], **header: Any) -> str:
    """A token with claims, signed with a private JWK; a claim or header that is None is left out."""
    private = jwk.import_key(json.loads(key))
    full = {"alg": json.loads(key)["alg"], "kid": json.loads(key)["kid"], **header}
    algorithm = full["alg"]
    return jwt.encode(_given(full), _given(claims), private, algorithms=[algorithm])


def times(at: int | None = None, **more: Any) -> dict[str, Any]:
    """The claims that every token has, made now (or at a second since 1970) and good for five minutes."""
    now = int(time.time()) if at is None else at
    return {"iss": ISSUER, "iat": now, "exp": now + 300, "jti": secrets.token_hex(8), **more}


def _given(pairs: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in pairs.items() if value is not None}
