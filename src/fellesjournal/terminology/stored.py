"""A release of a code system in the tables. See system.System for what the methods answer."""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import asynccontextmanager
from datetime import date
from functools import partial
from typing import Any as Anything

import asyncpg
import msgspec

from fellesjournal.errors import NotFound
from fellesjournal.plumbing.database import FREE_PLANS
from fellesjournal.terminology.conditions import DISPLAY, All, Any, Codes, Condition, Matching, Named, Not
from fellesjournal.terminology.finding import MOST, find, looked_in
from fellesjournal.terminology.finding.words import code_key
from fellesjournal.terminology.predicates import Predicate
from fellesjournal.terminology.regex import matcher
from fellesjournal.terminology.release import Concept, Designation, Property
from fellesjournal.terminology.statements import SQL
from fellesjournal.terminology.system import About

KEPT = 10_000
"""Concepts that a release keeps at hand in each process."""
LISTS = 32
"""Answers to filters and regular expressions, and counts, that a release keeps at hand: for the next page."""

_FREE = "; ".join(f"set local {name} = {value}" for name, value in FREE_PLANS.items())

_texts = msgspec.json.Decoder(list[str]).decode
_designations = msgspec.json.Decoder(list[Designation]).decode
_properties = msgspec.json.Decoder(list[Property]).decode


class Stored:
    """One release. It never changes, so what has been read of it is kept for the next who asks."""

    def __init__(self, pool: asyncpg.Pool, number: int, about: About) -> None:
        self.pool = pool
        self.number = number
        self.about = about
        self._counts: OrderedDict[Condition, int] = OrderedDict()
        self._lists: OrderedDict[Matching | Named, Codes] = OrderedDict()
        self._kept: OrderedDict[str, Concept] = OrderedDict()
        self._properties: frozenset[str] | None = None

    async def concepts(self, codes: Collection[str]) -> dict[str, Concept]:
        """See System. One statement for all that are not at hand."""
        answer = {code: self._kept[code] for code in codes if code in self._kept}
        missing = [code for code in codes if code not in answer]
        if missing:
            rows = await read(self.pool, [self], spellings(missing, self.about))
            found = {concept.code: concept for _, concept in rows}
            for code in missing:
                spelt = next((one for one in spellings([code], self.about) if one in found), None)
                if spelt is not None:
                    answer[code] = found[spelt]
        self._keep(answer)
        return answer

    def _keep(self, answer: dict[str, Concept]) -> None:
        """Keep what was found. Codes that are not there are not kept: there is no end of those."""
        for code, concept in answer.items():
            self._kept[code] = concept
            self._kept.move_to_end(code)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    async def properties(self) -> frozenset[str]:
        """See System."""
        if self._properties is None:
            rows = await self.pool.fetch(SQL.property_names, self.number)
            self._properties = frozenset(row["name"] for row in rows)
        return self._properties

    async def alike(self, code: str) -> list[str]:
        """See System. By the index of texts: nothing where there is none."""
        key = code_key(code)
        return [row["code"] for row in await self.pool.fetch(SQL.alike, self.number, key)] if key else []

    async def children(self, code: str) -> list[str]:
        """See System."""
        return [row["code"] for row in await self.pool.fetch(SQL.children, self.number, code)]

    async def compared(self, a: str, b: str) -> int:
        """See System."""
        return int(await self.pool.fetchval(SQL.compared, self.number, a, b))

    async def among(self, codes: Collection[str], condition: Condition) -> frozenset[str]:
        """See System."""
        asked = Predicate(await self._resolved(condition), self.number, list(codes))
        rows = await self.pool.fetch(asked.within(SQL.meeting_among), *asked.values)
        return frozenset(row["code"] for row in rows)

    async def count(self, condition: Condition) -> int:
        """See System."""
        number = self._counts.get(condition)
        if number is None:
            [row] = await self._fetch(SQL.meeting_count, condition)
            number = self._counts[condition] = int(row["count"])
            if len(self._counts) > LISTS:
                self._counts.popitem(last=False)
        return number

    async def page(self, condition: Condition, offset: int, limit: int) -> list[Concept]:
        """See System."""
        return [_concept(row) for row in await self._fetch(SQL.meeting, condition, offset, limit)]

    async def codes(self, condition: Condition, limit: int) -> list[str]:
        """See System."""
        return [row["code"] for row in await self._fetch(SQL.meeting_codes, condition, limit)]

    async def best(self, text: str, day: date, *, active_only: bool) -> dict[str, str] | None:
        """See System. Only the release that is in force on the day is looked in."""
        url = self.about.url
        async with self.pool.acquire() as connection:
            try:
                found = await find(
                    connection, text, systems=[url], limit=MOST, on=day, active_only=active_only
                )
                versions = {one.version for one in found} or await looked_in(connection, url, day)
            except NotFound:
                return None
        return {one.code: one.heard for one in found} if versions == {self.about.version} else None

    async def edges(self, limit: int) -> list[tuple[str, str]]:
        """See System."""
        async with self._freely() as connection:
            return [
                (row["child"], row["parent"]) for row in await connection.fetch(SQL.edges, self.number, limit)
            ]

    async def _fetch(self, statement: str, condition: Condition, *fixed: Anything) -> list[asyncpg.Record]:
        """What PostgreSQL had better plan for the condition at hand: it may ask for anything."""
        asked = Predicate(await self._resolved(condition), self.number, *fixed)
        async with self._freely() as connection:
            rows: list[asyncpg.Record] = await connection.fetch(asked.within(statement), *asked.values)
        return rows

    @asynccontextmanager
    async def _freely(self) -> AsyncIterator[asyncpg.Connection]:
        async with self.pool.acquire() as connection, connection.transaction(readonly=True):
            await connection.execute(_FREE)
            yield connection

    async def _resolved(self, condition: Condition) -> Condition:
        """The condition with codes in the place of what takes a look at every concept to find them."""
        match condition:
            case Matching() | Named():
                return await self._found(condition)
            case All(of):
                return All(tuple([await self._resolved(one) for one in of]))
            case Any(of):
                return Any(tuple([await self._resolved(one) for one in of]))
            case Not(one):
                return Not(await self._resolved(one))
        return condition

    async def _found(self, condition: Matching | Named) -> Codes:
        found = self._lists.get(condition)
        if found is None:
            if isinstance(condition, Named):
                found = Codes(await self._named(condition))
            else:
                found = Codes(await self._matching(condition))
            self._lists[condition] = found
            if len(self._lists) > LISTS:
                self._lists.popitem(last=False)
        return found

    async def _named(self, condition: Named) -> tuple[str, ...]:
        starts = [rf"\m{word}" for word in condition.words]
        return tuple(row["code"] for row in await self.pool.fetch(SQL.named, self.number, starts))

    async def _matching(self, condition: Matching) -> tuple[str, ...]:
        matches = matcher(condition.pattern)
        if condition.name == DISPLAY:
            rows = await self.pool.fetch(SQL.display_texts, self.number)
        elif condition.name:
            rows = await self.pool.fetch(SQL.property_texts, self.number, condition.name)
        else:
            rows = await self.pool.fetch(SQL.code_texts, self.number)
        return await asyncio.to_thread(partial(_those, rows, matches))


