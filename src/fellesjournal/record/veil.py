"""Protected addresses (kode 6 and 7): split at write into what most may see and what few may.

Of a citizen whose address is protected, everything that is read, searched and counted is the masked form (see
fhir.masking). The full form of each version lies in a table of its own. A writer that does not know yet that
somebody is protected is refused by the database (JR002), learns it and begins again: so a write for anybody
else asks nothing beforehand. What tells of a protected citizen in another record is masked too (see namings).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from types import MappingProxyType
from typing import NamedTuple

import asyncpg
import msgspec

from fellesjournal.errors import Forbidden
from fellesjournal.fhir.json import Document, parse
from fellesjournal.fhir.masking import Masking
from fellesjournal.fhir.search.entries import IndexEntries
from fellesjournal.norway import protection
from fellesjournal.record import namings, unveiling
from fellesjournal.record.contention import LostRace
from fellesjournal.record.draft import ALL_PARTS, UPDATE, Current, Draft, Masked, Version, rows_of
from fellesjournal.record.preparing import MASKED, Preparer
from fellesjournal.record.statements import SQL

_UNMASKED = "JR002"
_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
_decode = msgspec.json.Decoder().decode


class _Protected(NamedTuple):
    """What is protected: whole records of citizens, single resources, by key, and others up to a version that
    tells of somebody who is.
    """

    citizens: frozenset[int]
    keys: frozenset[int]
    told: Mapping[int, int] = MappingProxyType({})

    def covers(self, citizen: int, key: int, version: int) -> bool:
        return citizen in self.citizens or key in self.keys or version <= self.told.get(key, -1)

    def covers_row(self, row: asyncpg.Record) -> bool:
        return self.covers(row["citizen"], row["key"], row["version"])

    def covers_draft(self, draft: Draft, version: int = 0) -> bool:
        return self.covers(draft.entries.citizen, draft.key, version)


class Veil:
    """Masks what is written. One per process: it remembers of whom it has learnt that they are protected."""

    def __init__(self, preparer: Preparer) -> None:
        self._preparer = preparer
        self._masking = Masking(preparer.definitions)
        self._beside = [preparer.number(name) for name in protection.TYPES if name != "Patient"]
        self._known: set[int] = set()
        """Citizens and keys that are or were protected: a hint, which is looked up again."""

    @contextmanager
    def learning(self) -> Iterator[None]:
        """Raises LostRace when something in the block was refused because it is protected."""
        try:
            yield
        except asyncpg.PostgresError as error:
            if error.sqlstate != _UNMASKED:
                raise
            self._known.update(int(one) for one in (error.detail or "").split(","))
            raise LostRace([]) from None

    def concerns(self, versions: Iterable[Version]) -> bool:
        """Whether one of the versions may be protected, or change what is."""
        return any(self._concerns(one.draft) or namings.namings(one) for one in versions)

    def _concerns(self, draft: Draft) -> bool:
        known = draft.entries.citizen in self._known or draft.key in self._known
        return known or _may_say(draft)

    async def split(
        self, connection: asyncpg.Connection, versions: Sequence[Version], *, seeing: bool
    ) -> None:
        """Before versions are written, in the same transaction: change what is protected as they say, and
        give those that are protected their masked form.

        Raises Forbidden when a writer that does not see it (`seeing`) would lift a protection.
        """
        saying = [one for one in versions if one.draft.type in protection.TYPES and self._concerns(one.draft)]
        await connection.execute(SQL.lock_protection if saying else SQL.share_protection)
        named = await namings.note(connection, versions)
        begun = await self._change(connection, saying, seeing=seeing) if saying else []
        protected = await self._protected(connection, {version.draft.entries.citizen for version in versions})
        joining = [*begun, *(draft.key for draft in _coming(saying) if protected.covers_draft(draft))]
        told = await namings.told(connection, [version.draft.key for version in versions], joining)
        beside = await namings.namers(connection, joining, ()) if joining else []
        if past := {*told}.intersection(named).union(beside):
            await self._restate(connection, (), past, joining)
        protected = protected._replace(told=told)
        kept = [one for one in versions if protected.covers_draft(one.draft, one.version)]
        for version in kept:
            version.masked = self._masked(version.body, version.version, version.draft.entries)
            version.parts = ALL_PARTS
        if kept:
            rows = [(one.draft.entries.citizen, one.draft.key, one.version, one.body) for one in kept]
            await connection.execute(SQL.keep_protected, *map(list, zip(*rows, strict=True)))

    async def note(self, connection: asyncpg.Connection, versions: Sequence[Version]) -> None:
        """Write down of whom versions that are stored tell, and mask them where that is needed: what came
        before a rule of who is told of.
        """
        await namings.note(connection, versions)
        if told := await namings.told(connection, [version.draft.key for version in versions]):
            await self._restate(connection, (), told)

    async def _change(
        self, connection: asyncpg.Connection, saying: Sequence[Version], *, seeing: bool
    ) -> list[int]:
        """Set and lift protections as versions say; gives the keys of those that set one."""
        citizens = sorted({version.draft.entries.citizen for version in saying})
        before = {row["key"] for row in await connection.fetch(SQL.protections, citizens)}
        said = {one.draft.key: protection.is_protected(_decode(one.body)) for one in saying}
        begun = [one.draft for one in saying if said[one.draft.key] and one.draft.key not in before]
        ended = [one.draft for one in saying if not said[one.draft.key] and one.draft.key in before]
        if begun:
            rows = [(one.entries.citizen, one.key, one.type == "Patient") for one in begun]
            await connection.execute(SQL.protect, *map(list, zip(*rows, strict=True)))
            self._known.update(one.entries.citizen or one.key for one in begun)
        if ended:
            _require_seeing(seeing=seeing)
            await connection.execute(SQL.lift, [one.key for one in ended])
        keys = [one.key for one in begun]
        if changed := [*begun, *ended]:
            records = {one.entries.citizen for one in changed}
            persons = records.union(one.key for one in changed)
            beside = await namings.namers(connection, persons, self._beside)
            nobodys = [one.key for one in changed if not one.entries.citizen]
            await self._restate(connection, records, {*beside, *nobodys}, keys)
        return keys

    async def _protected(self, connection: asyncpg.Connection, citizens: Collection[int]) -> _Protected:
        rows = await connection.fetch(SQL.protections, list(citizens))
        whole = frozenset(row["citizen"] for row in rows if row["whole"])
        return _Protected(whole, frozenset(row["key"] for row in rows))

    async def _restate(
        self,
        connection: asyncpg.Connection,
        citizens: Collection[int],
        keys: Collection[int],
        joining: Collection[int] = (),
    ) -> None:
        """Bring all that is stored of citizens, and of single resources (keys), into the form that it must
        have now. `joining` are persons who are protected, which is not written yet.
        """
        rows = await connection.fetch(SQL.stored_versions, [one for one in citizens if one], list(keys))
        protected = await self._protected(connection, {row["citizen"] for row in rows})
        told = await namings.told(connection, {row["key"] for row in rows}, joining)
        protected = protected._replace(told=told)
        bare = [row for row in rows if row["full"] is None and protected.covers_row(row)]
        free = [row for row in rows if row["full"] is not None and not protected.covers_row(row)]
        places = [(row["citizen"], row["key"], row["version"]) for row in free]
        if bare:
            kept = [(row["citizen"], row["key"], row["version"], row["body"]) for row in bare]
            await connection.execute(SQL.keep_protected, *map(list, zip(*kept, strict=True)))
        restated = [(row, self._masking.masked(row["body"], row["version"])) for row in bare]
        await self._rewrite(connection, [*restated, *((row, row["full"]) for row in free)])
        if places:
            await connection.execute(SQL.drop_protected, *map(list, zip(*places, strict=True)))
        if bare:
            await connection.execute(SQL.forget_samples)

    async def _rewrite(
        self, connection: asyncpg.Connection, restated: list[tuple[asyncpg.Record, bytes]]
    ) -> None:
        for statement, current in ((SQL.restate_current, True), (SQL.restate_past, False)):
            chosen = [
                (row["citizen"], row["key"], row["version"], body)
                for row, body in restated
                if (row["rid"] is not None) is current
            ]
            if chosen:
                await connection.execute(statement, *map(list, zip(*chosen, strict=True)))
        versions = [self._restated(row, body) for row, body in restated if row["rid"] is not None]
        if versions:
            places = [one.source for one in versions], [one.rid for one in versions]
            await connection.execute(SQL.rewrite_index, *places, *rows_of(versions).index)

    def _restated(self, row: asyncpg.Record, body: bytes) -> Version:
        full = self._preparer.entries(row["full"] if row["full"] is not None else row["body"])
        entries = self._preparer.masked_entries(body, full) if unveiling.is_masked(body) else full
        name = self._preparer.type_name(row["type"])
        draft = Draft(name, row["type"], row["id"], row["key"], UPDATE, Document(b"", {}), entries)
        # The time is not written: only the index rows are.
        return Version(draft, row["rid"], row["version"], _NO_TIME, body, row["citizen"], ALL_PARTS)

    def _masked(self, body: bytes, version: int, entries: IndexEntries) -> Masked:
        masked = self._masking.masked(body, version)
        return Masked(masked, self._preparer.masked_entries(masked, entries))

    async def found_by(self, connection: asyncpg.Connection, drafts: Sequence[Draft]) -> list[IndexEntries]:
        """What drafts are found by, of those that are protected only what their masked form says."""
        if not drafts:
            return []
        protected = await self._protected(connection, {draft.entries.citizen for draft in drafts})
        told = await namings.told(connection, [draft.key for draft in drafts])
        protected = protected._replace(told=told)
        named = sorted({person for draft in drafts for person in draft.entries.persons})
        rows = await connection.fetch(SQL.protected_persons, named) if named else []
        hidden = {row["person"] for row in rows}
        return [
            self._masked(draft.document.text, 1, draft.entries).entries
            if protected.covers_draft(draft)
            or not hidden.isdisjoint(draft.entries.persons)
            or _may_say(draft)
            else draft.entries
            for draft in drafts
        ]

    def restored(self, draft: Draft, there: Current, full: Current, *, seeing: bool) -> Draft:
        """A draft on top of what is there, with what is masked in it put back from the full form.

        What stands masked was valid when it was written. It is not judged again for who does not see it: by
        a profile of one's own choice one could ask about it. Raises Forbidden, Conflict (see
        Masking.restored) and Unprocessable.
        """
        if full.body is None or (seeing and MASKED not in draft.document.text):
            return draft
        if there.body == full.body and MASKED not in draft.document.text:
            return draft
        text = self._masking.restored(draft.document.text, full.body, there.version, removing=seeing)
        document = parse(text)
        if seeing:
            document = self._preparer.checked(draft.type, document)
        elif protection.is_protected(before := _decode(full.body)):
            _require_seeing(seeing=protection.degrees(before) == protection.degrees(document.tree))
        whole = self._preparer.draft(draft.type, draft.id, draft.method, document)
        if not seeing and whole.entries.citizen != there.citizen:
            raise Forbidden(
                "Part of this resource is masked, because the address is protected. Only who sees it can "
                "move it into the record of another citizen."
            )
        return whole


def _require_seeing(*, seeing: bool) -> None:
    """Raise Forbidden for those who do not see what lifting the protection would show."""
    if not seeing:
        raise Forbidden(
            "The address is protected. Only a role that sees protected addresses can change or lift the "
            "protection: leave the extension as it was read."
        )


def _coming(versions: Iterable[Version]) -> list[Draft]:
    """The drafts of those who come to stand beside a citizen: what names them tells of that citizen now."""
    return [
        one.draft
        for one in versions
        if one.draft.type != "Patient" and (one.version == 1 or one.source != one.draft.entries.citizen)
    ]


def _may_say(draft: Draft) -> bool:
    """Whether a resource may say that an address is protected."""
    text = draft.document.text
    return draft.type in protection.TYPES and (b"ortrolig" in text or b"\\u" in text)
