"""A child's body mass against the limits for overweight at its age, and what is written of it.

The limits are iso-BMI 25 and 30 of Cole and others (BMJ 2000; 320: 1240), which Helsedirektoratet's
guideline on weighing and measuring uses: by half years, and by a straight line between them.
"""

from datetime import date

from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.people import Person

OVERWEIGHT = Problem("Overvekt hos barn", "T83", "E669")
_BOYS = (
    *(18.41, 18.13, 17.89, 17.69, 17.55, 17.47, 17.42, 17.45, 17.55, 17.71, 17.92),
    *(18.16, 18.44, 18.76, 19.10, 19.46, 19.84, 20.20, 20.55, 20.89, 21.22, 21.56),
    *(21.91, 22.27, 22.62, 22.96, 23.29, 23.60, 23.90, 24.19, 24.46, 24.73, 25.0),
)
_GIRLS = (
    *(18.02, 17.76, 17.56, 17.40, 17.28, 17.19, 17.15, 17.20, 17.34, 17.53, 17.75),
    *(18.03, 18.35, 18.69, 19.07, 19.45, 19.86, 20.29, 20.74, 21.20, 21.68, 22.14),
    *(22.58, 22.98, 23.34, 23.66, 23.94, 24.17, 24.37, 24.54, 24.70, 24.85, 25.0),
)
_HEAVIER_BOYS = (
    *(20.09, 19.80, 19.57, 19.39, 19.29, 19.26, 19.30, 19.47, 19.78, 20.23, 20.63),
    *(21.09, 21.60, 22.17, 22.77, 23.39, 24.00, 24.57, 25.10, 25.58, 26.02, 26.43),
    *(26.84, 27.25, 27.63, 27.98, 28.30, 28.60, 28.88, 29.14, 29.41, 29.70, 30.0),
)
_HEAVIER_GIRLS = (
    *(19.81, 19.55, 19.36, 19.23, 19.15, 19.12, 19.17, 19.34, 19.65, 20.08, 20.51),
    *(21.01, 21.57, 22.18, 22.81, 23.46, 24.11, 24.77, 25.42, 26.05, 26.67, 27.24),
    *(27.76, 28.20, 28.57, 28.87, 29.11, 29.29, 29.43, 29.56, 29.69, 29.84, 30.0),
)
"""kg/m2 at each half year from two to eighteen."""
_YOUNGEST, _A_YEAR = 2, 2


def limit(child: Person, on: date) -> float:
    """kg/m2 above which a child of that age is overweight."""
    return _at(_GIRLS if child.is_woman else _BOYS, child, on)


def upper_limit(child: Person, on: date) -> float:
    """kg/m2 above which it is so heavy that the guideline calls it obesity."""
    return _at(_HEAVIER_GIRLS if child.is_woman else _HEAVIER_BOYS, child, on)


def above(*, far: bool, still: bool) -> str:
    """What is said of a body mass index above the limit, `far` above the upper one; `still` as before."""
    return ((ABOVE, STILL_ABOVE), (FAR_ABOVE, STILL_FAR_ABOVE))[far][still]


def _at(line: tuple[float, ...], child: Person, on: date) -> float:
    place = max(0.0, ((on - child.born).days / 365.25 - _YOUNGEST) * _A_YEAR)
    before = min(int(place), len(line) - 1)
    after = line[min(before + 1, len(line) - 1)]
    return line[before] + (place - before) * (after - line[before])


def index(mass: float, found: str) -> tuple[str, str]:
    """The section of a note that tells a body mass index (kg/m2), and where it stands."""
    return "Vekst", f"KMI {mass:.1f}".replace(".", ",") + f", {found}"


ABOVE, STILL_ABOVE, AT_THE_LIMIT, BELOW = (
    "over grensen for overvekt for alderen.",
    "over grensen for overvekt for alderen, som før.",
    "rett under grensen for overvekt i dag.",
    "nå under grensen for overvekt for alderen.",
)
FAR_ABOVE, STILL_FAR_ABOVE = (
    "over grensen for fedme for alderen.",
    "over grensen for fedme for alderen, som før.",
)
