"""A provider's own description and public keys: kept for a while, fetched anew when a key is unknown."""

import time
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import httpx
from joserfc import errors, jwk

from fellesjournal.signin.openid.provider import Key
from fellesjournal.signin.openid.refusal import Reason, Refused

KEPT = 3600.0
"""Seconds for which a description and its keys are taken to be as they were."""
SOONEST = 30.0
"""Seconds that go before an unknown key makes us ask again: tokens with invented keys cost one question."""

Document = dict[str, Any]


class Discovery:
    """What one provider says of itself (OpenID Connect Discovery 1.0)."""

    def __init__(
        self, issuer: str, http: httpx.AsyncClient, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.issuer = issuer
        self._http = http
        self._clock = clock
        self._document: tuple[float, Document] | None = None
        self._keys: tuple[float, list[Key]] | None = None

    async def document(self) -> Document:
        """The description. Raises Refused when the provider is down and none was fetched before."""
        if self._document is None or self._clock() - self._document[0] > KEPT:
            address = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
            found = await self._fetched(address, self._document)
            if found.get("issuer") != self.issuer:
                raise Refused(Reason.ISSUER, f"{address} is the description of another issuer.")
            self._document = (self._clock(), found)
        return self._document[1]

    async def address(self, name: str) -> str:
        """One of its endpoints. Raises Refused when it has none, or not over TLS."""
        found = str((await self.document()).get(name, ""))
        if not is_safe(found):
            raise Refused(Reason.PROVIDER, f"{self.issuer} names no {name} that can be reached over TLS.")
        return found

    async def key(self, kid: str) -> Key:
        """The public key with an id; an unknown id is looked for once more. Raises Refused."""
        for fresh_for in (KEPT, SOONEST):
            found = [one for one in await self._public_keys(fresh_for) if one.kid == kid]
            if found:
                return found[0]
        raise Refused(
            Reason.UNKNOWN_KEY, f"{self.issuer} has no public key with the id that the token names."
        )

    async def _public_keys(self, fresh_for: float) -> list[Key]:
        if self._keys is None or self._clock() - self._keys[0] > fresh_for:
            known = (self._keys[0], {"keys": self._keys[1]}) if self._keys else None
            found = await self._fetched(await self.address("jwks_uri"), known)
            keys = map(_signing_key, found.get("keys", []))
            self._keys = (self._clock(), [one for one in keys if one is not None])
        return self._keys[1]

    async def _fetched(self, address: str, before: tuple[float, Document] | None) -> Document:
        """The JSON at an address, or what was there `before` when the provider does not answer."""
        try:
            answer = await self._http.get(address)
            answer.raise_for_status()
            found = answer.json()
            if isinstance(found, dict):
                return found
            raise ValueError("not an object")
        except (httpx.HTTPError, ValueError) as error:
            if before is not None:
                return before[1]
            name = type(error).__name__
            raise Refused(Reason.DOWN, f"{self.issuer} does not answer as it should ({name}).") from error


def is_safe(address: str) -> bool:
    """Whether an address is https, or on this very machine."""
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname:
        return True
    return parts.scheme == "http" and is_loopback(parts.hostname or "")


def is_loopback(host: str) -> bool:
    """Whether a host is this very machine."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _signing_key(description: Any) -> Key | None:
    """A key that signatures are checked with; one for encryption or of another kind is passed over."""
    if isinstance(description, jwk.ECKey | jwk.RSAKey):
        return description
    try:
        key = jwk.import_key(description)
    except (errors.JoseError, ValueError, TypeError):
        return None
    if not isinstance(key, jwk.ECKey | jwk.RSAKey) or key.is_private:
        return None
    return key if description.get("use", "sig") == "sig" else None
