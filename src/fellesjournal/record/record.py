"""The record: every interaction of FHIR R4 with the resources stored. Reached through access.journal."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Iterable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import asyncpg

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.plumbing.database import array_of
from fellesjournal.record import (
    changes,
    create,
    delete,
    grounds,
    history,
    patch,
    read,
    reindex,
    unveiling,
    update,
)
from fellesjournal.record.beside import Beside
from fellesjournal.record.following import Connect, Followed, Follower, following
from fellesjournal.record.grounds import Ground
from fellesjournal.record.means import Means
from fellesjournal.record.posted import SEARCH_PARAMETER, PostedParameters
from fellesjournal.record.preparing import Check, Extract, Guard, Preparer
from fellesjournal.record.profiles import StoredProfiles, depends
from fellesjournal.record.scope import Condition, Scope
from fellesjournal.record.search.search import Search
from fellesjournal.record.statements import SQL
from fellesjournal.record.stored import Answered, Page, Parameters, Question, Stored, Written
from fellesjournal.record.transaction import batch, transaction
from fellesjournal.record.transaction.identities import Referred
from fellesjournal.record.transaction.steps import CheckRead, Permit
from fellesjournal.record.transaction.steps import read as read_steps
from fellesjournal.record.veil import Veil
from fellesjournal.record.wording import find, job
from fellesjournal.record.wording.find import Finds, Writing
from fellesjournal.record.writer import Writer
from fellesjournal.terminology.wording.sought import Sought


def _time() -> datetime:
    return datetime.now(UTC)


def _nobody_told(type_name: str, parameters: Parameters, found: Stored | None) -> None:
    """What conditional references found is told to nobody."""


class Record:
    """All interactions. Every one asks for the scope of the actor: what is out of reach is not there.

    `bases` are this server's own addresses, such as "https://journal.example/fhir": references written with
    them are stored relative.
    """

    def __init__(
        self,
        pool: asyncpg.Pool,
        definitions: Definitions,
        check: Check,
        extract: Extract,
        search: Search,
        *,
        bases: Sequence[str] = (),
        clock: Callable[[], datetime] = _time,
        guard: Guard | None = None,
        beside: Sequence[Beside] = (),
    ) -> None:
        self._pool = pool
        preparer = Preparer(definitions, check, extract, bases, guard)
        self.means = Means(preparer, Writer(Veil(preparer), beside), search, clock)
        self.parameters = PostedParameters(definitions, search.registry, self.means.preparer)
        self._follows: tuple[Followed, ...] = ()
        self._profiles: StoredProfiles | None = None
        self._refreshing = asyncio.Lock()

    def follow(self, *followed: Followed) -> None:
        """Tell these whenever resources of their types change, in this order; call it before `following`.

        Stored profiles are also asked before a write that may be held to one.
        """
        self._follows += followed
        for one in followed:
            if isinstance(one, StoredProfiles):
                self._profiles = one
                self.means.preparer.check_base = one.check_base

    async def read(self, type_name: str, id: str, *, scope: Scope) -> Stored:
        """The current version. Raises NotFound or Gone."""
        async with self._connection() as connection:
            return await read.read(connection, type_name, id, scope)

    async def vread(self, type_name: str, id: str, version: int, *, scope: Scope) -> Stored:
        """One version, the current or a past one. Raises NotFound or Gone."""
        async with self._connection() as connection:
            return await read.vread(connection, type_name, id, version, scope)

    async def create(
        self, type_name: str, body: bytes, *, scope: Scope, if_none_exist: Parameters | None = None
    ) -> Written:
        """Store a new resource; see record.create."""
        await self.means.search.codes.read(if_none_exist or ())
        async with self._writing({type_name}, body) as connection:
            return await create.create(
                self.means, connection, type_name, body, scope=scope, if_none_exist=if_none_exist
            )

    async def update(
        self, type_name: str, id: str, body: bytes, *, scope: Scope, if_match: int | None = None
    ) -> Written:
        """Store the next version of a resource, or its first; see record.update."""
        async with self._writing({type_name}, body) as connection:
            return await update.update(
                self.means, connection, type_name, id, body, scope=scope, if_match=if_match
            )

    async def update_where(
        self,
        type_name: str,
        criteria: Parameters,
        body: bytes,
        *,
        scope: Scope,
        if_match: int | None = None,
    ) -> Written:
        """Update the one resource that meets the criteria, or create it; see record.update."""
        await self.means.search.codes.read(criteria)
        async with self._writing({type_name}, body) as connection:
            return await update.update_where(
                self.means, connection, type_name, criteria, body, scope=scope, if_match=if_match
            )

    async def patch(
        self, type_name: str, id: str, body: bytes, *, scope: Scope, if_match: int | None = None
    ) -> Written:
        """Apply a JSON Patch or a FHIRPath Patch; see record.patch."""
        async with self._writing({type_name}) as connection:
            return await patch.patch(
                self.means, connection, type_name, id, body, scope=scope, if_match=if_match
            )

    async def patch_where(
        self,
        type_name: str,
        criteria: Parameters,
        body: bytes,
        *,
        scope: Scope,
        if_match: int | None = None,
    ) -> Written:
        """Patch the one resource that meets the criteria; see record.patch."""
        await self.means.search.codes.read(criteria)
        async with self._writing({type_name}) as connection:
            return await patch.patch_where(
                self.means, connection, type_name, criteria, body, scope=scope, if_match=if_match
            )

    async def delete(
        self, type_name: str, id: str, *, scope: Scope, if_match: int | None = None
    ) -> Stored | None:
        """Delete a resource; None when there was nothing to delete. See record.delete."""
        async with self._writing({type_name}, b"") as connection:
            return await delete.delete(self.means, connection, type_name, id, scope=scope, if_match=if_match)

    async def delete_where(
        self,
        type_name: str,
        criteria: Parameters,
        *,
        scope: Scope,
        if_match: int | None = None,
        several: bool = False,
    ) -> list[Stored]:
        """Delete what meets the criteria, one or `several`; gives their last versions. See record.delete."""
        await self.means.search.codes.read(criteria)
        async with self._writing({type_name}, b"") as connection:
            return await delete.delete_where(
                self.means, connection, type_name, criteria, scope=scope, if_match=if_match, several=several
            )

    async def history(
        self, type_name: str | None, id: str | None, parameters: Parameters, *, scope: Scope
    ) -> Page:
        """A page of the versions of one resource, of a type, or (type None) of everything, newest first."""
        async with self._connection() as connection:
            if type_name is None or id is None:
                page = await history.of_types(self.means, connection, type_name, parameters, scope)
            else:
                page = await history.of_resource(self.means, connection, type_name, id, parameters, scope)
            return await unveiling.page(connection, page, scope)

    async def search(
        self,
        type_name: str | None,
        parameters: Parameters,
        *,
        scope: Scope,
        lenient: bool = False,
        compartment: tuple[str, str] | None = None,
    ) -> Page:
        """A page of a search; see record.search."""
        await self.means.search.codes.read(parameters)
        async with self._connection() as connection:
            page = await self.means.search.search(
                connection, type_name, parameters, scope=scope, lenient=lenient, compartment=compartment
            )
            return await unveiling.page(connection, page, scope)

    async def search_together(self, asked: Sequence[Question], *, scope: Scope) -> list[Page]:
        """The first pages of several searches about a citizen; see record.search."""
        for one in asked:
            await self.means.search.codes.read(one.parameters)
        async with self._connection() as connection:
            pages = await self.means.search.together(connection, asked, scope=scope)
            return [await unveiling.page(connection, page, scope) for page in pages]

    async def everything(self, id: str, parameters: Parameters, *, scope: Scope) -> Page:
        """A page of all that is about a patient; see record.search."""
        async with self._connection() as connection:
            page = await self.means.search.everything(connection, id, parameters, scope=scope)
            return await unveiling.page(connection, page, scope)

    async def find(
        self, patient: str, wanted: Sought, *, scope: Scope, most: int, types: Collection[str] = ()
    ) -> Finds:
        """What is found in the record of Patient/[patient] by words; see record.wording.find."""
        async with self._connection() as connection:
            return await find.find(
                self.means, connection, patient, wanted, scope=scope, most=most, types=types
            )

    async def blocked(self, patient: str, units: Collection[int], *, scope: Scope) -> int:
        """How much a block keeps from units alone; see record.wording.find.blocked."""
        async with self._connection() as connection:
            return await find.blocked(connection, patient, units, scope=scope)

    async def written(self, stored: Stored, *, scope: Scope) -> Writing:
        """The texts of a resource that was read, and of its files; see record.wording.find."""
        async with self._connection() as connection:
            return await find.written(self.means, connection, stored, scope=scope)

    async def transact(
        self,
        bundle: bytes,
        *,
        scope: Scope,
        check_read: CheckRead | None = None,
        permit: Permit | None = None,
        referred: Referred = _nobody_told,
    ) -> tuple[str, list[Answered]]:
        """Carry out a Bundle of type transaction, all or nothing, or batch, each entry by itself.

        Gives the type and one answer per entry, in their order. Before anything is done, `check_read` refuses
        parameters of a GET with which its answer could not be shown, and `permit` entries that the actor's
        role does not do. `referred` is told what conditional references found, also when the Bundle fails.
        See record.transaction.
        """
        understood = read_steps(self.means, bundle, check_read, permit)
        types = {step.type for step in understood.steps}
        await self.means.search.codes.read(pair for step in understood.steps for pair in step.searched)
        if understood.kind == "batch":
            async with self._noticing(types):
                await self._look_again(bundle)
                answers = await batch.batch(self.means, self._pool, understood, scope)
            return understood.kind, understood.asked(answers)
        async with self._writing(types, bundle) as connection:
            answers = await transaction.transact(
                self.means, connection, understood.text, understood.steps, scope, referred
            )
        return understood.kind, understood.asked(answers)

    async def condition(self, type_name: str, alternatives: Sequence[Parameters]) -> Condition:
        """What meets one of several searches, for Scope.conditions. Raises Invalid; see Search.condition."""
        await self.means.search.codes.read_names()
        return self.means.search.condition(type_name, alternatives)

    async def end_of_changes(self) -> changes.Cursor:
        """Where the change feed ends now; see record.changes."""
        async with self._connection() as connection:
            return await changes.end(connection)

    async def guarded(self, found: Sequence[changes.Change]) -> set[tuple[int, int]]:
        """Those of some changes that not everybody may be told of; see record.changes."""
        if not found:
            return set()
        async with self._connection() as connection:
            return await changes.guarded(connection, found)

    async def concerned(self, found: Sequence[changes.Change]) -> dict[int, frozenset[int] | None]:
        """Whom some changes concern, by the resources' keys; see record.changes."""
        if not found:
            return {}
        async with self._connection() as connection:
            return await changes.concerned(connection, found)

    async def changes(self, after: changes.Cursor, limit: int) -> list[changes.Change]:
        """The next changes of the whole record after a place in the feed; see record.changes."""
        async with self._connection() as connection:
            return await changes.changes(self.means, connection, after, limit)

    async def grounds(self, citizens: Iterable[int], *, scope: Scope) -> dict[int, Ground]:
        """Why a scope reaches citizens (keys), for the log; see record.grounds."""
        async with self._connection() as connection:
            return await grounds.grounds(connection, citizens, scope)

    async def whose(self, type_name: str, id: str) -> int:
        """The citizen in whose record a resource stands, whoever asks: for the log of what was refused."""
        async with self._connection() as connection:
            return await grounds.whose(connection, key_of(f"{type_name}/{id}"))

    async def protected(self, citizens: Iterable[int]) -> set[int]:
        """Those of the citizens (keys) whose address is protected: for the log."""
        async with self._connection() as connection:
            rows = await connection.fetch(SQL.protected_citizens, list(citizens))
        return {row["citizen"] for row in rows}

    async def within_reach(self, keys: tuple[int, ...], *, scope: Scope) -> set[int]:
        """Those of the resources (by key) that are there and within reach; what was deleted is not there."""
        async with self._connection() as connection:
            found = await connection.fetchval(SQL.keys_within_reach, array_of(keys), *scope.reach)
        return set(found or ())

    async def reindex(self, url: str | None, *, scope: Scope) -> reindex.Reindexed:
        """Index what was stored before search parameters were posted; see record.reindex."""
        async with self._connection() as connection:
            return await reindex.reindex(self.means, self.parameters, connection, url, scope=scope)

    async def rebuild(self, types: Sequence[str]) -> AsyncIterator[tuple[str, int]]:
        """Index all resources of some types anew; see record.reindex."""
        async with self._connection() as connection:
            async for done in reindex.rebuild(self.means, self.parameters, connection, types):
                yield done

    @asynccontextmanager
    async def following(self, connect: Connect) -> AsyncIterator[None]:
        """Follow, for the length of the block, what is posted through other processes and counts for all."""
        async with following(self.parameters, self._follows, connect), job.reading(connect):
            yield

    def follower(self, connection: asyncpg.Connection) -> Follower:
        """The same for a process that looks once, and then works by what it saw."""
        return Follower(self.parameters, connection, self._follows)

    @asynccontextmanager
    async def _writing(self, types: set[str], body: bytes | None = None) -> AsyncIterator[asyncpg.Connection]:
        """A connection to write resources of these types with; None for a body that is not at hand."""
        async with self._noticing(types):
            await self._look_again(body)
            async with self._pool.acquire() as connection:
                yield connection

    async def _look_again(self, body: bytes | None) -> None:
        """Work by what is stored now, where a body may be held to what another process has just changed."""
        if self._profiles is None or (body is not None and not depends(body)):
            return
        async with self._pool.acquire() as connection:
            is_current = await self._profiles.is_current(connection)
        if not is_current:
            await self._refresh(self._follows)

    async def _refresh(self, followed: Sequence[Followed]) -> None:
        """One of a process at a time: it holds a connection while it may wait for others of the pool."""
        async with self._refreshing, self._pool.acquire() as connection:
            for one in followed:
                await one.refresh(connection)

    @asynccontextmanager
    async def _noticing(self, types: set[str]) -> AsyncIterator[None]:
        """Resources of these types are written; what counts for all of the record is in effect afterwards."""
        with self.parameters.in_use():
            yield
        followed = [one for one in self._follows if one.types & types]
        if SEARCH_PARAMETER in types or followed:
            async with self._pool.acquire() as connection:
                await self.parameters.refresh(connection)
            await self._refresh(followed)

    @asynccontextmanager
    async def _connection(self) -> AsyncIterator[asyncpg.Connection]:
        async with self._pool.acquire() as connection:
            yield connection
