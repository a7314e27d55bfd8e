"""The REST surface, put together: `create` is what a server process runs (with Granian, ASGI)."""

from collections.abc import Callable, Sequence
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Lifespan, Receive, Scope, Send

from fellesjournal.access.journal import Journal
from fellesjournal.api.catalogue import table
from fellesjournal.api.door import Known, Site
from fellesjournal.api.headers import Headers
from fellesjournal.api.limits import Limited, Limits, Refused, Sits, unseated, untold
from fellesjournal.api.options import Options
from fellesjournal.api.path import Paths
from fellesjournal.api.practice import ActorOf, nobody
from fellesjournal.api.surface import Surface
from fellesjournal.booking.free.calendars import Calendars
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.validation import Validator
from fellesjournal.terminology.terminology import Terminology

_EXPOSED = ["Content-Location", "ETag", "Last-Modified", "Location", "X-Correlation-Id", "X-Request-Id"]
_FHIR = "/fhir"
_METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]


def create(
    journal: Journal,
    definitions: Definitions,
    search_parameters: Callable[[], Known],
    options: Options | None = None,
    *,
    landing: Sequence[BaseRoute] = (),
    described: Sequence[BaseRoute] = (),
    security: Callable[[str], dict[str, Any]] | None = None,
    terminology: Terminology | None = None,
    calendars: Calendars | None = None,
    validator: Callable[[], Validator] | None = None,
    lifespan: Lifespan[Starlette] | None = None,
    actor_of: ActorOf = nobody,
    refused: Refused = untold,
    sits: Sits = unseated,
) -> Starlette:
    """The application: FHIR below /fhir, but for `described` (what is well known of the site, below it too),
    and `landing` (the plain pages of the site) for all else.

    `actor_of` says who makes a request; who shows nothing is the practice actor, on practice sites, and
    nobody elsewhere; `sits` whose session a request to a page shows, to count by; `refused` takes note of
    those who are turned away. `search_parameters` gives those that
    are known now, by type and code; `validator` what resources are checked by now (left out: R4 alone).
    Without `terminology` or `calendars` their operations are not served; `lifespan` opens and closes what the
    journal needs.
    """
    own = Validator(definitions)
    site = Site(
        lambda call: journal.open(call.actor, call.request, gathers=call.gathers),
        definitions,
        search_parameters,
        validator or (lambda: own),
        security,
        terminology,
        calendars,
    )
    options = options or Options()
    limits = Limits(options.per_minute)
    surface = Surface(Paths(table(site), definitions.resource_types), options, actor_of, limits, refused)
    routes = [*described, Base(_FHIR, surface), *landing]
    return Starlette(routes=routes, lifespan=lifespan, middleware=_around(options, limits, refused, sits))


def _around(options: Options, limits: Limits, refused: Refused, sits: Sits) -> list[Middleware]:
    """What every request passes, whatever it is for."""
    origins = list(options.allowed_origins)
    cors = Middleware(
        CORSMiddleware,
        allow_origins=origins,
        allow_methods=_METHODS,
        allow_headers=["*"],
        expose_headers=_EXPOSED,
    )
    return [
        Middleware(Headers, secure=options.secure),
        Middleware(Limited, limits=limits, known=_FHIR, refused=refused, sits=sits),
        *([cors] if origins else []),
    ]


class Base(BaseRoute):
    """Everything at and below a path goes to one application; Starlette's Mount would redirect POST /fhir."""

    def __init__(self, path: str, app: ASGIApp) -> None:
        self._path = path
        self._below = f"{path}/"
        self._app = app

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """FULL for the path itself and all below it."""
        path: str = scope["path"]
        if scope["type"] == "http" and (path.startswith(self._below) or path == self._path):
            return Match.FULL, {"root_path": scope.get("root_path", "") + self._path}
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on."""
        await self._app(scope, receive, send)
