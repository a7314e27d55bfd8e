"""Benches `import` and `http_import`: how fast resources get in, everything validated and indexed.

`import` runs `fellesjournal import` over the Synthea bundles; `http_import` posts the same bundles as
transactions. Afterwards the record must hold exactly the resources of the set, type by type.
"""

import asyncio
import os
import subprocess
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from bench import machine
from bench.http import Connection
from bench.load import Client, Load
from bench.measuring import Effort
from bench.report import median, say, show
from bench.server import Server

HTTP_CLIENTS = 4
AT_MOST = 3600.0
"""Seconds after which an import over HTTP is given up."""


@dataclass(frozen=True)
class Transactions:
    """Each client posts its share of the bundles, once."""

    files: tuple[Path, ...]
    clients: int
    base: str = "/fhir"

    async def once(self, client: Client) -> bool:
        """Post this client's share."""
        for path in self.files[client.number :: self.clients]:
            body = path.read_bytes()
            answer = await client.ask("transaction", "POST", self.base, body)
            made = answer.body.count(b'"status":"201')
            expected = body.count(b'"method":"POST"')
            client.expect(
                answer.status == 200 and made == expected,
                f"{path.name}: {answer.status}, {made} of {expected} created {answer.body[:300]!r}",
            )
        return False


def run_import(server: Server, *folders: Path) -> tuple[float, float, float]:
    """`fellesjournal import folders`; gives seconds, its CPU seconds, and PostgreSQL's meanwhile."""
    machine.adopt_orphans()
    kept = machine.family(os.getpid())
    before, start = server.cost(), time.perf_counter()
    process = subprocess.Popen(
        server.command("import", *map(str, folders)),
        env=server.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    assert process.stdout is not None
    words = process.stdout.read().decode()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"the import failed:\n{words[-2000:]}")
    seconds = time.perf_counter() - start
    database = server.cost().since(before).database
    return seconds, usage.ru_utime + usage.ru_stime + machine.spent_by_orphans(kept), database


def bench_import(effort: Effort, files: Sequence[Path], folder: Path) -> dict[str, Any]:
    """Each run imports into a fresh record."""
    entries, distinct = counted(files)
    rows = []
    for _ in range(effort.runs):
        with Server() as server:
            seconds, own, database = run_import(server, folder)
            wrong = asyncio.run(missing(server, distinct))
            rows.append(
                (entries / seconds, 1e6 * own / entries, 1e6 * database / entries, seconds, len(wrong))
            )
            for text in wrong:
                say(f"  {text}")
    show("import", ("resources/s", "CPU-us/resource", "PostgreSQL us", "seconds", "wrong"), rows)
    return {"resources_per_second": median(row[0] for row in rows), "runs": rows, "resources": entries}


def bench_http_import(effort: Effort, files: Sequence[Path]) -> dict[str, Any]:
    """Each run posts all bundles into a fresh record with a few clients side by side."""
    _, distinct = counted(files)
    entries = sum(path.read_bytes().count(b'"method":"POST"') for path in files)
    rows = []
    for _ in range(effort.runs):
        workload = Transactions(tuple(files), HTTP_CLIENTS)
        with Server() as server, Load(workload, server.address, HTTP_CLIENTS) as load:
            before = server.cost()
            measured = load.run(AT_MOST)
            cost = server.cost().since(before)
            wrong = asyncio.run(missing(server, {"Patient": distinct["Patient"]}))
            for text in [*measured.listed, *wrong]:
                say(f"  {text}")
            each = 1e6 / entries
            rows.append(
                (
                    entries / measured.seconds,
                    each * cost.server,
                    each * cost.database,
                    measured.seconds,
                    measured.faults + len(wrong),
                )
            )
    columns = ("resources/s", "server us/resource", "PostgreSQL us", "seconds", "wrong")
    show(f"http_import, {HTTP_CLIENTS} clients", columns, rows)
    return {"resources_per_second": median(row[0] for row in rows), "runs": rows, "resources": entries}


def counted(files: Sequence[Path]) -> tuple[int, Counter[str]]:
    """How many entries the bundles have, and how many distinct resources of each type."""
    entries, ids = 0, set()
    for path in files:
        for entry in msgspec.json.decode(path.read_bytes())["entry"]:
            entries += 1
            ids.add((entry["resource"]["resourceType"], entry["fullUrl"]))
    return entries, Counter(type for type, _ in ids)


async def missing(server: Server, distinct: dict[str, int]) -> list[str]:
    """The types of which the record does not hold as many as it should."""
    connection, wrong = Connection(*server.address), []
    for type, number in distinct.items():
        answer = await connection.request("GET", f"/fhir/{type}?_summary=count")
        found = msgspec.json.decode(answer.body).get("total")
        if found != number:
            wrong.append(f"{type}: {found} in the record instead of {number}")
    connection.close()
    return wrong
