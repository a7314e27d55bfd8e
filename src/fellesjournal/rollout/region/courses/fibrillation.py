"""Atrial fibrillation: found by pulse and ECG, rate control, anticoagulation by stroke risk, yearly control.

How many: about 3 in 100 adults, 15 in 100 over 80 (Norsk Helseinformatikk and the Tromsø study, rounded);
anticoagulation as in the national guideline on stroke (Helsedirektoratet): at CHA2DS2-VA of 2 or more.
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.blood import is_outside, panel
from fellesjournal.rollout.region.chart.measures import CREATININE, HAEMOGLOBIN, POTASSIUM, PULSE, TSH
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.clinics import clinic, concluded, refer
from fellesjournal.rollout.region.courses.diabetes import DIABETES
from fellesjournal.rollout.region.courses.hypertension import HYPERTENSION
from fellesjournal.rollout.region.formulary import (
    APIXABAN,
    APIXABAN_LOW,
    ASPIRIN,
    METOPROLOL,
    NAPROXEN,
)
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.moments import years_after
from fellesjournal.rollout.region.samples import gone_through
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit
from fellesjournal.rollout.region.vitals import Ill
from fellesjournal.rollout.region.wards import Farewell, Story, admit, discharge

FIBRILLATION = Problem("Atrieflimmer", "K78", "I489")

_ASKS = "Ekko og vurdering av rytmekontroll."
_THINNED = "Betablokker, antikoagulasjon, telemetri. Elektrokonvertering vurderes."
_NOT_THINNED = "Betablokker, telemetri. Lav risiko for slag. Elektrokonvertering vurderes."
_FAST = Ill(pulse=62, breaths=3, halves=4)
"""A beta blocker slows it within hours: below 110 a minute before one goes home (ESC, lenient control)."""
NEW: Risk = ((45, 0.6), (55, 2), (65, 6), (75, 12), (85, 17))


def lives_with(life: Life) -> None:
    """From the day it is found; `controls` has what follows."""
    times = (1.3 if life.has(HYPERTENSION) else 0.8) * (0.8 if life.person.is_woman else 1.2)
    found = life.onset(NEW, times)
    if found is None:
        return
    if life.chance.yes(0.35):
        found = _admitted(life, found)
    else:
        _at_the_gp(life, found)
    _treated(life, found)


def _at_the_gp(life: Life, found: date) -> None:
    visit = life.gp(found, FIBRILLATION)
    visit.measure(PULSE, life.chance.normal(108, 12))
    visit.pressure(life.body.systolic(found) + 5, life.body.diastolic(found) + 4)
    visit.tests(panel(life, found, HAEMOGLOBIN, CREATININE, POTASSIUM, TSH))
    visit.note(
        ("Aktuelt", "Ujevn hjertebank og lett tungpust siste uke. EKG viser atrieflimmer."),
        ("Plan", "Pulsregulerende behandling. Blodfortynnende etter risiko. Henvist til ekko."),
    )
    life.problem(FIBRILLATION, found, visit=visit)
    life.chart.flutters_since = visit.day
    _, seen = refer(life, visit, Service.HEART_CLINIC, FIBRILLATION, _ASKS, 7)
    _examined(life, clinic(life, Service.HEART_CLINIC, seen, FIBRILLATION))


def _admitted(life: Life, found: date) -> date:
    story = Story(
        "Hjertebank og uvelhet siden i går. Ikke brystsmerter.",
        "Uregelmessig rask puls. EKG: atrieflimmer.",
        "Nyoppstått atrieflimmer, sirkulatorisk stabil.",
        _THINNED if _thins_from(life, found) <= found else _NOT_THINNED,
    )
    tests = panel(life, found, HAEMOGLOBIN, CREATININE, POTASSIUM, TSH)
    nights = life.chance.between(1, 2)
    stay = admit(life, Service.MEDICAL_WARD, found, nights, FIBRILLATION, story, _FAST, tests)
    life.problem(FIBRILLATION, stay.day, visit=stay)
    life.chart.flutters_since = stay.day
    discharge(
        life,
        stay,
        FIBRILLATION,
        Farewell(
            "Frekvensen ble kontrollert med metoprolol. Uten plager ved utskrivning.",
            "Ekko er bestilt poliklinisk. Kontroll av puls og blodprøver hos fastlege om to uker.",
        ),
    )
    _checked(life, stay)
    _, seen = refer(life, stay.leaving(), Service.HEART_CLINIC, FIBRILLATION, _ASKS, 7)
    _examined(life, clinic(life, Service.HEART_CLINIC, seen, FIBRILLATION))
    return stay.day


def _checked(life: Life, stay: Visit) -> None:
    """The pulse and the tests that the letter asks for; they are called fine where they are."""
    check = life.gp(stay.end.date() + timedelta(days=14), FIBRILLATION)
    check.measure(PULSE, life.chance.normal(78, 7))
    values = panel(life, check.day, HAEMOGLOBIN, CREATININE, POTASSIUM)
    answered = gone_through(life, check, values)
    grown = life.chart.grown(check.day)
    fine = answered and not any(is_outside(one, value, grown) for one, value in values.items())
    told = "Tåler medisinene, prøvene er fine." if fine else "Tåler medisinene."
    check.note(("Kontroll", f"God frekvens etter oppholdet. {told}"))


def _examined(life: Life, met: Visit) -> None:
    sections = (
        ("Undersøkelse", "Ekko: lett forstørret venstre atrium, god pumpefunksjon, ingen klaffefeil."),
        ("Vurdering", "Lite plager. Frekvenskontroll er tilstrekkelig."),
    )
    concluded(life, met, *sections)


def _treated(life: Life, found: date) -> None:
    life.uses(METOPROLOL, found, FIBRILLATION)
    turns = _thins_from(life, found)
    if turns >= life.last:
        return
    start = max(turns, date(2013, 3, 1))
    life.uses(APIXABAN, start, FIBRILLATION)
    aspirin = life.begun(ASPIRIN)
    if aspirin:
        life.stop(ASPIRIN, max(start, aspirin + timedelta(days=365)), "Bruker blodfortynnende")
    life.stop(NAPROXEN, start, "Bruker blodfortynnende")
    life.shuns.append("M01A")
    frail = max(life.birthday(82), years_after(start, 1))
    if life.body.weight(frail) < 62 or life.body.creatinine_on(frail) > 130:
        life.uses(APIXABAN_LOW, frail, FIBRILLATION)


def _thins_from(life: Life, found: date) -> date:
    """When the risk of stroke is high enough for what thins the blood: by age, pressure and sugar."""
    risky = life.first(HYPERTENSION, DIABETES)
    return max(min(life.birthday(65), risky or date.max), found)
