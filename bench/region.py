"""Bench `region`: what it costs to build a region of synthetic citizens, everything checked and indexed.

Memory is of `fellesjournal region build` and its workers, looked at twice a second; CPU is theirs and
PostgreSQL's. What 720,000 citizens would take is reckoned from that: no figure was measured at that size.
"""

import asyncio
import os
import subprocess
import threading
import time
from contextlib import ExitStack
from typing import Any

import msgspec

from bench import machine
from bench.http import Connection
from bench.report import say, show
from bench.server import Server

WHOLE = 720_000
EVERY = 0.5
MEGABYTE = 1e6


class Peaks:
    """The largest resident memory of a process and of those it starts, while watched, and the most that they
    held together: pages that several share are counted once there."""

    def __init__(self, pid: int) -> None:
        self.main = 0
        self.workers: dict[int, int] = {}
        self.together = 0
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> "Peaks":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(EVERY):
            family = machine.family(self._pid)
            self.together = max(self.together, sum(machine.memory(pid).proportional for pid in family))
            for pid in family:
                peak = machine.peak_resident(pid)
                if pid == self._pid:
                    self.main = max(self.main, peak)
                else:
                    self.workers[pid] = max(self.workers.get(pid, 0), peak)


def bench_region(server: Server, citizens: int, years: int) -> dict[str, Any]:
    """Build so many citizens, with so many years of record each, into the server's fresh record."""
    machine.adopt_orphans()
    kept = machine.family(os.getpid())
    before, start = server.cost(), time.perf_counter()
    command = server.command("region", "build", "--citizens", str(citizens), "--years", str(years))
    with ExitStack() as stack:
        words = stack.enter_context((server.data / "build.log").open("w+b"))
        process = subprocess.Popen(command, env=server.environment, stdout=words, stderr=subprocess.STDOUT)
        with Peaks(process.pid) as peaks:
            _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        if status:
            words.seek(0)
            raise RuntimeError(f"the build failed:\n{words.read().decode()[-2000:]}")
    own = usage.ru_utime + usage.ru_stime + machine.spent_by_orphans(kept)
    database = server.cost().since(before).database
    return _told(citizens, asyncio.run(_stored(server)), seconds, own, database, peaks)


def _told(
    citizens: int, resources: int, seconds: float, own: float, database: float, peaks: Peaks
) -> dict[str, Any]:
    largest = max(peaks.workers.values(), default=0)
    row = (
        *(citizens, resources, resources / seconds, 1e6 * own / resources, 1e6 * database / resources),
        *(peaks.main / MEGABYTE, largest / MEGABYTE, peaks.together / MEGABYTE),
    )
    columns = (
        *("citizens", "stored", "stored/s", "CPU-us each", "database us"),
        *("main MB", "worker MB", "all MB"),
    )
    show("region build", columns, [row])
    whole = seconds / citizens * WHOLE
    say(
        f"At this pace {WHOLE:,} citizens ({resources / citizens * WHOLE / 1e6:.0f} million resources) take "
        f"{whole / 3600:.1f} hours on this machine: reckoned, not measured."
    )
    return {
        "citizens": citizens,
        "resources": resources,
        "resources_per_second": resources / seconds,
        "cpu_us": 1e6 * own / resources,
        "database_us": 1e6 * database / resources,
        "main_peak": peaks.main,
        "worker_peak": largest,
        "together_peak": peaks.together,
        "whole_region_seconds": whole,
    }


async def _stored(server: Server) -> int:
    """How many resources the record holds."""
    connection = Connection(*server.address)
    answer = await connection.request("GET", "/fhir?_summary=count")
    connection.close()
    total: int = msgspec.json.decode(answer.body)["total"]
    return total
