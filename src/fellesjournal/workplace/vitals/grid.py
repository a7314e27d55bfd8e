"""The sets that have been taken, as columns of the grid, and each sign over time as a small drawing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import NamedTuple

from fellesjournal.access.journal import Question
from fellesjournal.ui import naming
from fellesjournal.ui.norwegian import between, moment_of
from fellesjournal.workplace.asking import of
from fellesjournal.workplace.desk import Json
from fellesjournal.workplace.vitals import doubts, rules
from fellesjournal.workplace.vitals.rules import Scale
from fellesjournal.workplace.vitals.signs import (
    BY_CODE,
    BY_LEVEL,
    CONSCIOUSNESS_SCALE,
    LOINC,
    NEWS2,
    ON_OXYGEN,
    OWN,
    OXYGEN_CODE,
    PEVS,
    PRESSURE,
    SIGNS,
    SNOMED,
    can_be,
    is_unlikely,
)

MOST, COLUMNS = 120, 4
WINDOW = timedelta(days=3)
"""Before the newest set: what a drawing shows, so that what is near is not pressed together by what is
far."""
FEW = 12
"""Sets that are drawn where the window has fewer than two."""
CODES = ",".join(
    [
        *(f"{LOINC}|{code}" for code in (PRESSURE, *(one.code for one in SIGNS))),
        f"{SNOMED}|{CONSCIOUSNESS_SCALE}",
        f"{SNOMED}|{NEWS2}",
        f"{OWN}|{OXYGEN_CODE}",
        f"{OWN}|{PEVS}",
    ]
)
WIDTH, HEIGHT, EDGE = 160.0, 36.0, 4.0


class Cell(NamedTuple):
    """One value: which observation it is of, as it is read, as a number where it is one, whether it is
    hard to believe, and whether it can be true at all."""

    id: str
    text: str
    number: float | None = None
    odd: bool = False
    possible: bool = True


class Column(NamedTuple):
    """One set: everything with the same time, by field. "news" or "pevs" is its score."""

    when: str
    moment: datetime | None
    cells: Mapping[str, Cell]

    @property
    def oxygen(self) -> bool:
        """Whether oxygen was given."""
        return self.cells.get("oksygen", Cell("", "")).number == 1

    @property
    def odd(self) -> bool:
        """Whether a value of the set is hard to believe, so that its score is too."""
        return any(cell.odd for cell in self.cells.values())

    def points(self, field: str, scale: Scale | None) -> int | None:
        """The points of a value; None of one that has none, and without a scale."""
        cell = self.cells.get(field)
        steps = rules.steps(field, scale, oxygen=self.oxygen) if scale else ()
        if cell is None or cell.number is None or not cell.possible or not steps:
            return None
        return rules.points_of(cell.number, steps)


class Drawing(NamedTuple):
    """A sign over time, in a picture WIDTH by HEIGHT: dots (x, y, points) and bands (y, height, points), and
    from when to when it is."""

    dots: Sequence[tuple[float, float, int]]
    bands: Sequence[tuple[float, float, int]]
    dates: str

    @property
    def line(self) -> str:
        """The points of an SVG polyline."""
        return " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in self.dots)

    @property
    def marks(self) -> Mapping[int, str]:
        """The dots of each number of points as one SVG path: lines of no length, drawn with round ends."""
        found: dict[int, str] = {}
        for x, y, points in self.dots:
            found[points] = f"{found.get(points, '')}M{x:.1f} {y:.1f}h0"
        return found

    @property
    def stripes(self) -> Mapping[int, str]:
        """The bands of each number of points as one SVG path."""
        found: dict[int, str] = {}
        for y, height, points in self.bands:
            found[points] = f"{found.get(points, '')}M0 {y:.1f}H{WIDTH:g}v{height:.1f}H0z"
        return found


def asked(id: str) -> Question:
    """The search for the sets of a citizen."""
    return of(id, "Observation", code=CODES, _sort="-date", _count=str(MOST))


def columns(found: Iterable[Json]) -> list[Column]:
    """What was found as sets, newest first, without what has been marked as entered in error."""
    sets: dict[str, dict[str, Cell]] = {}
    for one in found:
        if one["status"] != "entered-in-error":
            cells = sets.setdefault(naming.when(one), {})
            for field, cell in _cells(one):
                cells.setdefault(field, cell)
    return [Column(when, moment_of(when), cells) for when, cells in sets.items()]


def newest(columns: Iterable[Column]) -> dict[str, tuple[Cell, str]]:
    """The last value of each field that can be true, with its time."""
    found: dict[str, tuple[Cell, str]] = {}
    for column in columns:
        for field, cell in column.cells.items():
            if cell.possible:
                found.setdefault(field, (cell, column.when))
    return found


def drawing(columns: Sequence[Column], field: str, scale: Scale | None) -> Drawing | None:
    """A sign over the days before its newest value, with the bands of a scale; None with fewer than two
    values."""
    known = [
        (column.moment, cell.number, column)
        for column in reversed(columns)
        if (cell := column.cells.get(field)) and cell.number is not None and cell.possible and column.moment
    ]
    if len(known) < 2:
        return None
    near = [one for one in known if one[0] > known[-1][0] - WINDOW]
    taken = near if len(near) > 1 else known[-FEW:]
    seen = [(when, value, column.points(field, scale) or 0) for when, value, column in taken]
    low, high = min(value for _, value, _ in seen), max(value for _, value, _ in seen)
    room = (high - low) * 0.15 or 1.0
    low, high = low - room, high + room

    def height(value: float) -> float:
        return EDGE + (HEIGHT - 2 * EDGE) * (high - min(max(value, low), high)) / (high - low)

    steps = rules.steps(field, scale, oxygen=columns[0].oxygen) if scale else ()
    dots = [(x, height(value), points) for x, value, points in _along(seen)]
    return Drawing(dots, _bands(steps, low, high, height), between(seen[0][0], seen[-1][0]))


def _along(seen: Sequence[tuple[datetime, float, int]]) -> list[tuple[float, float, int]]:
    """The values with their place from left to right."""
    begin = seen[0][0]
    span = (seen[-1][0] - begin).total_seconds() or 1.0
    return [
        (EDGE + (WIDTH - 2 * EDGE) * (when - begin).total_seconds() / span, value, points)
        for when, value, points in seen
    ]


def _bands(
    steps: rules.Steps, low: float, high: float, height: Callable[[float], float]
) -> list[tuple[float, float, int]]:
    """The bands of points that the picture reaches into, from the lowest values up."""
    found, bottom = [], low
    for top, points in steps:
        if top > bottom and bottom < high:
            upper = height(min(top, high))
            found.append((upper, height(bottom) - upper, points))
            bottom = min(top, high)
    return found


def _cells(observation: Json) -> Iterable[tuple[str, Cell]]:
    """What an observation puts into the grid."""
    for code in naming.coded_as(observation["code"]):
        if read := _READ.get(code):
            yield from read(observation)
            return
    for part in (observation, *observation.get("component", ())):
        value = part.get("valueQuantity", {}).get("value")
        sign = next((BY_CODE[code] for code in naming.coded_as(part["code"]) if code in BY_CODE), None)
        if sign and value is not None:
            number = float(value)
            odd = is_unlikely(sign.field, number) or doubts.is_turned(observation)
            yield sign.field, Cell(observation["id"], str(value), number, odd, can_be(sign.field, number))


def _oxygen(observation: Json) -> Iterable[tuple[str, Cell]]:
    value = observation.get("valueCodeableConcept", {})
    is_given = float(ON_OXYGEN in naming.coded_as(value))
    yield "oksygen", Cell(observation["id"], naming.concept(value), is_given, doubts.is_odd(observation))


def _level(observation: Json) -> Iterable[tuple[str, Cell]]:
    value = observation.get("valueCodeableConcept", {})
    letter = next((BY_LEVEL[code] for code in naming.coded_as(value) if code in BY_LEVEL), "")
    yield "bevissthet", Cell(observation["id"], letter or naming.concept(value))


def _sum(field: str, observation: Json) -> Iterable[tuple[str, Cell]]:
    value = observation.get("valueInteger")
    if value is not None:
        yield field, Cell(observation["id"], str(value), float(value))


_READ: Mapping[str, Callable[[Json], Iterable[tuple[str, Cell]]]] = {
    OXYGEN_CODE: _oxygen,
    CONSCIOUSNESS_SCALE: _level,
    NEWS2: partial(_sum, "news"),
    PEVS: partial(_sum, "pevs"),
}
