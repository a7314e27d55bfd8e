"""The race over HTTP: clients book, hold, move, repeat and cancel on few parties while workers are killed.

Each keeps an account of what it was told. When the race is over the account is held against the appointments
as they are stored, and those against one another, by queries that know nothing of claims. Two waits are
told: of one client for an answer, with 64 of them on few cores, and the longest in which nobody got one.
"""

import asyncio
import os
import random
import signal
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import msgspec

from bench import report
from bench.lean import LeanPoster
from bench.server import Server

PARTIES, CLIENTS, EVERY = 12, 64, 10.0
Tree = dict[str, Any]

STORED = """
select id, body from resource where id = any ($1::text[]) and method <> 'D'
"""


class Client:
    """One who books. `told` is what it was last told of each of its appointments: status and start."""

    def __init__(self, number: int, http: LeanPoster, until: float) -> None:
        self._draw, self._http, self._until = random.Random(number), http, until
        self.told: dict[str, tuple[str, str]] = {}
        self._own: list[Tree] = []
        self.answers: Counter[int] = Counter()
        self.waits: list[float] = []
        self.moments: list[float] = []

    async def race(self) -> None:
        """Act until the time is over; what was sent is sent until there is an answer."""
        while time.monotonic() < self._until:
            chance = self._draw.random()
            if not self._own or chance < 0.5:
                await self._act(self._draw.choice(("book", "hold")), sent(self._wish()))
            elif chance < 0.7:
                await self._act("book", sent(self._moved(self._own[-1])))
            elif chance < 0.8:
                await self._act("book", named(self._own[-1]))
            else:
                await self._act("cancel", named(self._own.pop(self._draw.randrange(len(self._own)))))

    async def _act(self, act: str, parameter: Tree) -> None:
        body = msgspec.json.encode({"resourceType": "Parameters", "parameter": [parameter]})
        headers = {"idempotency-key": str(UUID(int=self._draw.getrandbits(128)))}
        while True:
            began = time.perf_counter()
            try:
                answer = await self._http.post(f"/fhir/Appointment/${act}", body, headers)
            except (OSError, EOFError):
                await asyncio.sleep(0.05)
                continue
            self.moments.append(time.perf_counter())
            self.waits.append(self.moments[-1] - began)
            self.answers[answer.status] += 1
            break
        if answer.status == 200:
            one = msgspec.json.decode(answer.body)["entry"][0]["resource"]
            self.told[one["id"]] = one["status"], one["start"]
            self._own = [other for other in self._own if other["id"] != one["id"]]
            if one["status"] != "cancelled":
                self._own.append(one)

    def _wish(self) -> Tree:
        helpers = self._draw.sample(range(PARTIES), 2)
        who = [f"Practitioner/r{n}" for n in helpers] + [f"Patient/r{self._draw.randrange(PARTIES)}"]
        parties = [{"actor": {"reference": one}, "status": "needs-action"} for one in who]
        return {"resourceType": "Appointment", "status": "pending", "participant": parties} | self._times()

    def _moved(self, one: Tree) -> Tree:
        return (
            {name: value for name, value in one.items() if name != "meta"}
            | {"status": "booked"}
            | self._times()
        )

    def _times(self) -> Tree:
        day = datetime.now(UTC).replace(hour=7, minute=0, second=0, microsecond=0) + timedelta(days=2)
        start = day + timedelta(minutes=5 * self._draw.randrange(96))
        end = start + timedelta(minutes=self._draw.choice((15, 20, 30, 45)))
        return {"start": start.isoformat(), "end": end.isoformat()}


def sent(appointment: Tree) -> Tree:
    """An Appointment as a parameter."""
    return {"name": "appointment-resource", "resource": appointment}


def named(appointment: Tree) -> Tree:
    """The reference to one."""
    reference = f"Appointment/{appointment['id']}"
    return {"name": "appointment-reference", "valueReference": {"reference": reference}}


async def race(server: Server, seconds: float) -> Tree:
    """What came of it: answers by status, kills, and what is wrong (0 of each is right)."""
    host, port = server.address
    async with httpx.AsyncClient(base_url=f"http://{host}:{port}/fhir/", timeout=30) as http:
        for kind in ("Practitioner", "Patient"):
            for n in range(PARTIES):
                (
                    await http.put(f"{kind}/r{n}", json={"resourceType": kind, "id": f"r{n}"})
                ).raise_for_status()
    posters = [LeanPoster((host, port)) for _ in range(CLIENTS)]
    clients = [Client(n, one, time.monotonic() + seconds) for n, one in enumerate(posters)]
    killing, before = asyncio.create_task(_kill_now_and_then(server, seconds)), server.cost()
    await asyncio.gather(*(client.race() for client in clients))
    kills, cost = await killing, server.cost().since(before)
    for poster in posters:
        poster.close()
    answers = sum((client.answers for client in clients), Counter[int]())
    told = {id: last for client in clients for id, last in client.told.items()}
    wrong = await _wrong(server.database_url, told)
    waits = [1e3 * wait for client in clients for wait in client.waits]
    silence = 1e3 * max(b - a for a, b in pairwise(sorted(m for client in clients for m in client.moments)))
    figures = {
        "kills": kills,
        "told of": len(told),
        "acts/s": len(waits) / seconds,
        "p50 ms": report.percentile(waits, 0.5),
        "p99 ms": report.percentile(waits, 0.99),
        "worst ms": max(waits),
        "longest silence ms": silence,
        "cpu ms server": 1e3 * cost.server / len(waits),
        "cpu ms database": 1e3 * cost.database / len(waits),
    }
    return {"answers": dict(answers)} | figures | wrong


async def _kill_now_and_then(server: Server, seconds: float) -> int:
    """kill -9 of one worker, and of another some seconds later; the server starts a new one for each."""
    draw, kills = random.Random(0), 0
    until = time.monotonic() + seconds - EVERY / 2
    while time.monotonic() + EVERY < until:
        await asyncio.sleep(EVERY)
        os.kill(draw.choice(server.workers()), signal.SIGKILL)
        kills += 1
    return kills


async def _wrong(url: str, told: dict[str, tuple[str, str]]) -> Tree:
    connection = await asyncpg.connect(url)
    try:
        rows = await connection.fetch(STORED, list(told))
        deadlocks = await connection.fetchval("select sum(deadlocks)::int from pg_stat_database")
    finally:
        await connection.close()
    trees = {row["id"]: msgspec.json.decode(row["body"]) for row in rows}
    there = {id: (one["status"], one["start"]) for id, one in trees.items()}
    lost = sum(there.get(id) != last for id, last in told.items())
    holding = [one for one in trees.values() if one["status"] in ("pending", "booked")]
    pairs = sum(_overlap(a, b) for n, a in enumerate(holding) for b in holding[:n])
    return {"appointments": len(holding), "lost": lost, "overlaps": pairs, "deadlocks": deadlocks}


def _overlap(one: Tree, other: Tree) -> bool:
    who, others = ({p["actor"]["reference"] for p in tree["participant"]} for tree in (one, other))
    moments = [datetime.fromisoformat(tree[name]) for tree in (one, other) for name in ("start", "end")]
    return bool(who & others) and moments[0] < moments[3] and moments[2] < moments[1]


def bench_booking_race(server: Server, seconds: float) -> Tree:
    """The race, told."""
    found = asyncio.run(race(server, seconds))
    report.say(f"booking: {CLIENTS} clients over HTTP, {seconds:.0f} s: {found}")
    return {"booking_race": found}
