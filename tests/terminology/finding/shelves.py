"""Invented code systems in a database, put there as an importer would, and asked without waiting by hand."""

import asyncio
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import uuid4

import asyncpg

from conftest import url_with_database
from fellesjournal.plumbing import database
from fellesjournal.terminology.finding import Found, find, index
from fellesjournal.terminology.release import Concept

Result = TypeVar("Result")


async def load(
    connection: asyncpg.Connection,
    url: str,
    concepts: Sequence[Concept],
    *,
    version: str = "1",
    language: str = "nb",
    valid_from: date | None = None,
    loaded: bool = True,
) -> int:
    """A release in its tables, findable; gives its number."""
    number: int = await connection.fetchval(
        "insert into code_system (url, version, name, title, language, valid_from)"
        " values ($1, $2, 'invented', 'Invented', $3, $4) returning number",
        url,
        version,
        language,
        valid_from,
    )
    places = {concept.code: place for place, concept in enumerate(concepts, 1)}
    await connection.copy_records_to_table("concept", records=_concepts(number, concepts))
    await connection.copy_records_to_table("designation", records=_designations(number, concepts))
    parents = [(number, places[one.code], places[parent]) for one in concepts for parent in one.parents]
    await connection.copy_records_to_table("concept_parent", records=parents)
    await index(connection, number)
    if loaded:
        await connection.execute("update code_system set loaded = now() where number = $1", number)
    return number


def _concepts(number: int, concepts: Sequence[Concept]) -> Iterator[tuple[Any, ...]]:
    for place, one in enumerate(concepts, 1):
        texts = (one.code, one.display, one.definition)
        yield number, place, *texts, one.active, one.abstract, one.valid_from, one.valid_to


def _designations(number: int, concepts: Sequence[Concept]) -> Iterator[tuple[Any, ...]]:
    for place, one in enumerate(concepts, 1):
        for n, designation in enumerate(one.designations, 1):
            yield number, place, n, *designation


@dataclass
class Shelves:
    """A database with code systems, and the loop it is asked in."""

    runner: asyncio.Runner
    connection: asyncpg.Connection

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Wait for something asynchronous."""
        return self.runner.run(work)

    def load(self, url: str, concepts: Sequence[Concept], **release: Any) -> int:
        """A release in its tables, findable."""
        return self.run(load(self.connection, url, concepts, **release))

    def find(self, text: str, **how: Any) -> list[Found]:
        """What `find` finds."""
        return self.run(find(self.connection, text, **how))

    def codes(self, text: str, **how: Any) -> list[str]:
        """The codes that `find` finds."""
        return [one.code for one in self.find(text, **how)]


@contextmanager
def opened(postgres: str, template: str) -> Iterator[Shelves]:
    """A database of its own; it goes when the block ends."""
    name = f"shelves_{uuid4().hex[:12]}"
    with asyncio.Runner() as runner:
        server = runner.run(database.connect(postgres))
        runner.run(server.execute(f'create database "{name}" template "{template}" strategy file_copy'))
        connection = runner.run(database.connect(url_with_database(postgres, name)))
        try:
            yield Shelves(runner, connection)
        finally:
            runner.run(connection.close())
            runner.run(server.execute(f'drop database "{name}" with (force)'))
            runner.run(server.close())
