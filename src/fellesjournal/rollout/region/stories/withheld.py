"""A girl of 13 who has told something that her parents are not to read (pbrl § 3-4)."""

from datetime import date, timedelta

from fellesjournal.rollout.region.courses.childhood_illness import ECZEMA
from fellesjournal.rollout.region.courses.mood import STRAIN
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.stories import ordinary
from fellesjournal.rollout.region.stories.cast import MAN, WOMAN, aged, couple, home, parents, someone
from fellesjournal.rollout.region.stories.story import Story
from fellesjournal.rollout.region.units import Service

ID, MOTHER, FATHER = "undrende-lyngspire", "ivrig-lyngspire", "rolig-lyngspire"
WITHHELD = "NORN_FOR"


def _cast(today: date) -> list[Person]:
    mother = someone(10, "Ivrig Lyngspire", WOMAN, aged(today, 42, 6, 2), home(5))
    father = someone(11, "Rolig Lyngspire", MAN, aged(today, 45, 10, 19), mother.household)
    child = someone(12, "Undrende Lyngspire", WOMAN, aged(today, 13, 4, 25), mother.household)
    parents(child, mother, father)
    couple(mother, father)
    return [child, mother, father]


def _lives(life: Life) -> None:
    ordinary.grows(life)
    today = life.era.until
    seen = life.gp(today - timedelta(days=210), ECZEMA)
    seen.note(("Aktuelt", "Kløende eksem i albuene hver vinter. Mor er med."), ("Plan", "Fuktighetskrem."))
    life.episode(ECZEMA, seen, 60)
    with life.chart.labelled(WITHHELD):
        first = life.meet(Service.SCHOOL_HEALTH, "helsesykepleier", today - timedelta(days=24), STRAIN)
        first.note(
            (
                "Samtale",
                "Kommer alene. Foreldrene krangler om kveldene og snakker om å skilles, hun sover dårlig. "
                "Ikke redd noen hjemme. Har fortalt det til bestevenninnen.",
            ),
            (
                "Innsyn",
                "Ber om at foreldrene ikke får vite om samtalen. Vurdert: grunnen bør respekteres, ikke "
                "nødvendig for foreldreansvaret (pbrl § 3-4). Notatet er skjermet for foreldrene.",
            ),
            ("Plan", "Ny samtale om to uker. Avtalt at fastlegen kan kontaktes ved søvnproblemer."),
        )
        again = life.gp(today - timedelta(days=6), STRAIN, minutes=40)
        again.note(
            ("Aktuelt", "Kommer alene, etter avtale med helsesykepleier. Sover fem timer. Ikke selvskading."),
            ("Plan", "Søvnråd, ingen medisin. Samtale hos helsesykepleier hver uke. Skjermet som før."),
        )
        life.episode(STRAIN, again, 60)
    ordinary.passes(life)


STORY = Story(
    "What parents do not read",
    "She is 13 and has spoken with the school nurse and the GP about quarrels at home. She asked that her "
    "parents should not read it, and the nurse agreed that her reason should be respected. Her eczema, "
    "vaccines and growth are there for the parents as before.",
    "lun-rogneber",
    "The two notes and the problem that are withheld: seen by the GP, not by her mother or father.",
    _cast,
    {ID: _lives},
)
