"""Nurses at home: what is decided, who comes, what is done and written.

Visits of the last weeks are all there, those before as a sample, one in a month or so: the years of
somebody who has help four times a day are not told visit by visit. Those to come are planned for a week.
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.chance import Chance
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.measures import GLUCOSE, PULSE, SATURATION
from fellesjournal.rollout.region.courses import border
from fellesjournal.rollout.region.courses.municipal import planned
from fellesjournal.rollout.region.courses.municipal.home_notes import fails_with, is_found_ill, told
from fellesjournal.rollout.region.courses.municipal.need import Level, Step
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit

LATELY = timedelta(days=15)
SAMPLE_MONTHS = {Level.SOME: 2.2, Level.MUCH: 1.5}
HOURS: dict[Level, tuple[tuple[int, ...], ...]] = {
    Level.SOME: ((8,), (9,), (20,)),
    Level.MUCH: ((8, 20), (8, 13, 20), (2, 8, 14, 20)),
}
"""At which hours somebody comes on a day with a visit; the night patrol once."""

MINUTES = {Level.SOME: 15, Level.MUCH: 20}
"""How long a visit lasts."""

MORNING = 6
"""Before this hour it is the night patrol that comes."""


def hours_of(life: Life, level: Level) -> tuple[int, ...]:
    """When the nurses come to this citizen at this level."""
    return HOURS[level][life.person.number % len(HOURS[level])]


def days_between(life: Life, level: Level) -> int:
    """A visit every day, or every second or third when little help is needed."""
    return 1 if level is Level.MUCH else 1 + life.person.number // 3 % 3


def extent(life: Life, level: Level) -> str:
    """How much is decided, as the letter says it."""
    times, every = len(hours_of(life, level)), days_between(life, level)
    a_day = {1: "ett besøk", 2: "to besøk", 3: "tre besøk", 4: "fire besøk"}[times]
    how_often = {1: "hver dag", 2: "annenhver dag", 3: "hver tredje dag"}[every]
    hours = 1 + max(1, round(times * 7 / every / 3))  # of twenty minutes each, and one to train
    return f"{a_day} {how_often}, inntil {hours} timer per uke"


def visits(life: Life, step: Step) -> None:
    """What was done at home through a step of need."""
    until = step.last(life.last)
    dense = until - LATELY if until >= life.era.until else until
    first = life.days.outside(step.since, home_visit=True)
    if life.records(step.since) and first < dense:
        _visit(life, first, hours_of(life, step.level)[-1], step.level, writes=True)
    for day in life.every(SAMPLE_MONTHS[step.level], step.since, dense, misses=0.05):
        if day <= dense:
            _visit(life, day, life.chance.pick(hours_of(life, step.level)), step.level, writes=True)
    day = max(step.since, dense)
    while day < until and dense < until:
        for hour in hours_of(life, step.level):
            _visit(life, day, hour, step.level, writes=life.chance.yes(0.22))
        day += timedelta(days=days_between(life, step.level))
    if dense < until and step.until is None:
        planned.visits(
            life, day, days_between(life, step.level), hours_of(life, step.level), MINUTES[step.level]
        )


def _visit(life: Life, day: date, hour: int, level: Level, *, writes: bool) -> None:
    if life.days.outside(day, home_visit=True) != day:
        return
    by = "sykepleier" if life.chance.yes(0.35) else "helsefagarbeider"
    visit = life.meet(Service.HOME_CARE, by, day, way=Way.HOME, hour=hour, minutes=MINUTES[level])
    if not writes:
        return
    hour = visit.start.hour
    measures = life.chance.yes(0.25) and visit.recorded and not fails_with(life, visit.day)
    found = _measured(life, visit) if measures and hour >= MORNING else ""
    if hour < MORNING:
        visit.note(("Nattpatrulje", f"{life.chance.other(_NIGHT)} {found}".strip()))
    else:
        done = told(life, visit, hour, level, daily=days_between(life, level) == 1)
        if "Blodsukker" in done:
            visit.measure(GLUCOSE, Chance(life.seed, "sugar", visit.reference).normal(7.6, 0.8))
        visit.note(("Hjemmebesøk", f"{done} {found}".strip()))


def _measured(life: Life, visit: Visit) -> str:
    """What is to be said of it."""
    day = visit.day
    systolic = life.body.systolic(day) + life.chance.normal(6, 9)
    visit.pressure(systolic, life.body.diastolic(day) + life.chance.normal(3, 5))
    high = visit.say(*border.found_at_home(life, day, systolic))
    visit.measure(PULSE, life.body.pulse + life.chance.normal(4, 6))
    if life.chance.yes(0.4):
        life.weighs(visit)
    if life.body.saturation_on(day) >= 95:
        return high
    found = life.body.saturation_on(day) - 0.5 + life.chance.normal(0, 0.8)
    visit.measure(SATURATION, found)
    than_before = "hoster mer enn vanlig" if is_found_ill(life, day) else "ikke mer tungpusten enn vanlig"
    breath = f"SpO2 {found:.0f} %, {than_before}." if found < LOW else ""
    return f"{high} {breath}".strip()


LOW = 92.5
"""Per cent of oxygen below which it is said how the breath is."""


_NIGHT = (
    "Tilsyn i natt. Sov rolig, snudd over på siden.",
    "Våken ved tilsyn, hjulpet på toalettet og i seng igjen.",
    "Sov ved tilsyn. Dør låst, lys på badet.",
)
