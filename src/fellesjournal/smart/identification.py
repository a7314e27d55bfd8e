"""From an access token of ours to the one who acts."""

from collections.abc import Mapping

from fellesjournal.access.actor import Actor
from fellesjournal.errors import Unauthenticated
from fellesjournal.smart.refusal import Refusal
from fellesjournal.smart.server import Server

_MOST = 128


class Expired(Unauthenticated):
    """The access token does not hold (RFC 6750, 3.1); `person` granted it to `app`."""

    why = "app-token"
    headers = (("www-authenticate", 'Bearer error="invalid_token"'),)

    def __init__(self, sentence: str, person: str = "", app: str = "") -> None:
        super().__init__(sentence)
        self.person = person
        self.app = app


def is_ours(authorization: bytes) -> bool:
    """Whether an Authorization header holds a token of the kind that we give: without dots, unlike a JWT."""
    scheme, _, token = authorization.partition(b" ")
    return scheme.lower() == b"bearer" and bool(token) and b"." not in token


async def actor_of(server: Server, headers: Mapping[bytes, bytes]) -> Actor | None:
    """The actor of a request with one of our tokens; None when it carries none of the kind.

    Raises Unauthenticated for one that is unknown, has expired, was ended, or whose person's role has ended.
    """
    given = headers.get(b"authorization", b"")
    if not is_ours(given):
        return None
    token = given.partition(b" ")[2].strip().decode("latin-1")
    live = await server.grants.find(token) if len(token) <= _MOST else None
    if live is None or live.kind != "access":
        raise Expired("The access token is unknown, has expired or was ended: get a new one.")
    try:
        return await server.actor(live.grant)
    except Refusal as refusal:
        sentence = f"The access token does not hold any more: {refusal}"
        raise Expired(sentence, live.grant.person, live.grant.app) from None
