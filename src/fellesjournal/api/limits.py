"""How much anyone may ask for in a while, so that nobody takes the service from the others.

One bucket each for a person, for a client application, and for the address of those who do not show who they
are: a hospital's people may all come from one address, and are counted one by one. A bucket holds what may be
asked for in a minute, and fills evenly. Each process keeps its own buckets: the site's limits are divided by
the number of processes, and a client that holds on to one connection meets only one of them.
"""

import math
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

from fellesjournal.access.actor import Actor
from fellesjournal.access.audit.refusals import Refusal
from fellesjournal.api.faults import TooMany

KEPT = 50_000
"""Buckets that are not full, at most; then those that have waited longest are forgotten."""
TOO_MANY = "More requests than this site allows in a minute."
"""What the log says of all who meet a limit."""
_SYSTEM = "Device/"


Refused = Callable[[Refusal], Awaitable[None]]
"""Takes note of somebody who was turned away, before they are answered."""


async def untold(refusal: Refusal) -> None:
    """Nobody takes note."""


Sits = Callable[[Mapping[bytes, bytes]], str]
"""The person whose session the headers of a request show; "" for none that is known."""


def unseated(headers: Mapping[bytes, bytes]) -> str:
    """Where there are no sessions."""
    return ""


class Buckets:
    """Buckets by key. `per_minute` 0: nothing is limited.

    All that is kept of a bucket is the moment at which it will be full again.
    """

    def __init__(self, per_minute: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._interval = 60.0 / per_minute if per_minute else 0.0
        self._clock = clock
        self._full_at: dict[str, float] = {}

    def take(self, key: str) -> float:
        """Take one request from a bucket; gives the seconds to wait, 0 when it was there to take."""
        if not self._interval:
            return 0.0
        now = self._clock()
        full_at = self._full_at.get(key, now)
        full_at = (full_at if full_at > now else now) + self._interval
        if full_at > now + 60.0:
            return full_at - now - 60.0
        self._full_at[key] = full_at
        if len(self._full_at) > KEPT:
            self._forget(now)
        return 0.0

    def _forget(self, now: float) -> None:
        """A full bucket is as good as none."""
        kept = {key: full_at for key, full_at in self._full_at.items() if full_at > now}
        excess = len(kept) - KEPT // 2
        self._full_at = dict(list(kept.items())[excess:]) if excess > 0 else kept


@dataclass(frozen=True, slots=True)
class PerMinute:
    """Requests per minute of one process; 0: as many as one likes."""

    person: float = 0
    app: float = 0
    address: float = 0
    proxies: frozenset[str] = frozenset()
    """Addresses of our own proxies: whom they speak for is named last in X-Forwarded-For."""


class Limits:
    """Counts the requests of one process. The practice actor is not counted: benches and tests are his."""

    def __init__(self, per_minute: PerMinute, clock: Callable[[], float] = time.monotonic) -> None:
        self._people = Buckets(per_minute.person, clock)
        self._apps = Buckets(per_minute.app, clock)
        self._addresses = Buckets(per_minute.address, clock)
        self._proxies = per_minute.proxies
        self._practice = Actor.practice()

    def count(self, actor: Actor) -> None:
        """Count a request of somebody known. Raises TooMany."""
        if actor == self._practice:
            return
        if actor.app and (wait := self._apps.take(actor.app)):
            raise _too_many(wait, f"The application {actor.app} sends")
        if not actor.person.startswith(_SYSTEM):
            self.count_person(actor.person)

    def count_person(self, person: str) -> None:
        """Count a request to a page of somebody who has signed in. Raises TooMany."""
        if wait := self._people.take(person):
            raise _too_many(wait, "You send")

    def count_unknown(self, scope: Scope, headers: Mapping[bytes, bytes]) -> None:
        """Count a request of somebody who does not show who they are. Raises TooMany."""
        if wait := self._addresses.take(self.address(scope, headers)):
            raise _too_many(wait, "This network address sends")

    def address(self, scope: Scope, headers: Mapping[bytes, bytes]) -> str:
        """The network address that a request comes from, as our own proxies tell it."""
        peer = str((scope.get("client") or ("",))[0])
        forwarded = headers.get(b"x-forwarded-for", b"") if peer in self._proxies else b""
        return forwarded.rpartition(b",")[2].strip().decode("latin-1") or peer


class Limited:
    """An ASGI application around others: counts what is asked for outside of `known`, by the person whose
    session it shows, otherwise by address.

    Who asks below the path `known` is found out there, and counted there.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        limits: Limits,
        known: str,
        refused: Refused = untold,
        sits: Sits = unseated,
    ) -> None:
        self._app = app
        self._limits = limits
        self._refused = refused
        self._sits = sits
        self._known = known, f"{known}/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or answer 429 in plain words."""
        if scope["type"] == "http" and not self._is_known(scope["path"]):
            asked = dict(scope["headers"])
            person = self._sits(asked)
            try:
                self._count(scope, asked, person)
            except TooMany as fault:
                source, why = self._limits.address(scope, asked), "person" if person else "address"
                await self._refused(Refusal("too-many", why, TOO_MANY, source, person))
                headers = [(b"content-type", b"text/plain; charset=utf-8"), *fault.headers]
                await send({"type": "http.response.start", "status": fault.status, "headers": headers})
                await send({"type": "http.response.body", "body": f"{fault}\n".encode()})
                return
        await self._app(scope, receive, send)

    def _count(self, scope: Scope, headers: Mapping[bytes, bytes], person: str) -> None:
        if person:
            self._limits.count_person(person)
        else:
            self._limits.count_unknown(scope, headers)

    def _is_known(self, path: str) -> bool:
        itself, below = self._known
        return path == itself or path.startswith(below)


def _too_many(wait: float, who: str) -> TooMany:
    return TooMany(f"{who} more requests than this site allows in a minute.", math.ceil(wait))
