"""How one lives: the same at every visit, whatever is spoken of there."""

from datetime import date

from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.life import Life

MOVE = 0.6
"""The share of adults who say that they move about on most days (FHI, public health survey, rounded)."""
GOES_OUT_ALONE = 18
"""Points of MMSE below which one does not find the way home."""
WALKS_BADLY = ("L75", "K77", "K90", "R95")
"""ICPC-2 codes of diseases that make the walk short."""


def moves(life: Life, day: date) -> bool:
    """Whether the citizen walks or trains on most days, and can just now, and after an illness."""
    disabled = life.decline.disabled_since
    able = not life.body.is_mending(day) and (disabled is None or day < disabled)
    return Chance(life.seed, life.person.id, "moves").yes(MOVE) and able


def walks(life: Life, day: date) -> bool:
    """Whether the citizen goes for walks alone on the day, ill and old as he or she is."""
    lost = life.decline.mmse(day) < GOES_OUT_ALONE
    badly = any(one.icpc in WALKS_BADLY for one in life.known(day))
    return moves(life, day) and not lost and not badly


def sits(life: Life) -> bool:
    """Whether the citizen moves little, and hears about it."""
    return not Chance(life.seed, life.person.id, "moves").yes(MOVE)
