"""Her first child, week 30."""

from datetime import date, timedelta

from fellesjournal.rollout.region import kinds_of_visit
from fellesjournal.rollout.region.births import Birth
from fellesjournal.rollout.region.chart import appointments
from fellesjournal.rollout.region.courses import pregnancy
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import at, working_day
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.stories import ordinary
from fellesjournal.rollout.region.stories.cast import MAN, WOMAN, aged, couple, home, someone
from fellesjournal.rollout.region.stories.story import Story
from fellesjournal.rollout.region.units import Service

ID, FATHER = "varm-rosevik", "sindig-rosevik"
DAYS_LEFT = 283 - (30 * 7 + 2)
"""Today is week 30 and two days."""


def _cast(today: date) -> list[Person]:
    mother = someone(24, "Varm Rosevik", WOMAN, aged(today, 31, 4, 9), home(10))
    father = someone(25, "Sindig Rosevik", MAN, aged(today, 33, 9, 22), mother.household)
    couple(mother, father)
    return [mother, father]


def _lives(life: Life) -> None:
    today = life.era.until
    moment = at(today + timedelta(days=DAYS_LEFT), 12)
    home_on = moment.date() + timedelta(days=2)
    birth = Birth(moment, 283, 8, "vaginal", (9, 10), 3500, 50, 35.0, home_on)
    pregnancy.is_told(life, birth, 0)
    following = working_day(today + timedelta(days=12))
    unit, midwife = (
        life.services.unit(Service.HEALTH_STATION),
        life.services.worker(Service.HEALTH_STATION, "jordmor", 0),
    )
    what, start = "Svangerskapskontroll uke 32", at(following, 9, 30)
    appointments.appointment(
        life.chart, what, start, 30, unit, midwife, pregnancy.CONTROL, kind=kinds_of_visit.PREGNANCY
    )
    visit = life.gp(today - timedelta(days=5), pregnancy.CONTROL)
    visit.pressure(life.body.systolic(visit.day), life.body.diastolic(visit.day))
    visit.note(
        ("Aktuelt", "Bekkensmerter ved gange siste to uker, sover med pute. Kjenner godt med liv."),
        ("Plan", "Øvelser, 50 % sykmelding i to uker. Fortsetter kontroll hos jordmor."),
    )
    ordinary.passes(life)


STORY = Story(
    "Expecting",
    "She is 31 and expects her first child in ten weeks. The midwife and her GP see her in turn, and all has "
    "gone well but for a sore pelvis. The next check-up is booked.",
    "lun-rogneber",
    "The check-ups with blood pressure, weight and fundal height; ultrasound; the booked appointment.",
    _cast,
    {ID: _lives},
)
