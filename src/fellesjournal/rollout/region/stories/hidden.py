"""A woman with kode 6 and her son: nobody is told where they live."""

from datetime import date, timedelta

from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.courses.bones import WRIST
from fellesjournal.rollout.region.courses.mood import STRAIN
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.people import Person, Protection
from fellesjournal.rollout.region.stories import ordinary
from fellesjournal.rollout.region.stories.cast import MAN, WOMAN, aged, home, parents, someone
from fellesjournal.rollout.region.stories.story import Story
from fellesjournal.rollout.region.units import Service

ID, SON = "varsom-tindskygge", "glad-tindskygge"


def _cast(today: date) -> list[Person]:
    mother = someone(14, "Varsom Tindskygge", WOMAN, aged(today, 34, 7, 30), home(6))
    mother.household.protection = Protection.STRICTLY_CONFIDENTIAL
    son = someone(15, "Glad Tindskygge", MAN, aged(today, 5, 2, 6), mother.household)
    parents(son, mother, None)
    return [mother, son]


def _lives(life: Life) -> None:
    ordinary.grows(life)
    today = life.era.until
    hurt = life.meet(
        Service.LEGEVAKT, "lege", today - timedelta(days=18), WRIST, way=Way.EMERGENCY, hour=21, minutes=90
    )
    hurt.note(
        ("Hastegrad", "Gul."),
        ("Aktuelt", "Falt på fortauet, vondt og hovent venstre håndledd. Kommer med sønnen."),
        ("Tiltak", "Gips. Ikke sendt brev til hjemmeadressen, gis med i hånden."),
    )
    life.episode(WRIST, hurt, 45)
    talk = life.gp(today - timedelta(days=8), STRAIN, minutes=40)
    talk.note(
        ("Aktuelt", "Trygg der de bor nå. Sover lettere. Sønnen har begynt i ny barnehage."),
        ("Plan", "Ny samtale om fire uker. Alle innkallinger på SMS uten avsendersted."),
    )
    life.episode(STRAIN, talk, 90)
    ordinary.passes(life)


STORY = Story(
    "An address nobody sees",
    "She and her son have lived at a strictly confidential address (kode 6) for two years. Two weeks ago "
    "she broke her wrist on the ice and came to legevakt. Letters are handed to her, not sent.",
    "lun-rogneber",
    "The record without an address, also in lists; nobody can act for her or her son, though she is his "
    "mother.",
    _cast,
    {ID: _lives},
)
