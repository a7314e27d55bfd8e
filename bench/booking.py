"""Bench `booking`: the first free times, the guard under a race, and what calendars weigh.

The times are found by the room's own code over ninety days of calendars that are nine tenths full; then the
same is asked of a server. In the race many writers take, move and give back the times of few parties; what is
left is looked through for overlaps by a query that knows nothing of the constraint.
"""

import asyncio
import random
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import asyncpg
import httpx
import uvloop

from bench import report
from bench.lean import Lean
from bench.server import Server
from fellesjournal.booking.free.availability import OPEN, Hours, open_bits
from fellesjournal.booking.free.calendars import DAYS
from fellesjournal.booking.free.finding import Need, find
from fellesjournal.booking.free.grid import Grid
from fellesjournal.booking.free.lanes import Lanes
from fellesjournal.booking.statements import SQL
from fellesjournal.plumbing import database

DOCTORS, ROOMS, NURSES = 200, 60, 240
FULL = 0.93
REGION = 20_000
WRITERS, PARTIES, HOT = 64, 2_000, 12
_WEEK = (Hours((0, 1, 2, 3, 4), "08:00", "16:00"),)

OVERLAPS = """
select count(*) from claim a join claim b on a.party = b.party and a.lane = b.lane
and a.ctid < b.ctid and a.during && b.during
"""


def bench_booking(server: Server, seconds: float) -> dict[str, Any]:
    """Each part for about so many seconds."""
    finding = _finding(seconds)
    weight = _weight()
    asked = _asked(server, seconds)
    race = uvloop.run(_races(server.database_url, seconds))
    return {"booking": {"finding": finding, "weight": weight, "asked": asked, "race": race}}


def _calendar(grid: Grid, draw: random.Random) -> int:
    """The free bits of a working week, nine tenths taken in pieces of a quarter to an hour."""
    free = open_bits(_WEEK, grid, "", grid.first)
    at = 0
    while at < grid.length:
        length = draw.choice((3, 4, 6, 6, 9, 12))
        if draw.random() < FULL:
            free &= ~(((1 << length) - 1) << at)
        at += length
    return free


def _finding(seconds: float) -> list[dict[str, Any]]:
    grid, draw = Grid(date(2026, 11, 30), DAYS), random.Random(1)
    names = [f"Practitioner/{n}" for n in range(DOCTORS + NURSES)] + [f"Location/{n}" for n in range(ROOMS)]
    free = {name: Lanes([_calendar(grid, draw)]) for name in names} | {"Patient/1": Lanes([grid.all])}
    doctors, nurses, rooms = names[:DOCTORS], names[DOCTORS : DOCTORS + NURSES], names[-ROOMS:]
    asked = {
        "4 named": [Need([one], 6) for one in (doctors[3], nurses[7], rooms[5], "Patient/1")],
        f"any of {DOCTORS} x {ROOMS} x {NURSES}": [
            Need(p, 6) for p in (doctors, rooms, nurses, ["Patient/1"])
        ],
    }
    found = []
    for name, needs in asked.items():
        for state in ("first", "again"):
            times = _timed(free, needs, grid.all, seconds / 8, anew=state == "first")
            p50 = 1e6 * report.percentile(times, 0.5)
            found.append({"asked": f"{name}, {state}", "p50 us": p50, "times": len(times)})
    report.show(
        "booking: first three times, the room's own code",
        tuple(found[0]),
        [tuple(one.values()) for one in found],
    )
    return found


def _timed(
    free: Mapping[str, Lanes], needs: Sequence[Need], within: int, seconds: float, *, anew: bool
) -> list[float]:
    """`anew`: as if all calendars had changed since the last question."""
    times, until = [], time.perf_counter() + seconds
    while time.perf_counter() < until:
        free = {name: Lanes(lanes) for name, lanes in free.items()} if anew else free
        began = time.perf_counter()
        find(free, needs, within)
        times.append(time.perf_counter() - began)
    return times


def _weight() -> dict[str, float]:
    """Megabytes of the calendars of a region."""
    grid, draw = Grid(date(2026, 11, 30), DAYS), random.Random(2)
    one = _calendar(grid, draw)
    kept = [one ^ (number << 90) for number in range(REGION)]
    weight = sum(map(sys.getsizeof, kept)) / 1e6
    report.say(f"booking: {len(kept):,} calendars of {DAYS} days: {weight:.0f} MB")
    return {"calendars": len(kept), "mb": weight}


def _asked(server: Server, seconds: float) -> list[dict[str, Any]]:
    """Appointment/$find of a server, one client, which is lean, and one that people use (httpx) in turn."""
    host, port = server.address
    found = []
    with (
        httpx.Client(base_url=f"http://{host}:{port}/fhir/", timeout=60) as client,
        Lean((host, port)) as lean,
    ):
        for name, asked in _questions(client).items():
            request = client.build_request("GET", "Appointment/$find", params=httpx.QueryParams(asked))
            target = request.url.raw_path.decode()
            client.send(request).raise_for_status()
            times: dict[str, list[float]] = {"lean": [], "httpx": []}
            until, before = time.perf_counter() + seconds / 3, server.cost()
            while time.perf_counter() < until:
                times["lean"].append(_lasted(lean.get, target))
                times["httpx"].append(_lasted(client.send, request))
            cost, count = server.cost().since(before), 2 * len(times["lean"])
            p50 = {f"p50 ms {by}": 1e3 * report.percentile(taken, 0.5) for by, taken in times.items()}
            cpu = {"cpu ms server": 1e3 * cost.server / count, "database": 1e3 * cost.database / count}
            found.append({"asked": name, **p50, **cpu, "times": count})
    report.show(
        "booking: Appointment/$find, one client", tuple(found[0]), [tuple(one.values()) for one in found]
    )
    return found


