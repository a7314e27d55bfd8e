"""A sign-in at a provider: pushed request (RFC 9126), code with PKCE, DPoP-bound tokens, claims."""

import base64
import hashlib
import json
import secrets
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

import httpx
from joserfc import jwk, jwt

from fellesjournal.signin.openid import id_token, proof, token
from fellesjournal.signin.openid.discovery import Discovery
from fellesjournal.signin.openid.provider import Provider
from fellesjournal.signin.openid.refusal import Reason, Refused

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ASSERTION_LIFE = 30
"""Seconds that a client assertion lasts."""


_WHY = {
    "access_denied": Reason.DENIED,
    "login_required": Reason.DENIED,
    "interaction_required": Reason.DENIED,
    "consent_required": Reason.DENIED,
    "account_selection_required": Reason.DENIED,
    "temporarily_unavailable": Reason.DOWN,
    "server_error": Reason.DOWN,
}
"""What a provider's error is to the person (RFC 6749 4.1.2.1, OpenID Connect Core 3.1.2.6); all others are
faults of the set-up."""


class Begun(NamedTuple):
    """A sign-in sent on its way: where the browser goes, and what is kept until it comes back."""

    address: str
    state: str
    nonce: str
    verifier: str
    proof_key: str


class SignedIn(NamedTuple):
    """Whom the provider vouches for: the claims of the ID token, and of userinfo where it was asked."""

    claims: token.Claims
    id_token: str


