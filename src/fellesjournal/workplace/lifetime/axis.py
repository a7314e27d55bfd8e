"""The axis of the years: those in which nothing begins or ends are drawn as wide as one. Pure."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

LEAST = 3
"""So many years after one another in which nothing begins or ends become one piece."""


class Piece(NamedTuple):
    """A year, or some years in which nothing begins or ends."""

    first: int
    last: int

    @property
    def is_gap(self) -> bool:
        """Whether it stands for several years."""
        return self.last > self.first

    @property
    def said(self) -> str:
        """Its years in full."""
        return f"{self.first}–{self.last}" if self.is_gap else str(self.first)


class Axis:
    """Where days are: 0 at the beginning of the first piece, 1000 at the end of the last."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        self.pieces = pieces
        self._x = [1000 * n / len(pieces) for n in range(len(pieces) + 1)]
        firsts = [one.first for one in pieces] + [pieces[-1].last + 1]
        self._begins = [date(year, 1, 1).toordinal() for year in firsts]

    @property
    def days(self) -> tuple[int, int]:
        """Its first day and the one after its last, as ordinals."""
        return self._begins[0], self._begins[-1]

    @property
    def gaps(self) -> list[tuple[float, float]]:
        """Where the pieces of several years are: from and how wide."""
        placed = zip(self.pieces, self._x, self._x[1:], strict=False)
        return [(round(x, 1), round(end - x, 1)) for one, x, end in placed if one.is_gap]

    def place(self, day: int) -> float:
        """Where a day (ordinal) is, held to the two ends."""
        begins, ends = self.days
        day = min(max(day, begins), ends)
        at = min(bisect_right(self._begins, day), len(self.pieces)) - 1
        share = (day - self._begins[at]) / (self._begins[at + 1] - self._begins[at])
        return self._x[at] + share * (self._x[at + 1] - self._x[at])


def axis(years: range, told: Collection[int]) -> Axis:
    """The axis of some years: something begins or ends in those in `told`. Every year stands by itself
    where none has."""
    if not any(year in told for year in years):
        return Axis([Piece(year, year) for year in years])
    pieces: list[Piece] = []
    for is_told, run in groupby(years, key=lambda year: year in told):
        some = list(run)
        if is_told or len(some) < LEAST:
            pieces += [Piece(year, year) for year in some]
        else:
            pieces.append(Piece(some[0], some[-1]))
    return Axis(pieces)