def _lasted(ask: Callable[..., object], *asked: object) -> float:
    began = time.perf_counter()
    ask(*asked)
    return time.perf_counter() - began


def _questions(client: httpx.Client) -> dict[str, tuple[tuple[str, str], ...]]:
    """What is asked, of actors that are stored for it."""
    people = _stored(client, "Practitioner", DOCTORS + NURSES)
    rooms = _stored(client, "Location", ROOMS)
    client.put("Patient/1", json={"resourceType": "Patient", "id": "1"}).raise_for_status()
    citizen = ("patient-reference", "Patient/1")
    doctors, nurses = people[:DOCTORS], people[DOCTORS:]
    pools = [("practitioner", one) for one in doctors] + [("location-reference", one) for one in rooms]
    three = [("need", ",".join(some)) for some in (doctors, nurses, rooms)]
    return {
        "3 named": (("practitioner", people[3]), ("location-reference", rooms[5]), citizen),
        f"any of {DOCTORS} x {ROOMS}": (*pools, citizen),
        f"any of {DOCTORS} x {NURSES} x {ROOMS}": (*three, citizen),
    }


def _stored(client: httpx.Client, kind: str, count: int) -> list[str]:
    """Actors with working hours, as many as asked for."""
    days = [{"url": "day", "valueCode": day} for day in ("mon", "tue", "wed", "thu", "fri")]
    hours = [*days, {"url": "from", "valueTime": "08:00:00"}, {"url": "to", "valueTime": "16:00:00"}]
    names = [f"{kind}/b{n}" for n in range(count)]
    resources: list[dict[str, Any]] = []
    for name in names:
        id = name.partition("/")[2]
        opened = {"actor": [{"reference": name}], "extension": [{"url": OPEN, "extension": hours}]}
        resources.append({"resourceType": kind, "id": id})
        resources.append({"resourceType": "Schedule", "id": f"{kind}-{id}"} | opened)
    entries = [
        {"resource": one, "request": {"method": "PUT", "url": f"{one['resourceType']}/{one['id']}"}}
        for one in resources
    ]
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
    client.post("", json=bundle).raise_for_status()
    return names


async def _races(url: str, seconds: float) -> list[dict[str, Any]]:
    async with database.pool(url, WRITERS) as pool:
        rows = [await _race(pool, f"{name}, {parties:,} parties", parties, writers, seconds)
                for name, parties, writers in (("spread", PARTIES, 16), ("hot", HOT, WRITERS))]  # fmt: skip
    report.show("booking: three parties at a time, taken, moved and given back", tuple(rows[0]),
                [tuple(one.values()) for one in rows])  # fmt: skip
    return rows


async def _race(pool: asyncpg.Pool, name: str, parties: int, writers: int, seconds: float) -> dict[str, Any]:
    begin = datetime.now(UTC) + timedelta(days=1)
    tried, won, deadlocks, worst = 0, 0, 0, 0.0
    until = time.perf_counter() + seconds

    async def writer(number: int) -> None:
        nonlocal tried, won, deadlocks, worst
        draw = random.Random(number)
        async with pool.acquire() as connection:
            while time.perf_counter() < until:
                holder = draw.randrange(parties * 5)
                start = begin + timedelta(minutes=5 * draw.randrange(96 if parties == HOT else 8_640))
                during = asyncpg.Range(start, start + timedelta(minutes=draw.choice((15, 20, 30, 45))))
                chosen = [] if draw.random() < 0.1 else draw.sample(range(parties), 3)
                wishes = [(party, during, holder, None, True, False) for party in chosen]
                began = time.perf_counter()
                try:
                    async with connection.transaction():
                        if await connection.fetch(SQL.claim_times, [holder], wishes, [""] * len(wishes)):
                            raise Taken
                    won += 1
                except Taken:
                    pass
                except asyncpg.DeadlockDetectedError:
                    deadlocks += 1
                tried += 1
                worst = max(worst, time.perf_counter() - began)

    await asyncio.gather(*(writer(number) for number in range(writers)))
    overlaps = await pool.fetchval(OVERLAPS)
    await pool.execute("truncate claim, calendar_mark")
    return {
        "race": name,
        "writers": writers,
        "tried/s": tried / seconds,
        "won/s": won / seconds,
        "deadlocks": deadlocks,
        "worst ms": 1e3 * worst,
        "overlaps": overlaps,
    }


class Taken(Exception):
    """Some of the time was taken: the transaction is undone."""
