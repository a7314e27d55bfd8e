"""Bench `audit`: what the log of every access costs: its writing alone, and reads with it and without it.

Requests are asked of three servers on one database, in turn, in one run: with the log, without, and without
but answered later, by as long as a commit takes. What the last costs more is the price of waiting, for
whatever it may be: the machine has gone to sleep, or done other things, and comes back to cold caches.
"""

import asyncio
import itertools
import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import msgspec
import uvloop
from starlette.applications import Starlette

from bench import machine, report
from bench.load import Client, Load
from bench.server import COMPILED, free_port
from fellesjournal.access.actor import Actor
from fellesjournal.access.audit.access import Access
from fellesjournal.access.audit.log import Log
from fellesjournal.access.audit.verifying import verify
from fellesjournal.access.decision import Basis, Decision
from fellesjournal.app import schema, wiring
from fellesjournal.app import settings as site_settings
from fellesjournal.app.rooms import Knowledge, knowledge
from fellesjournal.plumbing import database, embedded

WRITERS = (1, 16, 64)
CLIENTS = (1, 16, 64)
CITIZENS = 400
WARDS = 8
ROUNDS = 12
MOST = 1.2
SERVERS = "without", "later", "with"
LATER = 0.0015
"""Seconds that a commit takes, more or less."""


def _read_one() -> str:
    return f"Observation/o{random.randrange(CITIZENS)}"


def _search_within() -> str:
    return f"Observation?patient=Patient/p{random.randrange(CITIZENS)}&code=http://loinc.org|8480-6"


def _worklist() -> str:
    ward = f"Organization/w{random.randrange(WARDS)}"
    return f"Encounter?service-provider={ward}&status=in-progress&_include=Encounter:subject&_count=50"


REQUESTS: dict[str, Callable[[], str]] = {
    "read": _read_one,
    "search": _search_within,
    "worklist": _worklist,
}
"""What is asked for: one measurement, the measurements of one citizen, and the fifty who lie on a ward."""

NURSE = Actor(
    "Practitioner/10042",
    "sykepleier",
    "TREAT",
    display="Nina Nyseng",
    practitioner_role="PractitionerRole/20042",
    unit="Organization/30042",
    unit_display="Sengepost 4",
)


def bench_audit(directory: Path, seconds: float) -> dict[str, Any]:
    """Measure for about so many seconds each, on a PostgreSQL below a directory."""
    with embedded.running(directory) as url:
        postmaster = int(next(directory.rglob("postmaster.pid")).read_text().split("\n", 1)[0])
        return uvloop.run(_bench(url, postmaster, seconds))


async def _bench(url: str, postmaster: int, seconds: float) -> dict[str, Any]:
    chosen = site_settings.read()
    know = knowledge(chosen.definitions, COMPILED)
    connection = await database.connect(url)
    await schema.upgrade(connection, know.definitions.resource_types)
    await connection.close()
    async with database.pool(url) as pool:
        writing = [await _written(pool, postmaster, writers, seconds) for writers in WRITERS]
        report.show(
            "log.write",
            ("writers", "entries/s", "CPU-us/entry", "PostgreSQL's", "p50 ms", "p99 ms"),
            [tuple(one.values()) for one in writing],
        )
        reading = await _read(know, url, pool, postmaster, seconds)
        return {"audit": {"writing": writing, "verify": await _verified(pool), "reading": reading}}


async def _written(pool: asyncpg.Pool, postmaster: int, writers: int, seconds: float) -> dict[str, float]:
    log = Log(pool)
    times: list[float] = []
    numbers = itertools.count(1)

    async def writer(until: float) -> None:
        while time.perf_counter() < until:
            began = time.perf_counter()
            await log.write([_access(next(numbers) % CITIZENS)])
            times.append(time.perf_counter() - began)

    async def all_writers() -> None:
        until = time.perf_counter() + seconds
        await asyncio.gather(*(writer(until) for _ in range(writers)))

    own, of_database, took = await _spent(postmaster, all_writers)
    return {
        "writers": writers,
        "per_second": len(times) / took,
        "client_us": 1e6 * own / len(times),
        "database_us": 1e6 * of_database / len(times),
        "p50": 1000 * report.percentile(times, 0.5),
        "p99": 1000 * report.percentile(times, 0.99),
    }


