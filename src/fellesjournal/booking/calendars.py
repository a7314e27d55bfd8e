"""The calendars as one process has them at hand: the free bits of everybody who can be booked.

What is in the database decides; these only answer quickly. Each is kept with the mark that its claims had
when they were read, and read again when the mark is another, so that no answer is older than the question.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache

import asyncpg
import msgspec

from fellesjournal.booking.availability import Hours, open_bits
from fellesjournal.booking.grid import NORWAY, Grid
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


@dataclass(slots=True)
class _Busy:
    """The busy bits of a party by lane; `until`: the first of its holds ends then by itself."""

    grid: Grid
    mark: int
    lanes: dict[int, int] = field(default_factory=dict)
    until: datetime | None = None


def _now() -> datetime:
    return datetime.now(UTC)


class Calendars:
    """Asks for free time. One per process."""

    def __init__(self, pool: asyncpg.Pool, clock: Callable[[], datetime] = _now) -> None:
        self._pool, self._clock = pool, clock
        self._busy: OrderedDict[int, _Busy] = OrderedDict()

    def grid(self) -> Grid:
        """The days that can be asked about: from today."""
        return Grid(self._clock().astimezone(NORWAY).date(), DAYS)

    async def free(self, parties: Sequence[str], visit: str = "") -> dict[str, list[int]]:
        """The bits of `grid` at which each party ("Practitioner/7") is free for a kind of visit, one number
        for each that it serves at once. A citizen needs no calendar; of another without one, none is free.
        """
        grid = self.grid()
        keys = {key_of(party): party for party in parties}
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(SQL.calendars, list(keys))
            await self._read(connection, grid, {row["party"]: row["mark"] for row in rows})
        return {keys[row["party"]]: self._lanes(row, keys[row["party"]], grid, visit) for row in rows}

    async def busy(self, parties: Sequence[str]) -> dict[str, dict[int, int]]:
        """The bits of `grid` at which each party is busy, by lane; lanes from 100 on are of overbooking."""
        grid = self.grid()
        keys = {key_of(party): party for party in parties}
        async with self._pool.acquire() as connection:
            rows = await connection.fetch(SQL.calendars, list(keys))
            await self._read(connection, grid, {row["party"]: row["mark"] for row in rows})
        return {party: dict(self._busy[key].lanes) for key, party in keys.items()}

    def _lanes(self, row: asyncpg.Record, party: str, grid: Grid, visit: str) -> list[int]:
        busy = self._busy[row["party"]].lanes
        if row["capacity"] is None:
            return [grid.all & ~busy.get(0, 0)] if party.startswith("Patient/") else []
        opened = open_bits(_lines(tuple(row["hours"])), grid, visit, grid.first)
        return [opened & ~busy.get(lane, 0) for lane in range(row["capacity"])]

    async def _read(self, connection: asyncpg.Connection, grid: Grid, marks: Mapping[int, int]) -> None:
        """Have the busy bits of parties at hand, by marks that were read before them."""
        now = self._clock()
        stale = [party for party, mark in marks.items() if not self._is_good(party, mark, grid, now)]
        if stale:
            found = {party: _Busy(grid, marks[party]) for party in stale}
            end = grid.moment(grid.length)
            for row in await connection.fetch(SQL.busy, stale, grid.origin, end):
                busy, lane = found[row["party"]], row["lane"]
                busy.lanes[lane] = busy.lanes.get(lane, 0) | grid.touched(row["start"], row["finish"])
                if row["until"] is not None:
                    busy.until = min(busy.until or row["until"], row["until"])
            self._busy |= found
        for party in marks:
            self._busy.move_to_end(party)
        while len(self._busy) > max(KEPT, len(marks)):
            self._busy.popitem(last=False)

    def _is_good(self, party: int, mark: int, grid: Grid, now: datetime) -> bool:
        kept = self._busy.get(party)
        if kept is None or kept.mark != mark or kept.grid != grid:
            return False
        return kept.until is None or now < kept.until
