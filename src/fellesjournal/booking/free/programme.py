"""A day programme: several stops in order, in one ask (a pre-operative day with five stops). Pure.

Each stop takes one of each of its pools for some time, and begins no sooner and no later after the stop
before than its pause says. The citizen is needed at all of them. From the last stop backwards: where could
each begin so that the rest can follow? Then forwards, each as early as it can. All of it on bits (see grid).
"""

from collections.abc import Iterator, Sequence
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


def shortest(free: Free, stops: Sequence[Stop], citizen: int, within: int) -> tuple[Visit, ...] | None:
    """Of all programmes whose stops all lie in the bits `within` the one that is over soonest after it has
    begun, the earliest of those, so that the citizen waits as little as can be; None when there is none.
    `citizen` are the bits at which the citizen is free.
    """
    onward = _onward(free, stops, citizen & within)
    walks = (_walked(stops, onward, start) for start in _begins(onward))
    found = min(walks, key=lambda begins: begins[-1] - begins[0], default=None)
    return None if found is None else _visits(free, stops, found)


def _onward(free: Free, stops: Sequence[Stop], citizen: int) -> list[int]:
    """Where each stop may begin so that all that follow can."""
    able = [_able(free, stop, citizen) for stop in stops]
    onward = able[-1:]
    for stop, follower, bits in zip(stops[-2::-1], stops[:0:-1], able[-2::-1], strict=True):
        onward.insert(0, bits & _before(onward[0], stop.length, follower))
    return onward


def _begins(onward: Sequence[int]) -> Iterator[int]:
    """Where the first stop may begin, the earliest first."""
    first = onward[0] if onward else 0
    while first:
        yield (first & -first).bit_length() - 1
        first &= first - 1


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


def _walked(stops: Sequence[Stop], onward: Sequence[int], start: int) -> list[int]:
    """Where each stop begins, from a start on, each as early as it can be: no other way is over sooner."""
    begins: list[int] = []
    for stop, bits in zip(stops, onward, strict=True):
        if begins:
            earliest = start + stops[len(begins) - 1].length + stop.least
            rest = bits >> earliest
            start = earliest + (rest & -rest).bit_length() - 1
        begins.append(start)
    return begins


def _visits(free: Free, stops: Sequence[Stop], begins: Sequence[int]) -> tuple[Visit, ...]:
    """The programme, with the first of each pool who is free."""
    visits = []
    for stop, start in zip(stops, begins, strict=True):
        mask = ((1 << stop.length) - 1) << start
        who = (next(one for one in pool if _is_free(free, one, mask)) for pool in stop.pools)
        visits.append(Visit(start, tuple(who)))
    return tuple(visits)


def _is_free(free: Free, one: str, mask: int) -> bool:
    return any(lane & mask == mask for lane in free.get(one, ()))
