"""A series that is looked for: the same people every so many weeks, at the same hour where it can be. Pure.

Each who could come is tried with each hour of the first weeks. The proposal with most times at the very hour
comes first; a time that does not fit is the nearest of the same people that day, else that week, and one for
which there is none is told of. What is beyond the grid stands at the hour, and is left to the guard.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice, product
from typing import NamedTuple

from fellesjournal.booking.free.finding import Free, Need
from fellesjournal.booking.free.grid import NORWAY, QUANTUM, Grid, midnight, shifted
from fellesjournal.booking.free.lanes import fits
from fellesjournal.booking.free.series import Rhythm, starts

MOST_TOGETHER = 24
"""Who could come together, that are tried."""
_DAY = timedelta(days=1) // QUANTUM
_QUARTER = timedelta(minutes=15) // QUANTUM


class Often(NamedTuple):
    """So many times, so many weeks apart, on the day of the week of the first."""

    times: int
    weeks: int = 1

    def starts(self, first: datetime) -> list[datetime]:
        """See series.starts."""
        return starts(first, Rhythm(self.times, (first.astimezone(NORWAY).weekday(),), self.weeks))


class Time(NamedTuple):
    """One time of a series: when it should be, and when it can be (None: never that week)."""

    wanted: datetime
    start: datetime | None

    @property
    def differs(self) -> bool:
        """Whether it is at another time than the others."""
        return self.start != self.wanted


class Plan(NamedTuple):
    """A whole series that could be booked: who comes for each need, and every time."""

    who: tuple[str, ...]
    times: tuple[Time, ...]

    @property
    def starts(self) -> list[datetime]:
        """Those that there are."""
        return [one.start for one in self.times if one.start is not None]


class _Tried(NamedTuple):
    same: int
    bit: int
    order: int
    when: Sequence[datetime]


def plans(
    free: Free, needs: Sequence[Need], grid: Grid, often: Often, within: int, count: int = 3
) -> list[Plan]:
    """At most `count` series whose first time lies in the bits `within`, each on another day.

    Raises Invalid for how often when that is never (see series.starts).
    """
    together = [(who, _able(free, needs, who)) for who in _who(needs)]
    firsts = [bits & within for _, bits in together]
    earliest = min((_lowest(bits) for bits in firsts if bits), default=None)
    if earliest is None:
        return []
    ahead = within & ((1 << 7 * often.weeks * _DAY) - 1) << earliest
    series: dict[int, list[datetime]] = {}
    tried = [
        _tried(together[order][1], bit, order, series, grid, often)
        for order, bits in enumerate(firsts)
        for bit in _candidates(bits & ahead)
    ]
    best = sorted(tried, key=lambda one: (-one.same, one.bit, one.order))
    chosen = islice(_apart(best, grid), count)
    return [Plan(together[one.order][0], _times(together[one.order][1], one.when, grid)) for one in chosen]


def following(free: Free, needs: Sequence[Need], grid: Grid, often: Often, first: datetime) -> Plan:
    """The series of the first of each pool from a time that is booked already, that one included: it counts
    as it is. Raises as `plans`.
    """
    who = tuple(need.pool[0] for need in needs)
    rest = _times(_able(free, needs, who), often.starts(first)[1:], grid)
    return Plan(who, (Time(first, first), *rest))


def _who(needs: Sequence[Need]) -> Iterator[tuple[str, ...]]:
    found = (who for who in product(*(need.pool for need in needs)) if len(set(who)) == len(who))
    return islice(found, MOST_TOGETHER)


def _able(free: Free, needs: Sequence[Need], who: Sequence[str]) -> int:
    """The bits at which these can begin together."""
    able = -1
    for need, one in zip(needs, who, strict=True):
        able &= shifted(fits(free.get(one, ()), need.length), need.offset)
    return able


def _candidates(bits: int) -> Iterator[int]:
    """On the quarters of an hour; elsewhere only where there is no such time."""
    found = list(_each(bits))
    yield from [bit for bit in found if bit % _QUARTER == 0] or found


def _each(bits: int) -> Iterator[int]:
    while bits:
        yield _lowest(bits)
        bits &= bits - 1


def _tried(
    able: int, bit: int, order: int, series: dict[int, list[datetime]], grid: Grid, often: Often
) -> _Tried:
    if bit not in series:
        series[bit] = often.starts(grid.moment(bit))
    when = series[bit]
    same = sum(_is_able(able, _bit(grid, one), grid) for one in when)
    return _Tried(same, bit, order, when)


def _apart(best: Sequence[_Tried], grid: Grid) -> Iterator[_Tried]:
    seen = set()
    for one in best:
        day = grid.moment(one.bit).date()
        if day not in seen:
            seen.add(day)
            yield one


def _times(able: int, when: Sequence[datetime], grid: Grid) -> tuple[Time, ...]:
    found = []
    for one in when:
        if _is_able(able, _bit(grid, one), grid):
            found.append(Time(one, one))
            continue
        day = one.astimezone(NORWAY).date()
        monday = day - timedelta(days=day.weekday())
        near = _nearest(able, one, grid, midnight(day), midnight(day + timedelta(days=1)))
        week = midnight(monday), midnight(monday + timedelta(days=7))
        found.append(Time(one, near or _nearest(able, one, grid, *week)))
    return tuple(found)


def _nearest(able: int, wanted: datetime, grid: Grid, start: datetime, end: datetime) -> datetime | None:
    bit, bits = _bit(grid, wanted), able & grid.inside(start, end)
    near = [_lowest(rest) + bit] if (rest := bits >> bit) else []
    near += [before.bit_length() - 1] if (before := bits & ((1 << bit) - 1)) else []
    return grid.moment(min(near, key=lambda one: (abs(one - bit), one))) if near else None


def _is_able(able: int, bit: int, grid: Grid) -> bool:
    """Whether they can; what is beyond the grid is not known, and counts."""
    return bit >= grid.length or bool(able >> bit & 1)


def _bit(grid: Grid, moment: datetime) -> int:
    return (moment - grid.origin) // QUANTUM


def _lowest(bits: int) -> int:
    return (bits & -bits).bit_length() - 1
