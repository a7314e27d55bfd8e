"""Who makes a request to the FHIR service: by a token of ours, a provider's token, or a session."""

from starlette.types import Scope

from fellesjournal.access.actor import Actor
from fellesjournal.api.faults import Unauthorized
from fellesjournal.signin.identification import Identification
from fellesjournal.signin.openid.refusal import Refused
from fellesjournal.smart import identification as apps
from fellesjournal.smart.server import Server

_CHALLENGE = ((b"www-authenticate", b"Bearer"),)


class NotShown(Unauthorized):
    """Credentials that do not hold, with the headers that say so."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(*refused.issues)
        given = tuple((name.lower().encode(), value.encode()) for name, value in refused.headers)
        self.headers = given if any(name == b"www-authenticate" for name, _ in given) else given + _CHALLENGE


async def actor_of(
    server: Server, identification: Identification, scope: Scope, headers: dict[bytes, bytes]
) -> Actor | None:
    """The actor of a request; None when it carries no credentials. Raises Unauthorized (see ActorOf)."""
    if b"authorization" not in headers and b"cookie" not in headers:
        return None
    actor = await apps.actor_of(server, headers)
    if actor is not None:
        return actor
    texts = {name.decode("latin-1"): value.decode("latin-1") for name, value in headers.items()}
    path = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
    address = server.reception.address or f"http://{texts.get('host', '')}"
    try:
        return await identification.actor_of(texts, scope["method"], address + path)
    except Refused as refused:
        raise NotShown(refused) from None
