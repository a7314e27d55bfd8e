"""High blood pressure: found by the GP, treated in steps.

How many have it: about 40 of 100 at 65 (HUNT4); steps as in the national guideline on cardiovascular
prevention (Helsedirektoratet, 2017).
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart.measures import CREATININE, POTASSIUM, SODIUM
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses.kidney import KIDNEYS
from fellesjournal.rollout.region.courses.series import control
from fellesjournal.rollout.region.formulary import LOSARTAN
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.moments import years_after
from fellesjournal.rollout.region.shifts import Shift
from fellesjournal.rollout.region.visit import Visit

HYPERTENSION = Problem("Høyt blodtrykk", "K86", "I10")
PRESSED = Problem("Forhøyet blodtrykk", "K85", "R030")
"""Before it is known whether it lasts."""
AMLODIPINE = Medicine("C08CA01", "Amlodipin 5 mg tablett", "1 tablett hver morgen")
WITH_THIAZIDE = Medicine("C09DA01", "Losartan/hydroklortiazid 50 mg/12,5 mg tablett", "1 tablett hver morgen")

FROM = (141, 84)
"""mmHg: the pressure is not lower on the day on which it is found to be high."""
MANAGES = 22
"""Points of MMSE below which nobody measures at home."""
NEW: Risk = ((30, 2), (40, 7), (50, 15), (60, 24), (70, 30), (85, 15))


def lives_with(life: Life) -> None:
    """From the day it is found to the last day; `controls` has what follows."""
    found = life.onset(NEW, 1.2 if life.body.weight_line > 0.1 else 0.9)
    if found is None:
        return
    raised = life.chance.uniform(18, 34)
    before = life.gp(found - timedelta(days=life.chance.between(18, 32)), PRESSED)
    _high(life, before, raised)
    before.tests(panel(life, before.day, POTASSIUM, CREATININE))
    alone = _measures(life, found)
    said = before.say(*(_MEASURED if alone else _AGAIN))
    life.at_the_end(lambda: before.note(("Blodtrykk", said)))
    first = life.gp(max(found, before.day + timedelta(days=10)), HYPERTENSION)
    _high(life, first, raised)
    kidneys = life.had(KIDNEYS, first.day)
    harm = _KIDNEYS if kidneys else _UNHARMED if before.recorded else ("", "")
    told = f"{first.say(*(_HIGH if alone else _HIGH_AGAIN))} {first.say(*harm)}".strip()
    first.note(("Vurdering", told), ("Plan", first.say(*_TREATED)))
    life.problem(HYPERTENSION, found, visit=first)
    left, rising = min(8.0, 137 - life.body.systolic(found)), found - timedelta(days=1000)
    life.body.pressed_more += [
        Shift(raised - left, rising, 900, found + timedelta(days=1), 60),
        Shift(left, rising, 900),
    ]
    medicine = life.chance.pick((AMLODIPINE, LOSARTAN))
    life.uses(medicine, found, HYPERTENSION)
    stepped = years_after(found, life.chance.between(1, 6))
    if life.chance.yes(0.35) and _measures(life, stepped):
        _steps_up(life, medicine, stepped)


def _measures(life: Life, day: date) -> bool:
    """Whether one measures at home, oneself."""
    return life.decline.mmse(day) >= MANAGES and not life.decline.lives_in(day)


def _high(life: Life, visit: Visit, raised: float) -> None:
    visit.pressure(
        max(life.body.systolic(visit.day) + raised, FROM[0] + raised / 4),
        max(life.body.diastolic(visit.day) + raised / 2, FROM[1]),
    )


def _steps_up(life: Life, medicine: Medicine, day: date) -> None:
    """One medicine is not enough, here nor at home; with a thiazide salts and kidneys are asked about."""
    seen = control(life, day, HYPERTENSION)
    high = life.chance.uniform(146, 160)
    seen.pressure(high, life.body.diastolic(seen.day) + 8)
    mean = f"{high - 5:.0f}/{life.body.diastolic(seen.day) + 6:.0f}"
    bokmaal, nynorsk = _NOT_ENOUGH
    seen.note(("Vurdering", seen.say(bokmaal.format(mean), nynorsk.format(mean))))
    life.stop(medicine, seen.day, "Ikke god nok effekt")
    life.uses(WITH_THIAZIDE, seen.day, HYPERTENSION)
    life.body.pressed_more.append(Shift(-4, seen.day, 60))
    again = life.gp(seen.day + timedelta(days=life.chance.between(16, 26)), HYPERTENSION)
    life.days.control(again.day)
    again.tests(panel(life, again.day, SODIUM, POTASSIUM, CREATININE))
    again.note(("Vurdering", again.say(*_TOLERATED)))


_MEASURED = (
    "Blodtrykket er høyt ved to målinger. Måler hjemme i to uker. Prøver er tatt, EKG er normalt.",
    "Blodtrykket er høgt ved to målingar. Måler heime i to veker. Prøver er tekne, EKG normalt.",
)
_AGAIN = (
    "Blodtrykket er høyt ved to målinger. Måles igjen om noen uker. Prøver er tatt, EKG er normalt.",
    "Blodtrykket er høgt ved to målingar. Vert målt igjen om nokre veker. Prøver tekne, EKG normalt.",
)
_HIGH = (
    "Høyt også i dag, og over 135/85 i snitt hjemme de siste ukene.",
    "Høgt òg i dag, og over 135/85 i snitt heime dei siste vekene.",
)
_HIGH_AGAIN = ("Høyt også i dag, målt to ganger.", "Høgt òg i dag, målt to gonger.")
_UNHARMED = (
    "Prøver og EKG fra sist viser ikke tegn til organskade.",
    "Prøver og EKG frå sist viser ikkje teikn til organskade.",
)
_KIDNEYS = ("Nyrene følges fra før.", "Nyrene vert følgde frå før.")
_TREATED = (
    "Råd om salt, kost og mosjon. Starter behandling. Kontroll om en måned.",
    "Råd om salt, kost og mosjon. Startar behandling. Kontroll om ein månad.",
)
_NOT_ENOUGH = (
    "For høyt i dag, og {} i snitt hjemme den siste uken. Prøver på salter og nyrer om tre uker.",
    "For høgt i dag, og {} i snitt heime den siste veka. Prøver på salt og nyrer om tre veker.",
)
_TOLERATED = (
    "Tåler den nye tabletten. Prøver på salter og nyrer er tatt i dag.",
    "Toler den nye tabletten. Prøver på salt og nyrer er tekne i dag.",
)
