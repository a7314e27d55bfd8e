"""What one act of a played day writes: by whom, at which unit, about whom, and from the citizen's own values.

An act tells of what has just been done: nothing that it writes is later than itself.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.chart import appointments, contacts, documents, measures, messages
from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import Json
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.documents import Kind
from fellesjournal.rollout.region.chart.measures import BREATHS, PULSE, SATURATION, TEMPERATURE
from fellesjournal.rollout.region.kinds_of_visit import CONTROL
from fellesjournal.rollout.region.moments import written
from fellesjournal.rollout.region.units import Unit, Worker


class Signs(NamedTuple):
    """A citizen's vital signs as last measured, or what is usual where nothing is."""

    pulse: float = 74
    breaths: float = 15
    saturation: float = 97
    temperature: float = 36.8
    systolic: float = 130
    diastolic: float = 78

    def later(self, chance: Chance) -> "Signs":
        """Some hours on: what was far from the usual has come a little nearer, the rest is about the same."""
        moved = [
            value + BACK * (usual - value) * (abs(usual - value) > far) + chance.normal(0, spread)
            for value, usual, (far, spread) in zip(self, Signs(), _FAR, strict=True)
        ]
        made = Signs(*moved)
        return made._replace(saturation=min(100, made.saturation))


BACK = 0.15
"""The share of the way to the usual that is gone between two measurements of one who is ill."""
_FAR = ((18, 3), (5, 0.8), (5, 0.7), (0.7, 0.15), (30, 5), (18, 3))
"""How far from the usual is ill, and how much a value changes by itself, in the order of Signs."""


class Scene:
    """What one act is written with; `signs` are those of everybody who has been measured, and are kept up."""

    def __init__(
        self,
        worker: str,
        unit: str,
        citizen: str,
        when: datetime,
        number: int,
        signs: dict[str, Signs],
    ) -> None:
        self.citizen, self.when, self._signs = citizen, when, signs
        self.chart = Chart(citizen, f"dag-{when:%Y%m%d}-{number}")
        self.unit, self.by = f"Organization/{unit}", f"Practitioner/{worker}"

    def contact(self, way: Way, minutes: int, booked: str = "") -> str:
        """A contact that has lasted so many minutes and is over."""
        start = self.when - timedelta(minutes=minutes)
        return contacts.encounter(self.chart, way, start, self.when, self.unit, self.by, booked=booked)

    def begins(self, way: Way, booked: str = "") -> str:
        """A contact that goes on."""
        return contacts.encounter(self.chart, way, self.when, None, self.unit, self.by, booked=booked)

    def ends(self, contact: Json) -> None:
        """A contact that went on is over: the resource as it is, with its end."""
        period = {**contact["period"], "end": written(self.when)}
        self.chart.rewrite({**_kept(contact), "status": "finished", "period": period})

    def books_as(self, appointment: Json, status: str) -> None:
        """How far it has come with an appointment: arrived while somebody waits, fulfilled when met."""
        self.chart.rewrite({**_kept(appointment), "status": status})

    def vitals(self, chance: Chance, contact: str = "") -> Signs:
        """Pulse, breaths, saturation, temperature and blood pressure, from the citizen's own last."""
        found = self._signs[self.citizen] = self._signs.get(self.citizen, Signs()).later(chance)
        about: Json = {"performer": [{"reference": self.by}]}
        about |= {"encounter": {"reference": contact}} if contact else {}
        for measure, value in zip((PULSE, BREATHS, SATURATION, TEMPERATURE), found, strict=False):
            measures.observation(self.chart, measure, value, self.when, about)
        measures.blood_pressure(self.chart, found.systolic, found.diastolic, self.when, about)
        return found

    def note(self, title: str, text: str, contact: str, kind: Kind = Kind.NOTE) -> None:
        """A note."""
        documents.note(self.chart, kind, [(title, text)], self.when, self.by, self.unit, contact)

    def message(self, topic: str, text: str, to: str, answers: str = "") -> str:
        """A message; `answers` is the one that it answers. Returns the reference."""
        return messages.message(self.chart, topic, text, self.when, self.by, to, answers)

    def books(self, what: str, start: datetime, unit: str, by: str) -> None:
        """An appointment to come."""
        appointments.appointment(self.chart, what, start, 20, Unit(unit, "", 0), Worker(by, ""), kind=CONTROL)


def _kept(resource: Json) -> Json:
    """What stays of a resource when it is written again: not what the record itself added."""
    kept = {name: value for name, value in resource.items() if name not in ("meta", "text")}
    labels = resource.get("meta", {}).get("security")
    return kept | ({"meta": {"security": labels}} if labels else {})
