"""The workplace put together: who is let in, which address is whose, and how faults are told."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from fellesjournal.access.actor import Actor
from fellesjournal.access.journal import Journal
from fellesjournal.access.policies import Policies
from fellesjournal.api.headers import PAGE
from fellesjournal.booking.free.calendars import Calendars
from fellesjournal.booking.icalendar.feeds import Feeds
from fellesjournal.documentation.documentation import Documentation
from fellesjournal.errors import Fault, Forbidden, Gone, Invalid, NotFound
from fellesjournal.reading.attendance import Attendance
from fellesjournal.reading.live import Hub
from fellesjournal.reading.readings import Readings
from fellesjournal.signin import guard, lock
from fellesjournal.signin.admission import ROLE, with_place
from fellesjournal.signin.openid.refusal import Reason, Refused
from fellesjournal.signin.reception import Reception
from fellesjournal.signin.visit import Visit, arrive
from fellesjournal.support.reports import Reports
from fellesjournal.ui.attachments import SHOWN
from fellesjournal.ui.catalogue import catalogue
from fellesjournal.ui.files import Files, files
from fellesjournal.ui.frame import STATIC, Frame
from fellesjournal.workplace.addresses import OF_A_CITIZEN, OF_THE_DESK, Address, Handler
from fellesjournal.workplace.booking import feed
from fellesjournal.workplace.codes import Codes
from fellesjournal.workplace.desk import Desk, NotYours
from fellesjournal.workplace.emergency import emergency
from fellesjournal.workplace.modes.services import Services
from fellesjournal.workplace.names import Names
from fellesjournal.workplace.seats import Seats

HERE = Path(__file__).parent
ROOMS = (
    "answers",
    "blocks",
    "booking",
    "chart",
    "complain",
    "core",
    "diagnoses",
    "documents",
    "emergency",
    "found",
    "lifetime",
    "messages",
    "notes",
    "oversight",
    "palette",
    "results",
    "since",
    "start",
    "tasks",
    "templates",
    "vitals",
)
PAGES = [HERE / "pages", *map(HERE.joinpath, ROOMS)]
FRAMING = {"Content-Security-Policy": f"{PAGE.decode()}; frame-src 'self'"}
"""Pages show documents in a frame of their own."""
FRAMED = {
    "Content-Security-Policy": "script-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'",
    "X-Frame-Options": "SAMEORIGIN",
}
"""The files of documents stand in a frame of ours, and nothing in them runs."""
LARGEST_FORM = 8 * 1024 * 1024
"""In bytes: two hundred pages pasted into a note."""
WORKPLACE, CITIZEN = "/arbeid", "/innbygger/{id}"


@dataclass(frozen=True, slots=True)
class Workplace:
    """What the pages stand on. `hub` tells of changes."""

    reception: Reception
    journal: Journal
    policies: Policies
    frame: Frame
    files: Files
    hub: Hub
    codes: Codes
    readings: Readings
    documentation: Documentation
    attendance: Attendance
    seats: Seats
    reports: Reports
    services: Services
    names: Names
    calendars: Calendars
    feeds: Feeds

    def routes(self) -> list[BaseRoute]:
        """Every address of the workplace."""
        about = [
            Address(one.method, f"{CITIZEN}{one.path}", _within_reach(one.answers)) for one in OF_A_CITIZEN
        ]
        return [
            *(
                Route(f"{WORKPLACE}{one.path}", self._at_desk(one.answers), methods=[one.method])
                for one in (*OF_THE_DESK, *about)
            ),
            Route(feed.PATH, partial(feed.answer, self.journal, self.policies, self.feeds, self.frame)),
            *self.files.routes(),
        ]

    def _at_desk(self, handler: Handler) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            try:
                visit = await arrive(self.reception, request, LARGEST_FORM)
            except Fault as fault:
                return PlainTextResponse(str(fault), 400)
            try:
                actor = await self._actor(visit)
            except Refused as refused:
                return self._led(visit, refused)
            response = visit.finished(await self._answered(visit, actor, handler))
            response.headers.update(FRAMED if response.media_type in SHOWN else FRAMING)
            return response

        return answer

    async def _actor(self, visit: Visit) -> Actor:
        """The one who acts. Raises Refused for who is not signed in as a health worker with a role, and for a
        form that is not ours."""
        if visit.session is None:
            raise Refused(Reason.SESSION, "Sign in first.")
        actor = await self.reception.actor(visit.session)
        if not actor.practitioner_role:
            raise Refused(Reason.NO_ROLE, "The workplace is for health workers.")
        if visit.request.method == "POST":
            guard.check_origin(visit.request.headers, visit.origin)
            guard.check_token(visit.form.get(guard.FIELD, ""), visit.cookie)
        return actor

    def _led(self, visit: Visit, refused: Refused) -> Response:
        """To where what is lacking can be had, and back here afterwards."""
        place = visit.request.url.path if visit.request.method == "GET" else "/arbeid"
        match refused.reason:
            case Reason.LOCKED:
                return visit.redirect(with_place(lock.LOCKED, place))
            case Reason.NO_ROLE | Reason.ROLE_ENDED:
                return visit.redirect(with_place(ROLE, place))
            case Reason.CROSS_SITE:
                return PlainTextResponse(str(refused), 403)
        return visit.redirect(with_place("/logg-inn", place))

    async def _answered(self, visit: Visit, actor: Actor, handler: Handler) -> Response:
        policy = self.policies.find(actor.role)
        if policy is None:
            return PlainTextResponse(f"There is no role '{actor.role}'.", 403)
        async with self.journal.open(actor, gathers=True) as journal:
            desk = Desk(
                journal=journal,
                policy=policy,
                visit=visit,
                actor=actor,
                frame=self.frame,
                codes=self.codes,
                readings=self.readings,
                now=datetime.now(UTC),
                documentation=self.documentation,
                policies=self.policies,
                services=self.services,
                names=self.names,
                attendance=self.attendance,
                reports=self.reports,
                hub=self.hub,
                seats=self.seats,
                calendars=self.calendars,
                feeds=self.feeds,
                place=self.hub.place,
            )
            try:
                return await handler(desk)
            except (NotFound, Gone):
                return desk.page("missing.html", 404, emergency=emergency.way_in(desk))
            except Forbidden as fault:
                return desk.page(
                    "forbidden.html", 403, said=str(fault) if isinstance(fault, NotYours) else ""
                )
            except Invalid as fault:
                return PlainTextResponse(str(fault), 400)


def _within_reach(handler: Handler) -> Handler:
    """Who is not within reach is not found, whatever is asked about them."""

    async def reached(desk: Desk) -> Response:
        citizen = await desk.read("Patient", desk.part_of_path("id"))
        return await handler(replace(desk, citizen=citizen))

    return reached


def workplace(
    reception: Reception,
    journal: Journal,
    policies: Policies,
    packages: Path,
    hub: Hub,
    codes: Codes,
    readings: Readings,
    documentation: Documentation,
    attendance: Attendance,
    seats: Seats,
    reports: Reports,
    calendars: Calendars,
    feeds: Feeds,
) -> Workplace:
    """The workplace of a site; `packages` is the folder of the installed front-end packages."""
    static = files(packages, STATIC, HERE / "static")
    frame = Frame(PAGES, catalogue(HERE / "texts"), static)
    return Workplace(
        reception,
        journal,
        policies,
        frame,
        static,
        hub,
        codes,
        readings,
        documentation,
        attendance,
        seats,
        reports,
        Services(),
        Names(),
        calendars,
        feeds,
    )
