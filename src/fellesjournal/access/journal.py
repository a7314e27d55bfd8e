"""The journal: the record as one actor may see it.

async with journal.open(actor) as j:
    patient = await j.read("Patient", id)
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fellesjournal.access.actor import Actor
from fellesjournal.errors import NotFound
from fellesjournal.record.record import Record
from fellesjournal.record.reindex import Reindexed
from fellesjournal.record.scope import Scope
from fellesjournal.record.stored import Answered, Entry, Page, Parameters, Stored, Written
from fellesjournal.record.transaction.steps import CheckRead

__all__ = [
    "Answered",
    "Entry",
    "Journal",
    "OpenJournal",
    "Page",
    "Parameters",
    "Reindexed",
    "Stored",
    "Written",
]


class OpenJournal:
    """The journal while it is open: every interaction within the actor's scope."""

    def __init__(self, record: Record, actor: Actor, scope: Scope) -> None:
        self._record = record
        self._scope = scope
        self.actor = actor

    async def read(self, type_name: str, id: str) -> Stored:
        """See Record.read."""
        return await self._record.read(type_name, id, scope=self._scope)

    async def vread(self, type_name: str, id: str, version: int) -> Stored:
        """See Record.vread."""
        return await self._record.vread(type_name, id, version, scope=self._scope)

    async def create(
        self, type_name: str, body: bytes, *, if_none_exist: Parameters | None = None
    ) -> Written:
        """See Record.create."""
        return await self._record.create(type_name, body, scope=self._scope, if_none_exist=if_none_exist)

    async def update(self, type_name: str, id: str, body: bytes, *, if_match: int | None = None) -> Written:
        """See Record.update."""
        return await self._record.update(type_name, id, body, scope=self._scope, if_match=if_match)

    async def update_where(
        self, type_name: str, criteria: Parameters, body: bytes, *, if_match: int | None = None
    ) -> Written:
        """See Record.update_where."""
        return await self._record.update_where(
            type_name, criteria, body, scope=self._scope, if_match=if_match
        )

    async def patch(self, type_name: str, id: str, body: bytes, *, if_match: int | None = None) -> Written:
        """See Record.patch."""
        return await self._record.patch(type_name, id, body, scope=self._scope, if_match=if_match)

    async def patch_where(
        self, type_name: str, criteria: Parameters, body: bytes, *, if_match: int | None = None
    ) -> Written:
        """See Record.patch_where."""
        return await self._record.patch_where(type_name, criteria, body, scope=self._scope, if_match=if_match)

    async def delete(self, type_name: str, id: str, *, if_match: int | None = None) -> Stored | None:
        """See Record.delete."""
        return await self._record.delete(type_name, id, scope=self._scope, if_match=if_match)

    async def delete_where(
        self, type_name: str, criteria: Parameters, *, if_match: int | None = None, several: bool = False
    ) -> int:
        """See Record.delete_where."""
        return await self._record.delete_where(
            type_name, criteria, scope=self._scope, if_match=if_match, several=several
        )

    async def history(self, type_name: str | None, id: str | None, parameters: Parameters) -> Page:
        """See Record.history."""
        return await self._record.history(type_name, id, parameters, scope=self._scope)

    async def search(
        self,
        type_name: str | None,
        parameters: Parameters,
        *,
        compartment: tuple[str, str] | None = None,
        lenient: bool = False,
    ) -> Page:
        """See Record.search."""
        return await self._record.search(
            type_name, parameters, scope=self._scope, lenient=lenient, compartment=compartment
        )

    async def everything(self, id: str, parameters: Parameters) -> Page:
        """See Record.everything."""
        return await self._record.everything(id, parameters, scope=self._scope)

    async def transact(
        self, bundle: bytes, check_read: CheckRead | None = None
    ) -> tuple[str, list[Answered]]:
        """See Record.transact."""
        return await self._record.transact(bundle, scope=self._scope, check_read=check_read)

    async def reindex(self, url: str | None) -> Reindexed:
        """See Record.reindex."""
        return await self._record.reindex(url, scope=self._scope)


class Journal:
    """Opens the record for an actor. `practice` says whether this is a practice site."""

    def __init__(self, record: Record, *, practice: bool) -> None:
        self._record = record
        self._practice = practice

    @asynccontextmanager
    async def open(self, actor: Actor) -> AsyncIterator[OpenJournal]:
        """The journal for one request. Raises NotFound for an actor to whom there is no record here."""
        yield OpenJournal(self._record, actor, self._scope(actor))

    def _scope(self, actor: Actor) -> Scope:
        if self._practice and actor == Actor.practice():
            return Scope.everyone()
        raise NotFound(
            "There is no record here for this actor: roles come with sign-in, except on practice sites."
        )
