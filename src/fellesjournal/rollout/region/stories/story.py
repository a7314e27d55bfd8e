"""What a story is: who takes part, what is told of each, and what docs/stories.md says of it."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import years_after
from fellesjournal.rollout.region.people import Person

Told = Callable[[Life], None]


def ago(life: Life, years: int, what: str) -> date:
    """A day so many whole years before today, and up to some months more: not the day of the year on which
    the records end."""
    chance = Chance(life.seed, life.person.id, "ago", what)
    return years_after(life.era.until, -years) - timedelta(days=chance.between(20, 240))


class Story(NamedTuple):
    """A written story. It is told relative to the last day of the records, which is called today."""

    title: str
    about: str
    """Three sentences."""
    worker: str
    """Whom of staff.py to sign in as to see it."""
    look: str
    """What to look at."""
    cast: Callable[[date], list[Person]]
    """Those who take part, by today's date; the one whom the story is of comes first."""
    lives: Mapping[str, Told]
    """What is told of them, by id; of the others an ordinary life is."""
