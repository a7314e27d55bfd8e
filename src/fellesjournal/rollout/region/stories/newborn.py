"""A child of seventeen days, whom the health station has visited at home."""

from datetime import date, timedelta

from fellesjournal.rollout.region import hours
from fellesjournal.rollout.region.chart import appointments
from fellesjournal.rollout.region.courses.childhood import CHECKED
from fellesjournal.rollout.region.courses.today import children
from fellesjournal.rollout.region.kinds_of_visit import CHILD
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import working_day
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.stories import ordinary
from fellesjournal.rollout.region.stories.cast import MAN, WOMAN, aged, couple, home, parents, someone
from fellesjournal.rollout.region.stories.story import Story
from fellesjournal.rollout.region.units import Service

ID, MOTHER, FATHER = "liten-epletue", "munter-epletue", "stodig-epletue"
AGE, NEXT = timedelta(days=17), timedelta(days=44)
"""How old he is, and how old at the next check-up."""


def _cast(today: date) -> list[Person]:
    mother = someone(27, "Munter Epletue", WOMAN, aged(today, 29, 1, 13), home(11))
    father = someone(28, "Stødig Epletue", MAN, aged(today, 30, 7, 8), mother.household)
    couple(mother, father)
    child = someone(29, "Liten Epletue", MAN, today - AGE, mother.household)
    parents(child, mother, father)
    return [child, mother, father]


def _lives(life: Life) -> None:
    ordinary.lives(life)
    unit = life.services.unit(Service.HEALTH_STATION)
    nurse = life.services.workers(Service.HEALTH_STATION, children.NURSE)[0]
    day = working_day(life.person.born + NEXT)
    start = hours.WORKERS[Service.SCHOOL_HEALTH][children.NURSE].starts(day, children.MINUTES)[0]
    what, kind = "Helsekontroll, 6 uker", CHILD
    appointments.appointment(
        life.chart, kind.text, start, children.MINUTES, unit, nurse, CHECKED, kind=kind, comment=what
    )


STORY = Story(
    "New in the world",
    "He was born seventeen days ago at Isfjell hospital. The public health nurse has visited him and his "
    "parents at home. Mother and child have a record each, and both tell of the same birth.",
    "lun-rogneber",
    "The birth in two records; weight, length and head; both parents with parental responsibility.",
    _cast,
    {ID: _lives},
)
