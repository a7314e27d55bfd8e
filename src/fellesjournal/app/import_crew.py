"""The worker processes of an import, and the work they share: parts of files, or blocks of a region."""

import asyncio
import multiprocessing
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from multiprocessing import forkserver
from multiprocessing.connection import Connection as Pipe
from typing import Any

from fellesjournal.access.actor import Actor
from fellesjournal.app import import_worker
from fellesjournal.app.import_worker import Done, Work
from fellesjournal.app.settings import Settings
from fellesjournal.plumbing.trouble import Trouble

_processes = multiprocessing.get_context("forkserver")
_NEEDED = ["fellesjournal.app.cli", "fellesjournal.app.import_worker", "fellesjournal.app.import_ground"]
"""The command line is among them: multiprocessing lets each worker load what the main process was started
with."""
_processes.set_forkserver_preload(_NEEDED)


def get_ready(*modules: str) -> None:
    """Begin to load what workers need, and the modules that their work is described in, in a process beside
    this one: they are forked from it. Ctrl-C is not for them: what is ignored here while it starts is ignored
    there from its first line."""
    _processes.set_forkserver_preload([*_NEEDED, *modules])
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        forkserver.ensure_running()
    finally:
        signal.signal(signal.SIGINT, before)


class Crew:
    """Workers that store resources in the database at `url`, as an actor; `count` is told what they did."""

    def __init__(self, settings: Settings, url: str, actor: Actor, count: Callable[[Done], None]) -> None:
        self._settings, self._url, self._actor, self._count = settings, url, actor, count
        self._ready: asyncio.Queue[Sequence[Work] | None] = asyncio.Queue(maxsize=2)

    async def work(self, processes: int, groups: AsyncIterator[Sequence[Work]], *, patient: bool) -> None:
        """Let workers store all groups; see import_worker.main for what patience is. Raises Trouble when
        one dies."""
        first = await anext(groups, None)
        if first is None:
            return
        await self._ready.put(first)
        workers = [self._start(patient) for _ in range(processes)]
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._feed(groups, processes))
                for process, pipe in workers:
                    tasks.create_task(self._serve(process, pipe))
        except BaseExceptionGroup as group:
            raise group.exceptions[0] from None
        finally:
            for process, pipe in workers:
                pipe.close()
                process.join(1)
                process.kill()

    async def _feed(self, groups: AsyncIterator[Sequence[Work]], workers: int) -> None:
        """Groups, ready for whoever asks."""
        async for group in groups:
            await self._ready.put(group)
        for _ in range(workers):
            await self._ready.put(None)

    async def _serve(self, process: Any, pipe: Pipe) -> None:
        """Give one worker groups until there are no more, and count what it does."""
        while (group := await self._ready.get()) is not None:
            pipe.send(group)
            while (done := await _received(process, pipe)) is not None:
                self._count(done)
        pipe.send(None)
        while (done := await _received(process, pipe)) is not None:
            self._count(done)

    def _start(self, patient: bool) -> tuple[Any, Pipe]:
        pipe, far_end = _processes.Pipe()
        process = _processes.Process(
            target=import_worker.main,
            args=(far_end, self._settings, self._url, self._actor, patient),
            daemon=True,
        )
        process.start()
        far_end.close()
        return process, pipe


async def _received(process: Any, pipe: Pipe) -> Done | None:
    try:
        message = await asyncio.to_thread(pipe.recv)
    except (EOFError, OSError):
        process.join(1)
        raise Trouble(
            f"A worker of the import ended unexpectedly (exit code {process.exitcode}). "
            "Start the import again: it goes on where it was."
        ) from None
    if isinstance(message, Trouble):
        raise message
    assert message is None or isinstance(message, Done)
    return message
