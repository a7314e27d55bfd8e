"""A series of values as a drawing: places in a picture 640 wide and 160 high."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from fellesjournal.ui.norwegian import along

WIDTH, HEIGHT, EDGE = 640.0, 160.0, 8.0
MARKS = 5
"""Dates along the axis."""


class Drawing(NamedTuple):
    """Where the values and the band of reference values are; `top` and `bottom` are the values at the edges.

    `band` is (y, height), or None where there is no reference.
    """

    places: tuple[tuple[float, float], ...]
    band: tuple[float, float] | None
    top: float
    bottom: float
    dates: tuple[str, ...]
    """At MARKS places from its first value to its last, as far from each other in time."""

    @property
    def line(self) -> str:
        """The points of an SVG polyline."""
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in self.places)

    @property
    def marks(self) -> list[float]:
        """Where the dates are along the axis."""
        return [round(EDGE + (WIDTH - 2 * EDGE) * place / (MARKS - 1), 1) for place in range(MARKS)]


def drawn(
    values: Sequence[tuple[datetime, float]], low: float | None = None, high: float | None = None
) -> Drawing | None:
    """The drawing of values in the order of time; None where fewer than two make no line."""
    if len(values) < 2:
        return None
    numbers = [number for _, number in values]
    seen = [*numbers, *(bound for bound in (low, high) if bound is not None)]
    bottom, top = min(seen), max(seen)
    begin, span = values[0][0], (values[-1][0] - values[0][0]).total_seconds() or 1.0
    scale = (HEIGHT - 2 * EDGE) / ((top - bottom) or 1.0)

    def height(number: float) -> float:
        return HEIGHT - EDGE - (number - bottom) * scale

    places = tuple(
        (EDGE + (WIDTH - 2 * EDGE) * (when - begin).total_seconds() / span, height(number))
        for when, number in values
    )
    band = None
    if low is not None or high is not None:
        upper = height(high) if high is not None else 0.0
        lower = height(low) if low is not None else HEIGHT
        band = (upper, max(0.0, lower - upper))
    return Drawing(places, band, top, bottom, along(begin, values[-1][0], MARKS))
