"""A journal of the real house on a database of its own, for tests that are not asynchronous themselves."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import uuid4

import asyncpg

from conftest import url_with_database
from fellesjournal.access.actor import Actor
from fellesjournal.access.journal import Journal, OpenJournal
from fellesjournal.app.library import RecordLibrary
from fellesjournal.app.settings import Settings
from fellesjournal.app.wiring import door
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search.compile import compile_parameters
from fellesjournal.fhir.search.extraction import Extractor
from fellesjournal.fhir.validation import Validator
from fellesjournal.plumbing import database
from fellesjournal.record.record import Record
from fellesjournal.record.search.registry import Registry
from fellesjournal.record.search.search import Search
from fellesjournal.terminology import loading
from fellesjournal.terminology.library import FhirLibrary, Libraries
from fellesjournal.terminology.release import Release
from fellesjournal.terminology.terminology import Terminology
from oracle.evaluator import Key, Parameters, load

Item = TypeVar("Item")
Result = TypeVar("Result")

SIDE_BY_SIDE = 4
BASE = "https://journal.example/fhir"


@dataclass
class Door:
    """The open journal, and the loop it works in."""

    runner: asyncio.Runner
    pool: asyncpg.Pool
    journal: OpenJournal

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Wait for something asynchronous."""
        return self.runner.run(work)

    def each(self, work: Iterable[Item], do: Callable[[Item], Awaitable[list[Result]]]) -> list[Result]:
        """What `do` gives for every piece of work, a few of them side by side."""
        waiting = iter(work)

        async def one_after_another() -> list[Result]:
            return [result for item in waiting for result in await do(item)]

        async def side_by_side() -> list[list[Result]]:
            return await asyncio.gather(*(one_after_another() for _ in range(SIDE_BY_SIDE)))

        return [result for found in self.run(side_by_side()) for result in found]

    async def search(self, type_: str | None, parameters: Parameters, compartment: Key | None) -> Any:
        """One page."""
        return await self.journal.search(type_, parameters, compartment=compartment)

    async def load(self, release: Release) -> None:
        """Put a release of a code system into the tables, as an operator does."""
        async with self.pool.acquire() as connection:
            await loading.load(connection, release)

    def everything(self) -> list[dict[str, Any]]:
        """All resources as they are stored, in the order of their creation."""
        return [load(stored.body) for stored in reversed(self.run(self._everything()))]

    async def _everything(self) -> list[Any]:
        found: list[Any] = []
        parameters: Parameters | None = [("_count", "1000")]
        while parameters:
            page = await self.journal.search(None, parameters)
            found += [entry.stored for entry in page.entries]
            parameters = page.next
        return found


@contextmanager
def opened(postgres: str, template: str, definitions: Definitions) -> Iterator[Door]:
    """A door to a new, empty record; the database goes when the block ends."""
    name = f"door_{uuid4().hex[:12]}"
    with asyncio.Runner() as runner:
        server = runner.run(database.connect(postgres))
        runner.run(server.execute(f'create database "{name}" template "{template}" strategy file_copy'))
        pooled = database.pool(url_with_database(postgres, name))
        pool = runner.run(pooled.__aenter__())
        try:
            entered = _journal(pool, definitions).open(Actor.practice())
            yield Door(runner, pool, runner.run(entered.__aenter__()))
            runner.run(entered.__aexit__(None, None, None))
        finally:
            runner.run(pooled.__aexit__(None, None, None))
            runner.run(server.execute(f'drop database "{name}" with (force)'))
            runner.run(server.close())


def _journal(pool: asyncpg.Pool, definitions: Definitions) -> Journal:
    parameters = compile_parameters(definitions.search_parameters, definitions)
    search = Search(Registry(parameters), definitions, (BASE,))
    extract = Extractor(parameters, definitions).extract
    record = Record(pool, definitions, Validator(definitions).validate, extract, search, bases=(BASE,))
    libraries = Libraries(FhirLibrary(definitions), RecordLibrary(record))
    search.codes.source = Terminology(pool, libraries, date.today).listing
    journal = door(Settings(practice_site=True), definitions, record, pool)
    journal.logbook = None  # the oracle knows no log: AuditEvents are resources like others
    return journal
