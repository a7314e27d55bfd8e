"""High blood pressure: found by the GP, treated in steps.

How many have it: about 40 of 100 at 65 (HUNT4); steps as in the national guideline on cardiovascular
prevention (Helsedirektoratet, 2017).
"""

from datetime import timedelta

from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.formulary import LOSARTAN
from fellesjournal.rollout.region.life import Life, Risk
from fellesjournal.rollout.region.moments import years_after
from fellesjournal.rollout.region.shifts import Shift

HYPERTENSION = Problem("Høyt blodtrykk", "K86", "I10")
AMLODIPINE = Medicine("C08CA01", "Amlodipin 5 mg tablett", "1 tablett hver morgen")
WITH_THIAZIDE = Medicine("C09DA01", "Losartan/hydroklortiazid 50 mg/12,5 mg tablett", "1 tablett hver morgen")

FROM = (141, 84)
"""mmHg: the pressure is not lower on the day on which it is found to be high."""
NEW: Risk = ((30, 2), (40, 7), (50, 15), (60, 24), (70, 30), (85, 15))


def lives_with(life: Life) -> None:
    """From the day it is found to the last day; `controls` has what follows."""
    found = life.onset(NEW, 1.2 if life.body.weight_line > 0.1 else 0.9)
    if found is None:
        return
    first = life.gp(found, HYPERTENSION)
    raised = life.chance.uniform(18, 34)
    first.pressure(
        max(life.body.systolic(found) + raised, FROM[0] + raised / 4),
        max(life.body.diastolic(found) + raised / 2, FROM[1]),
    )
    first.note(
        (
            "Vurdering",
            first.say(
                "Høyt også i dag, og over 135/85 i snitt hjemme de siste ukene. Ingen tegn til organskade.",
                "Høgt òg i dag, og over 135/85 i snitt heime dei siste vekene. Ingen teikn til organskade.",
            ),
        ),
        (
            "Plan",
            first.say(
                "Råd om salt, vekt og mosjon. Starter behandling. Kontroll om en måned.",
                "Råd om salt, vekt og mosjon. Startar behandling. Kontroll om ein månad.",
            ),
        ),
    )
    life.problem(HYPERTENSION, found, visit=first)
    left, rising = min(8.0, 137 - life.body.systolic(found)), found - timedelta(days=1000)
    life.body.pressed_more += [
        Shift(raised - left, rising, 900, found + timedelta(days=1), 60),
        Shift(left, rising, 900),
    ]
    medicine = life.chance.pick((AMLODIPINE, LOSARTAN))
    life.uses(medicine, found, HYPERTENSION)
    if life.chance.yes(0.35):
        stepped = years_after(found, life.chance.between(1, 6))
        life.body.pressed_more.append(Shift(12, stepped - timedelta(days=300), 120, stepped, 60))
        life.stop(medicine, stepped, "Ikke god nok effekt")
        life.uses(WITH_THIAZIDE, stepped, HYPERTENSION)
        life.body.pressed_more.append(Shift(-4, stepped, 60))
