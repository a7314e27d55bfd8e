"""Resources from elsewhere into the record, some hundred in each transaction.

An import is an upsert by type and id: what is there already and says the same stays as it is, what says
something else becomes the next version. Everything is checked and indexed like any other write.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import parse_qsl

import asyncpg

from fellesjournal.errors import Invalid
from fellesjournal.fhir.json import Document
from fellesjournal.record import read, unveiling
from fellesjournal.record.bulk import ledger
from fellesjournal.record.bulk.ledger import Step
from fellesjournal.record.contention import until_first
from fellesjournal.record.criteria import criteria_of, the_match
from fellesjournal.record.draft import (
    UPDATE,
    Draft,
    Version,
    first_version,
    is_unchanged,
    next_version,
)
from fellesjournal.record.preparing import Preparer
from fellesjournal.record.scope import Scope
from fellesjournal.record.search.search import Search
from fellesjournal.record.statements import SQL
from fellesjournal.record.transaction.references import Rewriter, conditional_references
from fellesjournal.record.update import check_place
from fellesjournal.record.writer import Writer

Connect = Callable[[], Awaitable[asyncpg.Connection]]


class Imported(NamedTuple):
    """What became of a batch."""

    created: int
    changed: int
    unchanged: int


class Unmet(Exception):
    """There are conditional references of which it is not known yet what they mean."""

    def __init__(self, references: list[str]) -> None:
        super().__init__(", ".join(references))
        self.references = references


class Importer:
    """Imports over one connection, which it has to itself.

    Its transactions do not wait for the disk: the ledger's rows are in them, so what a power cut takes is
    read again. `settle` makes all of it safe at the end.
    """

    def __init__(
        self, connection: asyncpg.Connection, preparer: Preparer, writer: Writer, search: Search
    ) -> None:
        self._connection = connection
        self._preparer = preparer
        self._writer = writer
        self._search = search
        self._names: Mapping[str, str] | None = None
        self._targets: dict[str, str] = {}
        self._rewriter = Rewriter(preparer.definitions, {}, _first)
        self._met: dict[str, str] = {}

    def resolved(self, body: bytes, full_url: str, names: Mapping[str, str]) -> bytes:
        """The resource of a Bundle's entry, minified, with its references as the record holds them.

        `names` says what the full URLs of the Bundle stand for. Raises Unmet for conditional references that
        `meet` has not found yet.
        """
        if names is not self._names:
            self._names, self._targets = names, dict(names)
            self._rewriter = Rewriter(self._preparer.definitions, self._targets, _first)
        if b"?" in body:
            wanted = conditional_references(body)
            unmet = [reference for reference in wanted if reference not in self._met]
            if unmet:
                raise Unmet(unmet)
            self._targets.update((reference, self._met[reference]) for reference in wanted)
        return self._rewriter.rewrite(body, full_url)

    async def meet(self, references: Iterable[str]) -> bool:
        """Look for what conditional references ("Patient?identifier=a|1") mean; False when one means nothing.

        Raises PreconditionFailed when one matches several resources, Invalid when it is no search.
        """
        for reference in references:
            type_name, _, query = reference.partition("?")
            wanted = criteria_of(type_name, parse_qsl(query, keep_blank_values=True))
            match = await the_match(self._search, self._connection, wanted, Scope.everyone())
            if match is None:
                return False
            self._met[reference] = f"{type_name}/{match['id']}"
        return True

    def checked(self, document: Document) -> Document:
        """A resource that is sound. Raises Faults."""
        type_name = document.tree.get("resourceType")
        if type(type_name) is not str:
            raise Invalid("This is no FHIR resource: it has no resourceType.")
        return self._preparer.checked(type_name, document)

    def draft(self, document: Document, spare_id: str) -> Draft:
        """A checked resource, indexed; `spare_id` becomes its id when it has none. Raises Faults."""
        tree = document.tree
        return self._preparer.draft(tree["resourceType"], tree.get("id", spare_id), UPDATE, document)

    async def store(self, drafts: Sequence[Draft], steps: Sequence[Step]) -> Imported:
        """Write drafts, each of another resource, and move the ledger on: both or neither."""

        texts: list[int] = []

        async def attempt() -> Imported:
            versions, result = await self._versions(drafts)
            await self._writer.put(self._connection, versions, seeing=True)
            await ledger.advance(self._connection, steps)
            drafts_written = [version.draft for version in versions]
            texts[:] = await self._writer.put_concept_texts(self._connection, drafts_written)
            return result

        await self._connection.execute("set synchronous_commit = off; set gin_pending_list_limit = '4MB'")
        result = await until_first(self._connection, attempt, transaction=True)
        self._writer.remember_concept_texts(texts)
        return result

    async def _versions(self, drafts: Sequence[Draft]) -> tuple[list[Version], Imported]:
        keys = [draft.key for draft in drafts]
        there = await read.many(self._connection, keys, Scope.everyone())
        there = await unveiling.fulls(self._connection, there.values())
        now = datetime.now(UTC)
        now = now.replace(microsecond=now.microsecond // 1000 * 1000)
        new = [draft for draft in drafts if draft.key not in there]
        rids = await self._writer.rids(self._connection, len(new)) if new else []
        versions = [first_version(draft, rid, now) for draft, rid in zip(new, rids, strict=True)]
        for draft in drafts:
            current = there.get(draft.key)
            if current is None:
                continue
            check_place(draft, current, Scope.everyone())
            restored = self._writer.veil.restored(draft, current, current, seeing=True)
            if not is_unchanged(restored, current):
                indexed = None if current.body is None else self._preparer.indexed(current.body)
                versions.append(next_version(restored, current, indexed, now))
        return versions, Imported(len(new), len(versions) - len(new), len(drafts) - len(versions))


def _first(reference: str) -> int:
    """The version that a versioned reference within a Bundle gets: an import begins histories."""
    return 1


async def settle(connect: Connect) -> None:
    """After an import: wait until all of it is on disk, and let searches plan with what is there now.

    Half of it is done on each of two connections that `connect` opens, side by side.
    """
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_settled(connect, SQL.tidy_terms))
        tasks.create_task(_settled(connect, SQL.tidy_values, SQL.analyze))


async def _settled(connect: Connect, *statements: str) -> None:
    connection = await connect()
    try:
        await connection.execute("set synchronous_commit = on")
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()
