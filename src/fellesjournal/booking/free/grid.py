"""Time as bits: one for each five minutes of some days. Pure.

A calendar of ninety days is one number of 25,920 bits, and a question of many calendars a few operations on
such numbers (docs/decisions/booking.md). Moments are of the world, so a day that is an hour longer or shorter
in Norway has twelve bits more or fewer.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, lru_cache
from zoneinfo import ZoneInfo

NORWAY = ZoneInfo("Europe/Oslo")
QUANTUM = timedelta(minutes=5)


@dataclass(frozen=True)
class Grid:
    """Some days from `first` on, as Norway counts them."""

    first: date
    days: int

    @cached_property
    def origin(self) -> datetime:
        """When its first bit begins, UTC."""
        return midnight(self.first)

    @cached_property
    def length(self) -> int:
        """How many bits it has."""
        return (midnight(self.first + timedelta(days=self.days)) - self.origin) // QUANTUM

    @cached_property
    def all(self) -> int:
        """Every bit."""
        return (1 << self.length) - 1

    def inside(self, start: datetime, end: datetime) -> int:
        """The bits that lie within a time as a whole."""
        first, last = -((self.origin - start) // QUANTUM), (end - self.origin) // QUANTUM
        return self._from_to(first, last)

    def touched(self, start: datetime, end: datetime) -> int:
        """The bits of which a time has some part."""
        first, last = (start - self.origin) // QUANTUM, -((self.origin - end) // QUANTUM)
        return self._from_to(first, last)

    def moment(self, bit: int) -> datetime:
        """When a bit begins, in Norway's time."""
        return (self.origin + bit * QUANTUM).astimezone(NORWAY)

    def _from_to(self, first: int, last: int) -> int:
        first, last = max(first, 0), min(last, self.length)
        return ((1 << (last - first)) - 1) << first if last > first else 0


def fit(free: int, length: int) -> int:
    """Where so many free bits in a row begin."""
    for step in steps(length):
        free &= free >> step
    return free


@lru_cache
def steps(length: int) -> tuple[int, ...]:
    """By how much bits are shifted on themselves to find so many in a row: twice what is known each time."""
    found, have = [], 1
    while have < length:
        found.append(min(have, length - have))
        have += found[-1]
    return tuple(found)


def shifted(bits: int, offset: int) -> int:
    """Where something would begin that has these bits `offset` after its beginning, or before it."""
    return bits >> offset if offset >= 0 else bits << -offset


def spread(bits: int, earlier: int, later: int) -> int:
    """Bits, with so many more before and after each."""
    for step in steps(later + 1):
        bits |= bits << step
    for step in steps(earlier + 1):
        bits |= bits >> step
    return bits


def midnight(day: date) -> datetime:
    """When a day begins in Norway, UTC."""
    return datetime.combine(day, time(), NORWAY).astimezone(UTC)
