"""Physiotherapy and occupational therapy: training after injury and illness, aids at home, and healthy
living.

About one of eleven sees a physiotherapist in a year (KUHR, Helsedirektoratet).
"""

from datetime import date, timedelta

from fellesjournal.rollout.region.chart.contacts import Way
from fellesjournal.rollout.region.chart.documents import Kind
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses.backs import BACK, NECK, SHOULDER, SPINE
from fellesjournal.rollout.region.courses.overweight import OVERWEIGHT
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.visit import Visit

LIFESTYLE = ("T90", "T82", "T83", "K86")
"""ICPC-2 codes of those whom the healthy-life centre is offered."""
TRAINS_ALONE = 20
"""Points of MMSE below which nobody is given exercises to do alone."""
BROKEN_HIP = "L75"
TRAINED = (BROKEN_HIP, "K90", "L89", "L90")


def trains(life: Life) -> None:
    """Courses of treatment, each of some visits and a summary."""
    for day in life.now_and_then(0.035, life.birthday(16)):
        problem = life.chance.pick((SHOULDER, BACK, NECK))
        same = SPINE if problem in SPINE else (problem,)
        if not life.body.is_mending(day) and not any(life.episodes.near(one, day) for one in same):
            _treated(life, day, problem, life.chance.between(3, 6))
    for stay, reasons in life.stays:
        wanted = [one for one in reasons if one.icpc in TRAINED]
        if wanted and life.chance.yes(0.75):
            _treated(life, stay.end.date() + timedelta(days=18), wanted[0], life.chance.between(4, 8))
            if life.age(stay.day) > 65 and life.chance.yes(0.6):
                _aids(life, stay.end.date() + timedelta(days=5), free=_walks_freely(life, stay, wanted[0]))
    ill = [one for one in life.known(life.last) if one.icpc in LIFESTYLE]
    if ill and life.chance.yes(0.08):
        since = max(life.era.since, life.first(ill[0]) or life.era.since)
        is_coached(life, life.chance.day(since, life.last), ill[0])


def _treated(life: Life, day: date, problem: Problem, times: int) -> None:
    if life.decline.lives_in(day) or not life.records(day) or life.decline.mmse(day) < TRAINS_ALONE:
        return
    for number in range(times):
        visit = life.meet(Service.PHYSIOTHERAPY, "fysioterapeut", day, problem, minutes=45)
        if number == 0 and problem in (SHOULDER, BACK, NECK):
            life.episode(problem, visit, 12)
        if number == 0:
            visit.note(
                ("Undersøkelse", f"{problem.text}. Mål: tilbake til vanlig aktivitet."),
                ("Tiltak", "Øvelser, veiledning."),
            )
        elif number == times - 1:
            visit.note(
                (
                    "Sammenfatning",
                    f"{times} behandlinger for {problem.within}. Klart bedre, fortsetter øvelser selv.",
                ),
                kind=Kind.PHYSIOTHERAPY,
            )
        day = max(day, visit.day) + timedelta(days=life.chance.between(6, 12))


def _walks_freely(life: Life, stay: Visit, problem: Problem) -> bool:
    """Who has had a light stroke goes home without a walker, and with a new joint on crutches: they are given
    none the week after."""
    badly = life.decline.disabled_since == stay.day or stay.reference in life.trains_until
    return problem.icpc != BROKEN_HIP and not badly


def _aids(life: Life, day: date, *, free: bool) -> None:
    if life.decline.lives_in(day):
        return
    visit = life.meet(Service.OCCUPATIONAL_THERAPY, "ergoterapeut", day, way=Way.HOME, minutes=60)
    lately = visit.start - _ON_LOAN
    needed = _NEEDS_NONE if free else _NEEDS_ONE

    def write() -> None:
        told = life.decline.walker_since
        walks = (told is not None and told < visit.day) or any(
            "llator" in text and when < lately
            for *_, when, sections in life.chart.notes
            for _, text in sections
        )
        visit.note(
            ("Hjemmebesøk", "Terskler, matter og bad sett på. Vanskelig å komme seg opp fra toalettet."),
            ("Tiltak", f"{_HAS_ONE if walks else needed} søkt fra hjelpemiddelsentralen."),
        )

    life.at_the_end(write)


_ON_LOAN = timedelta(days=45)
"""Before which one has a walker of one's own."""
_NEEDS_NONE = "Toalettforhøyer, dusjkrakk og håndtak"
_HAS_ONE, _NEEDS_ONE = f"Har rullator. {_NEEDS_NONE}", "Rullator, toalettforhøyer, dusjkrakk og håndtak"


def is_coached(life: Life, day: date, problem: Problem) -> None:
    """Three months at the healthy-life centre, from a day on, of who can see to that alone."""
    if life.decline.mmse(day) < SEES_TO_IT or life.decline.lives_in(day) or _expects_otherwise(life, day):
        return
    slim = problem is not OVERWEIGHT and _mass(life, day) < SLIM
    for number, said in enumerate(_OF_THE_SLIM if slim else _HEALTHY):
        visit = life.meet(
            Service.HEALTHY_LIVING, "fysioterapeut", day + timedelta(days=42 * number), problem, minutes=60
        )
        visit.note(("Frisklivssentralen", said))


def _expects_otherwise(life: Life, day: date) -> bool:
    """Whether somebody is with child, needs nurses at home, or dies, before it is over."""
    over = day + THREE_MONTHS
    dies = life.dying_since is not None and life.dying_since <= over
    helped = life.decline.is_helped(over, by_nurses=True)
    return dies or helped or any(since <= over and day <= until for since, until in life.pregnancies)


def _mass(life: Life, day: date) -> float:
    """Body mass index, kg/m2."""
    return life.body.weight(day) / (life.body.height(day) / 100) ** 2


THREE_MONTHS, SLIM = timedelta(days=100), 25
"""How long it goes on, and kg/m2 below which a grown citizen does not come to lose weight."""
SEES_TO_IT = 24
"""Points of MMSE below which nobody comes to a group twice a week alone."""
_HEALTHY = (
    "Helsesamtale. Vil ned i vekt og bli mer aktiv. Starter på gruppetrening to ganger i uken.",
    "Halvveis. Har møtt opp to av tre ganger. Går tur hver dag.",
    "Tre måneder. Bedre kondisjon, har fått venner i gruppa. Fortsetter på egen hånd.",
)
_OF_THE_SLIM = (
    "Helsesamtale. Vil bli mer aktiv. Starter på gruppetrening to ganger i uken.",
    *_HEALTHY[1:],
)
