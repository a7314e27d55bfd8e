"""Live pages: which kinds of resources changed in whose record, told over server-sent events.

A hub in each process reads the change feed, and tells the streams that are open for a citizen or a worklist.
Only types go over the line: what changed is fetched by the page, through the door, as the one who looks.
"""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

from starlette.responses import StreamingResponse

from fellesjournal.fhir.search.terms import key_of

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
EVERYBODY = 0
"""The key of worklists, which hear of every citizen; no citizen has it."""
LISTS_EVERY = 1.0
"""Seconds in which what changes is told to a worklist as one."""

Cursor = tuple[int, int]
Feed = Callable[[Cursor | None, int], Awaitable[tuple[Cursor, Sequence[tuple[int, str]]]]]
"""Reads on in the change feed: where one is now, and (citizen's key, type) of each change; without a cursor
only where the feed ends."""


class Hub:
    """Tells the streams of one process."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
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
            except Exception as error:  # the feed is tried again: a page that is not live is worse
                log.warning("Live pages stand still for now: %s", error)
                continue
            self._tell(changes)

    def _tell(self, changes: Sequence[tuple[int, str]]) -> None:
        by_citizen: dict[int, set[str]] = {}
        for citizen, type_name in changes:
            for listens in (citizen, EVERYBODY):
                if listens in self._streams:
                    by_citizen.setdefault(listens, set()).add(type_name)
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


def stream(hub: Hub, id: str) -> StreamingResponse:
    """The stream of one open page, of a citizen who has been found to be within reach.

    It ends after OPEN_FOR; the page asks for another, and is asked anew who it is.
    """
    return _stream(_events(hub, key_of(f"Patient/{id}")))


def lists_stream(hub: Hub, shown: Sequence[str]) -> StreamingResponse:
    """The stream of a worklist: that resources of the types `shown` have changed, in whose record is not
    said. At most one event each LISTS_EVERY: many changes are one new list.
    """
    return _stream(_events(hub, EVERYBODY, frozenset(shown), LISTS_EVERY))


async def _events(
    hub: Hub, citizen: int, shown: frozenset[str] | None = None, gathers: float = 0
) -> AsyncIterator[str]:
    ends = asyncio.get_running_loop().time() + OPEN_FOR
    async with hub.listening(citizen) as queue:
        yield "retry: 1000\n\n"
        while asyncio.get_running_loop().time() < ends:
            try:
                types = await asyncio.wait_for(queue.get(), PING)
            except TimeoutError:
                yield ": ping\n\n"
                continue
            if types is not None and shown is not None:
                types &= shown
                if not types:
                    continue
            if gathers:
                await asyncio.sleep(gathers)
                types = _gathered(queue, types, shown)
            if types is None:
                yield "event: resync\ndata: 1\n\n"
            else:
                yield f"event: change\ndata: {json.dumps(sorted(types))}\n\n"


def _gathered(
    queue: "asyncio.Queue[frozenset[str] | None]", types: frozenset[str] | None, shown: frozenset[str] | None
) -> frozenset[str] | None:
    """What has been told meanwhile, as one; None when it was more than could be told."""
    while not queue.empty():
        more = queue.get_nowait()
        types = None if types is None or more is None else types | (more if shown is None else more & shown)
    return types


def _stream(events: AsyncIterator[str]) -> StreamingResponse:
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(events, media_type="text/event-stream", headers=headers)
