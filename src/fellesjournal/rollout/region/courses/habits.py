"""How one lives: the same at every visit, whatever is spoken of there."""

from datetime import date

from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.life import Life

MOVE = 0.6
"""The share of adults who say that they move about on most days (FHI, public health survey, rounded)."""


def moves(life: Life, day: date) -> bool:
    """Whether the citizen walks or trains on most days, and can just now."""
    return Chance(life.seed, life.person.id, "moves").yes(MOVE) and not life.body.is_mending(day)


def sits(life: Life) -> bool:
    """Whether the citizen moves little, and hears about it."""
    return not Chance(life.seed, life.person.id, "moves").yes(MOVE)
