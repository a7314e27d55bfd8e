"""The first times at which all who are needed are free at once. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import and_
from typing import NamedTuple

from fellesjournal.booking.free.grid import shifted
from fellesjournal.booking.free.lanes import fits

Free = Mapping[str, Sequence[int]]
"""The free bits of each calendar: one number for each that it serves at once."""


class Need(NamedTuple):
    """One who is needed: any of a pool, the preferred first, for so many bits, and so many bits after the
    beginning of the whole (before it: less than 0).
    """

    pool: Sequence[str]
    length: int
    offset: int = 0


class Offer(NamedTuple):
    """A time, by the bit that it begins with, and who would come for each need."""

    start: int
    chosen: tuple[str, ...]


class Alone(NamedTuple):
    """When one need could be met if it were the only one; None: never in these days."""

    need: Need
    start: int | None


class Found(NamedTuple):
    """Offers, the earliest first; and each need by itself: all the others wait for the latest of them."""

    offers: list[Offer]
    alone: list[Alone]


def find(free: Free, needs: Sequence[Need], within: int, count: int = 3) -> Found:
    """The first times among the bits `within`, at most `count`."""
    each = [_starts(free, need) & within for need in needs]
    offers: list[Offer] = []
    starts = reduce(and_, each, within)
    while starts and len(offers) < count:
        bit = starts & -starts
        start = bit.bit_length() - 1
        chosen = _choose(free, needs, start)
        if chosen is not None:
            offers.append(Offer(start, chosen))
        starts ^= bit
    return Found(offers, [Alone(need, _lowest(one)) for need, one in zip(needs, each, strict=True)])


def _starts(free: Free, need: Need) -> int:
    """Where the whole may begin, as far as one need goes: where any of its pool has the time."""
    found = 0
    for one in need.pool:
        found |= fits(free.get(one, ()), need.length)
    return shifted(found, need.offset)


def _choose(free: Free, needs: Sequence[Need], start: int) -> tuple[str, ...] | None:
    """Somebody for each need, nobody for two at once; None when there are too few."""
    wanted = [(start + need.offset, need.length) for need in needs]
    able = [_Able(free, need.pool, *times) for need, times in zip(needs, wanted, strict=True)]
    return next(_assigned(able, wanted, ()), None)


def _assigned(
    able: Sequence["_Able"], wanted: Sequence[tuple[int, int]], chosen: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    place = len(chosen)
    if place == len(able):
        yield chosen
        return
    begin, length = wanted[place]
    for one in able[place]:
        clash = any(
            one == other and begin < at + long and at < begin + length
            for other, (at, long) in zip(chosen, wanted, strict=False)
        )
        if not clash:
            yield from _assigned(able, wanted, (*chosen, one))


class _Able:
    """Those of a pool who are free at a time, looked for one by one."""

    def __init__(self, free: Free, pool: Sequence[str], begin: int, length: int) -> None:
        self._free, self._pool, self._begin, self._length = free, pool, begin, length

    def __iter__(self) -> Iterator[str]:
        for one in self._pool:
            if fits(self._free.get(one, ()), self._length) >> self._begin & 1:
                yield one


def _lowest(bits: int) -> int | None:
    return (bits & -bits).bit_length() - 1 if bits else None
