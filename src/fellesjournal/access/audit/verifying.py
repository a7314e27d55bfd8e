"""Proving the log: every chain from its beginning, entry by entry, and the seals that bind the chains."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

import asyncpg
import msgspec

from fellesjournal.access.audit import chain
from fellesjournal.access.audit.access import SEVERAL, Met
from fellesjournal.access.audit.log import SEAL
from fellesjournal.access.audit.purging import Ends, cut_off, told
from fellesjournal.access.statements import SQL

AT_A_TIME = 4_000

Heads = Mapping[int, tuple[int, str]]
"""Where chains stand: chain -> (last number, its hash in hexadecimal)."""

Span = tuple[datetime, datetime]
ALL_TIME: Span = (datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC))


class _Seal(msgspec.Struct):
    heads: dict[str, tuple[int, str]]
    opened: str = ""
    opener: str = ""


class _Several(msgspec.Struct):
    met: tuple[Met, ...] = ()


class _Known(NamedTuple):
    """What somebody knew of an entry."""

    by: str
    chain: int
    number: int
    hash: str


@dataclass(slots=True)
class Verdict:
    """What was found: entries and chains that hold, what is wrong, what was let go before, and where the
    chains stand now.
    """

    entries: int = 0
    chains: int = 0
    faults: list[str] = field(default_factory=list)
    let_go: list[str] = field(default_factory=list)
    heads: dict[int, tuple[int, str]] = field(default_factory=dict)


async def verify(
    connection: asyncpg.Connection, known: Heads, span: Span = ALL_TIME
) -> AsyncIterator[Verdict]:
    """Go through the log of a span of time; the verdict so far after every some thousand entries, and in the
    end. `known` are heads that were kept elsewhere: an entry that they name must be there, and be the same.
    Where months were let go, a chain begins after the entry that was noted then (see purging).
    """
    verdict = Verdict()
    ends = await cut_off(connection)
    verdict.let_go += await told(connection)
    given = [_Known("the heads given", number, *head) for number, head in known.items()]
    verdict.faults += await _unmet(connection, given, ends)
    for opening in await connection.fetch(SQL.chains):
        verdict.chains += 1
        number, before = ends.get(opening["chain"], (0, opening["genesis"]))
        while True:
            entries = await connection.fetch(SQL.entries_of_chain, opening["chain"], number, *span, AT_A_TIME)
            before, number = await _follow(connection, verdict, entries, before, number)
            verdict.entries += len(entries)
            seals = [entry for entry in entries if entry["interaction"] == SEAL]
            verdict.faults += await _unmet(
                connection, [known for one in seals for known in _known(one)], ends
            )
            verdict.faults += [fault for one in seals[:1] for fault in _opened_otherwise(opening, one)]
            verdict.faults += await _not_led_to(connection, entries)
            yield verdict
            if len(entries) < AT_A_TIME:
                break
        if number:
            verdict.heads[opening["chain"]] = number, before.hex()
    verdict.faults += [
        f"Chain {row['chain']} is in the log, but its opening is gone."
        for row in await connection.fetch(SQL.orphans)
    ]
    if not verdict.faults:
        verdict.faults += await _led_astray(connection, span)
    yield verdict


async def _follow(
    connection: asyncpg.Connection,
    verdict: Verdict,
    entries: Sequence[asyncpg.Record],
    before: bytes,
    number: int,
) -> tuple[bytes, int]:
    """Each entry against the one before it; gives the last one's hash and number."""
    link = chain.link
    for entry in entries:
        row = chain.Row._make(tuple(entry)[:-1])
        if row.number != number + 1:
            previous = await _hash(connection, row.chain, row.number - 1)
            if previous is None:
                missing = row.number - number - 1
                verdict.faults.append(f"{_place(row)}: {missing} entries before it are missing.")
            before = previous or before
        else:
            previous = before
        if previous is not None and link(before, row) != entry["hash"]:
            verdict.faults.append(f"{_place(row)} has been changed, or what it followed has.")
        before, number = entry["hash"], row.number
    return before, number


def _place(row: chain.Row) -> str:
    return f"Chain {row.chain}, entry {row.number} ({row.moment:%Y-%m-%d %H:%M:%S} UTC)"


async def _hash(connection: asyncpg.Connection, chain_number: int, number: int) -> bytes | None:
    rows = await connection.fetch(SQL.hashes_of_entries, [chain_number], [number])
    return rows[0]["hash"] if rows else None


def _known(entry: asyncpg.Record) -> list[_Known]:
    """What a seal knew of the chains."""
    by = f"the seal in chain {entry['chain']}, entry {entry['number']},"
    seal = _seal(entry)
    return [_Known(by, int(number), *head) for number, head in seal.heads.items()] if seal else []


def _opened_otherwise(opening: asyncpg.Record, entry: asyncpg.Record) -> list[str]:
    """What is told of a chain's opening elsewhere than in the seal that it begins with."""
    seal = _seal(entry)
    told = opening["opened"].isoformat(), opening["opener"]
    if entry["number"] > 1 or seal is None or told == (seal.opened, seal.opener):
        return []
    return [
        f"Chain {opening['chain']} was opened by {seal.opener} at {seal.opened}, and is told of otherwise."
    ]


async def _not_led_to(connection: asyncpg.Connection, entries: Sequence[asyncpg.Record]) -> list[str]:
    """Entries that stand for several citizens, and that one of these does not find any more."""
    asked = [
        (met.citizen, entry["moment"], entry["chain"], entry["number"])
        for entry in entries
        if entry["citizen"] == SEVERAL
        for met in _met(entry)
    ]
    if not asked:
        return []
    return [
        f"Chain {row['chain']}, entry {row['number']} is not in the log of {row['citizens']} it is about."
        for row in await connection.fetch(SQL.not_led_to, *zip(*asked, strict=True))
    ]


def _met(entry: asyncpg.Record) -> tuple[Met, ...]:
    try:
        return msgspec.json.decode(entry["body"], type=_Several).met
    except msgspec.DecodeError:
        return ()  # the chain has told already that it was changed


async def _led_astray(connection: asyncpg.Connection, span: Span) -> list[str]:
    """What was put in to lead citizens to entries that are not about them, where all else holds."""
    found = await connection.fetchrow(SQL.led_astray, *span)
    extra = found["rows"] - found["citizens"]
    return [f"In {extra} places a citizen is led to an entry that is not theirs."] if extra > 0 else []


def _seal(entry: asyncpg.Record) -> _Seal | None:
    try:
        return msgspec.json.decode(entry["body"], type=_Seal)
    except msgspec.DecodeError:
        return None  # the chain has told already that it was changed


async def _unmet(connection: asyncpg.Connection, known: Sequence[_Known], ends: Ends) -> list[str]:
    """What is not there any more, or is not what somebody knew; what was let go is not asked for."""
    known = [one for one in known if one.number > ends.get(one.chain, (0, b""))[0]]
    if not known:
        return []
    asked = [one.chain for one in known], [one.number for one in known]
    rows = await connection.fetch(SQL.hashes_of_entries, *asked)
    found = {(row["chain"], row["number"]): row["hash"].hex() for row in rows}
    faults: dict[int, str] = {}
    for one in known:
        hash = found.get((one.chain, one.number))
        if hash is None:
            faults[one.chain] = f"Chain {one.chain} has lost its end: {one.by} knew of entry {one.number}."
        elif hash != one.hash:
            faults[one.chain] = (
                f"Chain {one.chain} is not the one that {one.by} knew: entry {one.number} differs."
            )
    return list(faults.values())
