"""A day in the region: what its people do hour by hour, each in their own role.

The same seed, day and citizens give the same acts.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.chart import contacts, documents, measures, messages
from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import Json
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.documents import Kind
from fellesjournal.rollout.region.moments import at
from fellesjournal.rollout.region.staff import EMERGENCY, HOME, NURSING, SURGERY, WARD

FIRST_HOUR, LAST_HOUR = 7, 23
"""Between which the day is played."""


class Part(NamedTuple):
    """Someone with a part in the day: who, at which unit, and how their citizens are found (a search)."""

    worker: str
    unit: str
    citizens: str


WARD_NURSE = Part(
    "varm-lyngmo", WARD, f"Encounter?status=in-progress&class=IMP&service-provider=Organization/{WARD}"
)
WARD_DOCTOR = Part(
    "ivrig-steinroys", WARD, f"Encounter?status=in-progress&class=IMP&service-provider=Organization/{WARD}"
)
HOME_NURSE = Part("vennlig-solber", HOME, f"EpisodeOfCare?status=active&organization=Organization/{HOME}")
NURSING_NURSE = Part(
    "stodig-kvitveis", NURSING, f"Encounter?status=in-progress&service-provider=Organization/{NURSING}"
)
GP = Part("lun-rogneber", SURGERY, "Patient?general-practitioner=Practitioner/lun-rogneber&deceased=false")
LEGEVAKT_NURSE = Part("arvaken-nordlys", EMERGENCY, GP.citizens)
PARTS = (WARD_NURSE, WARD_DOCTOR, HOME_NURSE, NURSING_NURSE, GP)
"""Those whose citizens are looked for. The nurse at legevakt meets some of the GP's, who come unannounced."""


class Act(NamedTuple):
    """One thing that somebody does: what is written, all or nothing, and a line that tells of it."""

    at: datetime
    worker: str
    line: str
    bodies: tuple[bytes, ...]


class _Scene:
    """What one act is written with."""

    def __init__(self, part: Part, citizen: str, when: datetime, number: int) -> None:
        self.part, self.when = part, when
        self.chart = Chart(citizen, f"dag-{when:%Y%m%d}-{number}")
        self.unit, self.by = f"Organization/{part.unit}", f"Practitioner/{part.worker}"

    def contact(self, way: Way, minutes: int | None) -> str:
        """A contact; one without minutes goes on."""
        end = None if minutes is None else self.when + timedelta(minutes=minutes)
        return contacts.encounter(self.chart, way, self.when, end, self.unit, self.by)

    def vitals(self, chance: Chance, contact: str = "") -> None:
        """Pulse, breaths, saturation, temperature and blood pressure."""
        about: Json = {"performer": [{"reference": self.by}]}
        about |= {"encounter": {"reference": contact}} if contact else {}
        for measure, middle, spread in _VITALS:
            measures.observation(self.chart, measure, chance.normal(middle, spread), self.when, about)
        measures.blood_pressure(self.chart, chance.normal(132, 14), chance.normal(76, 8), self.when, about)

    def note(self, title: str, text: str, contact: str) -> None:
        """A note."""
        documents.note(self.chart, Kind.NOTE, [(title, text)], self.when, self.by, self.unit, contact)


_VITALS = (
    (measures.PULSE, 78, 9),
    (measures.BREATHS, 16, 2),
    (measures.SATURATION, 96, 1.4),
    (measures.TEMPERATURE, 37.0, 0.4),
)

Play = Callable[[_Scene, Chance], str]


def day(seed: str, on: date, citizens: Mapping[Part, Sequence[str]]) -> list[Act]:
    """The acts of a day in the order in which they happen; `citizens` are ids, by whom they belong to."""
    chance = Chance(seed, "day", on)
    acts = []
    for number, (when, part, citizen, play) in enumerate(_plan(chance, on, citizens)):
        scene = _Scene(part, citizen, when, number)
        line = play(scene, chance)
        acts.append(Act(when, part.worker, line, tuple(scene.chart.bodies)))
    return sorted(acts)


