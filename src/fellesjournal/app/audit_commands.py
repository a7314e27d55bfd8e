"""What `fellesjournal audit` does, and what it says meanwhile."""

import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
from isal import igzip
from rich.console import Console

from fellesjournal.access.audit.reading import events
from fellesjournal.access.audit.verifying import Heads, Verdict, verify
from fellesjournal.plumbing import database
from fellesjournal.plumbing.trouble import Trouble


def read_heads(file: Path | None) -> Heads:
    """Where the chains stood, from a file that `keep_heads` wrote; nothing without one. Raises Trouble."""
    if file is None:
        return {}
    try:
        return msgspec.json.decode(file.read_bytes(), type=dict[int, tuple[int, str]])
    except (OSError, msgspec.DecodeError) as error:
        raise Trouble(f"{file} cannot be read as the heads of the log's chains: {error}.") from error


def keep_heads(verdict: Verdict, file: Path) -> None:
    """Write where the chains stand: what is cut off their ends later can be proven by it."""
    file.write_bytes(msgspec.json.format(msgspec.json.encode(verdict.heads)) + b"\n")


async def verified(url: str, known: Heads, show: Callable[[str], None]) -> Verdict:
    """Go through the whole log; `show` is told how far it has come, and how fast."""
    begun, verdict = time.perf_counter(), Verdict()
    connection = await database.connect(url)
    try:
        async with connection.transaction(isolation="repeatable_read", readonly=True):
            async for verdict in verify(connection, known):
                rate = verdict.entries / (time.perf_counter() - begun)
                show(f"{verdict.entries:,} entries, {rate:,.0f}/s ...")
    finally:
        await connection.close()
    return verdict


def tell(verdict: Verdict, console: Console) -> None:
    """Say what was found: each fault on a line, or that all holds."""
    for fault in verdict.faults:
        console.print(fault, markup=False)
    if verdict.faults:
        console.print(
            f"The log does NOT hold: {len(verdict.faults):,} faults in {verdict.entries:,} entries."
        )
    else:
        console.print(f"The log holds: {verdict.entries:,} entries in {verdict.chains:,} chains.")


async def export(url: str, month: date, file: Path) -> int:
    """Write a month (UTC) of the log as FHIR AuditEvents, one a line; gives their number."""
    first = datetime(month.year, month.month, 1, tzinfo=UTC)
    end = datetime(month.year + month.month // 12, month.month % 12 + 1, 1, tzinfo=UTC)
    entries = 0
    connection = await database.connect(url)
    try:
        with igzip.open(file, "wb") as out:  # type: ignore[no-untyped-call] # published without types
            async for body in events(connection, first, end):
                out.write(body + b"\n")
                entries += 1
    finally:
        await connection.close()
    return entries