class Client:
    """This site as a client of one provider."""

    def __init__(
        self,
        provider: Provider,
        discovery: Discovery,
        http: httpx.AsyncClient,
        redirect_uri: str,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.provider = provider
        self.discovery = discovery
        self._http = http
        self._redirect_uri = redirect_uri
        self._clock = clock
        self._nonces: dict[str, str] = {}

    async def begin(self, *, again: bool = False) -> Begun:
        """Push a request to the provider. `again`: the person must show anew who they are. Raises Refused."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        key = proof.new_key()
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        form = {
            "response_type": "code",
            "redirect_uri": self._redirect_uri,
            "scope": self.provider.scope,
            "state": state,
            "nonce": nonce,
            "code_challenge": challenge,
            "code_challenge_method": "S256",
        }
        if details := self.provider.authorization_details():
            form["authorization_details"] = json.dumps(details)
        if self.provider.acr_values:
            form["acr_values"] = self.provider.acr_values
        if again:
            form |= {"prompt": "login", "max_age": "0"}
        answer = await self.post("pushed_authorization_request_endpoint", form, key)
        asked = {"client_id": self.provider.client_id, "request_uri": _text(answer, "request_uri")}
        where = await self.discovery.address("authorization_endpoint")
        address = f"{where}{'&' if '?' in where else '?'}{urlencode(asked)}"
        return Begun(address, state, nonce, verifier, json.dumps(key.as_dict(private=True)))

    async def finish(
        self,
        answer: Mapping[str, str],
        nonce: str,
        verifier: str,
        proof_key: str,
        shown_after: datetime | None,
    ) -> SignedIn:
        """Who has signed in, from the query that the browser came back with (its `state` known to be ours).

        `shown_after`: the person must have shown who they are after this moment. Raises Refused.
        """
        await self._check_answer(answer)
        key = jwk.ECKey.import_key(json.loads(proof_key))
        form = {
            "grant_type": "authorization_code",
            "code": answer.get("code", ""),
            "redirect_uri": self._redirect_uri,
            "code_verifier": verifier,
        }
        tokens = await self.post("token_endpoint", form, key)
        scheme = await self._scheme(tokens)
        access, id_text = _text(tokens, "access_token"), _text(tokens, "id_token")
        found = await token.verified(id_text, self.discovery)
        id_token.check(found, self.provider.client_id, nonce, access, self._clock(), shown_after)
        claims = found.claims
        if self.provider.pid_claim not in claims:
            claims = {**await self._userinfo(access, scheme, key, claims["sub"]), **claims}
        id_token.check_level(claims, self.provider)
        return SignedIn(claims, id_text)

    async def post(self, endpoint: str, form: dict[str, str], key: jwk.ECKey) -> dict[str, Any]:
        """What an endpoint of the description answers to a form, our assertion and a proof by `key`.

        Raises Refused with the provider's own words.
        """
        address = await self.discovery.address(endpoint)
        answer = await self._sent("POST", address, key, form=form)
        found = _json(answer)
        if answer.status_code not in (200, 201):
            error = str(found.get("error", answer.status_code))[:100]
            said = str(found.get("error_description", ""))[:300]
            raise Refused(
                Reason.PROVIDER, f"{self.provider.title} refused at {endpoint}: {error} {said}".strip()
            )
        return found

    async def sign_out_address(self, id_hint: str, back: str) -> str:
        """Where the browser is sent so that the provider's own session ends too; "": it has no such place."""
        document = await self.discovery.document()
        if "end_session_endpoint" not in document:
            return ""
        asked = {"client_id": self.provider.client_id, "post_logout_redirect_uri": back}
        if id_hint:
            asked["id_token_hint"] = id_hint
        return f"{await self.discovery.address('end_session_endpoint')}?{urlencode(asked)}"

    async def _check_answer(self, answer: Mapping[str, str]) -> None:
        document = await self.discovery.document()
        named = answer.get("iss", "")
        wanted = bool(document.get("authorization_response_iss_parameter_supported"))
        if named != self.provider.issuer and (named or wanted):
            raise Refused(Reason.ISSUER, "The answer is from another provider than was asked.")
        if "error" in answer:
            why = _WHY.get(answer["error"], Reason.PROVIDER)
            raise Refused(why, f"The provider let nobody in: {answer['error'][:100]}.")
        if not answer.get("code"):
            raise Refused(Reason.MALFORMED, "The provider's answer holds no code.")

    async def _scheme(self, tokens: dict[str, Any]) -> str:
        """How the access token is presented. Raises Refused when it should be bound to our key and is not."""
        if str(tokens.get("token_type", "")).lower() == "dpop":
            return "DPoP"
        if self.provider.bound or "dpop_signing_alg_values_supported" in await self.discovery.document():
            raise Refused(Reason.PROVIDER, "The provider gave a token that is not bound to our key.")
        return "Bearer"

    async def _userinfo(self, access: str, scheme: str, key: jwk.ECKey, subject: str) -> token.Claims:
        address = await self.discovery.address("userinfo_endpoint")
        answer = await self._sent("GET", address, key, access=access, scheme=scheme)
        found = _json(answer)
        if answer.status_code != 200 or found.get("sub") != subject:
            raise Refused(Reason.SUBJECT, "The provider does not tell who the person is.")
        return found

    async def _sent(
        self,
        method: str,
        address: str,
        key: jwk.ECKey,
        *,
        access: str = "",
        scheme: str = "DPoP",
        form: dict[str, str] | None = None,
    ) -> httpx.Response:
        """One request with its proof, sent again with the provider's nonce when it asks for that."""
        for attempt in (1, 2):
            nonce = self._nonces.get(address, "")
            headers = {"DPoP": proof.make(key, method, address, self._clock(), nonce=nonce, access=access)}
            if access:
                headers["Authorization"] = f"{scheme} {access}"
            data = form | self._assertion() if form is not None else None
            try:
                answer = await self._http.request(method, address, headers=headers, data=data)
            except httpx.HTTPError as error:
                where = f"{self.provider.title} does not answer ({type(error).__name__})."
                raise Refused(Reason.DOWN, where) from error
            given = answer.headers.get("dpop-nonce", "")
            if given:
                self._nonces[address] = given
            if attempt == 2 or answer.status_code not in (400, 401) or given in ("", nonce):
                break
        return answer

    def _assertion(self) -> dict[str, str]:
        """Who we are, signed with our key (RFC 7523, private_key_jwt)."""
        now, ours = int(self._clock().timestamp()), self.provider
        claims = {
            "iss": ours.client_id,
            "sub": ours.client_id,
            "aud": ours.issuer,
            "iat": now,
            "nbf": now,
            "exp": now + ASSERTION_LIFE,
            "jti": secrets.token_urlsafe(16),
        }
        header = {"alg": ours.algorithm, "kid": ours.key.kid, "typ": "client-authentication+jwt"}
        signed = jwt.encode(header, claims, ours.key, algorithms=[ours.algorithm])
        return {"client_id": ours.client_id, "client_assertion_type": ASSERTION, "client_assertion": signed}


def _json(answer: httpx.Response) -> dict[str, Any]:
    try:
        found = answer.json()
    except ValueError:
        found = None
    return found if isinstance(found, dict) else {}


def _text(found: dict[str, Any], name: str) -> str:
    value = found.get(name)
    if not isinstance(value, str) or not value:
        raise Refused(Reason.PROVIDER, f"The provider's answer holds no {name}.")
    return value
