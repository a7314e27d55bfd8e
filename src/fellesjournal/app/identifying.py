"""Who makes a request to the FHIR service: by a token or a session, for oneself or for another."""

from collections.abc import Sequence

from starlette.types import Scope

from fellesjournal.access.actor import Actor
from fellesjournal.access.policy_names import CITIZEN
from fellesjournal.access.representing import Representing
from fellesjournal.errors import Fault, Forbidden
from fellesjournal.signin.identification import Identification
from fellesjournal.smart import identification as apps
from fellesjournal.smart.server import Server

REPRESENTS = b"fellesjournal-represents"
"""The header by which a citizen acts for another: "Patient/3"."""


class Identifying:
    """What api.practice.ActorOf asks for. `bases` are the service's own addresses, the public one first."""

    def __init__(
        self,
        server: Server,
        identification: Identification,
        representing: Representing,
        bases: Sequence[str],
    ) -> None:
        self._server = server
        self._identification = identification
        self._representing = representing
        self._public = bases[0] if bases else ""

    async def __call__(self, scope: Scope, headers: dict[bytes, bytes]) -> Actor | None:
        """The actor of a request. Raises Unauthenticated, or NotFound for one who may not act for another."""
        if b"authorization" not in headers and b"cookie" not in headers:
            return None
        if (app := await apps.actor_of(self._server, headers)) is not None:
            return app
        told = {name.decode("latin-1"): value.decode("latin-1") for name, value in headers.items()}
        actor = await self._identification.actor_of(told, scope["method"], self._url(scope, told))
        represented = headers.get(REPRESENTS, b"").decode("latin-1")
        if actor is None or not represented:
            return actor
        try:
            if actor.role != CITIZEN:
                raise Forbidden("Only citizens act for others; a health worker's role says what it may do.")
            return await self._representing.acting(actor, represented)
        except Fault as fault:
            fault.person = actor.person
            raise

    def _url(self, scope: Scope, headers: dict[str, str]) -> str:
        """The address as the caller wrote it: behind a proxy, below the site's own."""
        path: str = (scope.get("raw_path") or scope["path"].encode()).decode("latin-1")
        if self._public:
            return self._public.removesuffix("/fhir") + path
        return f"{scope.get('scheme', 'http')}://{headers.get('host', 'localhost')}{path}"