async def _verified(pool: asyncpg.Pool) -> float:
    """Entries per second of a verification."""
    async with pool.acquire() as connection:
        began = time.perf_counter()
        verdict = [verdict async for verdict in verify(connection, {})][-1]
        rate = verdict.entries / (time.perf_counter() - began)
    report.say(f"audit verify: {verdict.entries:,} entries, {rate:,.0f}/s, {len(verdict.faults)} faults")
    return rate


async def _read(
    know: Knowledge, url: str, pool: asyncpg.Pool, postmaster: int, seconds: float
) -> dict[str, Any]:
    """The same reads of SERVERS in turn."""
    site = site_settings.read({"FELLESJOURNAL_PRACTICE_SITE": "true", "DATABASE_URL": url})
    app = wiring.surface(site, know, pool, write=nothing)
    for number in range(-WARDS, CITIZENS):
        for resource in _record(number) if number >= 0 else [_ward(-1 - number)]:
            path = f"/fhir/{resource['resourceType']}/{resource['id']}"
            status = await _ask(app, "PUT", path, msgspec.json.encode(resource))
            assert status in (200, 201), (path, status)
    with ExitStack() as stack:
        asked = {name: stack.enter_context(_served(name, url)) for name in SERVERS}
        found = {
            (kind, clients): _told(await _in_turn(asked, kind, clients, postmaster, seconds))
            for kind in REQUESTS
            for clients in CLIENTS
        }
    report.show(
        f"requests without the log and with it: CPU-ms of server and PostgreSQL (goal: {MOST} times at most)",
        (
            "request",
            "clients",
            *SERVERS,
            "times",
            "in pairs",
            "later in pairs",
            *(f"p50 {one}" for one in SERVERS),
        ),
        [_row(*which, figures) for which, figures in found.items()],
    )
    return {f"{kind}, {clients}": figures for (kind, clients), figures in found.items()}


def _row(kind: str, clients: int, figures: dict[str, Any]) -> tuple[Any, ...]:
    ratios = [f"{figures[name]:.2f}" for name in ("ratio", "ratio_in_pairs", "later_in_pairs")]
    spent, waited = ([figures[name][figure] for name in SERVERS] for figure in ("cpu_ms", "p50"))
    return kind, clients, *spent, *ratios, *waited


Round = tuple[int, float, float]
"""Reads answered in one round, and the CPU seconds of server and PostgreSQL."""


@dataclass
class _Measured:
    """What one server did: its rounds, and the seconds of each read."""

    rounds: list[Round] = field(default_factory=list)
    times: list[float] = field(default_factory=list)


async def _in_turn(
    asked: dict[str, tuple[int, int]], kind: str, clients: int, postmaster: int, seconds: float
) -> dict[str, _Measured]:
    found = {name: _Measured() for name in asked}
    with ExitStack() as stack:
        loads = {
            name: stack.enter_context(Load(_Requests(kind), ("127.0.0.1", port), clients))
            for name, (port, _) in asked.items()
        }
        for turn in range(-1, ROUNDS):
            for name, load in loads.items():
                roots = {asked[name][1]}
                before = machine.cpu_seconds(roots), machine.cpu_seconds({postmaster})
                measured = await asyncio.to_thread(load.run, seconds / ROUNDS)
                after = machine.cpu_seconds(roots), machine.cpu_seconds({postmaster})
                assert not measured.faults, measured.listed
                if turn >= 0:
                    spent = measured.requests, after[0] - before[0], after[1] - before[1]
                    found[name].rounds.append(spent)
                    found[name].times += measured.times[kind]
    return found


def _told(measured: dict[str, _Measured]) -> dict[str, Any]:
    """Figures of each server, and how many times as much as without a log: of all reads, and the median of
    the rounds in pairs; of answering later the latter.
    """
    figures: dict[str, Any] = {}
    for name, one in measured.items():
        reads, own, of_database = map(sum, zip(*one.rounds, strict=True))
        figures[name] = {
            "cpu_ms": 1000 * (own + of_database) / reads,
            "server_ms": 1000 * own / reads,
            "database_ms": 1000 * of_database / reads,
            "p50": 1000 * report.percentile(one.times, 0.5),
            "p99": 1000 * report.percentile(one.times, 0.99),
        }
    each = {
        name: [(own + other) / reads for reads, own, other in one.rounds] for name, one in measured.items()
    }
    pairs, later = (
        report.median(a / b for a, b in zip(each[name], each["without"], strict=True))
        for name in ("with", "later")
    )
    ratio = figures["with"]["cpu_ms"] / figures["without"]["cpu_ms"]
    return figures | {"ratio": ratio, "ratio_in_pairs": pairs, "later_in_pairs": later}


