"""Died last week at the medical ward, of heart failure."""

from datetime import date, timedelta

from fellesjournal.rollout.region.courses import heart_failure, last_illness
from fellesjournal.rollout.region.courses.heart_failure import FAILURE
from fellesjournal.rollout.region.courses.hypertension import HYPERTENSION
from fellesjournal.rollout.region.endings import Cause, Ending, Place
from fellesjournal.rollout.region.formulary import FUROSEMIDE, METOPROLOL, RAMIPRIL
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.stories import ordinary
from fellesjournal.rollout.region.stories.cast import MAN, WOMAN, aged, couple, home, someone
from fellesjournal.rollout.region.stories.story import Story, ago

ID, WIDOW = "verdig-lerkevik", "vennlig-lerkevik"
DIED, CAME = timedelta(days=6), timedelta(days=11)
STRAIN = 4100.0


def _cast(today: date) -> list[Person]:
    dead = someone(47, "Verdig Lerkevik", MAN, aged(today, 86, 2, 3), home(20))
    widow = someone(48, "Vennlig Lerkevik", WOMAN, aged(today, 83, 10, 28), dead.household)
    couple(dead, widow)
    dead.died = today - DIED
    return [dead, widow]


def _lives(life: Life) -> None:
    today = life.era.until
    since = today - CAME
    life.ending = Ending(Cause.HEART, Place.WARD, since)
    life.dying_since = since - timedelta(days=60)
    life.days.take(since, life.last)
    pressed = ago(life, 20, "pressure")
    life.problem(HYPERTENSION, pressed)
    life.uses(RAMIPRIL, pressed, HYPERTENSION)
    began = ago(life, 5, "failure")
    life.problem(FAILURE, began)
    life.uses(FUROSEMIDE, began, FAILURE)
    life.uses(METOPROLOL, began, FAILURE)
    heart_failure.worsens(life, today - timedelta(days=460), STRAIN)
    heart_failure.worsens(life, today - timedelta(days=120), STRAIN)
    last_illness.comes(life)
    ordinary.passes(life)


STORY = Story(
    "A death last week",
    "He was 86 when he died at the medical ward six days ago, five days after he came with lung oedema. "
    "Heart failure had been known for five years. His wife, with whom he lived, is alone now.",
    "ivrig-steinroys",
    "The record of somebody who is dead: medicines that have ended, the last notes, the discharge summary "
    "with the cause of death.",
    _cast,
    {ID: _lives},
)
