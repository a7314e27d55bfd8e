"""The free bits of one calendar, a number for each that it serves at once, and where so many fit. Pure.

Most questions are asked of calendars that have not changed since the last one: what was worked out of them
is remembered with them.
"""

from collections.abc import Iterable, Sequence

from fellesjournal.booking.free.grid import steps

_LENGTHS = 2
"""For how many lengths a calendar remembers where they fit: each weighs as much as the calendar."""


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


def _joined(lanes: Sequence[int], length: int) -> int:
    found, each = 0, steps(length)
    for lane in lanes:
        bits = lane
        for step in each:  # as grid.fit, without a call for each of hundreds
            bits &= bits >> step
        found |= bits
    return found
