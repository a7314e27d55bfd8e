"""Resources from elsewhere into the record, some hundred in each transaction.

An import is an upsert by type and id: what is there already and says the same stays as it is, what says
something else becomes the next version. Everything is checked and indexed like any other write.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

import asyncpg

from fellesjournal.errors import Invalid
from fellesjournal.fhir.json import parse
from fellesjournal.record.bulk import ledger
from fellesjournal.record.bulk.ledger import Step
from fellesjournal.record.contention import until_first
from fellesjournal.record.draft import (
    UPDATE,
    Current,
    Draft,
    Version,
    first_version,
    is_unchanged,
    next_version,
)
from fellesjournal.record.preparing import Preparer
from fellesjournal.record.scope import Scope
from fellesjournal.record.statements import SQL
from fellesjournal.record.update import check_place
from fellesjournal.record.writer import Writer

GIN_INDEXES = ("index_term_terms", "index_string_grams", "index_text_narrative", "index_text_content")


class Imported(NamedTuple):
    """What became of a batch."""

    created: int
    changed: int
    unchanged: int


class Importer:
    """Imports over one connection, which it has to itself.

    Its transactions do not wait for the disk: the ledger's rows are in them, so what a power cut takes is
    read again. `settle` makes all of it safe at the end.
    """

    def __init__(self, connection: asyncpg.Connection, preparer: Preparer, writer: Writer) -> None:
        self._connection = connection
        self._preparer = preparer
        self._writer = writer

    def draft(self, body: bytes, spare_id: str) -> Draft:
        """A resource checked and indexed; `spare_id` becomes its id when it has none. Raises Faults."""
        document = parse(body)
        type_name = document.tree.get("resourceType")
        if type(type_name) is not str:
            raise Invalid("This is no FHIR resource: it has no resourceType.")
        document = self._preparer.checked(type_name, document)
        return self._preparer.draft(type_name, document.tree.get("id", spare_id), UPDATE, document)

    async def store(self, drafts: Sequence[Draft], steps: Sequence[Step]) -> Imported:
        """Write drafts, each of another resource, and move the ledger on: both or neither."""

        async def attempt() -> Imported:
            versions, result = await self._versions(drafts)
            await self._writer.put(self._connection, versions)
            await ledger.advance(self._connection, steps)
            await self._writer.put_concept_texts(self._connection, [version.draft for version in versions])
            return result

        await self._connection.execute("set synchronous_commit = off")
        result = await until_first(self._connection, attempt, transaction=True)
        self._writer.remember_concept_texts(
            text.term for draft in drafts for text in draft.entries.concept_texts
        )
        return result

    async def _versions(self, drafts: Sequence[Draft]) -> tuple[list[Version], Imported]:
        rows = await self._connection.fetch(SQL.read_many, [draft.key for draft in drafts])
        there = {row["key"]: Current(*row) for row in rows}
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
            if not is_unchanged(draft, current):
                indexed = None if current.body is None else self._preparer.indexed(current.body)
                versions.append(next_version(draft, current, indexed, now))
        return versions, Imported(len(new), len(versions) - len(new), len(drafts) - len(versions))


async def settle(connection: asyncpg.Connection) -> None:
    """After an import: wait until all of it is on disk, and let searches plan with what is there now."""
    await connection.execute("set synchronous_commit = on")
    for index in GIN_INDEXES:
        await connection.execute(SQL.clean_pending_list, index)
    await connection.execute(SQL.analyze)
