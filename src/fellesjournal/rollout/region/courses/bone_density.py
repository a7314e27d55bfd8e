"""Bones that are measured (DXA): for brittle ones, and with medicines that thin them.

T-scores as WHO reads them; aromatase inhibitors as Norsk Bryst Cancer Gruppe advises: measured when one
begins and two years on, with calcium and vitamin D meanwhile.
"""

from datetime import timedelta

from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.imaging import Modality
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.clinics import radiology
from fellesjournal.rollout.region.formulary import CALCIUM_D
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import years_after
from fellesjournal.rollout.region.visit import Visit
from fellesjournal.rollout.region.wards import comma

BRITTLE, THIN = 2.5, 1.0
"""How far below nought a T-score is that says osteoporosis, and osteopenia (WHO)."""
BRITTLE_BONES = "L95"
"""ICPC-2 code of osteoporosis, which is followed where it is told."""
ANSWERED = timedelta(days=10)


def density(life: Life, asks: Visit, problem: Problem, low: float) -> Visit:
    """Bones are measured; `low` is how far the T-score is below nought."""
    level = "Osteoporose" if low >= BRITTLE else "Osteopeni" if low >= THIN else "Normalt"
    found = f"T-skår {comma(-low)} i hofte, {comma(0.2 - low)} i lumbalcolumna. {level}."
    return radiology(life, asks, problem, Modality.DENSITY, "Bentetthet (DXA)", found)


def are_followed(life: Life) -> bool:
    """Whether bones are brittle, or will be."""
    return any(one.icpc == BRITTLE_BONES for one in life.lasting)


def without_oestrogen(life: Life, problem: Problem, begins: Visit) -> None:
    """Measured when a medicine that takes oestrogen away is begun, and two years on; not of who is measured
    for brittle bones, or is treated for them."""
    if are_followed(life):
        return
    low = life.chance.uniform(0.3, 1.9)
    _answered(life, begins, problem, low)
    again = life.gp(years_after(begins.day, 2), problem)
    again.note(("Plan", "To år med medisin som kan tynne beina. Bentetthet måles igjen."))
    _answered(life, again, problem, low + 0.2)
    life.uses(CALCIUM_D, begins.day, problem)


def _answered(life: Life, asks: Visit, problem: Problem, low: float) -> None:
    seen = density(life, asks, problem, low)
    told = life.gp(seen.day + ANSWERED, problem, way=Way.PHONE, minutes=10)
    told.note(("Telefon", f"Bentetthet: T-skår {comma(-low)}. {_THIN if low >= THIN else _DENSE}"))


_THIN = "Litt tynnere enn vanlig. Kalsium og vitamin D, styrketrening."
_DENSE = "Normalt for alderen. Kalsium og vitamin D, mosjon."
