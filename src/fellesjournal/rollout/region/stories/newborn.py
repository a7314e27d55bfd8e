"""A child of seventeen days, whom the health station has visited at home."""

from datetime import date, timedelta

from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.stories.cast import MAN, WOMAN, aged, couple, home, parents, someone
from fellesjournal.rollout.region.stories.story import Story

ID, MOTHER, FATHER = "liten-epletue", "munter-epletue", "stodig-epletue"
AGE = timedelta(days=17)


def _cast(today: date) -> list[Person]:
    mother = someone(27, "Munter Epletue", WOMAN, aged(today, 29, 1, 13), home(11))
    father = someone(28, "Stødig Epletue", MAN, aged(today, 30, 7, 8), mother.household)
    couple(mother, father)
    child = someone(29, "Liten Epletue", MAN, today - AGE, mother.household)
    parents(child, mother, father)
    return [child, mother, father]


STORY = Story(
    "New in the world",
    "He was born seventeen days ago at Isfjell hospital. The public health nurse has visited him and his "
    "parents at home. Mother and child have a record each, and both tell of the same birth.",
    "lun-rogneber",
    "The birth in two records; weight, length and head; both parents with parental responsibility.",
    _cast,
    {},
)
