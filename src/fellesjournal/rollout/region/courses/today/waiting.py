"""Those who wait for a time: of the physiotherapist, the heart clinic, for day surgery, and in psychiatry.

About one of twenty waits for something at the specialist health service (Norsk pasientregister). These lists
are told, with about the share of them that each has, rounded. Who waits follows from the place on the GP's
list, so that in a small region there are some on each, with deadlines of all kinds.
"""

from datetime import timedelta
from typing import NamedTuple

from fellesjournal.rollout.region.chart import appointments
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.clinics import referred
from fellesjournal.rollout.region.courses.backs import BACK, NECK, SHOULDER
from fellesjournal.rollout.region.courses.everyday import SLEEP
from fellesjournal.rollout.region.courses.mood import ANXIETY, DEPRESSION
from fellesjournal.rollout.region.courses.today import slots
from fellesjournal.rollout.region.courses.today.expected import ANSWERS, HEART, PALPITATIONS
from fellesjournal.rollout.region.courses.today.shares import filled, served
from fellesjournal.rollout.region.kinds_of_visit import (
    DAY_SURGERY,
    FIRST_PHYSIO,
    FIRST_PSYCHIATRY,
    NEW,
    Kind,
)
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service

LEFT = (41, 10, -6, 12, 66, 5, 33)
"""Days until the deadline, in turn for those on a list: some near, one in seven passed."""
TREATED = timedelta(days=250)
"""For so long before today one may have been treated."""
SINCE = (25, 95)
"""Days for which one has waited, at least and at most."""
PRIORITIES, NOTICES = (5, 5, 5, 1, 9), (24, 48, 72, 168)
OLDEST = 85
OF_THE_HEART = HEART[:4]
"""ICPC-2 codes of illnesses of the heart itself; a high pressure is none."""
_LASTS = 200
"""Days for which there is something to be treated, of those who come by themselves."""


class List(NamedTuple):
    """The list of a service: for which visit, the real share of all who wait on it, how many are wanted in a
    small region, and for what, with what the GP writes. Whom nobody `refers` comes by themselves.
    """

    service: Service
    kind: Kind
    real: float
    wanted: int
    reasons: tuple[tuple[Problem, str], ...]
    refers: bool = True


def waits(life: Life) -> None:
    """On one list at most."""
    age = life.age(life.last)
    if life.person.died or life.person.place < 0 or not 18 <= age <= OLDEST:
        return
    if life.decline.lives_in(life.last) or life.days.outside(life.last) != life.last:
        return
    if life.decline.mmse(life.last) < ANSWERS:
        return
    for number, one in enumerate(LISTS):
        turn, rest = divmod(slots.number(life), _stride(life, one))
        if rest == number:
            if not _is_seen(life, one.service):
                _stands_on(life, one, turn)
            return


def _is_seen(life: Life, service: Service) -> bool:
    """Whether what one would wait for is known, or seen to already."""
    if service is Service.HEART_CLINIC:
        known = any(one.icpc in OF_THE_HEART for one in life.known(life.last))
        return known or slots.is_at_the_heart_clinic(life)
    return service is Service.PSYCHIATRY and _is_treated(life)


def _is_treated(life: Life) -> bool:
    """Whether the mind has been treated lately: then nobody is referred to the clinic anew."""
    low = life.episodes.lasts(DEPRESSION, life.last - TREATED, life.last)
    return low or life.episodes.near(ANXIETY, life.last, TREATED)


def _told_of(life: Life, one: List, turn: int) -> tuple[Problem, str]:
    """What one is referred for: nobody comes with fear as something new who is known with it, or takes
    tablets for it."""
    problem, text = one.reasons[turn % len(one.reasons)]
    known = life.has(ANXIETY) or any(
        life.taking("N06A", life.last - timedelta(days=back)) for back in (0, 100)
    )
    return one.reasons[(turn + 1) % len(one.reasons)] if problem is ANXIETY and known else (problem, text)


def _stride(life: Life, one: List) -> int:
    """Every how many'th of the places on the lists of GPs waits."""
    unit, municipal = life.services.unit(one.service), life.services.unit(Service.HOME_CARE)
    wanted = one.wanted / served(life, one.service) if filled(unit) or filled(municipal) else 0
    return max(len(LISTS), round(1 / max(one.real, wanted)))


def _stands_on(life: Life, one: List, turn: int) -> None:
    problem, text = _told_of(life, one, turn)
    day = life.era.until - timedelta(days=life.chance.between(*SINCE))
    known = life.episodes.near(problem, day)
    visit = life.gp(day, problem)
    if not visit.recorded or visit.day >= life.last:
        return
    unit, asked = life.services.unit(one.service), ""
    plan = f"Henvist til {unit.name}." if one.refers else f"Bestiller selv time hos {unit.name}."
    visit.note(("Aktuelt", text), ("Plan", plan))
    if not one.refers:
        if not known:
            life.episode(problem, visit, _LASTS)
    else:
        life.problem(problem, visit.day, visit=visit)
        asked = referred(life, visit, unit, problem, f"{text} Vurdering og behandling.", "active")
    appointments.waits(
        life.chart,
        visit.end,
        life.era.until + timedelta(days=LEFT[turn % len(LEFT)]),
        unit,
        problem,
        kind=one.kind,
        priority=life.chance.pick(PRIORITIES),
        notice=life.chance.pick(NOTICES),
        asked=asked,
    )


LISTS = (
    List(
        Service.HEART_CLINIC,
        NEW,
        0.002,
        7,
        (
            (
                PALPITATIONS,
                "Hjertebank i hvile, noen minutter av gangen. EKG normalt.",
            ),
            (Problem("Hjertesmerter", "K01", "R072"), "Stikk i brystet ved anstrengelse, ikke hver gang."),
            (
                Problem("Bilyd over hjertet", "K81", "R011"),
                "Systolisk bilyd grad 2, ikke hørt før. Ingen plager.",
            ),
        ),
    ),
    List(
        Service.PHYSIOTHERAPY,
        FIRST_PHYSIO,
        0.004,
        8,
        (
            (SHOULDER, "Vondt ved løft over skulderhøyde i tre måneder."),
            (BACK, "Stiv om morgenen, verre etter lang tid på stol."),
            (NECK, "Spent nakke og hodepine mot slutten av dagen."),
            (Problem("Knesmerter", "L15", "M255"), "Vondt i kneet i trapper. Ikke hevelse, stabilt."),
        ),
        refers=False,
    ),
    List(
        Service.OPERATING,
        DAY_SURGERY,
        0.004,
        7,
        (
            (Problem("Lyskebrokk", "D89", "K409"), "Kul i lysken som går inn i liggende. Murrer ved løft."),
            (Problem("Åreknuter", "K95", "I839"), "Tunge, verkende bein mot kvelden. Synlige åreknuter."),
            (
                Problem("Karpaltunnelsyndrom", "N93", "G560"),
                "Nummen i tre fingre om natten, skinne hjelper ikke.",
            ),
        ),
    ),
    List(
        Service.PSYCHIATRY,
        FIRST_PSYCHIATRY,
        0.002,
        8,
        (
            (
                ANXIETY,
                "Uro og bekymring hver dag i et halvt år. Selvhjelp har ikke vært nok. Ikke selvmordstanker.",
            ),
            (
                SLEEP,
                "Sover tre til fire timer, mareritt etter en ulykke. Ønsker samtaler.",
            ),
        ),
    ),
)
"""The first that fits is the one on which a citizen stands."""
