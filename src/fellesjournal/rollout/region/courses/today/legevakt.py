"""Those who have been at legevakt since yesterday: gone home, or waiting this morning.

What a nurse hears is what one of that age can say, and what a doctor finds is what the problem is named for.
Of an inflamed ear: no antibiotics at once from one year on, when it does not run (Helsedirektoratet,
antibiotics in primary care).
"""

from datetime import timedelta
from typing import NamedTuple

from fellesjournal.rollout.region.chart import contacts
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.measures import PULSE, TEMPERATURE
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses import lately
from fellesjournal.rollout.region.courses.infections import COLD, EAR
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import dawn
from fellesjournal.rollout.region.strips import read_off
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit
from fellesjournal.rollout.region.vitals import Ill, signs

WAITS = 0.65
"""Of those who came lately: this share did so this morning, so that somebody is to be seen."""
WARM = Ill(pulse=14, temperature=2.1)


class Comes(NamedTuple):
    """What one comes with: from and to which age, how urgent, what is told, what is found and done."""

    problem: Problem
    youngest: int
    oldest: int
    level: str
    told: str
    found: str
    warm: bool = False


def comes_to_legevakt(life: Life) -> None:
    """Yesterday, and gone home; or this morning, and waits."""
    waits = life.chance.yes(WAITS)
    one = life.chance.pick([one for one in _COMES if _can_be(life, one, at_night=waits)])
    if waits:
        _waits(life, one)
        return
    day, hour = life.era.until - timedelta(days=1), life.chance.between(9, 22)
    visit = life.meet(Service.LEGEVAKT, "lege", day, one.problem, way=Way.EMERGENCY, hour=hour, minutes=60)
    visit.measure(TEMPERATURE, signs(life, day, WARM if one.warm else Ill()).temperature)
    visit.note(
        ("Hastegrad", one.level), ("Aktuelt", one.told), ("Funn og tiltak", read_off(visit, one.found))
    )
    life.episode(one.problem, visit, 7)


def _can_be(life: Life, one: Comes, *, at_night: bool) -> bool:
    """Whether it is told of one of that age: before dawn nobody has been out or at the swings, and whose bone
    mends, or whom nurses come to, treads on no kerb."""
    if not one.youngest <= life.age(life.last) <= one.oldest:
        return False
    if one.problem is _ANKLE and lately.stays_in(life, life.last):
        return False
    return not (at_night and one.problem in _BY_DAY)


def _waits(life: Life, one: Comes) -> None:
    """Arrived before dawn, seen by the nurse, not yet by the doctor."""
    unit = life.services.unit(Service.LEGEVAKT)
    nurse = life.services.worker(Service.LEGEVAKT, "sykepleier", 0)
    end = dawn(life.era.until)
    start = end - timedelta(minutes=5 * life.chance.between(4, 20))
    contact = contacts.encounter(
        life.chart, Way.EMERGENCY, start, None, unit.reference, nurse.reference, (one.problem,)
    )
    visit = Visit(life.chart, contact, start, end, unit, nurse, life.services)
    found = signs(life, visit.day, WARM if one.warm else Ill(pulse=5))
    visit.measure(TEMPERATURE, found.temperature, after=0.1)
    visit.measure(PULSE, found.pulse, after=0.1)
    visit.note(("Hastegrad", one.level), ("Aktuelt", one.told), after=0.2)


_SORE_THROAT = Problem("Halsbetennelse", "R76", "J039")
_CUT = Problem("Kutt i finger", "S18", "S610")
_BELLY = Problem("Magesmerter", "D06", "R104")
_ANKLE = Problem("Ankelforstuing", "L77", "S934")
_HEAD = Problem("Hjernerystelse", "N79", "S060")
_BY_DAY = (_CUT, _ANKLE, _HEAD)
"""What happens while one is up."""
_COMES = (
    Comes(
        EAR,
        1,
        2,
        "Grønn.",
        "Gråter og tar seg til øret siden i natt. Feber.",
        "Rød trommehinne på venstre side, renner ikke. Smertestillende, til fastlegen hvis ikke bedre "
        "etter to dager.",
        warm=True,
    ),
    Comes(
        EAR,
        3,
        7,
        "Grønn.",
        "Våknet av vondt i høyre øre, peker på det. Feber.",
        "Rød trommehinne på høyre side, renner ikke. Smertestillende, til fastlegen hvis ikke bedre "
        "etter to dager.",
        warm=True,
    ),
    Comes(
        _HEAD,
        1,
        2,
        "Gul.",
        "Falt av stellebordet og kastet opp en gang. Trøstet seg etter noen minutter.",
        "Våken og kvikk, leker. Hodeskaderåd, foreldrene våker i natt.",
    ),
    Comes(
        _HEAD,
        3,
        7,
        "Gul.",
        "Falt fra huske, kastet opp en gang.",
        "Våken, svarer greit. Hodeskaderåd, foreldrene våker i natt.",
    ),
    Comes(
        COLD,
        0,
        6,
        "Grønn.",
        "Hoste og feber i tre dager, drikker mindre enn vanlig.",
        "Rene lunger, ikke tørr. Råd om drikke og når de skal ringe igjen.",
        warm=True,
    ),
    Comes(
        _HEAD,
        8,
        17,
        "Gul.",
        "Falt bakover og slo hodet, kastet opp en gang.",
        "Våken og orientert, normale pupiller. Hodeskaderåd, ikke alene i natt.",
    ),
    Comes(
        _SORE_THROAT,
        7,
        120,
        "Grønn.",
        "Feber og svelgsmerter i to dager.",
        "Røde mandler uten belegg, hurtigtest negativ. Smertestillende.",
        warm=True,
    ),
    Comes(
        _CUT,
        18,
        120,
        "Grønn.",
        "Kuttet seg på brødkniv.",
        "Rent kutt uten skade på sene. Limt, renses hjemme.",
    ),
    Comes(_BELLY, 18, 120, "Gul.", "Vondt nederst i magen siden i går.", "Bløt buk, urin uten funn. Ses an."),
    Comes(
        _ANKLE,
        7,
        120,
        "Grønn.",
        "Tråkket over på fortauet, vondt på utsiden av ankelen.",
        "Hoven, kan belaste, ikke øm over knoklene. Ikke bruddmistanke.",
    ),
)
