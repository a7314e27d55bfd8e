"""DPoP, proof that whoever presents a token holds its key (RFC 9449): made here, and checked here."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from joserfc import errors, jwk, jwt

from fellesjournal.access.single_use import SingleUse
from fellesjournal.signin.openid import token
from fellesjournal.signin.openid.provider import Key
from fellesjournal.signin.openid.refusal import Reason, Refused

TYPE = "dpop+jwt"
FRESH_FOR = 60
"""Seconds for which a proof counts."""


def new_key() -> jwk.ECKey:
    """A key to prove possession with."""
    return jwk.ECKey.generate_key("P-256")


def make(
    key: jwk.ECKey, method: str, address: str, now: datetime, *, nonce: str = "", access: str = ""
) -> str:
    """A proof for one request; `access` is the token that it goes with."""
    claims: dict[str, Any] = {
        "jti": secrets.token_urlsafe(16),
        "htm": method,
        "htu": _plain(address),
        "iat": int(now.timestamp()),
    }
    if nonce:
        claims["nonce"] = nonce
    if access:
        claims["ath"] = digest(access)
    header = {"typ": TYPE, "alg": "ES256", "jwk": key.as_dict(private=False)}
    return jwt.encode(header, claims, key, algorithms=["ES256"])


async def check(
    text: str, method: str, address: str, access: str, thumbprint: str, now: datetime, once: SingleUse
) -> None:
    """Raise Refused unless the proof fits the request, the token and the key (RFC 9449, section 4.3)."""
    claims = _signed(text, thumbprint)
    if claims.get("htm") != method:
        raise Refused(Reason.PROOF_METHOD, "The proof is for another HTTP method.")
    if not isinstance(claims.get("htu"), str) or _plain(claims["htu"]) != _plain(address):
        raise Refused(Reason.PROOF_ADDRESS, f"The proof is for another address than {_plain(address)}.")
    if not hmac.compare_digest(str(claims.get("ath", "")).encode(), digest(access).encode()):
        raise Refused(Reason.PROOF_TOKEN, "The proof is for another access token.")
    made = claims.get("iat")
    if not isinstance(made, int) or abs(now.timestamp() - made) > FRESH_FOR:
        raise Refused(Reason.PROOF_TIME, "The proof is too old, or a clock is wrong, here or there.")
    _check_nonce(claims.get("nonce"), await once.nonces())
    jti = claims.get("jti")
    if not isinstance(jti, str) or not 0 < len(jti) <= 200:
        raise Refused(Reason.MALFORMED, "The proof has no jti of at most 200 characters.")
    expires = datetime.fromtimestamp(made, UTC) + timedelta(seconds=2 * FRESH_FOR)
    if not await once.first_time(thumbprint, jti, expires):
        raise Refused(Reason.REPLAYED, "The proof has been used before: each request needs one of its own.")


def digest(text: str) -> str:
    """The SHA-256 of a token, as `ath` has it."""
    return base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).rstrip(b"=").decode()


def _signed(text: str, thumbprint: str) -> token.Claims:
    header = token.header_of(text)
    if header.get("typ") != TYPE:
        raise Refused(Reason.TYPE, f"The proof is not of the type {TYPE}.")
    key = _public(header.get("jwk"))
    if not hmac.compare_digest(key.thumbprint(), thumbprint):
        raise Refused(Reason.PROOF_KEY, "The proof is made with another key than the token is bound to.")
    return token.verify(text, key).claims


def _public(description: Any) -> Key:
    try:
        key = jwk.import_key(description)
    except (errors.JoseError, ValueError, TypeError):
        raise Refused(Reason.MALFORMED, "The proof's header holds no public key.") from None
    if not isinstance(key, jwk.ECKey | jwk.RSAKey) or key.is_private:
        raise Refused(Reason.MALFORMED, "The key in the proof's header must be a public RSA or EC key.")
    return key


def _check_nonce(found: Any, good: Collection[str]) -> None:
    newest = (("DPoP-Nonce", next(iter(good))),)
    if not found:
        raise Refused(Reason.PROOF_NONCE, "The proof must repeat the nonce of the header DPoP-Nonce.", newest)
    if found not in good:
        raise Refused(Reason.PROOF_NONCE, "The proof's nonce is too old: repeat that of DPoP-Nonce.", newest)


def _plain(address: str) -> str:
    """An address without query and fragment, scheme and host in lower case, the usual port left out."""
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError:
        return address
    usual = {"https": 443, "http": 80}.get(parts.scheme)
    host = (parts.hostname or "") + (f":{port}" if port and port != usual else "")
    return f"{parts.scheme}://{host}{parts.path or '/'}"
