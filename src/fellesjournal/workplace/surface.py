"""The workplace put together: who is let in, which address is whose, and how faults are told."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from fellesjournal.access.actor import Actor
from fellesjournal.access.journal import Journal
from fellesjournal.access.policies import Policies
from fellesjournal.api.headers import PAGE
from fellesjournal.documentation.documentation import Documentation
from fellesjournal.errors import Fault, Forbidden, Gone, Invalid, NotFound
from fellesjournal.reading.attendance import Attendance, Reader
from fellesjournal.reading.readings import Readings
from fellesjournal.signin import guard, lock
from fellesjournal.signin.admission import ROLE, with_place
from fellesjournal.signin.openid.refusal import Reason, Refused
from fellesjournal.signin.reception import Reception
from fellesjournal.signin.visit import Visit, arrive
from fellesjournal.support.reports import Reports
from fellesjournal.ui.attachments import SHOWN
from fellesjournal.ui.catalogue import catalogue
from fellesjournal.ui.files import Files
from fellesjournal.ui.frame import STATIC, Frame
from fellesjournal.workplace.chart import chart
from fellesjournal.workplace.codes import Codes
from fellesjournal.workplace.complain import complain
from fellesjournal.workplace.core import core
from fellesjournal.workplace.desk import Desk
from fellesjournal.workplace.diagnoses import courses, diagnoses
from fellesjournal.workplace.documents import documents
from fellesjournal.workplace.emergency import emergency
from fellesjournal.workplace.found import found
from fellesjournal.workplace.lifetime import lifetime
from fellesjournal.workplace.live import Hub, lists_stream, stream
from fellesjournal.workplace.messages import messages
from fellesjournal.workplace.modes.services import Services
from fellesjournal.workplace.notes import (
    cosigning,
    facts,
    files,
    moving,
    notes,
    phrases,
    references,
    signing,
    worklist,
)
from fellesjournal.workplace.oversight import follow_up, unusual
from fellesjournal.workplace.palette import palette
from fellesjournal.workplace.results import results
from fellesjournal.workplace.seat import Seat
from fellesjournal.workplace.start import roles, start
from fellesjournal.workplace.templates import editor, shelf
from fellesjournal.workplace.vitals import retracting, vitals

HERE = Path(__file__).parent
ROOMS = (
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
Handler = Callable[[Desk], Awaitable[Response]]


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
    reports: Reports
    services: Services

    def routes(self) -> list[BaseRoute]:
        """Every address of the workplace."""

        def place(desk: Desk) -> str:
            return desk.visit.request.headers.get("last-event-id") or desk.asked("fra")

        async def live(desk: Desk) -> Response:
            actor = desk.actor
            reader = Reader(actor.person, actor.display, actor.role, actor.unit_display)
            seat = Seat(self.attendance, reader)
            return stream(self.hub, desk.part_of_path("id"), place(desk), seat)

        async def live_lists(desk: Desk) -> Response:
            return lists_stream(self.hub, start.SHOWS, place(desk))

        return [
            self._page("", start.show),
            self._page("/lister", start.lists),
            self._page("/hendelser", live_lists),
            self._page("/finn", palette.find),
            self._page("/rolle", roles.show),
            self._page("/tilbakemeldinger", complain.show),
            self._form("/tilbakemelding", complain.send),
            self._page("/nodtilgang", emergency.show),
            self._form("/nodtilgang", emergency.take),
            self._about("", chart.show),
            self._about("/del/{part}", chart.part),
            self._about("/diagnose", diagnoses.show),
            self._about("/diagnose/finn", diagnoses.find),
            self._about("/diagnose", diagnoses.add, self._form),
            self._about("/forlop/{condition}", courses.show),
            self._about("/livslop", lifetime.show),
            self._about("/prove", results.series),
            self._about("/journalnotat/{document}", documents.note),
            self._about("/dokument/{document}", documents.document),
            self._about("/dokument/{document}/fil", documents.file),
            self._about("/funn/{type}/{document}", found.show),
            self._about("/lest", chart.mark_read, self._form),
            self._form("/innbygger/{id}/sperring/overstyring", emergency.override),
            self._about("/hendelser", live),
            self._about("/meldinger", messages.show),
            self._about("/meldinger", messages.answer, self._form),
            *self._notes(),
            *self._oversight(),
            *self._vitals(),
            *self._core(),
            *self.files.routes(),
        ]

    def _notes(self) -> list[BaseRoute]:
        """The addresses of what is being written."""
        return [
            self._about("/notat", notes.choose),
            self._about("/notat/{template}", notes.show),
            self._about("/notat/{template}/felter", notes.fields),
            self._about("/notat/{template}", signing.sign, self._form),
            self._about("/notat/{template}/utkast", notes.keep, self._form),
            self._about("/notat/{template}/forkastet", notes.drop, self._form),
            self._about("/koder", notes.codes),
            self._about("/signert/{note}", notes.amend),
            self._about("/signert/{note}/feilforing", signing.take_back, self._form),
            self._about("/fakta", facts.offered),
            self._about("/henvis", references.find),
            self._about("/notat/{template}/fil", files.send, self._form),
            self._about("/notat/{template}/valg", notes.settle, self._form),
            self._about("/signert/{note}/flytt", moving.choose),
            self._about("/signert/{note}/flytt", moving.move, self._form),
            self._page("/signere", worklist.show),
            self._page("/fraser", phrases.show),
            self._form("/fraser", phrases.keep),
            self._form("/fraser/fjernet", phrases.drop),
            self._page("/maler", shelf.show),
            self._form("/maler", shelf.begin),
            self._page("/maler/{mal}", editor.show),
            self._form("/maler/{mal}", editor.save),
            self._form("/maler/{mal}/forhandsvisning", editor.preview),
            self._form("/maler/{mal}/godkjenning", editor.approve),
            self._about("/medsignering/{note}", cosigning.show),
            self._about("/medsignering/{note}", cosigning.sign, self._form),
            self._about("/medsignering/{note}/retur", cosigning.send_back, self._form),
        ]

    def _oversight(self) -> list[BaseRoute]:
        """The addresses of the privacy officer."""
        return [
            self._page("/oppfolging", follow_up.show),
            self._page("/oppfolging/logg", follow_up.log),
            self._form("/oppfolging/{id}", follow_up.mark),
            self._form("/oppfolging/{id}/omgjoring", follow_up.undo),
            self._page("/uvanlig", unusual.show),
        ]

    def _vitals(self) -> list[BaseRoute]:
        """The addresses of what is measured; the score of what is being typed names nobody."""
        return [
            self._form("/news2", vitals.live),
            self._about("/malinger", vitals.show),
            self._about("/malinger", vitals.save, self._form),
            self._about("/malinger/skala", vitals.choose_scale, self._form),
            self._about("/malinger/{observation}", retracting.show),
            self._about("/malinger/{observation}/feilforing", retracting.retract, self._form),
        ]

    def _core(self) -> list[BaseRoute]:
        """The addresses of core information."""
        return [
            self._about("/kjerne", core.show),
            self._about("/kjerne/finn", core.find),
            self._about("/kjerne/ingen-allergier", core.no_allergies, self._form),
            self._about("/kjerne/{slag}/{ting}", core.edit),
            self._about("/kjerne/{slag}/{ting}", core.save, self._form),
            self._about("/kjerne/{slag}/{ting}/slutt", core.end, self._form),
        ]

    def _page(self, path: str, handler: Handler) -> Route:
        return Route(f"/arbeid{path}", self._at_desk(handler), methods=["GET"])

    def _form(self, path: str, handler: Handler) -> Route:
        return Route(f"/arbeid{path}", self._at_desk(handler), methods=["POST"])

    def _about(
        self, path: str, handler: Handler, make: Callable[[str, Handler], Route] | None = None
    ) -> Route:
        """An address of one citizen: who is not within reach is not found, whatever is asked."""

        async def reached(desk: Desk) -> Response:
            citizen = await desk.read("Patient", desk.part_of_path("id"))
            return await handler(replace(desk, citizen=citizen))

        return (make or self._page)(f"/innbygger/{{id}}{path}", reached)

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
        async with self.journal.open(actor) as journal:
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
                attendance=self.attendance,
                reports=self.reports,
                place=self.hub.place,
            )
            try:
                return await handler(desk)
            except (NotFound, Gone):
                return desk.page("missing.html", 404, emergency=emergency.way_in(desk))
            except Forbidden as fault:
                return desk.page("forbidden.html", 403, said=str(fault))
            except Invalid as fault:
                return PlainTextResponse(str(fault), 400)


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
    reports: Reports,
) -> Workplace:
    """The workplace of a site; `packages` is the folder of the installed front-end packages."""
    files = Files(packages, [STATIC, HERE / "static"])
    frame = Frame(PAGES, catalogue(HERE / "texts"), files)
    return Workplace(
        reception,
        journal,
        policies,
        frame,
        files,
        hub,
        codes,
        readings,
        documentation,
        attendance,
        reports,
        Services(),
    )
