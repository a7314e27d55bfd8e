"""Osteoarthritis of hip and knee: pain, exercise, pictures, and a new joint for some.

How many: about 15 in 100 over 50 are treated for it (HUNT); about 10,000 new hips and 8,000 new knees a year
(Nasjonalt register for leddproteser), 67 to 70 years old on average, two to three nights.
"""

from datetime import date, timedelta
from typing import NamedTuple

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart import orders
from fellesjournal.rollout.region.chart.documents import Section
from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.measures import CREATININE, CRP, HAEMOGLOBIN
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.chart.procedures import Operation
from fellesjournal.rollout.region.clinics import clinic, radiology, refer, report
from fellesjournal.rollout.region.courses import lately
from fellesjournal.rollout.region.courses.bones import SIDES
from fellesjournal.rollout.region.formulary import (
    DALTEPARIN,
    NAPROXEN,
    OXYCODONE,
    PARACETAMOL,
    PARACETAMOL_FIXED,
)
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit
from fellesjournal.rollout.region.vitals import Ill
from fellesjournal.rollout.region.wards import Farewell, Story, admit, discharge


class Joint(NamedTuple):
    """A joint that wears, and the operation that replaces it."""

    problem: Problem
    name: str
    operation: Operation
    found: str


HIP = Joint(
    Problem("Hofteleddsartrose", "L89", "M169"),
    "hofte",
    Operation("NFB40", "Totalprotese i hofteledd med sement"),
    "Redusert leddspalte, subkondral sklerose og osteofytter i {side} hofteledd.",
)
KNEE = Joint(
    Problem("Kneleddsartrose", "L90", "M179"),
    "kne",
    Operation("NGB40", "Totalprotese i kneledd med sement"),
    "Redusert leddspalte medialt i {side} kne, osteofytter.",
)

NEW: Risk = ((40, 0.8), (50, 4), (60, 8), (75, 6))


def wear(life: Life) -> None:
    """Hip, knee, or both."""
    for joint, share in ((HIP, 1.1), (KNEE, 1.1)):
        found = life.onset(NEW, share * (1.3 if life.person.is_woman else 0.9))
        if found and not life.decline.lives_in(found):
            _wears(life, joint, found)


def _wears(life: Life, joint: Joint, found: date) -> None:
    side = _side(life, joint)
    visit = life.gp(found, joint.problem)
    life.at_the_end(lambda: visit.note(*_told(life, visit.day, f"{side} {joint.name}")))
    life.problem(joint.problem, found, visit=visit)
    radiology(
        life, visit, joint.problem, Modality.XRAY, f"RTG {side} {joint.name}", joint.found.format(side=side)
    )
    if life.taking("N02BE", found) is None:
        life.uses(PARACETAMOL, visit.day, joint.problem)
    if life.tolerates(NAPROXEN) and life.age(found) < 75 and life.chance.yes(0.4):
        life.uses(NAPROXEN, visit.day, joint.problem)
        life.stop(NAPROXEN, life.birthday(77), "Alder")
    for number, day in enumerate(life.every(2, found, found + timedelta(days=160))):
        life.meet(Service.PHYSIOTHERAPY, "fysioterapeut", day, joint.problem).note(
            (
                "Fysioterapi",
                f"Øvelser for styrke og kontroll rundt {joint.name}, økt nummer {number + 1}. Gjør det "
                "hjemme også.",
            )
        )
    if life.chance.yes(0.75):
        _replaced(life, joint, side, found + timedelta(days=life.chance.between(500, 2600)))
        return
    for day in life.every(17, found, life.ordinary_until, misses=0.3):
        told = life.chance.other(_lived_with(life, day))
        _lives_with(life, life.gp(day, joint.problem), f"Artrose i {side} {joint.name}.", told)


