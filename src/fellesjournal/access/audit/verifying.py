"""Proving the log: every chain from its beginning, entry by entry, and the seals that bind the chains."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import asyncpg
import msgspec

from fellesjournal.access.audit import chain
from fellesjournal.access.audit.log import SEAL
from fellesjournal.access.statements import SQL

AT_A_TIME = 2_000

Heads = Mapping[int, tuple[int, str]]
"""Where chains stand: chain -> (last number, its hash in hexadecimal)."""


class _Seal(msgspec.Struct):
    heads: dict[str, tuple[int, str]]
    opened: datetime | None = None
    opener: str = ""


@dataclass(slots=True)
class Verdict:
    """What was found: entries and chains that hold, what is wrong, and where the chains stand now."""

    entries: int = 0
    chains: int = 0
    faults: list[str] = field(default_factory=list)
    heads: dict[int, tuple[int, str]] = field(default_factory=dict)


async def verify(connection: asyncpg.Connection, known: Heads) -> AsyncIterator[Verdict]:
    """Go through the whole log; the verdict so far after every some thousand entries, and in the end.

    `known` are heads that were kept elsewhere: an entry that they name must be there, and be the same.
    """
    verdict = Verdict()
    sealed: list[tuple[str, int, int, str]] = [
        ("the heads given", number, *head) for number, head in known.items()
    ]
    for row in await connection.fetch(SQL.chains):
        verdict.chains += 1
        before, number = row["genesis"], 0
        while True:
            rows = await connection.fetch(SQL.entries_of_chain, row["chain"], number, AT_A_TIME)
            if number == 0 and not _opens(rows, row):
                verdict.faults.append(
                    f"Chain {row['chain']}: its opening has been changed, or its beginning."
                )
            for entry in rows:
                before, number = _checked(verdict, entry, before, number)
                sealed += _seals(entry)
            verdict.entries += len(rows)
            yield verdict
            if len(rows) < AT_A_TIME:
                break
        if number:
            verdict.heads[row["chain"]] = number, before.hex()
    verdict.faults += [
        f"Chain {row['chain']} is in the log, but its opening is gone ({row['entries']} entries)."
        for row in await connection.fetch(SQL.orphans)
    ]
    verdict.faults += await _unmet(connection, sealed)
    yield verdict


def _checked(verdict: Verdict, entry: asyncpg.Record, before: bytes, number: int) -> tuple[bytes, int]:
    """One entry against the one before it; gives its hash and number, for the next."""
    row = chain.Row(*list(entry.values())[:-1])
    where = f"Chain {row.chain}, entry {row.number} ({row.moment:%Y-%m-%d %H:%M:%S} UTC)"
    if row.number <= number:
        verdict.faults.append(f"{where} stands more than once: an entry has been put in.")
    elif row.number != number + 1:
        verdict.faults.append(f"{where}: {row.number - number - 1} entries before it are missing.")
    elif chain.link(before, row) != entry["hash"]:
        verdict.faults.append(f"{where} has been changed, or what it followed has.")
    return entry["hash"], row.number


def _opens(rows: Sequence[asyncpg.Record], opening: asyncpg.Record) -> bool:
    """Whether a chain begins with the seal that tells who opened it, and when."""
    seal = _seal(rows[0]) if rows else None
    return seal is not None and (seal.opened, seal.opener) == (opening["opened"], opening["opener"])


def _seals(entry: asyncpg.Record) -> Iterable[tuple[str, int, int, str]]:
    seal = _seal(entry)
    where = f"the seal in chain {entry['chain']}, entry {entry['number']},"
    return [(where, int(number), *head) for number, head in seal.heads.items()] if seal else ()


def _seal(entry: asyncpg.Record) -> _Seal | None:
    """What an entry says of the other chains; None when it is no seal, or cannot be read any more."""
    if entry["interaction"] != SEAL:
        return None
    try:
        return msgspec.json.decode(entry["body"], type=_Seal)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None  # the chain tells that it was changed


async def _unmet(connection: asyncpg.Connection, sealed: Iterable[tuple[str, int, int, str]]) -> list[str]:
    faults: dict[int, str] = {}
    for where, number, entry, hash in sealed:
        found = await connection.fetchval(SQL.hash_of_entry, number, entry)
        if found is None:
            faults[number] = f"Chain {number} has lost its end: {where} knew of entry {entry}."
        elif found.hex() != hash:
            faults[number] = f"Chain {number} is not the one that {where} knew: entry {entry} differs."
    return list(faults.values())
