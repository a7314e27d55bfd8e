"""Help at home for the old: each step of need is applied for, decided on and given."""

from datetime import date, timedelta

from fellesjournal.rollout.region import kin
from fellesjournal.rollout.region.chart import decisions, tasks
from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.courses.municipal import (
    alarms,
    day_centre,
    home_care,
    partings,
    planned,
    planning,
    short_stays,
)
from fellesjournal.rollout.region.courses.municipal.catalogue import (
    ALARM,
    DAY_ACTIVITY,
    HOME_NURSING,
    LONG_STAY,
    MEALS,
    PRACTICAL_HELP,
    RELIEF,
    Grant,
)
from fellesjournal.rollout.region.courses.municipal.decision import PRACTICAL_HELP_ALONE, decide
from fellesjournal.rollout.region.courses.municipal.need import OLD, Level, Step, steps
from fellesjournal.rollout.region.courses.municipal.scores import scores
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.moments import at, working_day
from fellesjournal.rollout.region.units import Service

COOKING, HELPED = 9, 3
"""The variable of IPLOS that says who cooks, and the score from which on another is needed for it."""
BEFORE_VISIT = timedelta(days=20)
"""Before care begins: a little earlier than anybody is seen at home."""
CLEANED = 21
"""Days from one time to the next."""
APPLIED = timedelta(days=50)
"""Before care begins: what is found later than that, the application does not tell of."""
CLEANING = Grant(PRACTICAL_HELP, "rengjøring hver tredje uke, en og en halv time")
DINNERS = Grant(MEALS, "middag fire dager i uken")
ALARMED = Grant(ALARM, "hele døgnet", Service.SAFETY_ALARM)
CANCERS = ("D76", "R84", "D75", "Y77", "X76")
"""ICPC-2 codes of what is named first where it is there."""
WEEKS_OFF = Grant(RELIEF, "en uke hver åttende uke", Service.SHORT_STAY)
DAYS_OUT = Grant(DAY_ACTIVITY, "to dager i uken, fem timer hver gang")


def receives(life: Life) -> None:
    """Everything at home of one who is old; what is given in nursing homes stands for itself."""
    if life.birthday(OLD) > life.last:
        return
    alarm, meals, day_out = life.chance.yes(0.62), life.chance.yes(0.3), life.chance.yes(0.55)
    home = steps(life)
    short_stays.after_hospital(life)
    for step in home:
        if _is_relieved(life, step):
            alone_from = life.person.widowed or life.last
            short_stays.relief(life, step.since, min(step.last(life.last), alone_from))
    for number, step in enumerate(home):
        forgets = day_out and life.decline.mmse(step.since) < 27 and step.level >= Level.SOME
        grants = _grants(life, step, alarm=alarm, meals=meals, day_out=forgets)
        why = _why(life, step.since, again=number > 0)
        decide(life, grants, step.since, step.until, step.level, why)
        _given(life, step, alarm=alarm, day_out=forgets)
    partings.tell(life, home)
    if home and home[-1].until is None and life.person.died is None and home[-1].level >= Level.SOME:
        planning.plan(life, home[-1].since, home[-1].level)
        _waits(life, home[-1])


def _grants(life: Life, step: Step, *, alarm: bool, meals: bool, day_out: bool) -> list[Grant]:
    grants = [CLEANING]
    if step.level >= Level.SOME:
        grants = [Grant(HOME_NURSING, home_care.extent(life, step.level)), CLEANING]
    if (meals or step.level is Level.MUCH) and _cannot_cook(life, step):
        grants.append(DINNERS)
    if alarm:
        grants.append(ALARMED)
    if day_out:
        grants.append(DAYS_OUT)
    return [*grants, WEEKS_OFF] if _is_relieved(life, step) else grants


def _cannot_cook(life: Life, step: Step) -> bool:
    """Whether the officer who comes before the decision finds that others have to help with food."""
    return dict(scores(life, step.since - BEFORE_VISIT, step.level))[COOKING] >= HELPED


def _why(life: Life, day: date, *, again: bool) -> str:
    known = {one.icpc: one.within for one in life.known(day - APPLIED)}
    ill = [known[code] for code in (*CANCERS, "P70", "K90", "K77", "R95", "L75", "T90") if code in known]
    lives = kin.lives(life.person, day)
    if ill:
        return f"{lives}, kjent med {' og '.join(ill[:2])}."
    worse = "Klarer mindre selv enn ved forrige vurdering." if again else "Ustø og sliten det siste året."
    return f"{lives}. {worse}"


def _given(life: Life, step: Step, *, alarm: bool, day_out: bool) -> None:
    if step.level is Level.PRACTICAL:
        with life.chart.labelled(PRACTICAL_HELP_ALONE):
            _cleaned(life, step)
            _cleaned_from_now(life, step)
    else:
        _cleaned_from_now(life, step)
    if day_out:
        day_centre.days(life, step)
    if step.level >= Level.SOME:
        home_care.visits(life, step)
    if alarm:
        alarms.pressed(life, step)


def _cleaned(life: Life, step: Step) -> None:
    for day in life.every(5, step.since, step.last(life.last)):
        hour = _cleaned_at(life)
        visit = life.meet(Service.HOME_CARE, "hjemmehjelp", day, way=Way.HOME, hour=hour, minutes=90)
        visit.note(
            (
                "Praktisk bistand",
                visit.say("Vasket bad og gulv, skiftet på sengen.", "Vaska bad og golv, skifta på senga."),
            )
        )


def _cleaned_from_now(life: Life, step: Step) -> None:
    """Told at the end: who is in a short stay today is known late."""
    label = life.chart.label

    def plan() -> None:
        with life.chart.labelled(label):
            will_be_cleaned(life, step.since)

    if step.until is None:
        life.at_the_end(plan)


def will_be_cleaned(life: Life, since: date) -> None:
    """The visits to come, every third week on the same day of the week."""
    first, asked = working_day(since), life.decline.applied_for_cleaning
    planned.visits(life, first, CLEANED, (_cleaned_at(life),), 90, "Praktisk bistand", asked=asked)


def _cleaned_at(life: Life) -> int:
    return 9 + life.person.number % 5


def _is_relieved(life: Life, step: Step) -> bool:
    """Whether somebody lives with one who forgets much, and needs to rest."""
    return (
        step.level is Level.MUCH
        and life.decline.mmse(step.since) < 22
        and life.person.has_partner(step.since)
        and life.person.number % 9 < 4
    )


def _waits(life: Life, step: Step) -> None:
    """Some of those who need most have applied for a nursing home, and wait (pbrl § 2-1 e)."""
    if step.level is not Level.MUCH or not life.chance.yes(0.12):
        return
    day = working_day(max(step.since, life.era.until - timedelta(days=life.chance.between(2, 26))))
    if life.records(day):
        office = life.services.unit(Service.ALLOCATION).reference
        together = life.person.has_partner(day)
        why = life.chance.pick([one for one in _NO_LONGER_SAFE if not (together and "alene" in one)])
        by, when = life.person.reference, at(day, life.chance.between(8, 14), life.chance.between(0, 59))
        asked = decisions.application(life.chart, LONG_STAY, when, by, office, why, None)
        tasks.task(life.chart, "Behandle søknad", asked, when, by, office)


_NO_LONGER_SAFE = (
    "Pårørende mener det ikke lenger er trygt hjemme.",
    "Hjelpen hjemme strekker ikke lenger til, heller ikke om natten.",
    "Redd for å være alene, spiser lite. Søker i samråd med pårørende.",
    "Har trengt mer og mer hjelp den siste tiden, også til å komme seg opp.",
)
