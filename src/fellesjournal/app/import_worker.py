"""One process of an import: it gets parts of files, and tells what became of them."""

import asyncio
import gc
import signal
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection as Pipe
from pathlib import Path
from typing import NamedTuple, ParamSpec, Protocol, Self, TypeVar

import asyncpg
import uvloop

from fellesjournal.access.actor import Actor
from fellesjournal.access.bulk import BulkDoor
from fellesjournal.app.rooms import bulk_door, joined, knowledge
from fellesjournal.app.settings import Settings
from fellesjournal.app.sources import Item
from fellesjournal.errors import Fault, Issue
from fellesjournal.fhir.json import Document, parse, written_here
from fellesjournal.plumbing import database
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.record.bulk.importing import Importer, Unmet
from fellesjournal.record.bulk.ledger import Step
from fellesjournal.record.draft import Draft
from fellesjournal.record.writer import Writer

BATCH = 500
"""Resources in one transaction."""
BATCH_BYTES = 8_000_000
"""Bytes after which a transaction ends however few its resources are."""
GARBAGE = (50_000, 20, 100)
"""A batch is some ten thousand objects without a cycle: looking for cycles more often is for nothing."""
TOGETHER = 16
"""Resources of which each step is done for all before the next: what a step needs stays in the processor's
cache, and that is worth a tenth of the time. Between two times the database's answers are looked at."""
TOGETHER_BYTES = 1_000_000
"""Bytes after which no more are taken together."""

Given = ParamSpec("Given")
Made = TypeVar("Made")


class Work(Protocol):
    """A stretch of resources to store, that can be gone on with where it was left: a part of a file, or a
    block of a region."""

    @property
    def path(self) -> Path:
        """Where it stands, for people."""

    @property
    def digest(self) -> str:
        """What it belongs to, in the ledger."""

    @property
    def start(self) -> int:
        """Where it begins within that."""

    @property
    def stop(self) -> int:
        """Where it ends."""

    @property
    def position(self) -> int:
        """Where to go on."""

    @property
    def size(self) -> int:
        """How much it is, for the progress."""

    def at(self, position: int) -> Self:
        """The same, to go on at a position."""

    def items(self) -> Iterator[Item]:
        """The resources from the position on."""


class Wrong(NamedTuple):
    """A resource that was not imported: where it stands, and why."""

    path: Path
    place: str
    issues: tuple[Issue, ...]

    def __str__(self) -> str:
        told = (f"{one.expression}: {one.diagnostics}".removeprefix(": ") for one in self.issues)
        return f"{self.path}, {self.place}: {' '.join(told)}"


@dataclass(slots=True)
class Done:
    """What became of a batch; `finished` are parts read to their end, with their size."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    wrong: list[Wrong] = field(default_factory=list)
    postponed: list[Work] = field(default_factory=list)
    """Parts to go on with later: the next entry refers to something that is not there yet."""
    finished: list[tuple[Path, int]] = field(default_factory=list)


@dataclass(slots=True)
class _Batch:
    drafts: dict[int, Draft] = field(default_factory=dict)
    places: dict[int, tuple[Work, str]] = field(default_factory=dict)
    steps: dict[tuple[str, int], Step] = field(default_factory=dict)
    latest: tuple[Work, Step] | None = None
    bytes: int = 0
    done: Done = field(default_factory=Done)

    def add(self, part: Work, item: Item, draft: Draft) -> None:
        self.step(part).position = item.after
        self.bytes += len(item.body)
        self.drafts[draft.key] = draft
        self.places[draft.key] = (part, item.place)

    def pass_over(self, part: Work, item: Item, issues: tuple[Issue, ...]) -> None:
        """Go on without what is faulty."""
        self.step(part).position = item.after
        self.leave_out(part, item.place, issues)

    def leave_out(self, part: Work, place: str, issues: tuple[Issue, ...]) -> None:
        """Note what is not imported, for the report and for the ledger."""
        self.done.wrong.append(Wrong(part.path, place, issues))
        self.step(part).faults += 1

    def end(self, part: Work) -> None:
        self.step(part).finished = True
        self.done.finished.append((part.path, part.size))

    def step(self, part: Work) -> Step:
        """The part's in the ledger; asked for each resource, and nearly always the one before's."""
        if self.latest is None or part is not self.latest[0]:
            known = self.steps.setdefault(
                (part.digest, part.start), Step(part.digest, part.start, part.position)
            )
            self.latest = part, known
        return self.latest[1]

    def is_full(self) -> bool:
        return len(self.drafts) >= BATCH or self.bytes >= BATCH_BYTES


def main(pipe: Pipe, settings: Settings, url: str, actor: Actor, patient: bool) -> None:
    """Run a worker: groups of parts come through `pipe`, None ends them; Done goes back, None after a group.

    A `patient` one postpones what refers to something that is not there yet; another tells of it as a fault.
    Trouble goes back as it is. Ctrl-C is for the main process, which then ends the workers.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        uvloop.run(_work(pipe, settings, url, actor, patient))
    except Trouble as trouble:
        pipe.send(trouble)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the main process was stopped, and has told of it


async def _work(pipe: Pipe, settings: Settings, url: str, actor: Actor, patient: bool) -> None:
    know = knowledge(settings.definitions, settings.cache)
    connection = await database.connect(url)
    try:
        async with database.pool(url, 1) as pool:
            record = joined(settings, know, pool, imports=True).record
            await record.follower(connection).begin()
            means = record.means
            writer = Writer(means.writer.veil, means.writer.beside)
            importer = Importer(connection, means.preparer, writer, means.search)
            door = bulk_door(actor, record, pool)
            await _read(pipe, _Worker(pipe, importer, door, patient))
    finally:
        await connection.close()


