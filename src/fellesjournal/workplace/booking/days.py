"""The day as a table: rows of some minutes, columns of who is booked with. Pure.

A table, and not boxes laid over one another, so that it reads in order, prints, and needs no positions in
script or style. What overlaps in one column stands in one cell. Rows go by the clock on the wall.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from math import gcd
from typing import Any, NamedTuple

from fellesjournal.booking.free.availability import Hours, open_bits
from fellesjournal.booking.free.grid import NORWAY, Grid

STEPS, STEP, COARSE = (10, 15, 20, 30), 15, 30
"""Minutes of a row: one of STEPS that all visits are made of, else STEP; of a day with more than LONG minutes
the rows are COARSE.
"""
LONG = 12 * 60
EARLIEST, LATEST = 8 * 60, 16 * 60
"""What is shown at least, in minutes after midnight."""
_DAY = 24 * 60


class Item(NamedTuple):
    """What fills time in a column; `facts` is what its template is given."""

    start: datetime
    end: datetime
    facts: dict[str, Any]


class Span(NamedTuple):
    """What is shown of a day: so many rows of `step` minutes, the first so many minutes after midnight."""

    first: int
    rows: int
    step: int

    def moment(self, day: date, row: int) -> datetime:
        """When a row of a day begins, in Norway's time."""
        minutes = self.first + row * self.step
        return datetime.combine(
            day + timedelta(days=minutes // _DAY), time(minutes % _DAY // 60, minutes % 60), NORWAY
        )

    def row(self, day: date, at: datetime) -> int:
        """The row in which a moment is; of one before the first 0, after the last the number of rows."""
        return min(max((_minutes(day, at) - self.first) // self.step, 0), self.rows)

    def after(self, day: date, at: datetime) -> int:
        """The row that begins at a moment or next after it."""
        return min(max(-((self.first - _minutes(day, at)) // self.step), 0), self.rows)


class Cell(NamedTuple):
    """Some rows of a column: what stands in them, or that they are "free", "shut" or "taken" (`state`)."""

    row: int
    rows: int
    items: tuple[Item, ...]
    state: str
    start: datetime


def opened(hours: Sequence[Hours], grid: Grid) -> int:
    """The bits at which a calendar is open to some kind of visit."""
    return open_bits(tuple(line._replace(visits=()) for line in hours), grid, "", grid.first)


def span(
    days: Sequence[date],
    opening: Iterable[Sequence[Hours]],
    items: Iterable[Item],
    lengths: Iterable[int] = (),
) -> Span:
    """What is shown of some days: from the hour when the first opens, or has something, to the hour when the
    last is done. `lengths` are the minutes of the visits that are booked, so that rows begin where they do.
    """
    minutes = [EARLIEST, LATEST]
    for day in days:
        grid = Grid(day, 1)
        for hours in opening:
            if bits := opened(hours, grid):
                minutes += [_minutes(day, grid.moment((bits & -bits).bit_length() - 1))]
                minutes += [_minutes(day, grid.moment(bits.bit_length()))]
        for one in items:
            if one.start.date() <= day <= one.end.date():
                minutes += [max(_minutes(day, one.start), 0), min(_minutes(day, one.end), _DAY)]
    first, last = min(minutes) // 60 * 60, -(-max(minutes) // 60) * 60
    common = gcd(*lengths)
    step = COARSE if last - first > LONG else common if common in STEPS else STEP
    return Span(first, (last - first) // step, step)


def column(shown: Span, day: date, items: Iterable[Item], free: int, open_: int, grid: Grid) -> list[Cell]:
    """The cells of a column from above; `free` and `open_` are bits of `grid`. What ends within a row fills
    it, and what shares a row stands together.
    """

    def empty(first: int, before: int) -> list[Cell]:
        return [_empty(shown, day, row, free, open_, grid) for row in range(first, before)]

    cells: list[Cell] = []
    row = 0
    for begins, ends, some in _together(shown, day, items):
        cells += empty(row, begins)
        cells.append(Cell(begins, ends - begins, tuple(some), "taken", shown.moment(day, begins)))
        row = ends
    return cells + empty(row, shown.rows)


def _together(shown: Span, day: date, items: Iterable[Item]) -> list[tuple[int, int, list[Item]]]:
    found: list[tuple[int, int, list[Item]]] = []
    for one in sorted(items, key=lambda each: (each.start, each.end)):
        begins = min(shown.row(day, one.start), shown.rows - 1)
        ends = max(begins + 1, shown.after(day, one.end))
        if found and begins < found[-1][1]:
            first, last, some = found[-1]
            found[-1] = first, max(last, ends), [*some, one]
        else:
            found.append((begins, ends, [one]))
    return found


def _empty(shown: Span, day: date, row: int, free: int, open_: int, grid: Grid) -> Cell:
    start = shown.moment(day, row)
    wanted = grid.inside(start, shown.moment(day, row + 1))
    state = "free" if wanted and free & wanted == wanted else "taken" if open_ & wanted else "shut"
    return Cell(row, 1, (), state, start)


def runs(bits: int, grid: Grid) -> list[tuple[datetime, datetime]]:
    """The times that some bits stand for, one for each run of them."""
    found = []
    while bits:
        first = (bits & -bits).bit_length() - 1
        rest = bits >> first
        length = (rest ^ (rest + 1)).bit_length() - 1
        found.append((grid.moment(first), grid.moment(first + length)))
        bits = rest >> length << (first + length)
    return found


def _minutes(day: date, at: datetime) -> int:
    """Minutes after the midnight that begins a day, as the clock shows them."""
    local = at.astimezone(NORWAY)
    return (local.date() - day).days * _DAY + local.hour * 60 + local.minute
