"""Until there is sign-in, only a practice site answers, and only programs on the same machine."""

from functools import lru_cache
from ipaddress import IPv6Address, ip_address

from starlette.types import Scope

from fellesjournal.api.options import Options
from fellesjournal.errors import Forbidden

_FORWARDED = (b"forwarded", b"x-forwarded-for", b"x-real-ip")


def check(scope: Scope, headers: dict[bytes, bytes], options: Options) -> None:
    """Raise Forbidden unless this is a practice site and the peer is on the loopback network.

    A request that a proxy on this machine passes on is not from this machine.
    """
    if not options.practice:
        raise Forbidden("There is no sign-in yet, so only sites marked as practice sites answer.")
    client = scope.get("client")
    if client is None or not _loopback(client[0]) or any(name in headers for name in _FORWARDED):
        raise Forbidden("A practice site answers only programs on its own machine (loopback).")


@lru_cache(maxsize=1_000)
def _loopback(host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
        return address.ipv4_mapped.is_loopback
    return address.is_loopback
