"""Access tokens that are presented to the FHIR service: signed by a provider, bound to the caller's key."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from fellesjournal.access.single_use import SingleUse
from fellesjournal.signin.openid import proof, token
from fellesjournal.signin.openid.discovery import Discovery
from fellesjournal.signin.openid.provider import ALGORITHMS
from fellesjournal.signin.openid.refusal import Reason, Refused


class AccessTokens:
    """What this site takes: tokens of these issuers, meant for `audience`.

    `bound_only`: a token must be bound to a key (cnf.jkt) and come with a proof of it; otherwise a plain
    bearer token counts too.
    """

    def __init__(
        self,
        issuers: Mapping[str, Discovery],
        audience: str,
        once: SingleUse,
        *,
        bound_only: bool = True,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._issuers = issuers
        self._audience = audience
        self._once = once
        self._bound_only = bound_only
        self._clock = clock

    async def identify(self, headers: Mapping[str, str], method: str, url: str) -> token.Claims | None:
        """The claims of the token that a request carries; None when it carries none.

        `headers` by lower-case name, `url` the address as the caller wrote it. Raises Refused with the reason
        and the headers of the answer, WWW-Authenticate among them.
        """
        given = headers.get("authorization")
        if given is None:
            return None
        try:
            return await self._identified(given, headers, method, url)
        except Refused as refused:
            raise Refused(refused.reason, str(refused), (*refused.headers, _challenge(refused))) from None

    async def _identified(
        self, given: str, headers: Mapping[str, str], method: str, url: str
    ) -> token.Claims:
        scheme, _, text = given.partition(" ")
        if scheme.lower() not in ("bearer", "dpop") or not text:
            raise Refused(Reason.MALFORMED, "Authorization must be 'DPoP' or 'Bearer', followed by a token.")
        header, claims = await token.verified(text, self._issuer(text))
        if str(header.get("typ", "")).lower().removeprefix("application/") != "at+jwt":
            raise Refused(Reason.TYPE, "The token is not an access token (RFC 9068: typ is at+jwt).")
        token.check_audience(claims, self._audience)
        now = self._clock()
        token.check_times(claims, now)
        thumbprint = _thumbprint(claims)
        if not thumbprint and (self._bound_only or scheme.lower() == "dpop"):
            raise Refused(
                Reason.BEARER, "The token is not bound to a key, and this service demands that it is."
            )
        if thumbprint:
            given_proof = headers.get("dpop", "")
            if scheme.lower() != "dpop" or not given_proof or "," in given_proof:
                raise Refused(
                    Reason.PROOF_MISSING, "A bound token needs 'Authorization: DPoP' and one DPoP header."
                )
            await proof.check(given_proof, method, url, text, thumbprint, now, self._once)
        return claims

    def _issuer(self, text: str) -> Discovery:
        """Whose keys the token is to be verified with: it says so itself, and only those we know count."""
        token.header_of(text)
        found = self._issuers.get(str(token.unverified_claims(text).get("iss", "")))
        if found is None:
            raise Refused(Reason.ISSUER, "The token is from an issuer that this service does not know.")
        return found


def _thumbprint(claims: token.Claims) -> str:
    confirmed: Any = claims.get("cnf")
    return str(confirmed.get("jkt", "")) if isinstance(confirmed, dict) else ""


def _challenge(refused: Refused) -> tuple[str, str]:
    """WWW-Authenticate as RFC 9449, section 7.1 and 9, has it."""
    nonce = refused.reason is Reason.PROOF_NONCE
    about_proof = refused.reason.startswith("proof") or refused.reason is Reason.REPLAYED
    error = "use_dpop_nonce" if nonce else "invalid_dpop_proof" if about_proof else "invalid_token"
    words = str(refused).replace('"', "'").encode("ascii", "replace").decode()
    algorithms = " ".join(sorted(ALGORITHMS))
    return "WWW-Authenticate", f'DPoP error="{error}", error_description="{words}", algs="{algorithms}"'
