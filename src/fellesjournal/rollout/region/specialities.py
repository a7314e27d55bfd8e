"""What the doctors of a clinic for many ills are specialists in: who takes cancers does not take lungs."""

from collections.abc import Sequence

from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.units import Worker

CANCERS = ("D75", "D76", "R84", "X76", "Y77")
SURGEONS, LUNGS = "DHLSXY", "R"
"""How ICPC-2 codes begin of what is operated on, and of what is a lung physician's."""
HOW_MANY = 4
"""Specialities: cancers, lungs, surgery, and the rest of internal medicine."""


def take(there: Sequence[Worker], problem: Problem) -> Sequence[Worker]:
    """Those of a clinic's doctors whose speciality the problem is."""
    code = problem.icpc
    speciality = 0 if code in CANCERS else 1 if code[:1] == LUNGS else 2 if code[:1] in SURGEONS else 3
    kinds = min(HOW_MANY, len(there))
    return there[speciality % kinds :: kinds]
