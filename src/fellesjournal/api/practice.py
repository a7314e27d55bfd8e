"""Who makes a request; on a practice site, programs on the same machine need not say."""

from collections.abc import Awaitable, Callable
from functools import lru_cache
from ipaddress import IPv6Address, ip_address

from starlette.types import Scope

from fellesjournal.access.actor import Actor
from fellesjournal.api.options import Options
from fellesjournal.errors import Forbidden, Unauthenticated

_FORWARDED = (b"forwarded", b"x-forwarded-for", b"x-real-ip")


ActorOf = Callable[[Scope, dict[bytes, bytes]], Awaitable[Actor | None]]
"""Who makes a request, by what its headers show; None when they show nothing. Raises Unauthenticated."""


async def nobody(scope: Scope, headers: dict[bytes, bytes]) -> Actor | None:
    """Nobody can show who they are."""
    return None


async def identified(scope: Scope, headers: dict[bytes, bytes], options: Options, actor_of: ActorOf) -> Actor:
    """Who makes a request. Raises Unauthenticated when that is not shown, unless it is a practice site asked
    from its own machine. A request that a proxy on this machine passes on is not from this machine.
    """
    actor = await actor_of(scope, headers)
    if actor is not None:
        return actor
    if not options.practice:
        raise Unauthenticated("Sign in, or send an access token: Authorization: Bearer ...")
    client = scope.get("client")
    if client is None or not _loopback(client[0]) or any(name in headers for name in _FORWARDED):
        raise Forbidden("A practice site answers only programs on its own machine (loopback).")
    return Actor.practice()


@lru_cache(maxsize=1_000)
def _loopback(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped.is_loopback
    return address.is_loopback
