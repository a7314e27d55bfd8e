"""Live pages: which kinds of resources changed in whose record, told over server-sent events.

A hub in each process reads the change feed, and tells the streams that are open for a citizen. Only types go
over the line: what changed is fetched by the page, through the door, as the one who looks.
"""

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

from starlette.responses import StreamingResponse

from fellesjournal.fhir.search.terms import key_of
from fellesjournal.reading.attendance import Attendance, Reader

log = logging.getLogger(__name__)

EVERY = 0.03
"""Seconds between two looks at the feed while somebody listens."""
RESTING = 0.5
"""The same while nobody does."""
PING = 15.0
"""Seconds of quiet after which a stream says that it is there."""
OPEN_FOR = 300.0
"""Seconds after which a stream ends: access that has ended since is not served for longer."""
MOST_WAITING = 100
"""Changes a stream may be behind before it is told to load the page anew."""
MOST_READ = 1_000
PRESENCE = "Presence"
"""What is told as if it were a type, when somebody has opened a record or closed it."""
LOOK_ROUND = 1.0
"""Seconds between two looks at who reads what."""

Cursor = tuple[int, int]
Feed = Callable[[Cursor | None, int], Awaitable[tuple[Cursor, Sequence[tuple[int, str]]]]]
"""Reads on in the change feed: where one is now, and (citizen's key, type) of each change; without a cursor
only where the feed ends."""
Gatherings = Callable[[Sequence[int]], Awaitable[Mapping[int, str]]]
"""Of each of some citizens, who reads: a text that is another when somebody comes or goes."""


class Hub:
    """Tells the streams of one process."""

    def __init__(self, feed: Feed, gatherings: Gatherings | None = None) -> None:
        self._feed, self._gatherings = feed, gatherings
        self._seen: Mapping[int, str] = {}
        self._looked = 0.0
        self._streams: dict[int, set[asyncio.Queue[frozenset[str] | None]]] = {}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Read the feed for the length of the block."""
        task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    @asynccontextmanager
    async def listening(self, citizen: int) -> AsyncIterator["asyncio.Queue[frozenset[str] | None]"]:
        """What changes in a citizen's record: sets of types; None: more than could be told."""
        queue: asyncio.Queue[frozenset[str] | None] = asyncio.Queue(MOST_WAITING)
        self._streams.setdefault(citizen, set()).add(queue)
        try:
            yield queue
        finally:
            streams = self._streams[citizen]
            streams.discard(queue)
            if not streams:
                del self._streams[citizen]

    async def _run(self) -> None:
        cursor: Cursor | None = None
        while True:
            await asyncio.sleep(EVERY if self._streams else RESTING)
            try:
                cursor, changes = await self._feed(cursor, MOST_READ)
                await self._look_round()
            except Exception as error:  # the feed is tried again: a page that is not live is worse
                log.warning("Live pages stand still for now: %s", error)
                continue
            self._tell(changes)

    async def _look_round(self) -> None:
        """Tell those whose citizen somebody has come to, or left."""
        if self._gatherings is None or not self._streams or time.monotonic() - self._looked < LOOK_ROUND:
            return
        self._looked = time.monotonic()
        now = await self._gatherings(list(self._streams))
        moved = {one for one in now.keys() | self._seen.keys() if now.get(one) != self._seen.get(one)}
        self._seen = now
        self._tell([(citizen, PRESENCE) for citizen in moved])

    def _tell(self, changes: Sequence[tuple[int, str]]) -> None:
        by_citizen: dict[int, set[str]] = {}
        for citizen, type_name in changes:
            if citizen in self._streams:
                by_citizen.setdefault(citizen, set()).add(type_name)
        for citizen, types in by_citizen.items():
            for queue in self._streams[citizen]:
                _put(queue, frozenset(types))


def _put(queue: "asyncio.Queue[frozenset[str] | None]", types: frozenset[str]) -> None:
    """A stream that does not keep up is told to load the page anew, once."""
    if queue.full():
        while not queue.empty():
            queue.get_nowait()
        queue.put_nowait(None)
    else:
        queue.put_nowait(types)


class Seat:
    """One open page among those who read: it says that it is there while its stream is open."""

    _leaving: set["asyncio.Task[None]"] = set()  # noqa: RUF012 # held until they are done

    def __init__(self, attendance: Attendance, reader: Reader) -> None:
        self._attendance, self._reader = attendance, reader
        self._stream: UUID = uuid4()

    async def take(self, citizen: int) -> None:
        """The page is open, or open still."""
        await self._attendance.come(citizen, self._stream, self._reader)

    def leave(self, citizen: int) -> None:
        """The page has been closed: told beside, as its request is over."""
        task = asyncio.ensure_future(self._attendance.leave(citizen, self._stream))
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)


def stream(hub: Hub, id: str, seat: Seat | None = None) -> StreamingResponse:
    """The stream of one open page, of a citizen who has been found to be within reach.

    It ends after OPEN_FOR; the page asks for another, and is asked anew who it is.
    """
    citizen = key_of(f"Patient/{id}")

    async def events() -> AsyncIterator[str]:
        ends = asyncio.get_running_loop().time() + OPEN_FOR
        async with hub.listening(citizen) as queue:
            yield "retry: 1000\n\n"
            try:
                if seat:
                    await seat.take(citizen)
                while asyncio.get_running_loop().time() < ends:
                    try:
                        types = await asyncio.wait_for(queue.get(), PING)
                    except TimeoutError:
                        if seat:
                            await seat.take(citizen)
                        yield ": ping\n\n"
                        continue
                    yield _event(types)
            finally:
                if seat:
                    seat.leave(citizen)

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(events(), media_type="text/event-stream", headers=headers)


def _event(types: frozenset[str] | None) -> str:
    if types is None:
        return "event: resync\ndata: 1\n\n"
    return f"event: change\ndata: {json.dumps(sorted(types))}\n\n"