def _plan(
    chance: Chance, on: date, citizens: Mapping[Part, Sequence[str]]
) -> Iterator[tuple[datetime, Part, str, Play]]:
    """When who meets whom, and what they do then: who is in a bed comes not to the GP or legevakt."""
    in_bed = {*citizens.get(WARD_NURSE, ()), *citizens.get(NURSING_NURSE, ())}
    up = [one for one in citizens.get(GP, ()) if one not in in_bed]
    for hour in (8, 14, 20):
        for place, citizen in enumerate(citizens.get(WARD_NURSE, ())):
            yield at(on, hour) + timedelta(minutes=4 * place), WARD_NURSE, citizen, _round
    for place, citizen in enumerate(citizens.get(WARD_DOCTOR, ())):
        yield at(on, 9, 30) + timedelta(minutes=9 * place), WARD_DOCTOR, citizen, _ward_round
    for part, first, gap, play in (
        (HOME_NURSE, 8, 25, _home_visit),
        (NURSING_NURSE, 10, 30, _nursing_home),
        (GP, 8, 20, _consultation),
    ):
        theirs = up if part is GP else citizens.get(part, ())
        for place, citizen in enumerate(_some(chance, theirs, 18)):
            yield at(on, first, 5) + timedelta(minutes=gap * place), part, citizen, play
    for place, citizen in enumerate(_some(chance, up, 4)):
        yield at(on, 16, 30) + timedelta(minutes=70 * place), LEGEVAKT_NURSE, citizen, _legevakt
    if citizens.get(WARD_DOCTOR):
        for place, citizen in enumerate(_some(chance, up, 2)):
            yield at(on, 12, 40) + timedelta(hours=3 * place), WARD_DOCTOR, citizen, _admission


def _some(chance: Chance, ids: Sequence[str], most: int) -> list[str]:
    """As many as there are, at most so many, in an order of this day's."""
    shuffled = sorted(ids, key=lambda _: chance.share())
    return shuffled[:most]


def _round(scene: _Scene, chance: Chance) -> str:
    scene.vitals(chance)
    return "måler vitale tegn på sengeposten"


def _ward_round(scene: _Scene, chance: Chance) -> str:
    scene.note("Visitt", chance.pick(_ROUND_NOTES), "")
    return "skriver visittnotat"


def _home_visit(scene: _Scene, chance: Chance) -> str:
    contact = scene.contact(Way.HOME, 20)
    if chance.yes(0.5):
        scene.vitals(chance, contact)
    scene.note("Hjemmebesøk", chance.pick(_HOME_NOTES), contact)
    return "er på hjemmebesøk"


def _nursing_home(scene: _Scene, chance: Chance) -> str:
    scene.vitals(chance)
    return "måler vitale tegn på sykehjemmet"


def _consultation(scene: _Scene, chance: Chance) -> str:
    contact = scene.contact(Way.VISIT, 20)
    scene.vitals(chance, contact)
    scene.note("Konsultasjon", chance.pick(_GP_NOTES), contact)
    if chance.yes(0.25):
        messages.message(
            scene.chart,
            "Beskjed fra fastlegen",
            chance.pick(_MESSAGES),
            scene.when + timedelta(minutes=20),
            scene.by,
            f"Organization/{HOME}",
        )
    return "har konsultasjon"


def _legevakt(scene: _Scene, chance: Chance) -> str:
    contact = scene.contact(Way.EMERGENCY, 45)
    scene.vitals(chance, contact)
    scene.note("Triage", chance.pick(_TRIAGE_NOTES), contact)
    return "tar imot på legevakten"


def _admission(scene: _Scene, chance: Chance) -> str:
    contact = scene.contact(Way.STAY, None)
    scene.note("Innkomst", chance.pick(_ADMISSION_NOTES), contact)
    return "legger inn en pasient"


_ROUND_NOTES = (
    "Bedre i dag, har sovet godt. Fortsetter som planlagt, nye prøver i morgen.",
    "Uendret. Spiser litt mer. Mobiliseres med fysioterapeut i dag.",
    "Klar for hjemreise i løpet av to dager om kommunen har plass.",
)
_HOME_NOTES = (
    "Morgenstell og medisiner gitt. I godt humør, har spist frokost.",
    "Hjulpet med dusj og klær. Går støtt innendørs, har drukket godt.",
    "Litt svimmel ved oppreising, sitter en stund på sengekanten først. Følges opp.",
)
_GP_NOTES = (
    "Kontroll. Har det bra, ingen nye plager. Medisinlisten er gått gjennom.",
    "Slapp noen uker. Normal undersøkelse, blodprøver tas i dag.",
    "Vondt i kneet etter tur. Lett hevelse, stabilt. Avlastning og øvelser.",
)
_TRIAGE_NOTES = (
    "Falt på isen, vondt i håndleddet. Lett hevelse, god sirkulasjon. Grønn hastegrad.",
    "Feber og hoste i fire dager. Våken og klar. Gul hastegrad, sees av lege.",
)
_ADMISSION_NOTES = (
    "Innlagt med økende tungpust siste døgn. Prøver og røntgen av lungene er bestilt.",
    "Innlagt til observasjon etter besvimelse hjemme. Overvåkes med telemetri.",
)
_MESSAGES = (
    "Var hos meg i dag. Fint om dere følger med på matlyst og væske den neste uken.",
    "Kontroll hos meg i dag uten endringer. Ta kontakt hvis dere er bekymret.",
)
