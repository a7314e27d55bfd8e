"""Vital signs of one who is ill: how far from the usual they are, how they return, and their NEWS2.

NEWS2 as the Royal College of Physicians published it (2017), in use in Norwegian hospitals; scale 1 for
oxygen, scale 2 for those who live with little.
"""

from bisect import bisect_right
from datetime import date, timedelta
from typing import NamedTuple

from fellesjournal.rollout.region.chart.measures import BREATHS, PULSE, SATURATION, TEMPERATURE
from fellesjournal.rollout.region.endings import EASED
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.visit import Visit
from fellesjournal.rollout.region.ward_rounds import LAST_DAY, Nurses, times


class Ill(NamedTuple):
    """How far from the usual each sign is at the worst."""

    pulse: float = 0
    breaths: float = 0
    saturation: float = 0
    temperature: float = 0
    systolic: float = 0
    halves: float = 30
    """Hours in which half of it passes."""
    confused: bool = False
    """Whether the citizen is newly confused, or does not wake, at the worst."""


class Signs(NamedTuple):
    """One set of vital signs as measured: whole numbers, temperature with one decimal."""

    pulse: int
    breaths: int
    saturation: int
    temperature: float
    systolic: int
    diastolic: int
    confused: bool = False


CONFUSED, CLEARS = 3, 0.4
"""Points for who is newly confused, and the share of the illness at which the mind is clear again."""
GRAVE = 5
"""Points from which on one is measured more often."""
FEVERLESS = 37.4
"""Degrees to which one has come down on the last day before one goes home."""
SCORED = 16
"""Age from which NEWS2 is made for (Royal College of Physicians, 2017)."""
SECOND = date(2018, 6, 1)
"""The day from which wards use it; before, the score of 2012, which has one scale for oxygen and no points
for who is awake and newly confused."""

_CHILDS = ((1, (58, 22)), (3, (42, 12)), (6, (30, 8)), (10, (18, 5)), (14, (8, 2)))
"""Below which age how many beats and breaths a minute more (Norsk barnelegeforening, akuttveileder)."""
_BREATHS = ((9, 12, 21, 25), (3, 1, 0, 2, 3))
_SATURATION = ((92, 94, 96), (3, 2, 1, 0))
_LOW_SATURATION = ((84, 86, 88), (3, 2, 1, 0))
_SYSTOLIC = ((91, 101, 111, 220), (3, 2, 1, 0, 3))
_PULSE = ((41, 51, 91, 111, 131), (3, 1, 0, 1, 2, 3))
_TEMPERATURE = ((35.1, 36.1, 38.1, 39.1), (3, 1, 0, 1, 2))


def news2(signs: Signs, *, retains: bool = False) -> int:
    """The score of one who breathes air; `retains` chooses the second scale for oxygen."""
    return sum(_parts(signs, retains=retains).values())


def scored(life: Life, signs: Signs, on: date) -> str:
    """The score as a note names it, of the day's version; "" of who is too young for it."""
    if life.age(on) < SCORED:
        return ""
    if on < SECOND:
        return f"NEWS-skår {news2(signs._replace(confused=False))}"
    return f"NEWS2 {news2(signs, retains=second_scale(life, on))}"


def _parts(signs: Signs, *, retains: bool) -> dict[str, int]:
    """The points of each part of the score, in the order of its chart."""
    return {
        "resp": _points(_BREATHS, signs.breaths),
        "spo2": _points(_LOW_SATURATION if retains else _SATURATION, signs.saturation),
        "oksygen": 0,
        "sys": _points(_SYSTOLIC, signs.systolic),
        "puls": _points(_PULSE, signs.pulse),
        "bevissthet": CONFUSED if signs.confused else 0,
        "temp": _points(_TEMPERATURE, signs.temperature),
    }


def signs(life: Life, on: date, ill: Ill, share: float = 1.0) -> Signs:
    """What is measured when this share of the illness is left."""
    body, draw = life.body, life.chance.normal
    faster, breathes = _of_age(life, on)
    return Signs(
        round(max(38, body.pulse + faster + share * ill.pulse + draw(4, 4))),
        round(max(8, 15 + breathes + share * ill.breaths + draw(0, 1.2))),
        round(min(100, max(70, body.saturation_on(on) + share * ill.saturation + draw(0, 0.8)))),
        round(36.8 + share * ill.temperature + draw(0, 0.25), 1),
        round(max(70, body.systolic(on) + share * ill.systolic + draw(0, 6))),
        round(max(40, body.diastolic(on) + share * ill.systolic / 2 + draw(0, 4))),
        ill.confused and share > CLEARS,
    )


def _of_age(life: Life, on: date) -> tuple[int, int]:
    """How much faster than a grown one's a child's heart and breath are."""
    years = life.age(on)
    return (0, 0) if years >= SCORED else next((more for until, more in _CHILDS if years < until), (0, 0))


def second_scale(life: Life, on: date) -> bool:
    """Whether the citizen lives with so little oxygen, or keeps so much carbon dioxide, that the second scale
    is used."""
    since = life.body.retains_since
    return (since is not None and since <= on) or life.body.saturation_on(on) < 93


def measured(life: Life, visit: Visit, signs: Signs, *, after: float = 0) -> None:
    """Write a set, `after` so many hours; of grown people whose stay goes on with its score."""
    if life.age(visit.day) >= SCORED and visit.end.date() >= life.era.until:
        second = second_scale(life, visit.day)
        visit.news2(_parts(signs, retains=second), f"SpO2-skala {1 + second}", after=after)
    visit.measure(PULSE, signs.pulse, after=after)
    visit.measure(BREATHS, signs.breaths, after=after)
    visit.measure(SATURATION, signs.saturation, after=after)
    visit.measure(TEMPERATURE, signs.temperature, after=after)
    visit.pressure(signs.systolic, signs.diastolic, after=after)


def rounds(
    life: Life, stay: Visit, ill: Ill, *, first: int = 0, dying: bool = False
) -> list[tuple[float, Signs]]:
    """What the ward's nurses measure on their rounds (ward_rounds.py), by hours after arrival, when NEWS2
    was `first`; of one who is `dying` not on the last days."""
    found: list[tuple[float, Signs]] = []
    if not stay.recorded or stay.unit.service is None:
        return found
    nurses, often = Nurses(life, stay), first >= GRAVE
    hours = (stay.end - stay.start).total_seconds() / 3600
    for at in times(life, stay, often=often):
        if dying and (stay.start + timedelta(hours=at)).date() > life.last - timedelta(days=EASED):
            break
        share = at / hours * 0.6 + 0.7 if dying else 0.5 ** (at / ill.halves)
        seen = signs(life, stay.day, ill, share)
        if not dying and not stay.goes_on and at > hours - LAST_DAY and seen.temperature > FEVERLESS:
            seen = seen._replace(temperature=36.9 + round(10 * seen.temperature) % 5 / 10)
        found.append((at, seen))
        measured(life, nurses.at(at), found[-1][1], after=at)
    return found


def _points(scale: tuple[tuple[float, ...], tuple[int, ...]], value: float) -> int:
    bounds, points = scale
    return points[bisect_right(bounds, value)]
