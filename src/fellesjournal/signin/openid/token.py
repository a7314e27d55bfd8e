"""Signed tokens: taken apart, verified against a provider's keys, and held to their times."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from joserfc import errors, jws, jwt

from fellesjournal.signin.openid.discovery import Discovery
from fellesjournal.signin.openid.provider import ALGORITHMS, Key
from fellesjournal.signin.openid.refusal import Reason, Refused

SKEW = 60
"""Seconds by which a provider's clock may differ from ours."""

Claims = dict[str, Any]


class Verified(NamedTuple):
    """A token whose signature is right."""

    header: dict[str, Any]
    claims: Claims


def header_of(text: str) -> dict[str, Any]:
    """The header of a signed token, not yet verified. Raises Refused."""
    try:
        header = jws.extract_compact(text.encode()).headers()
    except (errors.JoseError, ValueError, AttributeError):
        raise Refused(Reason.MALFORMED, "The token is not a signed JWT.") from None
    if header.get("alg") not in ALGORITHMS:
        raise Refused(
            Reason.ALGORITHM, f"The token is signed with {header.get('alg')}, which does not count."
        )
    return header


def unverified_claims(text: str) -> Claims:
    """What a token says of itself: good for choosing whose keys to verify it with, and for nothing else."""
    try:
        found = json.loads(jws.extract_compact(text.encode()).payload)
    except (errors.JoseError, ValueError):
        found = None
    if not isinstance(found, dict):
        raise Refused(Reason.MALFORMED, "The token holds no claims.")
    return found


async def verified(text: str, issuer: Discovery) -> Verified:
    """A token of a provider, its signature verified and `iss` seen to be the provider. Raises Refused."""
    header = header_of(text)
    found = verify(text, await issuer.key(str(header.get("kid", ""))))
    if found.claims.get("iss") != issuer.issuer:
        raise Refused(Reason.ISSUER, "The token is from another issuer than the one that signed it.")
    return found


def verify(text: str, key: Key) -> Verified:
    """A token and its key. Raises Refused."""
    header = header_of(text)
    try:
        found = jwt.decode(text, key, algorithms=[header["alg"]])
    except errors.BadSignatureError:
        raise Refused(
            Reason.SIGNATURE, "The token is signed with another key, or has been changed."
        ) from None
    except (errors.JoseError, ValueError) as error:
        raise Refused(Reason.MALFORMED, f"The token cannot be read: {error}.") from None
    return Verified(found.header, found.claims)


def check_audience(claims: Claims, ours: str) -> None:
    """Raise Refused unless the token is meant for us."""
    if ours not in audiences(claims):
        raise Refused(Reason.AUDIENCE, "The token is meant for someone else.")


def audiences(claims: Claims) -> Collection[str]:
    """Whom the token is meant for."""
    found = claims.get("aud", [])
    return [found] if isinstance(found, str) else found


def check_times(claims: Claims, now: datetime, *, oldest: int | None = None) -> None:
    """Raise Refused unless the token is in force, give or take SKEW; `oldest`: most seconds since `iat`."""
    at = now.timestamp()
    expires, issued = _number(claims, "exp"), _number(claims, "iat")
    if at > expires + SKEW:
        raise Refused(Reason.EXPIRED, "The token has expired.")
    if issued > at + SKEW or ("nbf" in claims and _number(claims, "nbf") > at + SKEW):
        raise Refused(Reason.NOT_YET, "The token is not valid yet: a clock is wrong, here or there.")
    if oldest is not None and issued < at - oldest - SKEW:
        raise Refused(Reason.TOO_OLD, "The token was made too long ago.")


def _number(claims: Claims, name: str) -> float:
    found = claims.get(name)
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise Refused(Reason.MALFORMED, f"The token has no {name}.")
    return found
