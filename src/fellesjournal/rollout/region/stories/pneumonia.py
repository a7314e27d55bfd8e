"""Pneumonia, two days into a stay at the medical ward."""

from datetime import date, timedelta

from fellesjournal.rollout.region.courses import chest
from fellesjournal.rollout.region.courses.hypertension import AMLODIPINE, HYPERTENSION
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.stories import ordinary
from fellesjournal.rollout.region.stories.cast import MAN, WOMAN, aged, couple, home, someone
from fellesjournal.rollout.region.stories.story import Story, ago

ID, WIFE = "kvikk-steinodde", "blid-steinodde"


def _cast(today: date) -> list[Person]:
    ill = someone(21, "Kvikk Steinodde", MAN, aged(today, 67, 6, 27), home(9))
    wife = someone(22, "Blid Steinodde", WOMAN, aged(today, 64, 12, 30), ill.household)
    couple(ill, wife)
    return [ill, wife]


def _lives(life: Life) -> None:
    today = life.era.until
    since = ago(life, 7, "pressure")
    life.problem(HYPERTENSION, since)
    life.uses(AMLODIPINE, since, HYPERTENSION)
    chest.admitted(life, today - timedelta(days=2))
    ordinary.passes(life)


STORY = Story(
    "Admitted the day before yesterday",
    "He is 67 and came to the medical ward two days ago with fever, cough and breathlessness. X-ray showed "
    "pneumonia, and he has antibiotics into a vein. His vital signs are measured three times a day and are "
    "getting better.",
    "varm-lyngmo",
    "The stay that goes on: vital signs with NEWS2, tests of arrival, notes of doctor and nurse; no "
    "discharge summary yet.",
    _cast,
    {ID: _lives},
)
