"""Who has an open problem of sleep, or pain that will get a name, is not said to sleep well: known when the
whole life is told."""

from datetime import timedelta

from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.visit import Visit

SLEEPS_BADLY = "P06"
"""ICPC-2 code."""
ACHES, OVER_A_YEAR = "L18", timedelta(days=400)
"""ICPC-2 code of pain that one sleeps lightly with, and for how long when it is found."""
_INSTEAD = (
    ("sover greit", "sover dårlig som før"),
    ("Fin form, sover som ventet", "Fin form, men sover dårlig som før"),
    ("Har det bra, våkner med barnet om natten", "Har det bra, men sover dårlig som før"),
)
"""What is said of sleep, also in other words (paraphrases.py), and what of it by those who lie awake."""


def says_so(life: Life, visit: Visit) -> None:
    """Let the notes of the visit tell of it."""

    def write() -> None:
        badly = any(one.icpc == SLEEPS_BADLY for one in life.known(visit.day))
        until = visit.day + OVER_A_YEAR
        lightly = any(one.icpc == ACHES and one.seen <= until for one in life.chart.found)
        if badly or lightly:
            for contact, place, *_ in life.chart.notes:
                if contact == visit.reference:
                    life.chart.bodies[place] = _told(life.chart.bodies[place], badly=badly)

    if visit.recorded:
        life.at_the_end(write)


def _told(body: bytes, *, badly: bool) -> bytes:
    for well, instead in _INSTEAD:
        said = instead if badly else instead.replace("dårlig som før", "lett")
        body = body.replace(well.encode(), said.encode())
    return body
