"""Those who get nurses at home, and those who have applied and wait for the office's decision."""

from datetime import timedelta

from fellesjournal.rollout.region import kin
from fellesjournal.rollout.region.chart import decisions, tasks
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.measures import TEMPERATURE
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses.municipal import home_care, planned, planning, receiving
from fellesjournal.rollout.region.courses.municipal.catalogue import (
    ALARM,
    HOME_NURSING,
    MEALS,
    PRACTICAL_HELP,
    SHORT_STAY,
    Grant,
)
from fellesjournal.rollout.region.courses.municipal.decision import decide
from fellesjournal.rollout.region.courses.municipal.need import Level, Step
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import at, working_day
from fellesjournal.rollout.region.units import Service

ABSCESS = Problem("Byll på rygg", "S10", "L022")
OLD = 67
WEAKENS = ("P70", "K90", "K77", "K76", "K78", "R95", "T90", "N87", "U99", "L89", "L90", "L95")
"""ICPC-2 codes of what makes it hard to manage alone."""


def is_helped(life: Life) -> None:
    """Help that goes on: of the old since some months, of others a wound that is dressed."""
    if life.age(life.last) < OLD:
        _has_a_wound(life)
        return
    level = Level.MUCH if life.age(life.last) >= 78 else Level.SOME
    since = life.era.until - timedelta(days=life.chance.between(30, 330))
    grants = [Grant(HOME_NURSING, home_care.extent(life, level)), receiving.CLEANING]
    decide(life, grants, since, None, level, _why(life))
    home_care.visits(life, Step(since, None, level))
    receiving.will_be_cleaned(life, since)
    planning.plan(life, since, level)


def _has_a_wound(life: Life) -> None:
    today = life.era.until
    visit = life.gp(today - timedelta(days=life.chance.between(13, 18)), ABSCESS)
    if not visit.recorded:
        return
    visit.measure(TEMPERATURE, 37.4 + life.chance.normal(0, 0.3))
    visit.note(
        ("Funn", "Byll på ryggen, fire cm, fluktuerende. Åpnet i lokalbedøvelse, tømt og drenert."),
        (
            "Plan",
            "Pårørende vist hvordan den skiftes til hjemmesykepleien kommer i gang. Kontroll ved feber.",
        ),
    )
    life.episode(ABSCESS, visit, 30)
    since = visit.day + timedelta(days=7)
    grant = Grant(HOME_NURSING, "sårstell annenhver dag")
    until = today + timedelta(days=10)
    why = "Åpnet byll på ryggen, når ikke til selv."
    decide(life, [grant], since, until, None, why, quickly=True, limited=True)
    day, told = since, iter(_WOUND)
    while day < today:
        if life.days.outside(day, home_visit=True) == day:
            nurse = life.meet(Service.HOME_CARE, "sykepleier", day, way=Way.HOME, hour=10, minutes=20)
            nurse.note(("Sårstell", next(told, _WOUND[-1])))
        day += timedelta(days=2)
    planned.visits(life, day, 2, (10,), 20, "Sårstell", until)


_WOUND = (
    "Skyllet og lagt ny veke. Mindre rødme rundt. Ikke lukt.",
    "Litt væske, ikke puss. Ny veke. Tåler skiftet godt.",
    "Mindre dyp enn sist, en kort veke er nok. Ingen rødme.",
    "Rent i bunnen, granulerer. Trenger ikke veke lenger.",
    "Grunt og rent, granulerer fint. Tørr bandasje.",
    "Nesten lukket, litt fuktig i midten. Tørr bandasje.",
)
"""In the order in which it heals."""


def applies(life: Life) -> None:
    """An application of the last two weeks, with the work that it makes."""
    accompanied = life.person.has_partner(life.last)
    service, why = life.chance.pick(_ASKED if accompanied else _ASKED[:-1])
    if "medisiner" in why and all(one.as_needed for one in life.medicines(life.last)):
        why = "Trenger hjelp til dusj og klær."
    day = working_day(life.era.until - timedelta(days=life.chance.between(3, 14)))
    when = at(day, life.chance.between(8, 14), life.chance.between(0, 59))
    if not life.records(when.date()):
        return
    office = life.services.unit(Service.ALLOCATION).reference
    chart, by = life.chart, life.person.reference
    asked = decisions.application(chart, service, when, by, office, f"{_why(life)} {why}", None)
    tasks.task(chart, "Behandle søknad", asked, when, by, office)


def _why(life: Life) -> str:
    """How the citizen lives, and what is known of illness."""
    lives = f"{kin.lives(life.person, life.last)}."
    ill = [one.within for one in life.known(life.last) if one.icpc in WEAKENS]
    return f"{lives} Har {' og '.join(ill[-2:])}." if ill else f"{lives} Ustø og sliten siste halvår."


_ASKED = (
    (HOME_NURSING, "Trenger hjelp til medisiner og dusj."),
    (ALARM, "Redd for å falle uten å få tak i noen."),
    (PRACTICAL_HELP, "Klarer ikke lenger å vaske gulv og bad."),
    (MEALS, "Spiser lite, orker ikke lage middag."),
    (SHORT_STAY, "Pårørende skal opereres og er borte i tre uker."),
)
"""The last is said of those who live with somebody."""
