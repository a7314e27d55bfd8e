"""Who has an open problem of sleep is not said to sleep well: known when the whole life is told."""

from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.visit import Visit

SLEEPS_BADLY = "P06"
"""ICPC-2 code."""
_INSTEAD = (
    ("sover greit", "sover dårlig som før"),
    ("Fin form, sover som ventet", "Fin form, men sover dårlig som før"),
    ("Har det bra, våkner med barnet om natten", "Har det bra, men sover dårlig som før"),
)
"""What is said of sleep, also in other words (paraphrases.py), and what of it by those who lie awake."""


def says_so(life: Life, visit: Visit) -> None:
    """Let the notes of the visit tell of it."""

    def write() -> None:
        if any(one.icpc == SLEEPS_BADLY for one in life.known(visit.day)):
            for contact, place, *_ in life.chart.notes:
                if contact == visit.reference:
                    life.chart.bodies[place] = _told(life.chart.bodies[place])

    if visit.recorded:
        life.at_the_end(write)


def _told(body: bytes) -> bytes:
    for well, badly in _INSTEAD:
        body = body.replace(well.encode(), badly.encode())
    return body