def _those(rows: list[asyncpg.Record], matches: Anything) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row["code"] for row in rows if matches(row["value"])))


def spellings(codes: Iterable[str], about: About) -> list[str]:
    """The codes as they may stand in the system: in capitals or small letters where those are the same."""
    if about.case_sensitive:
        return list(codes)
    return list(dict.fromkeys(one for code in codes for one in (code, code.upper(), code.lower())))


async def read(
    pool: asyncpg.Pool, releases: Collection[Stored], codes: Collection[str]
) -> list[tuple[int, Concept]]:
    """The concepts of codes in several releases, each with the number of its release."""
    numbers = [release.number for release in releases]
    return [(row["system"], _whole(row)) for row in await pool.fetch(SQL.concepts, numbers, list(codes))]


def _whole(row: asyncpg.Record) -> Concept:
    concept = _concept(row)
    concept.definition = row["definition"]
    concept.properties = tuple(_properties(row["properties"])) if row["properties"] else ()
    return concept


def _concept(row: asyncpg.Record) -> Concept:
    return Concept(
        row["code"],
        row["display"],
        tuple(_texts(row["parents"])) if row["parents"] else (),
        designations=tuple(_designations(row["designations"])) if row["designations"] else (),
        active=row["active"],
        abstract=row["abstract"],
        valid_from=row["valid_from"],
        valid_to=row["valid_to"],
    )
