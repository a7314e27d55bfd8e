"""Bench `finding`: codes found as people type them.

The diagnoses of ICD-10 and ICPC-2 are read from `@navikt/diagnosekoder`. A made system, as large as SNOMED
CT, has texts of the same words in the same proportions strung together, so that every search meets many of
them, and so have 1,100 small ones, about as many as set-up loads. Which codes come first is judged among the
diagnoses; the times are those of a search in all of them.
"""

import asyncio
import json
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import asyncpg

from bench import finding_questions, machine
from bench.measuring import Effort
from bench.report import percentile, say, show
from fellesjournal.plumbing import database, embedded, migrations
from fellesjournal.terminology.finding import find, index

PACKAGE = Path("node_modules", "@navikt", "diagnosekoder", "lib")
SCHEMA = Path("src", "fellesjournal", "terminology", "schema")
ICD10, ICPC2 = "http://hl7.org/fhir/sid/icd-10-no", "http://hl7.org/fhir/sid/icpc-2"
MADE, MADE_CONCEPTS = "http://example.org/made", 350_000
SMALL, SMALL_SYSTEMS, SMALL_CONCEPTS = "http://example.org/small/", 1_100, 20
CLIENTS = 16
ROUNDS = 3

Row = tuple[str, str]


def bench_finding(effort: Effort) -> dict[str, Any]:
    """Recall by group; milliseconds and CPU-ms of searches asked for the first time and again."""
    with tempfile.TemporaryDirectory(prefix="fellesjournal-bench-") as temporary:
        directory = Path(temporary)
        directory.chmod(0o755)  # as root PostgreSQL runs as another user, who must be able to enter
        with embedded.running(directory) as url:
            return asyncio.run(_measured(url, _postmaster(directory), effort))


def _postmaster(directory: Path) -> int:
    """The process id of the PostgreSQL that keeps its data there (first line of its postmaster.pid)."""
    return int(next(directory.rglob("postmaster.pid")).read_text().split("\n", 1)[0])


def diagnoses(name: str) -> list[Row]:
    """Codes and texts of ICD10 or ICPC2."""
    return [(row["code"], row["text"]) for row in json.loads((PACKAGE / f"{name}.json").read_text())]


def made(like: Sequence[Row], concepts: int) -> Iterator[Row]:
    """Concepts with texts of two to nine of the words of others, one in twenty a new compound."""
    draw = random.Random(7)
    words = [word for _, text in like for word in text.replace(";", " ").replace("/", " ").split()]
    rare = sorted(set(words))
    for number in range(concepts):
        text = [
            draw.choice(rare)[:7] + draw.choice(rare)[-6:].lower()
            if (chance := draw.random()) < 0.05
            else draw.choice(rare if chance < 0.25 else words)
            for _ in range(draw.randint(2, 9))
        ]
        yield str(10_000_000 + 7 * number), " ".join(text)


async def load(connection: asyncpg.Connection, url: str, rows: Sequence[Row]) -> float:
    """Put a release in its tables and make it findable; gives the seconds of the latter."""
    number = await connection.fetchval(
        "insert into code_system (url, version, name, title, language, loaded)"
        " values ($1, '1', 'bench', 'bench', 'nb', now()) returning number",
        url,
    )
    records = ((number, place, code, text) for place, (code, text) in enumerate(rows, 1))
    columns = ["system", "number", "code", "display"]
    await connection.copy_records_to_table("concept", records=records, columns=columns)
    begun = time.perf_counter()
    await index(connection, number)
    return time.perf_counter() - begun


async def _measured(url: str, postmaster: int, effort: Effort) -> dict[str, Any]:
    async with database.pool(url, CLIENTS) as pool:
        async with pool.acquire() as connection:
            await migrations.upgrade(connection, migrations.read([SCHEMA]))
            figures: dict[str, Any] = {"index_seconds": await _load_all(connection)}
            figures["bytes"] = await connection.fetchval(
                "select sum(pg_total_relation_size(name::regclass))::bigint"
                " from unnest(array['code_text_entry', 'code_text_word', 'code_text']) as name"
            )
            say(f"Index: {figures['bytes'] / 1e6:,.0f} MB, made in {figures['index_seconds']:.0f} s")
            figures["recall"] = await _recall(connection)
        figures["times"] = await _times(pool, postmaster, 1 if effort.runs == 1 else ROUNDS)
    return figures


