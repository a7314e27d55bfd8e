"""The first times at which all who are needed are free at once. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from functools import reduce
from operator import and_
from typing import NamedTuple

from fellesjournal.booking.free.grid import shifted
from fellesjournal.booking.free.lanes import PoolFits, pool_fits

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
    able = [pool_fits(free, need.pool, need.length) for need in needs]
    each = [shifted(one.any, need.offset) & within for one, need in zip(able, needs, strict=True)]
    offers: list[Offer] = []
    starts = reduce(and_, each, within)
    while starts and len(offers) < count:
        bit = starts & -starts
        start = bit.bit_length() - 1
        chosen = _choose(able, needs, start)
        if chosen is not None:
            offers.append(Offer(start, chosen))
        starts ^= bit
    return Found(offers, [Alone(need, _lowest(one)) for need, one in zip(needs, each, strict=True)])


def _choose(able: Sequence[PoolFits], needs: Sequence[Need], start: int) -> tuple[str, ...] | None:
    """Somebody for each need, nobody for two at once; None when there are too few."""
    bits = [1 << start + need.offset for need in needs]
    first = tuple(next(_who(*each)) for each in zip(needs, able, bits, strict=True))
    if len(set(first)) == len(first):
        return first
    return next(_assigned(able, needs, bits, ()), None)


def _assigned(
    able: Sequence[PoolFits], needs: Sequence[Need], bits: Sequence[int], chosen: tuple[str, ...]
) -> Iterator[tuple[str, ...]]:
    place = len(chosen)
    if place == len(able):
        yield chosen
        return
    for one in _who(needs[place], able[place], bits[place]):
        if not any(
            one == other and _overlap(needs[place], need) for other, need in zip(chosen, needs, strict=False)
        ):
            yield from _assigned(able, needs, bits, (*chosen, one))


def _who(need: Need, able: PoolFits, bit: int) -> Iterator[str]:
    """Those of a pool who have the time from a bit on, the preferred first."""
    return (one for one, fits in zip(need.pool, able.each, strict=True) if fits & bit)


def _overlap(one: Need, other: Need) -> bool:
    return one.offset < other.offset + other.length and other.offset < one.offset + one.length


def _lowest(bits: int) -> int | None:
    return (bits & -bits).bit_length() - 1 if bits else None
