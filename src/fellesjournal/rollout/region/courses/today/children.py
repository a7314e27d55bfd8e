"""Children whom the public-health nurse expects: at the health station until school begins, and then there.

The health station sees each child nine times in four years (childhood.INFANT), and some between. How many
pupils talk with the nurse is ours: those in a small region who could have one of its hours.
"""

from datetime import date, datetime, timedelta

from fellesjournal.rollout.region import hours
from fellesjournal.rollout.region.chart import appointments
from fellesjournal.rollout.region.courses.childhood import CHECKED, INFANT
from fellesjournal.rollout.region.courses.today import slots
from fellesjournal.rollout.region.courses.today.shares import filled
from fellesjournal.rollout.region.kinds_of_visit import CHILD, TALK
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import last_working_day, working_day
from fellesjournal.rollout.region.units import Service, Worker

NURSE = "helsesykepleier"
DAYS, MINUTES = 8, 20
"""Working days for which the nurses are booked, and how long each visit is."""
SCHOOL_BEGINS, GROWN = 6, 18
NEAR = timedelta(days=14)
"""A check-up is held within so many days of the age it is for."""
PUPILS, REAL = 1.0, 0.3
"""How many of the pupils who could have an hour have one, in a small region and elsewhere."""


def are_expected(life: Life) -> None:
    """An hour with the nurse in the next days, for those who are at home."""
    today, age = life.era.until, life.age(life.last)
    if life.person.died or age >= GROWN or life.days.outside(today) != today:
        return
    at_school = _goes_to_school(life, today)
    service = Service.SCHOOL_HEALTH if at_school else Service.HEALTH_STATION
    if at_school and not life.chance.yes(PUPILS if filled(life.services.unit(service)) else REAL):
        return
    found = _hour(life, service)
    if found is None:
        return
    (start, nurse), kind = found, TALK if at_school else CHILD
    comment = _talk(life, age) if at_school else _check(life, start.date())
    life.days.take_hour(start, timedelta(minutes=MINUTES))
    appointments.appointment(
        life.chart,
        kind.text,
        start,
        MINUTES,
        life.services.unit(service),
        nurse,
        None if at_school else CHECKED,
        kind=kind,
        comment=comment,
    )


def _goes_to_school(life: Life, on: date) -> bool:
    """From the autumn of the year in which the child becomes six."""
    return on >= date(life.person.born.year + SCHOOL_BEGINS, 8, 20)


def _hour(life: Life, service: Service) -> tuple[datetime, Worker] | None:
    """The hour of the citizen's place on the GP's list, which nobody else has; None of one without. Hours are
    the school's, where the health station's nurse may be too, and in a small region the one with a name."""
    if life.person.place < 0:
        return None
    nurses, week = life.services.workers(service, NURSE), hours.WORKERS[Service.SCHOOL_HEALTH][NURSE]
    if filled(life.services.unit(service)):
        nurses = nurses[:1]
    day = working_day(life.era.until)
    place, ahead = divmod(slots.number(life), DAYS)
    if place >= len(week.starts(day, MINUTES)) * len(nurses):
        return None
    for _ in range(ahead):
        day = working_day(day + timedelta(days=1))
    start = week.starts(day, MINUTES)[place // len(nurses)]
    if not life.days.hour_is_free(start, timedelta(minutes=MINUTES)):
        return None
    return start, nurses[place % len(nurses)]


def _check(life: Life, day: date) -> str:
    """Which check-up it is, or what else the child comes for."""
    for days, _ in INFANT:
        if abs(day - life.person.born - timedelta(days=days)) <= NEAR and days not in _seen(life):
            return f"Helsekontroll, {_AGES[days]}"
    age = life.age(day)
    return life.chance.pick(_BETWEEN[0 if age < 1 else 1 if age < 3 else 2 if age < TALKS else 3])


def _seen(life: Life) -> set[int]:
    """The check-ups that have been by the last day: they are held up to six days late."""
    lived = (last_working_day(life.era.until) - life.person.born).days
    return {days for days, _ in INFANT if days <= lived}


def _talk(life: Life, age: int) -> str:
    return life.chance.pick(_TALKS[0 if age < 10 else 1 if age < 13 else 2])


_AGES = {
    9: "hjemmebesøk",
    44: "6 uker",
    93: "3 måneder",
    155: "5 måneder",
    245: "8 måneder",
    370: "12 måneder",
    462: "15 måneder",
    740: "2 år",
    1480: "4 år",
}
_BETWEEN = (
    ("Veiing og samtale om mat", "Samtale om søvn", "Veiing"),
    ("Samtale om søvn", "Samtale om mat", "Språk og samspill"),
    ("Språk og samspill", "Samtale om grenser", "Søvn og leggerutiner"),
    ("Samtale om grenser", "Søvn og leggerutiner", "Tisser i sengen"),
)
"""By age: under one, under three, under four, until school."""
TALKS = 4
"""From which age on language is no longer what one comes for: it is seen at the check-up."""
_TALKS = (
    ("Trivsel og venner", "Vondt i magen før skolen", "Søvn"),
    ("Trivsel i klassen", "Søvn og skjerm", "Bytte av skole"),
    ("Hodepine på skoledager", "Søvn", "Samtale etter eget ønske", "Stress før prøver"),
)
"""By age: under ten, under thirteen, until eighteen."""
