"""From the credentials of any request to the one who acts: what other surfaces ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fellesjournal.access.actor import Actor
from fellesjournal.access.employments import Employment
from fellesjournal.access.people import citizen_actor, health_worker_actor
from fellesjournal.errors import Conflict, NotFound
from fellesjournal.signin import cookies, guard
from fellesjournal.signin.openid import id_token
from fellesjournal.signin.openid.access_token import AccessTokens
from fellesjournal.signin.openid.provider import Provider
from fellesjournal.signin.openid.refusal import Reason, Refused
from fellesjournal.signin.reception import Reception

ROLE_HEADER = "fellesjournal-role"
"""Names the role ("PractitionerRole/5") in which a health worker's program asks, when there are several."""


@dataclass(frozen=True, slots=True)
class Identification:
    """Who asks. `tokens` is None where no access tokens are taken."""

    reception: Reception
    tokens: AccessTokens | None = None

    async def actor_of(self, headers: Mapping[str, str], method: str, url: str) -> Actor | None:
        """The actor of a request by its access token or its session's cookie; None when it carries neither.

        `headers` by lower-case name; `url` the address as the caller wrote it, scheme and host included.
        Raises Refused (401) for credentials that do not hold: its `reason`, its `headers` for the answer.
        """
        if "authorization" in headers:
            return await self._of_token(headers, method, url)
        name = cookies.session_name(secure=self.reception.secure)
        cookie = cookies.read(headers.get("cookie", "")).get(name, "")
        return await self._of_cookie(cookie, headers, method) if cookie else None

    def sits(self, headers: Mapping[bytes, bytes]) -> str:
        """Whose session a request carries, as far as this process has met it: to count by, not to let in."""
        if b"cookie" not in headers:
            return ""
        name = cookies.session_name(secure=self.reception.secure)
        cookie = cookies.read(headers[b"cookie"].decode("latin-1")).get(name, "")
        return self.reception.sessions.whose(cookie) if cookie else ""

    async def _of_cookie(self, cookie: str, headers: Mapping[str, str], method: str) -> Actor:
        """What changes something must come from a page of ours, with the session's token in a header."""
        if method not in guard.SAFE:
            ours = guard.origin(self.reception.address, headers.get("host", ""))
            guard.check_origin(headers, ours)
            guard.check_token(headers.get(guard.HEADER, ""), cookie)
        session = await self.reception.sessions.find(cookie)
        if session is None:
            raise Refused(Reason.SESSION, "The session has ended: sign in again.")
        return await self.reception.actor(session)

    async def _of_token(self, headers: Mapping[str, str], method: str, url: str) -> Actor:
        if self.tokens is None:
            raise Refused(Reason.AUDIENCE, "This service takes no access tokens.")
        claims = await self.tokens.identify(headers, method, url)
        assert claims is not None
        try:
            return await self._holder(claims, headers.get(ROLE_HEADER, ""))
        except (NotFound, Conflict) as unknown:
            raise Refused(Reason.UNKNOWN_PERSON, str(unknown)) from unknown
        except Refused as refused:
            refused.app = str(claims.get("client_id", ""))
            raise

    async def _holder(self, claims: dict[str, Any], wanted: str) -> Actor:
        people, app = self.reception.people, str(claims.get("client_id", ""))
        if not app:
            raise Refused(Reason.SUBJECT, "The token does not say which client it was given to (client_id).")
        provider = self._provider(claims["iss"])
        pid = str(claims.get(provider.pid_claim, "") or "")
        hpr = str(claims.get(provider.hpr_claim, "") or "")
        if not pid and not hpr:
            return await people.system(app)
        id_token.check_level(claims, provider)
        if provider.kind == "citizen":
            return citizen_actor(await people.citizen(pid), app=app)
        person = await people.health_worker(hpr=hpr, pid=pid)
        return health_worker_actor(person, _chosen(await people.roles(person), wanted), app=app)

    def _provider(self, issuer: str) -> Provider:
        providers = (one.provider for one in self.reception.clients.values())
        return next(one for one in providers if one.issuer == issuer)


def _chosen(roles: list[Employment], wanted: str) -> Employment:
    """The one role that is active: the one that is named, or the only one."""
    if not roles:
        raise Refused(Reason.NO_ROLE, "The health worker has no role in force today.")
    if wanted:
        for one in roles:
            if one.reference == wanted:
                return one
        raise Refused(Reason.ROLE_ENDED, f"{ROLE_HEADER} names no role that the person has in force today.")
    if len(roles) > 1:
        known = ", ".join(one.reference for one in roles)
        raise Refused(Reason.NO_ROLE, f"Name the role in the header {ROLE_HEADER}: one of {known}.")
    return roles[0]
