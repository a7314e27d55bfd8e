"""A provider's word that someone has signed out (OpenID Connect Back-Channel Logout 1.0, section 2.6)."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from fellesjournal.access.single_use import SingleUse
from fellesjournal.signin.openid import token
from fellesjournal.signin.openid.discovery import Discovery
from fellesjournal.signin.openid.refusal import Reason, Refused

EVENT = "http://schemas.openid.net/event/backchannel-logout"
OLDEST = 300
"""Seconds since it was made, at most."""


class SignedOut(NamedTuple):
    """Whom it concerns: one session of the provider, all sessions of a person, or both named."""

    subject: str
    session: str


async def read(text: str, issuer: Discovery, client_id: str, now: datetime, once: SingleUse) -> SignedOut:
    """Whom a logout token signs out. Raises Refused; a token that has been used before is refused too."""
    header, claims = await token.verified(text, issuer)
    if header.get("typ", "logout+jwt") not in ("logout+jwt", "JWT"):
        raise Refused(Reason.TYPE, "The token is of another type than logout+jwt.")
    token.check_audience(claims, client_id)
    token.check_times(claims, now, oldest=OLDEST)
    events = claims.get("events")
    if not isinstance(events, dict) or EVENT not in events or "nonce" in claims:
        raise Refused(Reason.EVENT, "The token is not about signing out.")
    subject, session, jti = (str(claims.get(name, "")) for name in ("sub", "sid", "jti"))
    if not jti or not (subject or session):
        raise Refused(Reason.MALFORMED, "The token lacks jti, or both sub and sid.")
    until = datetime.fromtimestamp(claims["exp"], UTC) + timedelta(seconds=2 * token.SKEW)
    if not await once.first_time(issuer.issuer, jti, until):
        raise Refused(Reason.REPLAYED, "The token has been used before.")
    return SignedOut(subject, session)
