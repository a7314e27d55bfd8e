"""A reindeer herder who speaks North Sami best, referred to the heart clinic."""

from datetime import date, timedelta

from fellesjournal.rollout.region.blood import panel
from fellesjournal.rollout.region.chart import appointments
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.measures import CREATININE, HAEMOGLOBIN, LDL
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.clinics import refer
from fellesjournal.rollout.region.courses.coronary import ANGINA
from fellesjournal.rollout.region.formulary import ASPIRIN, ATORVASTATIN_HIGH, METOPROLOL, NITROGLYCERIN
from fellesjournal.rollout.region.kinds_of_visit import NEW
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import at, working_day
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.stories import ordinary
from fellesjournal.rollout.region.stories.cast import MAN, aged, home, someone
from fellesjournal.rollout.region.stories.story import Story
from fellesjournal.rollout.region.units import Service

ID = "sannferdig-viddefugl"
SHOULDER = Problem("Skuldersmerter", "L92", "M754")


def _cast(today: date) -> list[Person]:
    herder = someone(45, "Sannferdig Viddefugl", MAN, aged(today, 58, 5, 6), home(19))
    herder.language = "se"
    return [herder]


def _lives(life: Life) -> None:
    today = life.era.until
    hurt = life.meet(
        Service.LEGEVAKT,
        "lege",
        today - timedelta(days=500),
        SHOULDER,
        way=Way.EMERGENCY,
        hour=20,
        minutes=60,
    )
    hurt.note(
        ("Hastegrad", "Grønn."),
        ("Aktuelt", "Veltet med firhjuling under flytting av flokken i går. Vondt i venstre skulder."),
        ("Tiltak", "Røntgen uten brudd. Fatle, øvelser etter en uke."),
    )
    life.episode(SHOULDER, hurt, 60)
    visit = life.gp(today - timedelta(days=24), ANGINA, minutes=40)
    visit.pressure(146, 88)
    visit.tests(panel(life, visit.day, HAEMOGLOBIN, CREATININE, ill={LDL: 4.1}))
    visit.note(
        ("Språk", "Samtalen går best på nordsamisk. Telefontolk brukt, ønskes også på sykehuset."),
        (
            "Aktuelt",
            "Klem over brystet når han går fort i snøen med last, gir seg i ro. To måneder.",
        ),
        (
            "Plan",
            "Mistenkt angina. Startet behandling. Henvist hjertepoliklinikken. Ut på vidda igjen fra uke 50.",
        ),
    )
    life.problem(ANGINA, visit.day, visit=visit)
    for medicine in (ASPIRIN, METOPROLOL, ATORVASTATIN_HIGH, NITROGLYCERIN):
        life.uses(medicine, visit.day, ANGINA)
    asked, _ = refer(life, visit, Service.HEART_CLINIC, ANGINA, "Koronarutredning. Nordsamisk tolk.", 6)
    unit = life.services.unit(Service.HEART_CLINIC)
    doctor = life.services.worker(Service.HEART_CLINIC, "lege", 0)
    start = at(working_day(today + timedelta(days=1)), 10)
    what, comment = "Poliklinisk utredning", "Nordsamisk tolk er bestilt."
    appointments.appointment(
        life.chart, what, start, 60, unit, doctor, ANGINA, kind=NEW, comment=comment, asked=asked
    )
    ordinary.passes(life)


STORY = Story(
    "From the plateau",
    "He is 58, herds reindeer, and speaks North Sami best. He feels his chest tighten when he walks fast in "
    "snow, and his GP has begun treatment and referred him. The heart clinic has booked him for the next "
    "working day, with an interpreter.",
    "klok-tindvik",
    "The referral and the appointment at the heart clinic; the language in the head of the record.",
    _cast,
    {ID: _lives},
)
