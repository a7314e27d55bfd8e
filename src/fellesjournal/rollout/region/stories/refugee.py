"""A refugee with a D-number, who needs an interpreter."""

from datetime import date, timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart import relations
from fellesjournal.rollout.region.chart.measures import CRP, FERRITIN, HAEMOGLOBIN, HEIGHT, VITAMIN_D, WEIGHT
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.chart.relations import Relative
from fellesjournal.rollout.region.courses.deficiency import IRON
from fellesjournal.rollout.region.courses.everyday import SLEEP
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.numbers import serials
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.programme import FOUR, MMR
from fellesjournal.rollout.region.reach import phone
from fellesjournal.rollout.region.stories.cast import WOMAN, aged, home, someone
from fellesjournal.rollout.region.stories.story import Story
from fellesjournal.rollout.region.units import Service

ID = "modig-varstjerne"
CHECKED = Problem("Helseundersøkelse etter ankomst", "A98", "Z008")

FERROUS = Medicine("B03AA07", "Jernsulfat 100 mg depottablett", "1 tablett daglig")
ARRIVED = 150
"""Days ago."""


def _cast(today: date) -> list[Person]:
    refugee = someone(36, "Modig Vårstjerne", WOMAN, aged(today, 27, 1, 1), home(15))
    refugee.d_number, refugee.citizenship, refugee.language = True, "SY", "ar"
    after = 249 if refugee.born.year < 2000 else 749
    refugee.serial = next(one for one in serials(refugee.born, WOMAN, after) if one % 5 < 2)
    return [refugee]


def _lives(life: Life) -> None:
    came = life.era.until - timedelta(days=ARRIVED)
    first = life.meet(
        Service.REFUGEE_HEALTH, "helsesykepleier", came + timedelta(days=16), CHECKED, minutes=60
    )
    first.measure(WEIGHT, 54.2)
    first.measure(HEIGHT, 161)
    first.tests(panel(life, first.day, CRP, VITAMIN_D, ill={HAEMOGLOBIN: 10.9, FERRITIN: 7}))
    first.note(
        ("Tolk", "Arabisk tolk på skjerm. Alene, søster i Tyskland."),
        (
            "Helseundersøkelse",
            "IGRA negativ, røntgen thorax normalt tatt ved mottaket. Ukjent vaksinestatus. Blek og sliten.",
        ),
        ("Plan", "Vaksineres etter program. Time hos lege om jernmangel. Informert om fastlege og legevakt."),
    )
    first.vaccine(MMR, 1)
    first.vaccine(FOUR, 1)
    again = life.meet(Service.REFUGEE_HEALTH, "helsesykepleier", came + timedelta(days=62), CHECKED)
    again.vaccine(MMR, 2)
    again.vaccine(FOUR, 2)
    again.note(
        ("Tolk", "Arabisk telefontolk."), ("Samtale", "Går på norskkurs. Savner familien. Spiser bedre.")
    )
    ill = life.gp(came + timedelta(days=25), IRON)
    ill.note(
        ("Tolk", "Arabisk telefontolk."),
        ("Vurdering", "Jernmangelanemi, rikelige menstruasjoner. Ikke blod i avføring."),
        ("Plan", "Jerntabletter i tre måneder, nye prøver etterpå."),
    )
    life.problem(IRON, ill.day, visit=ill)
    life.uses(FERROUS, ill.day, IRON)
    latest = life.gp(life.era.until - timedelta(days=4), IRON)
    latest.tests({HAEMOGLOBIN: 12.6, FERRITIN: 38})
    latest.note(
        ("Tolk", "Arabisk telefontolk. Bestilles også til neste gang, 40 minutter."),
        ("Vurdering", "Mindre sliten, Hb 12,6. Mareritt og innsovningsvansker siden flukten."),
        ("Plan", "Avslutter jern om en måned. Henvises psykisk helseteam om det ikke bedres."),
    )
    life.problem(SLEEP, latest.day, visit=latest)
    sister = Relative("Vårstjerne", "Lystig", "female", (phone(life.person.number),))
    relations.related(life.chart, sister, "SI")


STORY = Story(
    "Newly arrived",
    "She is 27, came five months ago, and has a D-number. Every consultation is with an interpreter in "
    "Arabic. She has been examined on arrival, vaccinated, and treated for iron deficiency.",
    "lun-rogneber",
    "The D-number, the language and the need of an interpreter in the head of the record; no record before "
    "arrival; vaccines that start over.",
    _cast,
    {ID: _lives},
)