def _lives_with(life: Life, visit: Visit, what: str, told: str) -> None:
    """Written at the end, when it is known who is helped at home, and what is on the list."""

    def write() -> None:
        said = _INDOORS.get(told, told) if lately.stays_in(life, visit.day) else told
        if life.taking(PARACETAMOL.atc, visit.day) is None:
            said = said.replace("Paracetamol ved behov", "Øvelsene hjelper")
        visit.note(("Vurdering", f"{what} {said}"))

    life.at_the_end(write)


def _side(life: Life, joint: Joint) -> str:
    """Of two hips not the one that breaks, or has been: it is operated on for that."""
    side = life.chance.pick(SIDES)
    broken = joint is HIP and side == life.body.broken_hip
    return SIDES[1 - SIDES.index(side)] if broken else side


def _told(life: Life, day: date, where: str) -> tuple[Section, Section]:
    """What hurts, and the plan; who does not go out has no pain after a walk."""
    worst = "når det går noen skritt" if lately.stays_in(life, day) else "i trapper og etter tur"
    pain = f"Igangsettingssmerter i {where}, verre {worst}. Stiv om morgenen."
    return ("Aktuelt", pain), ("Plan", _plan(life, day))


def _plan(life: Life, day: date) -> str:
    """What is tried first, and what for the pain."""
    eases = "Naproksen og paracetamol" if life.taking(NAPROXEN.atc, day) else "Paracetamol"
    fixed = life.taking(PARACETAMOL_FIXED.atc, day) == PARACETAMOL_FIXED
    when = "Paracetamol fast som nå" if fixed else f"{eases} ved behov"
    return f"Røntgen. Trening med fysioterapeut (AktivA), vekt. {when}."


def _lived_with(life: Life, day: date) -> tuple[str, ...]:
    """What can be said of it: walks and rides are for those whom nothing else keeps from them."""
    if any(one.icpc in SLOWS for one in life.known(day)):
        return _LIVES_WITH
    return (*_LIVES_WITH, _WALKS, _RIDES) if life.age(day) < RIDES_UNTIL else (*_LIVES_WITH, _WALKS)


RIDES_UNTIL = 72
SLOWS = ("K77", "K90", "R95", "P70", "L75", "N86", "N99")
"""ICPC-2 codes of what keeps one from walks, whatever the joint does."""
_WALKS = "Lever greit med det, går tur på flatt underlag."
_RIDES = "Uendret. Sykler i stedet for å gå lange turer."
_LIVES_WITH = (
    "Verre i perioder, bedre når øvelsene gjøres. Ønsker ikke operasjon.",
    "Stiv om morgenen, går seg til. Paracetamol ved behov.",
)

_INDOORS = {
    _WALKS: "Lever greit med det, går inne med støtte.",
    _RIDES: "Uendret. Sitter mye, går litt hver time.",
}
"""What is said instead of walks and rides."""


def _replaced(life: Life, joint: Joint, side: str, day: date) -> None:
    if life.age(day) > 88 or day >= life.ordinary_until:
        return
    asks = life.gp(day, joint.problem)
    asks.note(
        (
            "Vurdering",
            f"Nattesmerter, går under en halv kilometer. Trening prøvd. Henvises for protese i {side} "
            f"{joint.name}.",
        )
    )
    _, seen = refer(
        life, asks, Service.CLINIC, joint.problem, f"Vurdering av protese i {side} {joint.name}.", 10
    )
    met = clinic(life, Service.CLINIC, seen, joint.problem)
    sections = (
        (
            "Vurdering",
            f"Uttalt artrose i {side} {joint.name}, god indikasjon for protese. Pasienten ønsker operasjon.",
        ),
        ("Plan", "Settes på venteliste. Fysioterapi før operasjonen."),
    )
    met.note(*sections)
    report(life, met, *sections)
    operated = _strong_enough(life, seen + timedelta(days=life.chance.between(60, 150)))
    if operated >= life.era.until and life.person.died is None and met.recorded:
        ward = life.services.unit(Service.ORTHOPAEDIC_WARD).reference
        wanted, by = joint.operation.text, met.worker.reference
        orders.referral(
            life.chart, wanted, joint.problem, met.start, by, ward, met.reference, status="active"
        )
    _operated(life, joint, side, operated)


