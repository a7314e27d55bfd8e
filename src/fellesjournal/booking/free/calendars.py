"""The calendars as one process has them at hand: the free bits of everybody who can be booked.

What is in the database decides; these only answer quickly. Each is kept with the mark that its claims had
when they were read, and read again when the mark is another, so that no answer is older than the question.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

import asyncpg
import msgspec

from fellesjournal.booking.free.availability import Hours, open_bits
from fellesjournal.booking.free.grid import NORWAY, QUANTUM, Grid, spread
from fellesjournal.booking.free.lanes import Lanes
from fellesjournal.booking.statements import SQL
from fellesjournal.fhir.search.terms import keys_of
from fellesjournal.plumbing.database import array_of

DAYS = 90
"""How far ahead is looked."""
KEPT = 20_000
"""Calendars at hand, some three kilobytes each."""
MANY = 8
"""Parties, at least, whose answer is remembered as one."""
ANSWERS = 8
"""Such answers at hand, the ones asked for last."""
REMEMBERED = 6_000
"""Calendars of which it is remembered when they are free, some ten kilobytes each."""

BIT = QUANTUM // timedelta(minutes=1)
"""Minutes of a bit."""

_hours = msgspec.json.Decoder(list[Hours]).decode
_minutes = msgspec.json.Decoder(dict[str, tuple[int, int]]).decode


@lru_cache(maxsize=4_096)
def _lines(texts: tuple[str, ...]) -> tuple[Hours, ...]:
    """The lines of a week as they are stored; many calendars keep the same."""
    return tuple(line for text in texts for line in _hours(text))


@lru_cache(maxsize=4_096)
def _buffers(texts: tuple[str, ...]) -> dict[str, tuple[int, int]]:
    """The buffers as they are stored, the longest of several calendars, in bits; nobody changes them."""
    found: dict[str, tuple[int, int]] = {}
    for code, minutes in (each for text in texts for each in _minutes(text).items()):
        before, after = (-(-one // BIT) for one in minutes)
        had = found.get(code, (0, 0))
        found[code] = max(before, had[0]), max(after, had[1])
    return found


@lru_cache(maxsize=2)
def _grid(first: date) -> Grid:
    return Grid(first, DAYS)


@dataclass(slots=True)
class _Known:
    """What is known of a party: how many it serves at once (0: it has no calendar), the lines of its week,
    its busy bits by lane; `until`: the first of its holds ends then by itself; `buffers`: the bits it needs
    before and after a visit, by kind; `free`: its free bits by kind, as far as they have been asked for.
    """

    grid: Grid
    mark: int
    capacity: int = 0
    lines: tuple[Hours, ...] = ()
    lanes: dict[int, int] = field(default_factory=dict)
    until: datetime | None = None
    buffers: dict[str, tuple[int, int]] = field(default_factory=dict)
    free: dict[str, Lanes] = field(default_factory=dict)


@dataclass(slots=True)
class _Answer:
    """What was answered of many parties, by kind of visit: good as long as their marks, which only grow, have
    the same sum, and until the first of their holds ends.
    """

    grid: Grid
    marks: int
    until: datetime | None = None
    free: dict[str, dict[str, Lanes]] = field(default_factory=dict)


def _now() -> datetime:
    return datetime.now(UTC)


class Calendars:
    """Asks for free time. One per process."""

    def __init__(self, pool: asyncpg.Pool, clock: Callable[[], datetime] = _now) -> None:
        self._pool, self._clock = pool, clock
        self._known: OrderedDict[int, _Known] = OrderedDict()
        self._answers: OrderedDict[tuple[str, ...], _Answer] = OrderedDict()
        self._remembered = 0

    def grid(self) -> Grid:
        """The days that can be asked about: from today."""
        return _grid(self._clock().astimezone(NORWAY).date())

    async def free(self, parties: Sequence[str], visit: str = "") -> Mapping[str, Lanes]:
        """The bits of `grid` at which each party ("Practitioner/7") is free for a kind of visit, one number
        for each that it serves at once. A citizen needs no calendar; of another without one, none is free.
        """
        grid, asked = self.grid(), tuple(parties)
        if len(asked) < MANY:
            return self._free(await self._at_hand(asked, grid), grid, visit)
        marks = await self._pool.fetchval(SQL.marks_together, array_of(keys_of(asked)))
        kept = self._answers.pop(asked, None)
        if not kept or kept.marks != marks or _is_over(kept, grid, self._clock()):
            kept = _Answer(grid, marks)
        if visit not in kept.free:
            known = await self._at_hand(asked, grid)
            kept.until = min((one.until for one in known.values() if one.until), default=None)
            kept.free[visit] = self._free(known, grid, visit)
        self._answers[asked] = kept
        if len(self._answers) > ANSWERS:
            self._answers.popitem(last=False)
        return kept.free[visit]

    def _free(self, known: Mapping[str, _Known], grid: Grid, visit: str) -> dict[str, Lanes]:
        if self._remembered > REMEMBERED:
            self._forget_free()
        for party, one in known.items():
            if visit not in one.free:
                opened = open_bits(one.lines, grid, visit, grid.first)
                one.free[visit] = _lanes(one, party, grid, opened, one.buffers.get(visit))
                self._remembered += 1
        return {party: one.free[visit] for party, one in known.items()}

    async def busy(self, parties: Sequence[str]) -> dict[str, dict[int, int]]:
        """The bits of `grid` at which each party is busy, by lane; lanes from 100 on are of overbooking."""
        known = await self._at_hand(tuple(parties), self.grid())
        return {party: dict(one.lanes) for party, one in known.items()}

    async def _at_hand(self, parties: tuple[str, ...], grid: Grid) -> dict[str, _Known]:
        """What is known of parties, by marks that were read just now."""
        keys = keys_of(parties)
        now = self._clock()
        async with self._pool.acquire() as connection:
            row = await connection.fetchrow(SQL.marks, array_of(keys))
            marks = dict(zip(row["parties"], row["marks"], strict=True))
            held = {key: one for key in keys if (one := self._good(key, marks.get(key, 0), grid, now))}
            if len(held) < len(keys):
                stale = {key: marks.get(key, 0) for key in keys if key not in held}
                held |= await _read(connection, grid, stale)
                self._known |= held
        for key in held:
            self._known.move_to_end(key)
        while len(self._known) > max(KEPT, len(keys)):
            self._known.popitem(last=False)
        return {party: held[key] for party, key in zip(parties, keys, strict=True)}

    def _good(self, key: int, mark: int, grid: Grid, now: datetime) -> _Known | None:
        """What is known of a party with this mark, of these days, if none of its holds has ended since."""
        kept = self._known.get(key)
        return kept if kept and kept.mark == mark and not _is_over(kept, grid, now) else None

    def _forget_free(self) -> None:
        self._remembered = 0
        for one in self._known.values():
            one.free.clear()


def _is_over(kept: _Known | _Answer, grid: Grid, now: datetime) -> bool:
    """Whether what is kept is of other days, or one of its holds has ended since."""
    return kept.grid is not grid or (kept.until is not None and kept.until <= now)


async def _read(connection: asyncpg.Connection, grid: Grid, marks: Mapping[int, int]) -> dict[int, _Known]:
    """Calendars and busy bits of parties, whose marks were read before them."""
    found = {party: _Known(grid, mark) for party, mark in marks.items()}
    for row in await connection.fetch(SQL.calendars, list(found)):
        one = found[row["party"]]
        one.capacity, one.lines = row["capacity"], _lines(tuple(row["hours"]))
        one.buffers = _buffers(tuple(row["buffers"]))
    for row in await connection.fetch(SQL.busy, list(found), grid.origin, grid.moment(grid.length)):
        one, lane = found[row["party"]], row["lane"]
        one.lanes[lane] = one.lanes.get(lane, 0) | grid.touched(row["start"], row["finish"])
        if row["until"] is not None:
            one.until = min(one.until or row["until"], row["until"])
    return found


def _lanes(known: _Known, party: str, grid: Grid, opened: int, buffer: tuple[int, int] | None) -> Lanes:
    if not known.capacity:
        return Lanes([grid.all & ~known.lanes.get(0, 0)] if party.startswith("Patient/") else ())
    busy = (known.lanes.get(lane, 0) for lane in range(known.capacity))
    if buffer:
        before, after = buffer
        busy = (spread(one, after, before) for one in busy)
    return Lanes(opened & ~one for one in busy)
