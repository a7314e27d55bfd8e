"""A day programme: several stops in order, in one ask (a pre-operative day with five stops). Pure.

Each stop takes one of each of its pools for some time, and begins no sooner and no later after the stop
before than its pause says. The citizen is needed at all of them. From the last stop backwards: where could
each begin so that the rest can follow? Then forwards, each as early as it can. All of it on bits (see grid).
"""

from collections.abc import Sequence
from typing import NamedTuple

from fellesjournal.booking.free.finding import Free
from fellesjournal.booking.free.grid import fit
from fellesjournal.booking.free.lanes import fits


class Stop(NamedTuple):
    """One stop: one of each pool, the preferred first, for so many bits; `least` to `most` bits after the end
    of the stop before (of no meaning for the first). Nobody is in two pools of a stop.
    """

    pools: Sequence[Sequence[str]]
    length: int
    least: int = 0
    most: int = 0


class Visit(NamedTuple):
    """A stop as it would be: the bit it begins with, and who comes of each pool."""

    start: int
    who: tuple[str, ...]


def days(
    free: Free, stops: Sequence[Stop], citizen: int, within: int, count: int = 3
) -> list[tuple[Visit, ...]]:
    """The first programmes whose stops all lie in the bits `within`, at most `count`, each with another
    start; `citizen` are the bits at which the citizen is free.
    """
    able = [_able(free, stop, citizen & within) for stop in stops]
    onward = able[-1:]
    for stop, follower, bits in zip(stops[-2::-1], stops[:0:-1], able[-2::-1], strict=True):
        onward.insert(0, bits & _before(onward[0], stop.length, follower))
    found: list[tuple[Visit, ...]] = []
    first = onward[0] if onward else 0
    while first and len(found) < count:
        start = (first & -first).bit_length() - 1
        found.append(_walked(free, stops, onward, start))
        first &= first - 1
    return found


def _able(free: Free, stop: Stop, citizen: int) -> int:
    """Where a stop may begin: somebody of each pool is free as long as it takes, and so is the citizen."""
    able = fit(citizen, stop.length) if stop.pools else 0
    for pool in stop.pools:
        joined = 0
        for one in pool:
            joined |= fits(free.get(one, ()), stop.length)
        able &= joined
    return able


def _before(onward: int, length: int, follower: Stop) -> int:
    """Where a stop may begin so that the follower can: after its length and any pause that is allowed."""
    found = onward >> length + follower.least
    have, wanted = 1, follower.most - follower.least + 1
    while have < wanted:
        step = min(have, wanted - have)
        found |= found >> step
        have += step
    return found


def _walked(free: Free, stops: Sequence[Stop], onward: Sequence[int], start: int) -> tuple[Visit, ...]:
    """The programme from a start, each stop as early as it can be."""
    visits: list[Visit] = []
    for stop, bits in zip(stops, onward, strict=True):
        if visits:
            earliest = start + stops[len(visits) - 1].length + stop.least
            rest = bits >> earliest
            start = earliest + (rest & -rest).bit_length() - 1
        mask = ((1 << stop.length) - 1) << start
        who = (next(one for one in pool if _is_free(free, one, mask)) for pool in stop.pools)
        visits.append(Visit(start, tuple(who)))
    return tuple(visits)


def _is_free(free: Free, one: str, mask: int) -> bool:
    return any(lane & mask == mask for lane in free.get(one, ()))