def _strong_enough(life: Life, day: date) -> date:
    """The day, or when cures against cancer have been over for some months."""
    for since, until in life.body.cured:
        if since - RECOVERS <= day <= until + RECOVERS:
            day = until + RECOVERS
    return day


RECOVERS, OFF_WORK = timedelta(days=90), 12
"""How far from cures nobody is given a new joint, and weeks for which one is off work with it."""


def _operated(life: Life, joint: Joint, side: str, day: date) -> None:
    nights = life.chance.between(2, 3)
    story = Story(
        f"Planlagt innlagt til protese i {side} {joint.name}.",
        "Ingen sår eller infeksjonstegn. Klarert av anestesilege.",
        f"Artrose i {side} {joint.name}.",
        "Spinalbedøvelse. Antibiotika og blodproppforebyggende etter rutine.",
    )
    tests = panel(life, day, HAEMOGLOBIN, CREATININE, CRP)
    stay = admit(
        life,
        Service.ORTHOPAEDIC_WARD,
        day,
        nights,
        joint.problem,
        story,
        Ill(pulse=4),
        tests,
        planned=True,
    )
    if not stay.recorded:
        return
    lately.is_off(life, stay.day, OFF_WORK)
    reason = life.problem(joint.problem, stay.day)
    stay.operation(
        joint.operation, life.chance.between(65, 100), after=life.chance.uniform(1, 5), reason=reason
    )
    stay.note(
        ("Operasjonsbeskrivelse", f"{joint.operation.text}, {side} side. Blødning 250 mL. God stabilitet."),
        after=8,
    )
    stay.tests(
        {HAEMOGLOBIN: life.body.haemoglobin_on(stay.day) - 2.1, CRP: life.chance.uniform(60, 130)}, after=24
    )
    stay.pictures(Modality.XRAY, f"RTG {side} {joint.name}", "Protese i god stilling.", after=26)
    discharge(
        life,
        stay,
        joint.problem,
        Farewell(
            f"Ukomplisert protese i {side} {joint.name}. Mobilisert samme dag, går med krykker, trapp klart.",
            "Suturer fjernes hos fastlege etter to uker. Opptrening hos fysioterapeut. Kontroll om tre "
            "måneder.",
        ),
    )
    _medicated(life, joint, stay)
    _trains(life, joint, side, stay.end.date())


def _medicated(life: Life, joint: Joint, stay: Visit) -> None:
    if life.taking("B01AF", stay.day) is None:
        life.cut("M01A", stay.day, "Operasjon: annen smertelindring")
        life.uses(DALTEPARIN, stay.day, joint.problem)
        life.stop(DALTEPARIN, stay.day + timedelta(days=28), full=True)
    if life.tolerates(OXYCODONE):
        life.uses(OXYCODONE, stay.day, joint.problem)
        life.stop(OXYCODONE, stay.end.date() + timedelta(days=14), "Ikke lenger behov")


def _trains(life: Life, joint: Joint, side: str, home: date) -> None:
    sutures = life.gp(home + timedelta(days=12), joint.problem)
    sutures.note(("Sårkontroll", "Tørt og pent sår. Suturer fjernet."))
    day = home + timedelta(days=92)
    after = life.meet(Service.CLINIC, "lege", day, joint.problem, minutes=105)
    after.pictures(Modality.XRAY, f"RTG {side} {joint.name}", "Protese i god stilling, ingen løsning.")
    after.note(("Kontroll", f"Fornøyd, smertefri i {side} {joint.name}. Røntgen uten anmerkning. Avsluttes."))
    for medicine in (NAPROXEN, PARACETAMOL):
        life.stop(medicine, after.day, "Smertefri etter operasjonen")
