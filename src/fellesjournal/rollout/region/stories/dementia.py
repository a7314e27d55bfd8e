"""Alzheimer's disease in the nursing home, with a guardian."""

from datetime import date, timedelta

from fellesjournal.rollout.region.chart.relations import BOOK, GUARDIAN, READ, WRITE
from fellesjournal.rollout.region.courses import dementia
from fellesjournal.rollout.region.courses.dementia import ALZHEIMER
from fellesjournal.rollout.region.courses.family_ties import relation
from fellesjournal.rollout.region.courses.hypertension import AMLODIPINE, HYPERTENSION
from fellesjournal.rollout.region.courses.municipal import home_care, nursing_home
from fellesjournal.rollout.region.courses.municipal.catalogue import HOME_NURSING, Grant
from fellesjournal.rollout.region.courses.municipal.decision import decide
from fellesjournal.rollout.region.courses.municipal.need import Level, Step
from fellesjournal.rollout.region.decline import Dementia
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.stories import ordinary
from fellesjournal.rollout.region.stories.cast import MAN, WOMAN, aged, home, parents, someone
from fellesjournal.rollout.region.stories.story import Story, ago

ID, SON = "drommende-sildbukt", "ordentlig-sildbukt"


def _cast(today: date) -> list[Person]:
    mother = someone(33, "Drømmende Sildbukt", WOMAN, aged(today, 88, 3, 20), home(13))
    son = someone(34, "Ordentlig Sildbukt", MAN, aged(today, 58, 5, 2), home(14))
    parents(son, mother, None)
    return [mother, son]


def _lives(life: Life) -> None:
    today = life.era.until
    found, moved = ago(life, 6, "dementia"), today - timedelta(days=400)
    life.decline.dementia, life.decline.moves_in = Dementia(found, 23, 2.4), moved
    pressed = ago(life, 15, "pressure")
    life.problem(HYPERTENSION, pressed)
    life.uses(AMLODIPINE, pressed, HYPERTENSION)
    life.turn_to("dementia")
    dementia.is_followed(life, ALZHEIMER)
    helped = ago(life, 4, "help")
    step = Step(helped, moved, Level.SOME)
    grants = [Grant(HOME_NURSING, home_care.extent(life, Level.SOME))]
    decide(life, grants, helped, moved, Level.SOME, "Bor alene, kjent med Alzheimers sykdom.")
    home_care.visits(life, step)
    nursing_home.lives_in(life)
    relation(life, life.person.children[0], "SO", (GUARDIAN, READ, BOOK, WRITE), moved - timedelta(days=60))
    ordinary.passes(life)


STORY = Story(
    "A guardian",
    "She is 88 and has lived at Multemyra nursing home for a little more than a year. Alzheimer's disease "
    "was found six years ago, and nurses came to her home for three. Her son is her guardian, also "
    "in matters of health.",
    "stodig-kvitveis",
    "MMSE through the years, the monthly notes and weights, the doctor's rounds; what the guardian sees.",
    _cast,
    {ID: _lives},
)
