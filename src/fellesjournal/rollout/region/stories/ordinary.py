"""The ordinary part of a life in a story: growing up, small complaints, vaccines, messages."""

from collections.abc import Iterable

from fellesjournal.rollout.region.courses import (
    adult_vaccination,
    childhood,
    complaints,
    dialogue,
    everyday,
    family_ties,
    infections,
    papers,
    pregnancy,
)
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.stories.story import Told

BEFORE = (pregnancy.carries, childhood.grows)
AROUND = (
    adult_vaccination.takes,
    infections.catches,
    complaints.bothers,
    everyday.passes,
    papers.drives_on,
    dialogue.writes,
    family_ties.are_near,
)
CHECK_UPS = (everyday.passes, papers.drives_on)


def lives(life: Life) -> None:
    """All of it."""
    grows(life)
    passes(life)


def grows(life: Life) -> None:
    """Births and childhood, which stand before what is told of illness."""
    _told(life, BEFORE)


def passes(life: Life) -> None:
    """What happens to everybody, told when the illnesses are known."""
    _told(life, AROUND)


def is_quiet(life: Life) -> None:
    """The same without what the GP does when nothing is wrong: tests that would not fit with those told."""
    _told(life, (one for one in AROUND if one not in CHECK_UPS))


def _told(life: Life, courses: Iterable[Told]) -> None:
    for course in courses:
        life.turn_to(f"{course.__module__}.{course.__name__}")
        course(life)
