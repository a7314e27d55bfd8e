"""The portal put together: who is let in, which address is whose, and how faults are told."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from fellesjournal.access.actor import Actor
from fellesjournal.access.journal import Journal
from fellesjournal.access.policies import Policies
from fellesjournal.access.representing import Representing
from fellesjournal.api import headers
from fellesjournal.booking.free.calendars import Calendars
from fellesjournal.documentation.documentation import Documentation
from fellesjournal.documentation.sweeping import sweeping
from fellesjournal.errors import (
    Conflict,
    Fault,
    Forbidden,
    Gone,
    Invalid,
    NotFound,
    PreconditionFailed,
    Unprocessable,
)
from fellesjournal.portal.addresses import ADDRESSES
from fellesjournal.portal.another import of_another
from fellesjournal.portal.folder import HOME, Amiss, Folder, Notices
from fellesjournal.portal.statement import statement
from fellesjournal.portal.value_sets import ValueSets
from fellesjournal.reading.live import Hub
from fellesjournal.reading.readings import Readings
from fellesjournal.signin import guard, lock
from fellesjournal.signin.admission import with_place
from fellesjournal.signin.openid.refusal import Reason, Refused
from fellesjournal.signin.reception import Reception
from fellesjournal.signin.visit import Visit, arrive
from fellesjournal.ui.attachments import SHOWN
from fellesjournal.ui.catalogue import catalogue
from fellesjournal.ui.files import Files, files
from fellesjournal.ui.frame import STATIC, Frame

HERE = Path(__file__).parent
ROOMS = (
    *("home", "record", "log", "sharing", "messages", "forms"),
    *("power", "appointments", "booking", "mine", "growth", "statement"),
)
PAGES = [HERE / "pages", *map(HERE.joinpath, ROOMS)]
FILE = {
    "Content-Security-Policy": "default-src 'none'; script-src 'none'; style-src 'unsafe-inline'; "
    "frame-ancestors 'none'; form-action 'none'"
}
"""Nothing in a citizen's document runs."""
PAGE = {"Content-Security-Policy": headers.PAGE.decode()}
"""Of a page only the files that make it live do."""
WORKPLACE = "/arbeid"
LARGEST_FORM = 6 * 1024 * 1024
"""In bytes: a file of the largest kind, with what is written beside it."""
Handler = Callable[[Folder], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Portal:
    """What the pages stand on."""

    reception: Reception
    journal: Journal
    policies: Policies
    representing: Representing
    readings: Readings
    frame: Frame
    frame_of_another: Frame
    files: Files
    documentation: Documentation
    value_sets: ValueSets
    hub: Hub
    calendars: Calendars
    notices: Notices

    def routes(self) -> list[BaseRoute]:
        """Every address: one's own, and the same again about one whom the visitor acts for."""
        return [
            Route(f"{HOME}/tilgjengelighet", self._statement, methods=["GET"]),
            *(
                Route(f"{HOME}{before}{path}", self._answer(handler), methods=[method])
                for before in ("/for/{citizen}", "")
                for path, handler, method in ADDRESSES
            ),
            *self.files.routes(),
        ]

    def running(self) -> AbstractAsyncContextManager[None]:
        """What goes on beside the requests: forms that were left are forgotten."""
        return sweeping(self.documentation.drafts)

    def _answer(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            try:
                visit = await arrive(self.reception, request, LARGEST_FORM)
            except Fault as fault:
                return PlainTextResponse(str(fault), 400)
            try:
                actor = await self._actor(visit)
            except Refused as refused:
                return _led(visit, refused)
            if actor.practitioner_role:
                return visit.redirect(WORKPLACE)
            response = visit.finished(await self._answered(visit, actor, handler))
            response.headers.update(FILE if response.media_type in SHOWN else PAGE)
            return response

        return answer

    async def _statement(self, request: Request) -> Response:
        """Open to everybody: who cannot sign in must be able to read it too."""
        try:
            visit = await arrive(self.reception, request)
        except Fault as fault:
            return PlainTextResponse(str(fault), 400)
        return visit.finished(statement.show(self.frame, visit))

    async def _actor(self, visit: Visit) -> Actor:
        """The one who is signed in. Raises Refused for nobody, and for a form that is not ours."""
        if visit.session is None:
            raise Refused(Reason.SESSION, "Sign in first.")
        actor = await self.reception.actor(visit.session)
        if visit.request.method == "POST":
            guard.check_origin(visit.request.headers, visit.origin)
            guard.check_token(visit.form.get(guard.FIELD, ""), visit.cookie)
        return actor

    async def _answered(self, visit: Visit, actor: Actor, handler: Handler) -> Response:
        """The page; what is not within reach is not there, whoever it is about."""
        citizen = visit.request.path_params.get("citizen", "")
        try:
            acting = await self.representing.acting(actor, f"Patient/{citizen}") if citizen else actor
            async with self._opened(visit, acting) as folder:
                return await handler(folder)
        except (NotFound, Gone):
            return await self._told(visit, actor, "missing.html", 404)
        except Forbidden:
            return await self._told(visit, actor, "forbidden.html", 403)
        except Amiss as fault:
            return await self._told(visit, actor, "wrong.html", 400, said=str(fault))
        except Invalid:
            return await self._told(visit, actor, "wrong.html", 400, said="")
        except Unprocessable:
            return await self._told(visit, actor, "wrong.html", 422, said="")
        except (Conflict, PreconditionFailed):
            return await self._told(visit, actor, "changed.html", 409)

    @asynccontextmanager
    async def _opened(self, visit: Visit, actor: Actor) -> AsyncIterator[Folder]:
        policy = self.policies.find(actor.role)
        if policy is None:
            raise Forbidden(f"There is no role '{actor.role}'.")
        async with self.journal.open(actor) as journal:
            yield Folder(
                journal=journal,
                policy=policy,
                visit=visit,
                actor=actor,
                citizen=(actor.represents or actor.person).partition("/")[2],
                whose=await self.representing.name(actor.represents) if actor.represents else "",
                frame=self.frame_of_another if actor.represents else self.frame,
                readings=self.readings,
                representing=self.representing,
                now=datetime.now(UTC),
                documentation=self.documentation,
                value_sets=self.value_sets,
                hub=self.hub,
                place=self.hub.place,
                calendars=self.calendars,
                notices=self.notices,
            )

    async def _told(self, visit: Visit, actor: Actor, template: str, status: int, **values: str) -> Response:
        async with self._opened(visit, actor) as folder:
            return folder.page(template, status, **values)


def _led(visit: Visit, refused: Refused) -> Response:
    """To where the visitor signs in or opens what is locked, and back here afterwards."""
    place = visit.request.url.path if visit.request.method == "GET" else HOME
    if refused.reason is Reason.CROSS_SITE:
        return PlainTextResponse(str(refused), 403)
    return visit.redirect(with_place(lock.LOCKED if refused.reason is Reason.LOCKED else "/logg-inn", place))


@cache
def _frames(static: Files) -> tuple[Frame, Frame]:
    """What pages stand in: the citizen's own, and those of whom they act for."""
    words = catalogue(HERE / "texts")
    return Frame(PAGES, words, static), Frame(PAGES, of_another(words), static)


def portal(
    reception: Reception,
    journal: Journal,
    policies: Policies,
    representing: Representing,
    readings: Readings,
    packages: Path,
    documentation: Documentation,
    value_sets: ValueSets,
    hub: Hub,
    calendars: Calendars,
    notices: Notices,
) -> Portal:
    """The portal of a site; `packages` is the folder of the installed front-end packages."""
    static = files(packages, STATIC, HERE / "static", prefix=f"{HOME}/ui")
    frame, frame_of_another = _frames(static)
    return Portal(
        reception,
        journal,
        policies,
        representing,
        readings,
        frame,
        frame_of_another,
        static,
        documentation,
        value_sets,
        hub,
        calendars,
        notices,
    )
