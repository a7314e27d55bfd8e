"""One request at the workplace: who asks, in which role, the open journal, and how pages are answered."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import quote

from starlette.responses import HTMLResponse, Response

from fellesjournal.access.actor import Actor
from fellesjournal.access.policies import Policies, Right
from fellesjournal.booking.free.calendars import Calendars
from fellesjournal.booking.icalendar.feeds import Feeds
from fellesjournal.documentation.documentation import Documentation
from fellesjournal.errors import Forbidden
from fellesjournal.reading.attendance import Attendance
from fellesjournal.reading.live import Hub
from fellesjournal.reading.readings import Readings
from fellesjournal.signin import guard
from fellesjournal.signin.visit import Visit
from fellesjournal.support.reports import Reports
from fellesjournal.ui.catalogue import Words
from fellesjournal.ui.frame import Frame
from fellesjournal.ui.norwegian import OSLO
from fellesjournal.ui.resources import Json, Resources
from fellesjournal.workplace.codes import Codes
from fellesjournal.workplace.modes.modes import Mode, mode_for
from fellesjournal.workplace.modes.services import Services
from fellesjournal.workplace.names import Names
from fellesjournal.workplace.seats import Seats

__all__ = ["Desk", "Json", "NotYours"]


class NotYours(Forbidden):
    """What this reader may not do, in the words of the reader's language."""


@dataclass(frozen=True, slots=True)
class Desk(Resources):
    """What a page works with."""

    visit: Visit
    actor: Actor
    frame: Frame
    codes: Codes
    readings: Readings
    documentation: Documentation
    attendance: Attendance
    reports: Reports
    policies: Policies
    services: Services
    names: Names
    hub: Hub
    seats: Seats
    calendars: Calendars
    feeds: Feeds
    place: str
    """Where the change feed was when the request came: a live page goes on from there."""
    citizen: Json = field(default_factory=dict)
    """The Patient whom the address is about, read through the door; empty where it is about nobody."""
    same: dict[str, Any] = field(default_factory=dict)
    """What all templates of the request are given, once it has been worked out."""

    @property
    def t(self) -> Words:
        """The words of the visitor's language."""
        return self.frame.words(self.visit.language)

    @property
    def form(self) -> dict[str, str]:
        """The fields of the form that was sent."""
        return self.visit.form

    @property
    def today(self) -> date:
        """The day in Norway."""
        return self.now.astimezone(OSLO).date()

    def asked(self, name: str) -> str:
        """A parameter of the address; "" when it is not there."""
        return self.visit.request.query_params.get(name, "")

    def part_of_path(self, name: str) -> str:
        """A part of the path."""
        return str(self.visit.request.path_params[name])

    async def mode(self) -> Mode:
        """How the workplace looks to the active role at its unit."""
        unit = self.actor.unit if self.reads("HealthcareService") else ""
        return mode_for(self.actor.role, await self.services.of(unit, self.journal) if unit else ())

    def html(self, template: str, **values: Any) -> str:
        """A page or fragment written out."""
        if not self.same:
            self.same.update(self._same())
        return self.frame.html(template, self.visit.language, self.now, desk=self, **self.same, **values)

    def _same(self) -> dict[str, Any]:
        """What all templates of a request are given."""
        reception, path = self.visit.reception, self.visit.request.url.path
        return {
            "actor": self.actor,
            "role_title": self.policy.title[self.visit.language],
            "path": path,
            "roles_at": f"/arbeid/rolle?til={quote(path)}",
            "emergency_at": "/arbeid/nodtilgang" if Right.EMERGENCY in self.policy.rights else "",
            "practice": reception.practice,
            "practice_name": reception.practice_name,
            "bevis": guard.token(self.visit.cookie),
            "idle": reception.idle_minutes * 60,
        }

    def page(self, template: str, status: int = 200, /, **values: Any) -> Response:
        """Answer with a page or fragment."""
        return HTMLResponse(self.html(template, **values), status)

    def redirect(self, path: str) -> Response:
        """Lead on to another page of ours."""
        return self.visit.redirect(path)
