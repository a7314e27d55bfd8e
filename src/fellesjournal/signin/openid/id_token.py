"""What an ID token must say before the person it names is let in (OpenID Connect Core 1.0, 3.1.3.7)."""

import base64
import hashlib
import hmac
from datetime import datetime

from fellesjournal.signin.openid import token
from fellesjournal.signin.openid.provider import Provider
from fellesjournal.signin.openid.refusal import Reason, Refused

OLDEST = 300
"""Seconds since an ID token was made, at most: it has come straight from the provider."""


def check(
    found: token.Verified,
    client_id: str,
    nonce: str,
    access: str,
    now: datetime,
    shown_after: datetime | None,
) -> None:
    """Raise Refused unless a verified token of the provider is for us, for this sign-in, and fresh."""
    claims = found.claims
    token.check_audience(claims, client_id)
    if set(token.audiences(claims)) != {client_id} or claims.get("azp") not in (None, client_id):
        raise Refused(Reason.PARTY, "The ID token was made for another client.")
    token.check_times(claims, now, oldest=OLDEST)
    if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise Refused(Reason.NONCE, "The ID token belongs to another sign-in.")
    if "at_hash" in claims and claims["at_hash"] != half_hash(access, found.header["alg"]):
        raise Refused(Reason.HASH, "The ID token belongs to another access token.")
    if not isinstance(claims.get("sub"), str) or not claims["sub"]:
        raise Refused(Reason.SUBJECT, "The ID token names nobody.")
    if shown_after is not None:
        _check_shown(claims.get("auth_time"), shown_after)


def check_level(claims: token.Claims, provider: Provider) -> None:
    """Raise Refused unless the provider is as sure of the person as the site demands."""
    if str(claims.get(provider.level_claim, "")) not in provider.levels:
        wanted = " or ".join(sorted(provider.levels))
        raise Refused(Reason.LEVEL, f"The sign-in is not at a level that counts here ({wanted}).")


def half_hash(text: str, algorithm: str) -> str:
    """The left half of a hash, as `at_hash` has it; the hash is the one of the signature's algorithm."""
    full = hashlib.new(f"sha{algorithm[2:]}", text.encode()).digest()
    return base64.urlsafe_b64encode(full[: len(full) // 2]).rstrip(b"=").decode()


def _check_shown(at: object, after: datetime) -> None:
    if isinstance(at, bool) or not isinstance(at, int | float) or at < after.timestamp() - token.SKEW:
        raise Refused(Reason.STALE_SIGN_IN, "The provider did not ask the person anew who they are.")