async def _load_all(connection: asyncpg.Connection) -> float:
    icd10, icpc2 = diagnoses("ICD10"), diagnoses("ICPC2")
    seconds = await load(connection, ICD10, icd10) + await load(connection, ICPC2, icpc2)
    rows = list(made([*icd10, *icpc2], MADE_CONCEPTS + SMALL_SYSTEMS * SMALL_CONCEPTS))
    seconds += await load(connection, MADE, rows[:MADE_CONCEPTS])
    for number in range(SMALL_SYSTEMS):
        first = MADE_CONCEPTS + number * SMALL_CONCEPTS
        seconds += await load(connection, f"{SMALL}{number}", rows[first : first + SMALL_CONCEPTS])
    await connection.execute("vacuum analyze")
    return seconds


async def _recall(connection: asyncpg.Connection) -> dict[str, float]:
    """The share of each group's searches with a code that answers among the first ten."""
    recall, missed = {}, []
    for group, rows in finding_questions.GROUPS.items():
        questions = finding_questions.questions(rows)
        wrong = []
        for text, wanted in questions:
            found = await find(connection, text, systems=[ICD10, ICPC2], limit=10)
            if not finding_questions.answered([one.code for one in found], wanted):
                wrong.append(text)
        recall[group] = 1 - len(wrong) / len(questions)
        missed += wrong
    show("Searches answered among the first ten", ("group", "share"), recall.items())
    say(f"Not answered: {', '.join(missed) or 'none'}")
    return recall


def _typed() -> list[str]:
    """Every search, and what is on the screen on the way to the everyday ones."""
    whole = [
        text for rows in finding_questions.GROUPS.values() for text, _ in finding_questions.questions(rows)
    ]
    everyday = [text for text, _ in finding_questions.questions(finding_questions.EVERYDAY)]
    return whole + [
        text[:length] for text in everyday for length in range(1, len(text), 2) if text[:length].strip()
    ]


async def _times(pool: asyncpg.Pool, postmaster: int, rounds: int) -> list[dict[str, Any]]:
    """Searches by one client and by sixteen: half of the texts each for the first time, then all again."""
    texts = list(dict.fromkeys(_typed()))
    random.Random(1).shuffle(texts)
    again = texts * rounds
    figures = [
        await _timed(pool, postmaster, "first", 1, texts[::2]),
        await _timed(pool, postmaster, "first", CLIENTS, texts[1::2]),
        await _timed(pool, postmaster, "again", 1, again),
        await _timed(pool, postmaster, "again", CLIENTS, again),
    ]
    show("Searches in one process", tuple(figures[0]), [tuple(one.values()) for one in figures])
    return figures


async def _timed(
    pool: asyncpg.Pool, postmaster: int, asked: str, clients: int, texts: list[str]
) -> dict[str, Any]:
    waiting, times = iter(texts), []

    async def client() -> None:
        async with pool.acquire() as connection:
            for text in waiting:
                begun = time.perf_counter()
                await find(connection, text)
                times.append(1000 * (time.perf_counter() - begun))

    begun, own, theirs = time.perf_counter(), time.process_time(), machine.cpu_seconds([postmaster])
    await asyncio.gather(*(client() for _ in range(clients)))
    return {
        "asked": asked,
        "clients": float(clients),
        "searches": float(len(times)),
        "per_second": len(times) / (time.perf_counter() - begun),
        "p50": percentile(times, 0.5),
        "p95": percentile(times, 0.95),
        "p99": percentile(times, 0.99),
        "process_cpu_ms": 1000 * (time.process_time() - own) / len(times),
        "postgresql_cpu_ms": 1000 * (machine.cpu_seconds([postmaster]) - theirs) / len(times),
        "load_average": machine.load_average(),
    }
