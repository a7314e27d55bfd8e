"""Tissue that is looked at before anybody is told of a cancer: where it is taken, and what the pathologist
answers.

Codes of Norsk klinisk prosedyrekodeverk; the order of things as in Helsedirektoratet's pakkeforløp.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.chart.procedures import Operation
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import PATHOLOGY, Visit

ANSWERED = 3
"""Days until the pathologist has answered."""


class Biopsy(NamedTuple):
    """What the pathologist sees; and where it is not taken with the pictures, the scope it is taken through
    and what is seen in it."""

    answer: str
    scope: Operation | None = None
    seen: str = ""


KINDS: Mapping[str, Biopsy] = {
    "X76": Biopsy("Infiltrerende karsinom, grad 2. ER positiv, HER2 negativ."),
    "Y77": Biopsy("Adenokarsinom i prostata i fem av tolv biopsier."),
    "D75": Biopsy(
        "Adenokarsinom i kolon.",
        Operation("UJF35", "Koloskopi med biopsi"),
        "Koloskopi: sårdannende svulst i høyre kolon, biopsi tatt. Ellers normal slimhinne.",
    ),
    "R84": Biopsy(
        "Adenokarsinom, lungeutgangspunkt.",
        Operation("UGC15", "Bronkoskopi med biopsi"),
        "Bronkoskopi: svulst i overlappsbronkien på høyre side, biopsi tatt.",
    ),
    "D76": Biopsy("Duktalt adenokarsinom i nålebiopsi."),
}
"""By ICPC-2 code of the cancer."""


def confirms(life: Life, cancer: Problem, suspected: Problem, day: date, pictured: Visit) -> date:
    """Tissue is taken with the pictures, or through a scope on about the day. Returns the day from which one
    knows what it is."""
    biopsy, taken = KINDS[cancer.icpc], pictured
    if biopsy.scope:
        taken = life.meet(Service.CLINIC, "lege", day, suspected, minutes=45)
        taken.examined(biopsy.scope, 30)
        taken.note(("Undersøkelse", biopsy.seen))
    answered = taken.cultured("Histologi", biopsy.answer, after=0, days=ANSWERED, section=PATHOLOGY)
    return answered.date() + timedelta(days=1)
