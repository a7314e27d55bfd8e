"""The axis of time: years, of which those in which nothing begins or ends are drawn as wide as one; within a
year months, and within a month days. Pure."""

from bisect import bisect_right
from collections.abc import Collection, Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

LEAST = 3
"""So many years after one another in which nothing begins or ends become one piece."""
_LONG_MONTH = 31


class Piece(NamedTuple):
    """A year, a month or a day, or some years in which nothing begins or ends: its first day, and how it is
    called."""

    first: date
    said: str
    is_gap: bool = False


class Axis:
    """Where days are: 0 at the beginning of the first piece, 1000 at the end of the last, which is `last`."""

    def __init__(self, pieces: Sequence[Piece], last: date) -> None:
        self.pieces = pieces
        self._x = [1000 * n / len(pieces) for n in range(len(pieces) + 1)]
        self._begins = [one.first.toordinal() for one in pieces] + [last.toordinal() + 1]

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
    pieces: list[Piece] = []
    is_empty = not any(year in told for year in years)
    for is_told, run in groupby(years, key=lambda year: year in told):
        some = list(run)
        if is_told or is_empty or len(some) < LEAST:
            pieces += [Piece(date(year, 1, 1), str(year)) for year in some]
        else:
            pieces.append(Piece(date(some[0], 1, 1), f"{some[0]}–{some[-1]}", is_gap=True))
    return Axis(pieces, date(years[-1], 12, 31))


def near(first: date, last: date) -> Axis:
    """The axis of a year or less: its months, or the days of a single one."""
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    if len(days) <= _LONG_MONTH:
        return Axis([Piece(day, f"{day:%d.%m.}") for day in days], last)
    return Axis([Piece(day, f"{day:%m.%Y}") for day in days if day.day == 1], last)
