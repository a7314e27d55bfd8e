"""Bench `guesses`: whether the time of an answer tells that a guess at a protected address is right.

The same is asked in turn with what is true of a protected citizen and with what is true of nobody, by
somebody who may see the record and not the address.
"""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import msgspec

from bench import report
from bench.server import COMPILED
from fellesjournal.app import settings as site_settings
from fellesjournal.app.rooms import joined, knowledge
from fellesjournal.errors import Fault
from fellesjournal.norway.protection import EXTENSION
from fellesjournal.plumbing import database
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope

CITIZENS = 1_000
"""Half of them protected."""
ROUNDS = 1_000
WARM_UP = 20
KEEPER, BLIND = Scope.everyone(unveiled=True), Scope.everyone()

Search = tuple[str, str, Callable[[str], list[tuple[str, str]]]]
SEARCHES: list[Search] = [
    ("street", "Patient", lambda guess: [("address", f"veien {guess}")]),
    ("phone", "Patient", lambda guess: [("phone", guess)]),
    ("count by street", "Patient", lambda guess: [("address", f"veien {guess}"), ("_summary", "count")]),
    ("unit", "Encounter", lambda guess: [("service-provider", f"Organization/u{guess}")]),
    ("chain", "Encounter", lambda guess: [("patient.address", f"veien {guess}")]),
    ("reverse chain", "Patient", lambda guess: [("_has:Encounter:patient:service-provider", f"u{guess}")]),
]


def bench_guesses(url: str, rounds: int) -> dict[str, Any]:
    """p50 in milliseconds of right and wrong guesses, and the share of pairs in which the right one took
    longer: 0.5 when the time tells nothing.
    """
    return asyncio.run(_measured(url, rounds))


async def _measured(url: str, rounds: int) -> dict[str, Any]:
    settings = site_settings.Settings(database_url=url)
    async with database.pool(url, 4) as pool:
        record = joined(settings, knowledge(settings.definitions, COMPILED), pool).record
        await _fill(record)
        await pool.execute("vacuum (analyze)")
        rows = [await _searched(record, search, rounds) for search in SEARCHES]
        rows.append(await _written(record, rounds))
    report.show(
        "guesses at a protected address: p50 in milliseconds", ("by", "right", "wrong", "right longer"), rows
    )
    return {name: {"right": right, "wrong": wrong, "longer": longer} for name, right, wrong, longer in rows}


async def _fill(record: Record) -> None:
    for start in range(0, CITIZENS, 250):
        made = [one for number in range(start, start + 250) for one in (_citizen(number), _stay(number))]
        entries = [
            {"request": {"method": "PUT", "url": f"{one['resourceType']}/{one['id']}"}, "resource": one}
            for one in made
        ]
        await record.transact(
            msgspec.json.encode({"resourceType": "Bundle", "type": "transaction", "entry": entries}),
            scope=KEEPER,
        )


def _citizen(number: int) -> dict[str, Any]:
    said = [{"url": EXTENSION, "valueCode": "strengtFortrolig"}]
    return {
        "resourceType": "Patient",
        "id": f"c{number}",
        **({"extension": said} if number % 2 else {}),
        "address": [{"line": [f"veien {_place(number)}"], "city": "Byen"}],
        "telecom": [{"system": "phone", "value": _place(number)}],
    }


def _stay(number: int) -> dict[str, Any]:
    return {
        "resourceType": "Encounter",
        "id": f"e{number}",
        "status": "finished",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "IMP"},
        "subject": {"reference": f"Patient/c{number}"},
        "serviceProvider": {"reference": f"Organization/u{_place(number)}"},
    }


def _place(number: int) -> str:
    return str(10_000_000 + number)


def _guesses() -> tuple[str, str]:
    """What is true of a protected citizen, and what is true of nobody."""
    return _place(random.randrange(1, CITIZENS, 2)), _place(CITIZENS + random.randrange(CITIZENS))


async def _searched(record: Record, search: Search, rounds: int) -> tuple[str, float, float, float]:
    name, type_name, parameters = search

    async def ask(guess: str) -> None:
        page = await record.search(type_name, parameters(guess), scope=BLIND)
        assert not page.entries

    return await _compared(name, ask, rounds)


async def _written(record: Record, rounds: int) -> tuple[str, float, float, float]:
    """A change that puts a guess in the place of the masked address: refused."""
    seen = msgspec.json.decode((await record.read("Patient", "c1", scope=BLIND)).body or b"")

    async def ask(guess: str) -> None:
        address = [{"line": [f"veien {guess}"], "city": "Byen"}]
        with suppress(Fault):
            await record.update(
                "Patient", "c1", msgspec.json.encode(seen | {"address": address}), scope=BLIND
            )

    return await _compared("update", ask, rounds, lambda: (_place(1), _place(CITIZENS + 1)))


async def _compared(
    name: str,
    ask: Callable[[str], Any],
    rounds: int,
    guesses: Callable[[], tuple[str, str]] = _guesses,
) -> tuple[str, float, float, float]:
    times: tuple[list[float], list[float]] = [], []
    for number in range(-WARM_UP, rounds):
        guessed = guesses()
        for which in (0, 1) if number % 2 else (1, 0):
            start = time.perf_counter()
            await ask(guessed[which])
            if number >= 0:
                times[which].append(1000 * (time.perf_counter() - start))
    return name, report.median(times[0]), report.median(times[1]), _longer(*times)


def _longer(right: Sequence[float], wrong: Sequence[float]) -> float:
    """The share of pairs, each right one with each wrong one, in which the right one took longer."""
    return sum(one > other for one in right for other in wrong) / (len(right) * len(wrong))