async def _read(pipe: Pipe, worker: "_Worker") -> None:
    gc.freeze()
    gc.set_threshold(*GARBAGE)
    while (group := pipe.recv()) is not None:
        for part in group:
            await worker.read(part)
        pipe.send(None)
    await worker.finish()
    pipe.send(None)


class _Worker:
    """While the database stores one batch, the next one is read and checked."""

    def __init__(self, pipe: Pipe, importer: Importer, door: BulkDoor, patient: bool) -> None:
        self._pipe, self._importer, self._door, self._patient = pipe, importer, door, patient
        self._batch = _Batch()
        self._flying: asyncio.Task[Done] | None = None

    async def read(self, part: Work) -> None:
        """Read a part; it ends before an entry that must wait."""
        after = part.position
        for some in _together(part.items()):
            try:
                drafts = await self._drafts(some)
            except Unmet:
                self._batch.done.postponed.append(part.at(after))
                return
            for item, draft in zip(some, drafts, strict=True):
                if isinstance(draft, Fault):
                    self._batch.pass_over(part, item, draft.issues)
                else:
                    if draft.key in self._batch.drafts:
                        await self._depart()
                    self._batch.add(part, item, draft)
                after = item.after
                if self._batch.is_full():
                    await self._depart()
            await asyncio.sleep(0)
        self._batch.end(part.at(after))

    async def finish(self) -> None:
        await self._depart()
        await self._landed()

    async def _drafts(self, some: list[Item]) -> list[Draft | Fault]:
        """Each checked and indexed, or what is wrong with it. Raises Unmet where one alone must wait."""
        read = [await self._document(item) for item in some]
        checked = [one if isinstance(one, Fault) else _tried(self._importer.checked, one) for one in read]
        return [
            one if isinstance(one, Fault) else _tried(self._draft, one, item)
            for one, item in zip(checked, some, strict=True)
        ]

    async def _document(self, item: Item) -> Document | Fault:
        if item.faults:
            return Fault(*item.faults)
        if item.names is None:
            return _tried(written_here if item.is_ours else parse, item.body)
        try:
            return _tried(parse, await self._resolved(item, item.names))
        except Unmet as unmet:
            if self._patient:
                raise
            return Fault(Issue("not-found", f"It refers to what is not in the record: {unmet}."))
        except Exception as error:
            return _fault(error)

    def _draft(self, document: Document, item: Item) -> Draft:
        draft = self._importer.draft(document, item.spare_id)
        self._door.permit(draft.type)
        return draft

    async def _resolved(self, item: Item, names: Mapping[str, str]) -> bytes:
        """The item with its references resolved; what is on its way to the record is waited for."""
        try:
            return self._importer.resolved(item.body, item.full_url, names)
        except Unmet as unmet:
            await self._landed()
            if not await self._importer.meet(unmet.references):
                await self._depart()
                await self._landed()
                if not await self._importer.meet(unmet.references):
                    raise
        return self._importer.resolved(item.body, item.full_url, names)

    async def _depart(self) -> None:
        await self._landed()
        batch, self._batch = self._batch, _Batch()
        self._flying = asyncio.create_task(self._store(batch))
        await asyncio.sleep(0)

    async def _landed(self) -> None:
        if self._flying is not None:
            flying, self._flying = self._flying, None
            self._pipe.send(await flying)

    async def _store(self, batch: _Batch) -> Done:
        await self._store_part(batch, list(batch.drafts.values()), list(batch.steps.values()))
        return batch.done

    async def _store_part(self, batch: _Batch, drafts: list[Draft], steps: list[Step]) -> None:
        """Store drafts; when the record cannot hold one of them, find it by halves and leave it out."""
        done = batch.done
        try:
            stored = await self._importer.store(drafts, steps)
        except (Fault, asyncpg.DataError, asyncpg.ProgramLimitExceededError) as error:
            if len(drafts) > 1:
                middle = len(drafts) // 2
                await self._store_part(batch, drafts[:middle], [])
                await self._store_part(batch, drafts[middle:], steps)
                return
            issue = Issue("exception", f"The record cannot hold it: {error}")
            for draft in drafts:
                batch.leave_out(*batch.places[draft.key], (issue,))
            await self._importer.store([], steps)
            return
        await self._door.tell((draft.entries.citizen, draft.type, draft.id) for draft in drafts)
        done.created += stored.created
        done.changed += stored.changed
        done.unchanged += stored.unchanged


def _together(items: Iterator[Item]) -> Iterator[list[Item]]:
    """Resources that need not wait for one another; an entry of a Bundle may, and comes alone."""
    some: list[Item] = []
    size = 0
    for item in items:
        some.append(item)
        size += len(item.body)
        if len(some) >= TOGETHER or size >= TOGETHER_BYTES or item.names is not None:
            yield some
            some, size = [], 0
    if some:
        yield some


def _tried(step: Callable[Given, Made], *given: Given.args, **named: Given.kwargs) -> Made | Fault:
    """What a step makes, or what is wrong: one resource must not stop the rest, whatever is wrong with it or
    with us."""
    try:
        return step(*given, **named)
    except Exception as error:
        return _fault(error)


def _fault(error: Exception) -> Fault:
    return (
        error if isinstance(error, Fault) else Fault(Issue("exception", f"{type(error).__name__}: {error}"))
    )
