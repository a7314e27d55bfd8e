"""Bench `reach`: what it costs that every search is held to the actor's scope.

The same search is asked of the record in turn as everybody and as a unit that has 5,000 citizens in its care:
within one citizen's record, and as the worklists that go across all of them.
"""

import asyncio
import random
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import asyncpg
import msgspec

from bench import machine, report
from bench.server import COMPILED
from fellesjournal.app import settings as site_settings
from fellesjournal.app.rooms import joined, knowledge
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.plumbing import database
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope

CITIZENS = 5_000
UNIT = "bench-unit"
ROUNDS, QUICK_ROUNDS = 400, 100
WARM_UP = 20
EVERYONE = Scope.everyone()

Parameters = list[tuple[str, str]]
Shape = tuple[str, str, Callable[[list[str]], Parameters], float]
"""Name, type, the parameters for one of the unit's citizens, and the ratio aimed at."""

FIGURES = ("whole", "scoped", "ratio", "whole_cpu", "scoped_cpu", "ratio_cpu")
ONE, MANY = 1.15, 1.5
SHAPES: list[Shape] = [
    ("citizen, newest", "Observation", lambda ids: [("patient", random.choice(ids))], ONE),
    (
        "citizen + code",
        "Observation",
        lambda ids: [("patient", random.choice(ids)), ("code", "http://loinc.org|8480-6")],
        ONE,
    ),
    (
        "citizen + category + date",
        "Observation",
        lambda ids: [("patient", random.choice(ids)), ("category", "laboratory"), ("date", "ge2015")],
        ONE,
    ),
    (
        "citizen, sorted",
        "Condition",
        lambda ids: [("patient", random.choice(ids)), ("_sort", "-onset-date")],
        ONE,
    ),
    ("the unit's episodes", "EpisodeOfCare", lambda _: [("organization", f"Organization/{UNIT}")], MANY),
    (
        "episodes with their citizens",
        "EpisodeOfCare",
        lambda _: [("organization", f"Organization/{UNIT}"), ("_include", "EpisodeOfCare:patient")],
        MANY,
    ),
    ("the unit's newest readings", "Observation", lambda _: [("code", "http://loinc.org|8480-6")], MANY),
    (
        "citizens by episode",
        "Patient",
        lambda _: [("_has:EpisodeOfCare:patient:organization", f"Organization/{UNIT}")],
        MANY,
    ),
]


def bench_reach(url: str, rounds: int) -> dict[str, Any]:
    """p50 in milliseconds as everybody and as the unit, and their ratio; the same for the CPU of this process
    and PostgreSQL, which other work on the machine disturbs less.
    """
    return asyncio.run(_measured(url, rounds))


async def _measured(url: str, rounds: int) -> dict[str, Any]:
    settings = site_settings.Settings(database_url=url)
    async with database.pool(url, 1) as pool:
        record = joined(settings, knowledge(settings.definitions, COMPILED), pool).record
        ids = await _with_unit(record, pool)
        unit = Scope(whole=False, moment=time.time_ns() // 1000, parties=(key_of(f"Organization/{UNIT}"),))
        backend = await pool.fetchval("select pg_backend_pid()")
        rows = [await _compared(record, backend, shape, ids, unit, rounds) for shape in SHAPES]
    columns = ("shape", "everybody", "the unit", "ratio", "CPU", "the unit's", "ratio", "aim")
    report.show("search, one client: p50 in milliseconds", columns, rows)
    return {row[0]: dict(zip(FIGURES, row[1:], strict=False)) for row in rows}


async def _compared(
    record: Record, backend: int, shape: Shape, ids: list[str], unit: Scope, rounds: int
) -> tuple[str, *tuple[float, ...]]:
    name, type_name, parameters, aim = shape
    times: tuple[list[float], list[float]] = [], []
    spent: tuple[list[float], list[float]] = [], []
    for number in range(-WARM_UP, rounds):
        asked = [*parameters(ids), ("_count", "50")]
        about = [key_of(f"Patient/{value}") for name_, value in asked if name_ == "patient"]
        scopes = EVERYONE, unit.asked_about(about)
        for which in (0, 1) if number % 2 else (1, 0):
            start, cpu = time.perf_counter(), time.process_time() + machine.busy_seconds(backend)
            page = await record.search(type_name, asked, scope=scopes[which])
            if number >= 0:
                times[which].append(1000 * (time.perf_counter() - start))
                spent[which].append(1000 * (time.process_time() + machine.busy_seconds(backend) - cpu))
        assert page is not None
    whole, scoped, cpu_whole, cpu_scoped = map(report.median, (*times, *spent))
    return name, whole, scoped, scoped / whole, cpu_whole, cpu_scoped, cpu_scoped / cpu_whole, aim


async def _with_unit(record: Record, pool: asyncpg.Pool) -> list[str]:
    """Make the unit and its citizens, each with an episode of care and some observations; once. Gives the ids
    of those of the set, who have long records, all in the unit's care too.
    """
    rows = await pool.fetch(
        "select r.id from resource r join resource_type t on t.number = r.type"
        " where t.name = 'Patient' and r.id not like 'bench-%' order by r.id limit 1000"
    )
    ids = [row["id"] for row in rows]
    unit = {"resourceType": "Organization", "id": UNIT, "name": "Bench"}
    await record.update("Organization", UNIT, _json(unit), scope=EVERYONE)
    made = [f"bench-{number}" for number in range(CITIZENS - len(ids))]
    resources = [_episode(id) for id in ids]
    for id in made:
        resources += [
            {"resourceType": "Patient", "id": id},
            _episode(id),
            *map(partial(_observation, id), range(5)),
        ]
    for start in range(0, len(resources), 500):
        entries = [
            {"request": {"method": "PUT", "url": f"{one['resourceType']}/{one['id']}"}, "resource": one}
            for one in resources[start : start + 500]
        ]
        bundle = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
        await record.transact(_json(bundle), scope=EVERYONE)
    for table in (
        "index_term",
        "index_link",
        "index_date",
        "index_care",
        "index_restriction",
        "identity",
        "resource",
    ):
        await pool.execute(f"vacuum (analyze) {table}")
    return ids


def _episode(id: str) -> dict[str, Any]:
    return {
        "resourceType": "EpisodeOfCare",
        "id": f"bench-{id}"[-60:],
        "status": "active",
        "patient": {"reference": f"Patient/{id}"},
        "managingOrganization": {"reference": f"Organization/{UNIT}"},
    }


def _observation(id: str, number: int) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": f"{id}-{number}",
        "status": "final",
        "code": {"coding": [{"system": "http://loinc.org", "code": "8480-6"}]},
        "subject": {"reference": f"Patient/{id}"},
        "effectiveDateTime": f"2026-11-{number + 1:02}",
        "valueQuantity": {"value": 120 + number, "system": "http://unitsofmeasure.org", "code": "mm[Hg]"},
    }


def _json(tree: dict[str, Any]) -> bytes:
    return msgspec.json.encode(tree)
