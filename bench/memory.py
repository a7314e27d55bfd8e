"""Bench `memory`: what the server's processes hold under load, and at most for a transaction of 25 MB."""

import asyncio
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from bench import machine, synthea
from bench.crud import Crud
from bench.http import Connection
from bench.load import Load
from bench.measuring import Effort
from bench.report import say, show
from bench.search import Searches
from bench.server import Server

LARGE = 25_000_000
MEGABYTE = 1e6
EVERY = 0.5


class Watch:
    """Looks at the server's processes twice a second and keeps the largest figures of each."""

    def __init__(self, server: Server) -> None:
        self.peaks: dict[int, machine.Memory] = {}
        self._server = server
        self._over = threading.Event()

    @contextmanager
    def watching(self) -> Iterator[None]:
        """Watch meanwhile."""
        thread = threading.Thread(target=self._watch)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join()

    def _watch(self) -> None:
        while not self._over.wait(EVERY):
            for pid in self._server.processes():
                now, before = machine.memory(pid), self.peaks.get(pid, machine.Memory(pid, 0, 0))
                self.peaks[pid] = machine.Memory(
                    pid, max(now.resident, before.resident), max(now.proportional, before.proportional)
                )


def bench_memory(effort: Effort, server: Server, searches: Searches, files: Sequence[Path]) -> dict[str, Any]:
    """Half the clients write, half search; then one transaction of 25 MB. `server` holds the set already."""
    clients = effort.clients[0] // 2
    watch = Watch(server)
    with (
        Load(Crud(), server.address, clients) as crud,
        Load(searches, server.address, clients) as search,
        watch.watching(),
    ):
        other = threading.Thread(target=search.run, args=(effort.seconds,))
        other.start()
        crud.run(effort.seconds)
        other.join()
    for pid in server.processes():
        machine.forget_peak(pid)
    status, size = asyncio.run(_post_large(server, files))
    large = {pid: machine.peak_resident(pid) for pid in server.processes()}
    say(f"A transaction of {size / MEGABYTE:.1f} MB was answered with {status}")
    show(
        "memory of the server's processes, MB",
        (
            "process",
            "resident under load",
            "proportional under load",
            f"peak during {size / MEGABYTE:.0f} MB transaction",
        ),
        [
            (pid, seen.resident / MEGABYTE, seen.proportional / MEGABYTE, large.get(pid, 0) / MEGABYTE)
            for pid, seen in sorted(watch.peaks.items())
        ],
    )
    return {
        "resident": [seen.resident for seen in watch.peaks.values()],
        "proportional": [seen.proportional for seen in watch.peaks.values()],
        "large_transaction_peak": list(large.values()),
        "large_transaction_status": status,
    }


def large_transaction(files: Sequence[Path], size: int = LARGE) -> bytes:
    """One transaction of at least `size` bytes from the entries of many bundles, with new ids."""
    entries: list[bytes] = []
    total, seen = 0, set()
    for path in files:
        if total >= size:
            break
        text = synthea.renamed(path.read_bytes(), synthea.COPIES_AT_MOST - 1)
        for entry in msgspec.json.decode(text, type=dict[str, Any])["entry"]:
            if entry["fullUrl"] not in seen:
                seen.add(entry["fullUrl"])
                entries.append(msgspec.json.encode(entry))
                total += len(entries[-1]) + 1
    return b'{"resourceType":"Bundle","type":"transaction","entry":[%s]}' % b",".join(entries)


async def _post_large(server: Server, files: Sequence[Path]) -> tuple[int, int]:
    connection, body = Connection(*server.address), large_transaction(files)
    answer = await connection.request("POST", "/fhir", body)
    connection.close()
    return answer.status, len(body)
