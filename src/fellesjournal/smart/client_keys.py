"""The public keys of an app: as they were registered, or where it said that they are."""

import json
import time
from typing import Any

import httpx
from joserfc import errors, jwk

from fellesjournal.access.apps import App
from fellesjournal.smart.refusal import Refusal

KEPT = 300.0
"""Seconds for which fetched keys are taken to be as they were."""
SOONEST = 15.0
"""Seconds that go before an unknown key makes us fetch again."""
_LARGEST = 64 * 1024

Key = jwk.ECKey | jwk.RSAKey


class ClientKeys:
    """Finds keys. `http` reaches the addresses that administrators have registered."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self._http = http
        self._kept: dict[str, tuple[float, list[Key]]] = {}

    async def find(self, app: App, kid: str) -> Key:
        """The app's public key with an id. Raises Refusal."""
        for fresh_for in (KEPT, SOONEST):
            for key in await self._keys(app, fresh_for):
                if key.kid == kid and kid:
                    return key
        raise Refusal("invalid_client", "The app has no public key with the kid that the assertion names.")

    async def _keys(self, app: App, fresh_for: float) -> list[Key]:
        if not app.jwks_uri:
            return read_keys(json.loads(app.jwks or "{}"))
        read_at, keys = self._kept.get(app.jwks_uri, (0.0, []))
        if not read_at or time.monotonic() - read_at > fresh_for:
            keys = read_keys(await self._fetched(app))
            self._kept[app.jwks_uri] = time.monotonic(), keys
        return keys

    async def _fetched(self, app: App) -> Any:
        try:
            answer = await self._http.get(app.jwks_uri)
            answer.raise_for_status()
            if len(answer.content) > _LARGEST:
                raise ValueError("too large")
            return answer.json()
        except (httpx.HTTPError, ValueError) as error:
            name = type(error).__name__
            raise Refusal(
                "invalid_client", f"The app's keys at {app.jwks_uri} cannot be read ({name})."
            ) from None


def read_keys(found: Any) -> list[Key]:
    """The public keys of a JWK set that signatures can be checked with; others are passed over."""
    described = found.get("keys", []) if isinstance(found, dict) else []
    keys = map(_key, described if isinstance(described, list) else [])
    return [one for one in keys if one is not None]


def _key(description: Any) -> Key | None:
    try:
        key = jwk.import_key(description)
    except (errors.JoseError, ValueError, TypeError, AttributeError):
        return None
    fits = isinstance(key, jwk.ECKey | jwk.RSAKey) and not key.is_private
    return key if fits and description.get("use", "sig") == "sig" else None  # type: ignore[return-value] # fits says so
