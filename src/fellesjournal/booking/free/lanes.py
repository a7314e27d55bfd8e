"""The free bits of one calendar, a number for each that it serves at once, and where so many fit. Pure.

Most questions are asked of calendars that have not changed since the last one: what was worked out of them
is remembered with them.
"""

from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from fellesjournal.booking.free.grid import steps

_LENGTHS = 2
"""For how many lengths a calendar remembers where they fit: each weighs as much as the calendar."""

_MANY = 8
"""As many calendars in a pool, and where so much fits in any of them is remembered as well."""
_POOLS = 32
"""Of how many pools, asked about last."""


class Lanes(tuple[int, ...]):
    """The free bits of a calendar that stays as it is; `known` is where so many fit, by how many."""

    known: dict[int, int]

    def __new__(cls, lanes: Iterable[int]) -> "Lanes":
        """The bits of each lane."""
        made = super().__new__(cls, lanes)
        made.known = {}
        return made


def fits(lanes: Sequence[int], length: int) -> int:
    """Where so many free bits in a row begin, in any of some lanes.

    First fit each, then join: the other way round two half hours of two would be an hour.
    """
    if not isinstance(lanes, Lanes):
        return _joined(lanes, length)
    found = lanes.known.get(length)
    if found is None:
        if len(lanes.known) >= _LENGTHS:
            lanes.known.clear()
        found = lanes.known[length] = _joined(lanes, length)
    return found


class PoolFits(NamedTuple):
    """Where so many bits fit in each calendar of a pool, in its order, and in any of them."""

    lanes: list[Sequence[int]]
    each: list[int]
    any: int


def pool_fits(free: Mapping[str, Sequence[int]], pool: Sequence[str], length: int) -> PoolFits:
    """Where so many free bits in a row begin, in each of a pool and in any of them."""
    lanes = [free.get(one, ()) for one in pool]
    if len(lanes) < _MANY:
        return _of_pool(lanes, length)
    name = tuple(pool), length
    found = _pools.pop(name, None)
    if found is None or found.lanes != lanes:  # a calendar is the same one until it changes
        found = _of_pool(lanes, length)
    _pools[name] = found
    if len(_pools) > _POOLS:
        _pools.popitem(last=False)
    return found


_pools: OrderedDict[tuple[tuple[str, ...], int], PoolFits] = OrderedDict()


def _of_pool(lanes: list[Sequence[int]], length: int) -> PoolFits:
    each = [fits(one, length) for one in lanes]
    return PoolFits(lanes, each, reduce(or_, each, 0))


def _joined(lanes: Sequence[int], length: int) -> int:
    found, each = 0, steps(length)
    for lane in lanes:
        bits = lane
        for step in each:  # as grid.fit, without a call for each of hundreds
            bits &= bits >> step
        found |= bits
    return found
