"""Citizens with written stories and fixed ids, in every region beside its other citizens.

docs/stories.md lists them, made from the files here by the tests. Stories are the same in every region with
the same last day: what is drawn depends on SEED, not on the region's seed.
"""

from collections.abc import Iterator
from datetime import date

from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.stories import (
    apart,
    dementia,
    died,
    expecting,
    herder,
    hidden,
    hip,
    last_time,
    many_ills,
    newborn,
    ordinary,
    pneumonia,
    psychiatric,
    refugee,
    results,
    sports,
    withheld,
)
from fellesjournal.rollout.region.stories.story import Story, Told

SEED = "fortellinger"
STORIES: tuple[Story, ...] = tuple(
    one.STORY
    for one in (
        hip, apart, withheld, hidden, many_ills, pneumonia, expecting, newborn, psychiatric, dementia,
        refugee, results, last_time, sports, herder, died,
    )
)  # fmt: skip


def cast(today: date) -> Iterator[tuple[Person, Told]]:
    """Everybody who takes part, with what is told of them."""
    for story in STORIES:
        for person in story.cast(today):
            yield person, story.lives.get(person.id, ordinary.lives)
