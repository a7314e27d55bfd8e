"""Chronic kidney disease: found at a check-up, followed by tests, seen at the clinic when it is grave.

How many: about 4 in 100 adults with filtration under 60 (HUNT), nearly all old; told before high blood
pressure and diabetes, which it makes likelier. Care as in the national guideline on diabetes and Norsk
nyremedisinsk forening's advice to GPs.
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.measures import ALBUMIN, CREATININE, HAEMOGLOBIN, POTASSIUM
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.clinics import clinic, refer, report
from fellesjournal.rollout.region.courses.series import control
from fellesjournal.rollout.region.formulary import DAPAGLIFLOZIN
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.samples import gone_through
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit

KIDNEYS = Problem("Kronisk nyresykdom", "U99", "N189")

NEW: Risk = ((40, 0.3), (60, 1.2), (70, 4.5), (80, 9))


def lives_with(life: Life) -> None:
    """From the day it is found to the last day."""
    found = life.onset(NEW)
    if found is None:
        return
    life.body.kidneys_fail = (found, life.chance.uniform(2.5, 7))
    life.body.creatinine += life.chance.uniform(12, 28)
    while life.body.filtration(found) > LOW:
        life.body.creatinine += 2
    _seen_first(life, found - timedelta(days=life.chance.between(92, 110)))
    first = life.gp(found, KIDNEYS)
    values = panel(life, found, CREATININE, POTASSIUM, HAEMOGLOBIN, ALBUMIN)
    gone_through(life, first, values)
    first.note(
        ("Vurdering", "Redusert nyrefunksjon ved gjentatte prøver over tre måneder. Ingen plager."),
        ("Plan", "Unngå NSAID. Blodtrykk under 130/80. Kontroll med prøver hvert halvår."),
    )
    life.problem(KIDNEYS, found, visit=first)
    life.shuns += ["M01A"]
    if life.chance.yes(0.3):
        life.uses(DAPAGLIFLOZIN, max(found, date(2021, 9, 1)), KIDNEYS)
    referred = False
    for day in life.every(6, found):
        values = panel(life, day, CREATININE, POTASSIUM, HAEMOGLOBIN)
        visit = control(life, day, KIDNEYS)
        gone_through(life, visit, values)
        low = life.body.diastolic(day) + life.chance.normal(0, 4)
        visit.pressure(life.body.systolic(day) + life.chance.normal(6, 7), low)
        if values[CREATININE] > 190 and not referred:
            referred = True
            _clinic(life, visit)


def _seen_first(life: Life, day: date) -> None:
    """Some three months before it is called an illness: that takes more than one test."""
    before = life.gp(day)
    values = panel(life, before.day, CREATININE, POTASSIUM)
    answered = gone_through(life, before, values)
    before.note(("Prøver", before.say(*(_LOWER if answered else _TAKEN))))


LOW = 55
"""mL/min/1.73 m2 of filtration that is not exceeded when it is found."""
_LOWER = (
    "Nyrefunksjonen er lavere enn ventet. Ingen plager. Nye prøver om tre måneder.",
    "Nyrefunksjonen er lågare enn venta. Ingen plager. Nye prøver om tre månader.",
)
_TAKEN = (
    "Ingen plager. Nyreprøver er tatt, de tas igjen om tre måneder.",
    "Ingen plager. Nyreprøver er tekne, dei blir tekne igjen om tre månader.",
)


def _clinic(life: Life, visit: Visit) -> None:
    _, seen = refer(
        life, visit, Service.CLINIC, KIDNEYS, "Fallende nyrefunksjon. Vurdering og videre plan.", 6
    )
    for number, day in enumerate((seen, *life.every(6, seen))):
        met = clinic(life, Service.CLINIC, day, KIDNEYS)
        values = panel(life, day, CREATININE, POTASSIUM, HAEMOGLOBIN)
        gone_through(life, met, values)
        sections = (
            ("Vurdering", _FOUND if number == 0 else life.chance.other(_AT_CONTROLS)),
            (
                "Plan",
                "Kostråd, væske etter tørste. Legemidler doseres etter nyrefunksjon. Kontroll her om et "
                "halvt år.",
            ),
        )
        met.note(*sections)
        if number == 0:
            report(life, met, *sections)


_FOUND = "Kronisk nyresykdom uten uremiske symptomer. Ikke behov for dialyse nå."
_AT_CONTROLS = (
    "Ikke kvalme eller kløe. Nyrene tåler å vente med dialyse.",
    "Mer trøtt enn sist, matlysten er god. Ingen hevelser. Ikke dialyse nå.",
    "Uten nye plager. Snakket om hvilken dialyse som passer, om det blir behov.",
)
