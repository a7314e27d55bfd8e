"""One request at the portal: who asks, whose record it is about, and how pages are answered."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.responses import HTMLResponse, Response

from fellesjournal.access.actor import Actor
from fellesjournal.access.representing import Representing
from fellesjournal.booking.free.calendars import Calendars
from fellesjournal.booking.notices.outbox import Told
from fellesjournal.documentation.documentation import Documentation
from fellesjournal.errors import Invalid
from fellesjournal.portal.value_sets import ValueSets
from fellesjournal.reading.live import PRESENCE, Hub
from fellesjournal.reading.readings import Readings
from fellesjournal.signin import guard
from fellesjournal.signin.visit import Visit
from fellesjournal.ui.catalogue import Words
from fellesjournal.ui.frame import Frame
from fellesjournal.ui.resources import Resources

HOME = "/min"
MOST_OPEN = 20
"""Rows of a list that stand open: those beyond are behind one press."""
Notices = Callable[[Sequence[int]], Awaitable[dict[int, Told]]]
"""What citizens are told of letters (keys)."""


class Amiss(Invalid):
    """What the visitor sent is not whole or not right: a sentence of the catalogue that says what."""


@dataclass(frozen=True, slots=True)
class Folder(Resources):
    """What a page works with. `citizen` is the id of the one whose record it is: the visitor's own, or that
    of one they act for; `actor` acts as such.
    """

    visit: Visit
    actor: Actor
    citizen: str
    whose: str
    """What the citizen is called, where the visitor acts for them; else ""."""
    frame: Frame
    readings: Readings
    representing: Representing
    documentation: Documentation
    value_sets: ValueSets
    hub: Hub
    place: str
    """Where the change feed was when the request came: a live page goes on from there."""
    calendars: Calendars
    notices: Notices

    @property
    def base(self) -> str:
        """How the addresses about this citizen begin."""
        return f"{HOME}/for/{self.citizen}" if self.actor.represents else HOME

    @property
    def patient(self) -> str:
        """The citizen as a reference."""
        return f"Patient/{self.citizen}"

    @property
    def t(self) -> Words:
        """The words of the visitor's language."""
        return self.frame.words(self.visit.language)

    @property
    def form(self) -> dict[str, str]:
        """The fields of the form that was sent."""
        return self.visit.form

    @property
    def places(self) -> list[str]:
        """The pages of the menu: those that the visitor reads something on."""
        read = {
            "/skjema": "QuestionnaireResponse",
            "/meldinger": "Communication",
            "/innsyn": "AuditEvent",
            "/mine": "Patient",
        }
        read = read if self.actor.represents else {}
        every = ("", "/journal", "/skjema", "/meldinger", "/deling", "/innsyn", "/mine")
        return [place for place in every if place not in read or self.reads(read[place])]

    def asked(self, name: str) -> str:
        """A parameter of the address; "" when it is not there."""
        return self.visit.request.query_params.get(name, "")

    def part_of_path(self, name: str) -> str:
        """A part of the path."""
        return str(self.visit.request.path_params[name])

    def page(
        self,
        template: str,
        status: int = 200,
        /,
        *,
        live: Iterable[str] = (),
        renews: str = "",
        **values: Any,
    ) -> Response:
        """Answer with a page. One that is `live` is fetched anew when something of those types changes: from
        the address `renews`, or from its own."""
        reception = self.visit.reception
        html = self.frame.html(
            template,
            self.visit.language,
            self.now,
            actor=self.actor,
            base=self.base,
            whose=self.whose,
            practice=reception.practice,
            practice_name=reception.practice_name,
            bevis=guard.token(self.visit.cookie),
            idle=reception.idle_minutes * 60,
            path=self.visit.request.url.path,
            places=self.places,
            place=self.place,
            shows=" ".join(sorted(one for one in live if one == PRESENCE or self.reads(one))),
            renews=renews,
            most_open=MOST_OPEN,
            **values,
        )
        return HTMLResponse(html, status)

    def redirect(self, path: str) -> Response:
        """Lead on to another page about the same citizen."""
        return self.visit.redirect(f"{self.base}{path}")
