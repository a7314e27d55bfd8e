"""The one place that writes resources: any number of them in one statement."""

import logging
import time
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import asyncpg
import msgspec

from fellesjournal.errors import Fault
from fellesjournal.fhir.search.entries import ConceptText
from fellesjournal.record.beside import Beside
from fellesjournal.record.contention import LostRace
from fellesjournal.record.draft import Draft, Version, rows_of
from fellesjournal.record.statements import SQL
from fellesjournal.record.veil import Veil

BATCH = 500
"""Resources per statement: above this the cost per resource no longer falls."""

_decode = msgspec.json.Decoder(dict[str, Any]).decode
_RIDS_AHEAD = 32
_RIDS_GOOD_FOR = 0.5
_CONCEPT_TEXTS_KNOWN = 100_000

log = logging.getLogger(__name__)


class Writer:
    """Writes versions on a connection, inside its transaction or, one statement, as its own.

    Keeps numbers for new resources and remembers which concept texts are there; share one per process.
    """

    def __init__(self, veil: Veil, beside: Sequence[Beside] = ()) -> None:
        self.veil = veil
        self.beside = tuple(beside)
        self._rids: list[int] = []
        self._rids_until = 0.0
        self._concept_texts: set[int] = set()

    async def rids(self, connection: asyncpg.Connection, count: int) -> list[int]:
        """Numbers in the order of creation. A few are kept ahead, so briefly that the order holds."""
        now = time.monotonic()
        if now > self._rids_until:
            self._rids.clear()
            self._rids_until = now + _RIDS_GOOD_FOR
        if len(self._rids) < count:
            ahead = count if count > _RIDS_AHEAD else _RIDS_AHEAD
            rows = await connection.fetch(SQL.reserve_rids, ahead)
            self._rids += [row[0] for row in rows]
        taken, self._rids = self._rids[:count], self._rids[count:]
        return taken

    async def put(self, connection: asyncpg.Connection, versions: Iterable[Version], *, seeing: bool) -> None:
        """Write versions, each of another resource: all in the record, or LostRace and none (of this batch).

        `seeing`: whether the writer sees protected addresses. Raises Forbidden, see Veil.split, the fault
        of a draft that has one, and what those who keep something beside the resources raise.

        More than BATCH of them, or new and old ones together, need a transaction around. New resources
        without a number get one now, not before: it numbers the transaction too (see contention).
        """
        versions = list(versions)
        for version in versions:
            if version.draft.fault is not None:
                raise version.draft.fault
        with self.veil.learning():
            veiled = self.veil.concerns(versions)
            concerned = self._concerned(versions)
            if not veiled and not concerned:
                await self._put(connection, versions)
                return
            async with connection.transaction():
                if veiled:
                    await self.veil.split(connection, versions, seeing=seeing)
                await self._put(connection, versions)
                for one in concerned:
                    await one.written(connection, _trees(versions, one))

    def _concerned(self, versions: Iterable[Version]) -> list[Beside]:
        types = {version.draft.type for version in versions}
        return [one for one in self.beside if not types.isdisjoint(one.types)]

    async def put_beside(self, connection: asyncpg.Connection, versions: Sequence[Version]) -> None:
        """Keep anew what stands beside stored versions, in a transaction. What is refused stays without
        it, and is told of: it was stored before there was such a rule.
        """
        for one in self._concerned(versions):
            for key, tree in _trees(versions, one).items():
                try:
                    async with connection.transaction():
                        await one.anew(connection, {key: tree})
                except Fault as fault:
                    log.warning("%s %s: %s", tree.get("resourceType"), tree.get("id", key), fault)

    async def _put(self, connection: asyncpg.Connection, versions: list[Version]) -> None:
        await self._number(connection, [version for version in versions if not version.rid])
        ordered = sorted(versions, key=lambda version: version.draft.key)
        new = [version for version in ordered if version.version == 1]
        for start in range(0, len(new), BATCH):
            rows = rows_of(new[start : start + BATCH])
            await connection.execute(SQL.write_new, rows.resources, *rows.index)
        old = [version for version in ordered if version.version > 1]
        for start in range(0, len(old), BATCH):
            await self._put_next(connection, old[start : start + BATCH])

    async def _number(self, connection: asyncpg.Connection, versions: list[Version]) -> None:
        if versions:
            for version, rid in zip(versions, await self.rids(connection, len(versions)), strict=True):
                version.rid = rid

    async def _put_next(self, connection: asyncpg.Connection, versions: list[Version]) -> None:
        rows = rows_of(versions)
        moves = any(version.source != version.draft.entries.citizen for version in versions)
        sources = [version.source for version in versions] if moves else None
        parts = [version.parts for version in versions]
        any_parts = 0
        for part in parts:
            any_parts |= part
        await connection.execute(SQL.write_next, rows.resources, sources, parts, any_parts, *rows.index)

    async def delete(
        self,
        connection: asyncpg.Connection,
        keys: list[int],
        versions: list[int],
        now: datetime,
    ) -> list[asyncpg.Record]:
        """Delete what is there at its version (0: any); (key, version, updated) of each."""
        async with connection.transaction():
            gone = list(await connection.fetch(SQL.write_gone, keys, versions, now))
            for one in self.beside:
                await one.deleted(connection, [row["key"] for row in gone])
        return gone

    async def check_unmoved(self, connection: asyncpg.Connection, expected: dict[int, int]) -> None:
        """Lock resources in one order and raise LostRace unless each (key) still stands at its version."""
        rows = await connection.fetch(SQL.lock_identities, list(expected))
        moved = [row["key"] for row in rows if row["version"] != expected[row["key"]]]
        if moved:
            raise LostRace(moved)

    async def put_concept_texts(self, connection: asyncpg.Connection, drafts: Iterable[Draft]) -> list[int]:
        """Make the texts beside codes known; gives the terms that were new.

        Inside a transaction this must be the last that is written, so that nobody waits for it long, and the
        terms given are to be remembered when it is committed.
        """
        known = self._concept_texts
        new: dict[int, ConceptText] = {}
        saying = [
            draft for draft in drafts if any(text.term not in known for text in draft.entries.concept_texts)
        ]
        for entries in await self.veil.found_by(connection, saying):
            for text in entries.concept_texts:
                if text.term not in known:
                    new[text.term] = text
        if not new:
            return []
        columns = zip(*new.values(), strict=True)
        await connection.execute(SQL.write_concept_texts, *map(list, columns))
        if not connection.is_in_transaction():
            self.remember_concept_texts(new)
        return list(new)

    def remember_concept_texts(self, terms: Iterable[int]) -> None:
        """These texts are in the record, committed."""
        if len(self._concept_texts) > _CONCEPT_TEXTS_KNOWN:
            self._concept_texts.clear()
        self._concept_texts.update(terms)


def _trees(versions: Iterable[Version], one: Beside) -> dict[int, dict[str, Any]]:
    mine = (version.draft for version in versions if version.draft.type in one.types)
    return {draft.key: _decode(draft.document.text) | {"id": draft.id} for draft in mine}
