"""Bench `audit`: what it costs to write an act into the log, one request at a time and many."""

import asyncio
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg

from bench import machine
from bench.measuring import QUICK, Effort
from bench.report import percentile, show
from fellesjournal.access.actor import Actor
from fellesjournal.access.audit.access import Access
from fellesjournal.access.audit.log import Log
from fellesjournal.access.decision import Basis, Decision
from fellesjournal.plumbing import database, embedded, migrations

SCHEMA = Path("src", "fellesjournal", "access", "schema")
WRITERS = (1, 16, 64)
NURSE = Actor(
    "Practitioner/4",
    "sykepleier",
    "TREAT",
    "Kari Prøve",
    "PractitionerRole/5",
    "Organization/7",
    "Testhaugen",
)
FOUND = Decision(True, Basis.APPOINTMENT, "Appointment/3")


def bench_audit(effort: Effort) -> list[dict[str, Any]]:
    """Entries per second; CPU-microseconds of the process and PostgreSQL per entry; milliseconds waited."""
    with tempfile.TemporaryDirectory(prefix="fellesjournal-bench-") as temporary:
        directory = Path(temporary)
        directory.chmod(0o755)  # as root PostgreSQL runs as another user, who must be able to enter
        with embedded.running(directory) as url:
            postmaster = int(next(directory.rglob("postmaster.pid")).read_text().split("\n", 1)[0])
            figures = asyncio.run(_measured(url, postmaster, 3 if effort is QUICK else 15))
    columns = ("writers", "entries/s", "process us", "PostgreSQL us", "p50 ms", "p99 ms")
    show("audit: what an entry of the log costs", columns, [tuple(one.values()) for one in figures])
    return figures


async def _measured(url: str, postmaster: int, seconds: float) -> list[dict[str, Any]]:
    async with database.pool(url, 4) as pool:
        async with pool.acquire() as connection:
            await migrations.upgrade(connection, migrations.read([SCHEMA]))
        return [await _with(pool, writers, seconds, postmaster) for writers in WRITERS]


async def _with(pool: asyncpg.Pool, writers: int, seconds: float, postmaster: int) -> dict[str, Any]:
    log = Log(pool)
    await log.write([_access(0)])
    database_before, own_before = machine.cpu_seconds([postmaster]), time.process_time()
    begun = time.perf_counter()
    times = await asyncio.gather(*(_writer(log, begun + seconds) for _ in range(writers)))
    elapsed = time.perf_counter() - begun
    waited = [one for each in times for one in each]
    per_entry = 1e6 / len(waited)
    return {
        "writers": writers,
        "per_second": len(waited) / elapsed,
        "process_us": (time.process_time() - own_before) * per_entry,
        "database_us": (machine.cpu_seconds([postmaster]) - database_before) * per_entry,
        "p50": 1000 * percentile(waited, 0.5),
        "p99": 1000 * percentile(waited, 0.99),
    }


async def _writer(log: Log, until: float) -> list[float]:
    waited: list[float] = []
    while (before := time.perf_counter()) < until:
        await log.write([_access(len(waited) + 1)])
        waited.append(time.perf_counter() - before)
    return waited


def _access(citizen: int) -> Access:
    moment = datetime.now(UTC)
    met = ("Observation/5/_history/2",)
    return Access(moment, NURSE, "R", "read", citizen, f"Patient/{citizen}", met, "", FOUND, "request")