@dataclass(frozen=True)
class _Requests:
    """One request of a kind after another, for `Client.repeat`."""

    kind: str

    async def once(self, client: Client) -> bool:
        """Ask for one of REQUESTS."""
        answer = await client.ask(self.kind, "GET", f"/fhir/{REQUESTS[self.kind]()}")
        client.expect(answer.status == 200, f"{answer.status} {answer.body[:200]!r}")
        return True


@contextmanager
def _served(name: str, url: str) -> Iterator[tuple[int, int]]:
    """The product's application in a server of one process; gives its port and process id."""
    port = free_port()
    settings = {"FELLESJOURNAL_PRACTICE_SITE": "true", "DATABASE_URL": url}
    target = f"bench.audit:application_{name}_log"
    options = ["--interface", "asgi", "--factory", "--loop", "uvloop", "--no-ws", "--log-level", "error"]
    command = [sys.executable, "-m", "granian", *options, "--port", str(port), target]
    with subprocess.Popen(command, env=os.environ | settings) as process:
        try:
            while True:
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), 0.2):
                    break
                time.sleep(0.2)
            yield port, process.pid
        finally:
            process.terminate()


def application_with_log() -> Starlette:
    """What a server process of the product runs."""
    return wiring.application()


def application_without_log() -> Starlette:
    """The same, but that it keeps no log."""
    return wiring.application(nothing)


def application_later_log() -> Starlette:
    """The same as without, but that each answer that would be logged comes later."""
    return wiring.application(_nothing_later)


async def _spent(postmaster: int, work: Callable[[], Awaitable[None]]) -> tuple[float, float, float]:
    """CPU seconds of this process and of PostgreSQL, and seconds by the clock, of some work."""
    of_database, own, began = machine.cpu_seconds({postmaster}), time.process_time(), time.perf_counter()
    await work()
    own, took = time.process_time() - own, time.perf_counter() - began
    return own, machine.cpu_seconds({postmaster}) - of_database, took


async def nothing(accesses: Sequence[Access]) -> None:
    """A log that keeps nothing."""


async def _nothing_later(accesses: Sequence[Access]) -> None:
    if accesses:
        await asyncio.sleep(LATER)


async def _ask(app: Starlette, method: str, path: str, body: bytes = b"") -> int:
    """The status of a request, made as a server would."""
    status = 0

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        nonlocal status
        status = message.get("status", status)

    headers = [(b"host", b"127.0.0.1"), (b"content-type", b"application/fhir+json")]
    scope = {"type": "http", "method": method, "path": path, "raw_path": path.encode(), "query_string": b""}
    scope |= {"headers": headers, "client": ("127.0.0.1", 1), "root_path": "", "scheme": "http"}
    await app(scope, receive, send)
    return status


def _record(number: int) -> list[dict[str, Any]]:
    coding = {"system": "http://loinc.org", "code": "8480-6"}
    quantity = {"value": 120, "unit": "mmHg", "system": "http://unitsofmeasure.org", "code": "mm[Hg]"}
    observation = {
        "resourceType": "Observation",
        "id": f"o{number}",
        "status": "final",
        "code": {"coding": [coding]},
        "subject": {"reference": f"Patient/p{number}"},
        "effectiveDateTime": "2026-11-23",
        "valueQuantity": quantity,
    }
    stay = {
        "resourceType": "Encounter",
        "id": f"e{number}",
        "status": "in-progress",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP"},
        "subject": {"reference": f"Patient/p{number}"},
        "serviceProvider": {"reference": f"Organization/w{number % WARDS}"},
        "period": {"start": "2026-11-20"},
    }
    patient = {"resourceType": "Patient", "id": f"p{number}", "name": [{"family": "Prøve"}]}
    return [patient, observation, stay]


def _ward(number: int) -> dict[str, Any]:
    return {"resourceType": "Organization", "id": f"w{number}", "name": f"Sengepost {number}"}


def _access(number: int) -> Access:
    return Access(
        moment=datetime.now(UTC),
        actor=NURSE,
        action="R",
        interaction="read",
        citizen=number + 1,
        patient=f"Patient/p{number}",
        resources=(f"Observation/o{number}/_history/1",),
        query="",
        decision=Decision(True, Basis.ADMISSION, f"Encounter/e{number}"),
        request="0123456789abcdef",
        asked="Observation",
    )
