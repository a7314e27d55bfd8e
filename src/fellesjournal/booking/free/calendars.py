"""The calendars as one process has them at hand: the free bits of everybody who can be booked.

What is in the database decides; these only answer quickly. Each is kept with the mark that its claims had
when they were read, and read again when the mark is another, so that no answer is older than the question.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache

import asyncpg
import msgspec

from fellesjournal.booking.free.availability import Hours, open_bits
from fellesjournal.booking.free.grid import NORWAY, Grid
from fellesjournal.booking.statements import SQL
from fellesjournal.fhir.search.terms import key_of

DAYS = 90
"""How far ahead is looked."""
KEPT = 20_000
"""Calendars at hand, some three kilobytes each."""

_hours = msgspec.json.Decoder(list[Hours]).decode


@lru_cache(maxsize=4_096)
def _lines(texts: tuple[str, ...]) -> tuple[Hours, ...]:
    """The lines of a week as they are stored; many calendars keep the same."""
    return tuple(line for text in texts for line in _hours(text))


@lru_cache(maxsize=2)
def _grid(first: date) -> Grid:
    return Grid(first, DAYS)


@dataclass(slots=True)
class _Known:
    """What is known of a party: how many it serves at once (0: it has no calendar), the lines of its week,
    its busy bits by lane; `until`: the first of its holds ends then by itself.
    """

    grid: Grid
    mark: int
    capacity: int = 0
    lines: tuple[Hours, ...] = ()
    lanes: dict[int, int] = field(default_factory=dict)
    until: datetime | None = None


def _now() -> datetime:
    return datetime.now(UTC)


class Calendars:
    """Asks for free time. One per process."""

    def __init__(self, pool: asyncpg.Pool, clock: Callable[[], datetime] = _now) -> None:
        self._pool, self._clock = pool, clock
        self._known: OrderedDict[int, _Known] = OrderedDict()

    def grid(self) -> Grid:
        """The days that can be asked about: from today."""
        return _grid(self._clock().astimezone(NORWAY).date())

    async def free(self, parties: Sequence[str], visit: str = "") -> dict[str, list[int]]:
        """The bits of `grid` at which each party ("Practitioner/7") is free for a kind of visit, one number
        for each that it serves at once. A citizen needs no calendar; of another without one, none is free.
        """
        grid = self.grid()
        known = await self._at_hand(parties, grid)
        weeks = {one.lines for one in known.values()}
        opened = {lines: open_bits(lines, grid, visit, grid.first) for lines in weeks}
        return {party: _lanes(one, party, grid, opened[one.lines]) for party, one in known.items()}

    async def busy(self, parties: Sequence[str]) -> dict[str, dict[int, int]]:
        """The bits of `grid` at which each party is busy, by lane; lanes from 100 on are of overbooking."""
        known = await self._at_hand(parties, self.grid())
        return {party: dict(one.lanes) for party, one in known.items()}

    async def _at_hand(self, parties: Sequence[str], grid: Grid) -> dict[str, _Known]:
        """What is known of parties, by marks that were read just now."""
        keys = {key_of(party): party for party in parties}
        async with self._pool.acquire() as connection:
            marks = dict(await connection.fetch(SQL.marks, list(keys)))
            now = self._clock()
            if stale := [key for key, mark in marks.items() if not self._is_good(key, mark, grid, now)]:
                self._known |= await _read(connection, grid, {key: marks[key] for key in stale})
        for key in keys:
            self._known.move_to_end(key)
        while len(self._known) > max(KEPT, len(keys)):
            self._known.popitem(last=False)
        return {party: self._known[key] for key, party in keys.items()}

    def _is_good(self, key: int, mark: int, grid: Grid, now: datetime) -> bool:
        kept = self._known.get(key)
        if kept is None or kept.mark != mark or kept.grid is not grid:
            return False
        return kept.until is None or now < kept.until


async def _read(connection: asyncpg.Connection, grid: Grid, marks: Mapping[int, int]) -> dict[int, _Known]:
    """Calendars and busy bits of parties, whose marks were read before them."""
    found = {party: _Known(grid, mark) for party, mark in marks.items()}
    for row in await connection.fetch(SQL.calendars, list(found)):
        one = found[row["party"]]
        one.capacity, one.lines = row["capacity"], _lines(tuple(row["hours"]))
    for row in await connection.fetch(SQL.busy, list(found), grid.origin, grid.moment(grid.length)):
        one, lane = found[row["party"]], row["lane"]
        one.lanes[lane] = one.lanes.get(lane, 0) | grid.touched(row["start"], row["finish"])
        if row["until"] is not None:
            one.until = min(one.until or row["until"], row["until"])
    return found


def _lanes(known: _Known, party: str, grid: Grid, opened: int) -> list[int]:
    if not known.capacity:
        return [grid.all & ~known.lanes.get(0, 0)] if party.startswith("Patient/") else []
    return [opened & ~known.lanes.get(lane, 0) for lane in range(known.capacity)]
