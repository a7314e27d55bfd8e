"""NEWS2: points, sum, and how it is answered. True without a computer.

Source: Royal College of Physicians, National Early Warning Score (NEWS) 2, London 2017: chart 1 (points),
chart 2 (thresholds) and chart 4 (response). Helsedirektoratet's advice on early discovery of deterioration
names it as the tool (Tidlig oppdagelse og rask respons ved forverret somatisk tilstand, chapter on routines
of observation). It is for people of 16 years and older who are not pregnant.

Children are scored with PEVS: see pevs.py.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

ADULT_FROM = 16
"""Years of age from which NEWS2 is used."""
OXYGEN, CONSCIOUSNESS = "oksygen", "bevissthet"
PARAMETERS = ("resp", "spo2", OXYGEN, "sys", "puls", CONSCIOUSNESS, "temp")
"""What a whole set is, in the order of the chart."""
ACVPU = "ACVPU"
"""Alert, new confusion, responds to voice, to pain, unresponsive."""

Scale = Literal[1, 2]
"""Of saturation: 1 for most; 2 for those with hypercapnic respiratory failure whose target is 88-92 %."""
Band = Literal["none", "low", "single", "medium", "high"]
"""What is answered to: nothing, 1-4, a single 3, 5-6, 7 and more."""
Steps = tuple[tuple[float, int], ...]

STEPS: Mapping[str, Steps] = {
    "resp": ((8, 3), (11, 1), (20, 0), (24, 2), (999, 3)),
    "spo2": ((91, 3), (93, 2), (95, 1), (999, 0)),
    "sys": ((90, 3), (100, 2), (110, 1), (219, 0), (999, 3)),
    "puls": ((40, 3), (50, 1), (90, 0), (110, 1), (130, 2), (999, 3)),
    "temp": ((35.0, 3), (36.0, 1), (38.0, 0), (39.0, 1), (999, 2)),
}
"""Up to and including a value: so many points. A value between two rows of the chart is of the later one."""
ON_AIR: Steps = ((83, 3), (85, 2), (87, 1), (999, 0))
ON_OXYGEN: Steps = ((83, 3), (85, 2), (87, 1), (92, 0), (94, 1), (96, 2), (999, 3))
"""Scale 2: above 92 % it is the oxygen that is too much."""


class Taken(NamedTuple):
    """One set as it was taken. `oxygen` and `consciousness` ("A", "C", "V", "P", "U") are None and "" where
    they are not known."""

    values: Mapping[str, float]
    oxygen: bool | None = None
    consciousness: str = ""
    scale: Scale = 1


class Score(NamedTuple):
    """The points of what is known; `lacking` is what a whole set needs besides."""

    points: Mapping[str, int]
    lacking: tuple[str, ...]

    @property
    def least(self) -> int:
        """The sum of what is known: what is lacking can only add to it."""
        return sum(self.points.values())

    @property
    def total(self) -> int | None:
        """The score; None while something is lacking."""
        return None if self.lacking else self.least

    @property
    def band(self) -> Band:
        """What the sum so far is answered with; of a set that is not whole, at least that."""
        if self.least >= 7:
            return "high"
        if self.least >= 5:
            return "medium"
        if 3 in self.points.values():
            return "single"
        return "low" if self.least else "none"


def score(taken: Taken) -> Score:
    """The points of a set, from its own values alone."""
    found = {name: _points(taken, name) for name in PARAMETERS}
    known = {name: points for name, points in found.items() if points is not None}
    return Score(known, tuple(name for name in PARAMETERS if found[name] is None))


def steps(name: str, scale: Scale, *, oxygen: bool) -> Steps:
    """The steps of a parameter that is a number; none of one that has no points, such as diastolic
    pressure."""
    if name == "spo2" and scale == 2:
        return ON_OXYGEN if oxygen else ON_AIR
    return STEPS.get(name, ())


def _points(taken: Taken, name: str) -> int | None:
    if name == OXYGEN:
        return None if taken.oxygen is None else 2 if taken.oxygen else 0
    if name == CONSCIOUSNESS:
        return None if not taken.consciousness else 0 if taken.consciousness == "A" else 3
    if name not in taken.values:
        return None
    value = taken.values[name]
    if name == "spo2" and taken.scale == 2 and value > 92 and taken.oxygen is None:
        return None  # too much, or well: the oxygen decides
    return points_of(value, steps(name, taken.scale, oxygen=bool(taken.oxygen)))


def points_of(value: float, steps: Steps) -> int:
    """The points of a value; above the last step, where only an error of typing is, those of the last."""
    return next((points for top, points in steps if value <= top), steps[-1][1])
