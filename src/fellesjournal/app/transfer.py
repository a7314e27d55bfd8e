"""`fellesjournal import` and `export`: the record from files, and to files.

An import shares the files out to worker processes (app/import_worker.py); a ledger in the database knows how
far each file has been read, so an import that was stopped goes on where it was, and nothing is read twice.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import IO, Any

from isal import igzip

from fellesjournal.access.audit.log import Log
from fellesjournal.access.bulk import OPERATOR, tell_of_export
from fellesjournal.app import import_numbers, rooms, sources
from fellesjournal.app.import_crew import Crew
from fellesjournal.app.import_worker import Done, Work, Wrong
from fellesjournal.app.settings import Settings
from fellesjournal.app.sources import Part
from fellesjournal.plumbing import database
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.record.bulk import exporting, importing, ledger
from fellesjournal.record.bulk.ledger import Stretch
from fellesjournal.record.scope import Scope

TOLD_EVERY = 0.1
"""Seconds between two reports of progress."""
LISTED = 100
"""Faults kept in a report; the rest are counted, and told to `found` as they come."""
GROUP_BYTES, GROUP_FILES = 4 * 1024 * 1024, 200
"""How much one worker gets at a time."""


@dataclass(slots=True)
class ImportReport:
    """What an import has done so far, and at its end."""

    files: int = 0
    files_done: int = 0
    bytes: int = 0
    bytes_done: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    faults: int = 0
    files_earlier: int = 0
    """Files that earlier imports have read to their end: they are not read again."""
    faults_earlier: int = 0
    """Faults that earlier imports of these files have told of."""
    listed: list[Wrong] = field(default_factory=list)
    seconds: float = 0.0
    refused: bool = False
    """Whether nothing was imported, because two people would have one number (app/import_numbers.py)."""

    @property
    def resources(self) -> int:
        """Resources read without a fault."""
        return self.created + self.changed + self.unchanged


@dataclass(slots=True)
class ExportReport:
    """What an export has written so far, and at its end."""

    resources: int = 0
    resources_in_all: int = 0
    files: list[Path] = field(default_factory=list)
    seconds: float = 0.0


async def import_paths(
    settings: Settings,
    url: str,
    paths: Iterable[Path],
    *,
    processes: int = 0,
    progress: Callable[[ImportReport], None] = lambda report: None,
    found: Callable[[Wrong], None] = lambda wrong: None,
) -> ImportReport:
    """Import files and folders into the database at `url`; a faulty resource is told of and left out.

    `processes` is the number of workers (0: one per core), `progress` is called some times a second with the
    report as it grows, `found` with each fault as it is met. Raises Fault for a path that is not there,
    Trouble when a worker dies.
    """
    run = _Import(settings, url, sources.walk(paths), progress, found)
    return await run.run(processes or settings.workers)


class _Import:
    def __init__(
        self,
        settings: Settings,
        url: str,
        files: list[Path],
        progress: Callable[[ImportReport], None],
        found: Callable[[Wrong], None],
    ) -> None:
        self._settings, self._url, self._files = settings, url, files
        self._progress, self._found = progress, found
        self._sizes = {file: file.stat().st_size for file in files}
        self._report = ImportReport(files=len(files), bytes=sum(self._sizes.values()))
        self._crew = Crew(settings, url, OPERATOR, self._count)
        self._parts_left: dict[Path, int] = {}
        self._read_now: set[Path] = set()
        self._postponed: list[Work] = []
        self._start = self._told = time.monotonic()

    async def run(self, processes: int) -> ImportReport:
        if await self._refused():
            return self._report
        connection = await database.connect(self._url)
        try:
            processes = min(processes, len(self._files))
            await self._crew.work(processes, self._groups(connection), patient=True)
            patient = True
            while self._postponed:
                before = self._report.resources
                parts, self._postponed = self._postponed, []
                await self._crew.work(processes, _each(parts), patient=patient)
                patient = self._report.resources > before
            if self._report.created or self._report.changed:
                await importing.settle(partial(database.connect, self._url))
        finally:
            await connection.close()
        self._tell(always=True)
        return self._report

    async def _refused(self) -> bool:
        """Whether somebody in the files would get the number of another: then nothing is imported."""
        numbers = await asyncio.to_thread(import_numbers.read, self._files)
        wrong = numbers.wrong
        if numbers.first and not wrong:
            know = rooms.knowledge(self._settings.definitions, self._settings.cache)
            async with database.pool(self._url, 1) as pool:
                wrong = await import_numbers.against(rooms.joined(self._settings, know, pool).record, numbers)
        for one in wrong:
            self._fault(one)
        self._report.refused = bool(wrong)
        return self._report.refused

    async def _groups(self, connection: Any) -> AsyncIterator[list[Part]]:
        waiting: list[Part] = []
        size, seen = 0, set[str]()
        for file in self._files:
            digest = await asyncio.to_thread(sources.digest, file)
            parts = [] if digest in seen else sources.parts(file, digest)
            seen.add(digest)
            self._parts_left[file] = len(parts)
            if not parts:
                self._file_done(file)
            for part in parts:
                waiting.append(part)
                size += part.stop - part.start
                if size >= GROUP_BYTES or len(waiting) >= GROUP_FILES:
                    if group := await self._unfinished(connection, waiting):
                        yield group
                    waiting, size = [], 0
        if group := await self._unfinished(connection, waiting):
            yield group

    async def _unfinished(self, connection: Any, parts: Sequence[Part]) -> list[Part]:
        stretches = [Stretch(one.digest, one.start, one.stop, one.position, str(one.path)) for one in parts]
        unfinished = []
        for part, progress in zip(parts, await ledger.progress(connection, stretches), strict=True):
            self._report.faults_earlier += progress.faults
            if progress.finished:
                self._part_done(part.path, part.size)
            else:
                self._read_now.add(part.path)
                unfinished.append(part._replace(position=progress.position))
        return unfinished

    def _count(self, done: Done) -> None:
        report = self._report
        report.created += done.created
        report.changed += done.changed
        report.unchanged += done.unchanged
        for wrong in done.wrong:
            self._fault(wrong)
        self._postponed += done.postponed
        for path, size in done.finished:
            self._part_done(path, size)
        self._tell()

    def _fault(self, wrong: Wrong) -> None:
        self._report.faults += 1
        if len(self._report.listed) < LISTED:
            self._report.listed.append(wrong)
        self._found(wrong)

    def _part_done(self, path: Path, size: int) -> None:
        self._report.bytes_done += size
        self._parts_left[path] -= 1
        if self._parts_left[path] == 0:
            self._report.files_done += 1
            self._report.files_earlier += path not in self._read_now
        self._tell()

    def _file_done(self, path: Path) -> None:
        self._report.files_done += 1
        self._report.bytes_done += self._sizes[path]

    def _tell(self, always: bool = False) -> None:
        now = time.monotonic()
        if always or now - self._told > TOLD_EVERY:
            self._told, self._report.seconds = now, now - self._start
            self._progress(self._report)


async def _each(parts: Sequence[Work]) -> AsyncIterator[list[Work]]:
    for part in parts:
        yield [part]


async def export_to(
    url: str,
    folder: Path,
    *,
    scope: Scope,
    compress: bool = False,
    progress: Callable[[ExportReport], None] = lambda report: None,
) -> ExportReport:
    """Write everything within `scope`, as it is at one moment, to `folder`: <Type>.ndjson(.gz), one a line.
    The log tells of it first, to each citizen.

    A file has its name only when it is whole. Raises Trouble when the folder cannot be written to.
    """
    report, start = ExportReport(), time.monotonic()
    _make(folder)
    async with database.pool(url, 2) as pool, exporting.snapshot(pool, scope) as snapshot:
        await tell_of_export(Log(pool).write, datetime.now(UTC), snapshot.citizens())
        numbers = await snapshot.numbers()
        report.resources_in_all = sum(numbers.values())
        for type_name in numbers:
            path = folder / f"{type_name}.ndjson{'.gz' if compress else ''}"
            partial = path.with_name(f".{path.name}.partial")
            try:
                with _opened(partial, compress) as file:
                    async for bodies in snapshot.bodies(type_name):
                        file.write(b"\n".join((*bodies, b"")))
                        report.resources += len(bodies)
                        report.seconds = time.monotonic() - start
                        progress(report)
                partial.replace(path)
            finally:
                partial.unlink(missing_ok=True)
            report.files.append(path)
    report.seconds = time.monotonic() - start
    progress(report)
    return report


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(f"The folder {folder} cannot be made: {error.strerror}.") from error


def _opened(path: Path, compress: bool) -> IO[bytes]:
    try:
        if compress:
            file: IO[bytes] = igzip.open(path, "wb")  # type: ignore[no-untyped-call] # published without types
            return file
        return path.open("wb")
    except OSError as error:
        raise Trouble(f"{path} cannot be written: {error.strerror}.") from error
