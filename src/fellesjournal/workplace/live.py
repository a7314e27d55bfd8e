"""Live pages: which kinds of resources changed in whose record, told over server-sent events.

A hub in each process reads the change feed, and tells the streams that are open for a citizen or a worklist.
Only types go over the line: what changed is fetched by the page, through the door, as the one who looks. Each
event bears its place in the feed; a page that comes back, to whichever process, says where it was and is told
what it missed.
"""

import asyncio
import json
import logging
import random
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from functools import lru_cache

from starlette.responses import StreamingResponse

from fellesjournal.fhir.search.terms import key_of
from fellesjournal.workplace.seat import Seat

log = logging.getLogger(__name__)

EVERY = 0.03
"""Seconds between two looks at the feed while somebody listens."""
RESTING = 0.5
"""The same while nobody does."""
PING = 15.0
"""Seconds of quiet after which a stream says that it is there."""
OPEN_FOR = 300.0
"""Seconds after which a stream ends, more or less: access that has ended since is not served for longer."""
MOST_READ = 1_000
EVERYBODY = 0
"""The key of worklists, which hear of every citizen; no citizen has it."""
LISTS_EVERY = 1.0
"""Seconds in which what changes is told to a worklist as one."""
PRESENCE = "Presence"
"""What is told as if it were a type, when somebody has opened a record or closed it."""
LOOK_ROUND = 1.0
"""Seconds between two looks at who reads what."""
REMEMBERED = 20_000
"""Changes that those who come back can be told of; who has missed more loads everything anew."""

Cursor = tuple[int, int]
Change = tuple[Cursor, int, str]
"""Its place in the feed, the citizen's key, and the type."""
Feed = Callable[[Cursor | None, int], Awaitable[tuple[Cursor, Sequence[Change]]]]
"""Reads on in the change feed: where one is now, and the changes up to there; without a cursor only where the
feed ends."""
Gatherings = Callable[[Sequence[int]], Awaitable[Mapping[int, str]]]
"""Of each of some citizens, who reads: a text that is another when somebody comes or goes."""


class Stream:
    """What one open page is to be told: types, gathered until it takes them."""

    def __init__(self) -> None:
        self._types: set[str] = set()
        self._asleep: asyncio.Future[None] | None = None

    def tell(self, types: frozenset[str]) -> None:
        """Something changed."""
        self._types |= types
        _wake(self._asleep)

    async def next(self, seconds: float) -> frozenset[str]:
        """The types that changed since it was asked before; none when nothing did for so long."""
        if not self._types:
            loop = asyncio.get_running_loop()
            self._asleep = loop.create_future()
            timer = loop.call_later(seconds, _wake, self._asleep)
            try:
                await self._asleep
            finally:
                timer.cancel()
                self._asleep = None
        types, self._types = frozenset(self._types), set()
        return types


class Hub:
    """Tells the streams of one process."""

    def __init__(self, feed: Feed, gatherings: Gatherings | None = None) -> None:
        self._feed, self._gatherings = feed, gatherings
        self._seen: Mapping[int, str] = {}
        self._looked = 0.0
        self._streams: dict[int, set[Stream]] = {}
        self._recent: deque[Change] = deque()
        self._known_from: Cursor | None = None
        self._cursor: Cursor | None = None

    @property
    def place(self) -> str:
        """Where the feed has been read to, as events bear it; "" before anything was read."""
        return "{}-{}".format(*self._cursor) if self._cursor else ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Read the feed for the length of the block."""
        task = asyncio.create_task(self._run())
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    @contextmanager
    def listening(self, citizen: int) -> Iterator[Stream]:
        """The stream of what changes in a citizen's record."""
        stream = Stream()
        self._streams.setdefault(citizen, set()).add(stream)
        try:
            yield stream
        finally:
            streams = self._streams[citizen]
            streams.discard(stream)
            if not streams:
                del self._streams[citizen]

    def missed(self, citizen: int, place: str) -> frozenset[str] | None:
        """The types that changed in a record after a place; None where that is not known (any more)."""
        since = _cursor_of(place)
        if since is None or self._known_from is None or since < self._known_from:
            return None
        types = set()
        for cursor, whose, type_name in reversed(self._recent):
            if cursor <= since:
                break
            if citizen in (whose, EVERYBODY):
                types.add(type_name)
        return frozenset(types)

    async def _run(self) -> None:
        is_behind = False
        while True:
            await asyncio.sleep(0 if is_behind else EVERY if self._streams else RESTING)
            try:
                cursor, changes = await self._feed(self._cursor, MOST_READ)
                await self._look_round()
            except Exception as error:  # the feed is tried again: a page that is not live is worse
                log.warning("Live pages stand still for now: %s", error)
                is_behind = False
                continue
            is_behind = len(changes) == MOST_READ
            self._remember(cursor, changes)
            self._tell([(citizen, type_name) for _, citizen, type_name in changes])

    async def _look_round(self) -> None:
        """Tell those whose citizen somebody has come to, or left."""
        if self._gatherings is None or not self._streams or time.monotonic() - self._looked < LOOK_ROUND:
            return
        self._looked = time.monotonic()
        now = await self._gatherings([one for one in self._streams if one != EVERYBODY])
        moved = {one for one in now.keys() | self._seen.keys() if now.get(one) != self._seen.get(one)}
        self._seen = now
        self._tell([(citizen, PRESENCE) for citizen in moved])

    def _remember(self, cursor: Cursor, changes: Sequence[Change]) -> None:
        if self._known_from is None:
            self._known_from = cursor
        for one in changes:
            self._recent.append(one)
            if len(self._recent) > REMEMBERED:
                self._known_from, _, _ = self._recent.popleft()
        self._cursor = cursor

    def _tell(self, changes: Sequence[tuple[int, str]]) -> None:
        by_citizen: dict[int, set[str]] = {}
        for citizen, type_name in changes:
            for listens in (citizen, EVERYBODY):
                if listens in self._streams:
                    by_citizen.setdefault(listens, set()).add(type_name)
        for citizen, types in by_citizen.items():
            told = frozenset(types)
            for stream in self._streams[citizen]:
                stream.tell(told)


def stream(hub: Hub, id: str, place: str, seat: Seat | None = None) -> StreamingResponse:
    """The stream of one open page, of a citizen who has been found to be within reach. `place` is where the
    page was in the feed ("": it has not said): it is told what it missed, or ("resync") to load all anew.

    It ends after about OPEN_FOR; the page asks for another, and is asked anew who it is.
    """
    citizen = key_of(f"Patient/{id}")
    events = _events(hub, citizen, place)
    return _answer(_seated(events, seat, citizen) if seat else events)


def lists_stream(hub: Hub, shown: Sequence[str], place: str) -> StreamingResponse:
    """The stream of a worklist: that resources of the types `shown` have changed, in whose record is not
    said. At most one event each LISTS_EVERY: many changes are one new list.
    """
    return _answer(_events(hub, EVERYBODY, place, frozenset(shown), LISTS_EVERY))


async def _seated(events: AsyncIterator[bytes], seat: Seat, citizen: int) -> AsyncIterator[bytes]:
    """The events, while somebody is told to be there: anew every PING or so."""
    clock = asyncio.get_running_loop().time
    told = clock() - PING
    try:
        async for event in events:
            if clock() - told >= PING:
                told = clock()
                await seat.take(citizen)
            yield event
    finally:
        seat.leave(citizen)


async def _events(
    hub: Hub, citizen: int, place: str, shown: frozenset[str] | None = None, gathers: float = 0
) -> AsyncIterator[bytes]:
    clock = asyncio.get_running_loop().time
    ends = clock() + OPEN_FOR * random.uniform(0.9, 1.1)
    with hub.listening(citizen) as told:
        yield _opening(hub, citizen, place, shown)
        while (left := ends - clock()) > 0:
            types = await told.next(min(PING, left))
            if types and gathers:
                await asyncio.sleep(gathers)
                types |= await told.next(0)
            seen = types if shown is None else types & shown
            if seen or not types:
                yield _event("change", hub.place, seen) if seen else _event("", hub.place)
        yield _event("again", hub.place)


def _opening(hub: Hub, citizen: int, place: str, shown: frozenset[str] | None) -> bytes:
    missed = hub.missed(citizen, place) if place else frozenset()
    first = b"retry: 1000\n" + _event("", hub.place)
    if missed is None:
        return first + _event("resync", hub.place)
    seen = missed if shown is None else missed & shown
    return first + _event("change", hub.place, seen) if seen else first


def _answer(events: AsyncIterator[bytes]) -> StreamingResponse:
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(events, media_type="text/event-stream", headers=headers)


@lru_cache(maxsize=64)
def _event(name: str, place: str, types: frozenset[str] = frozenset()) -> bytes:
    """An event; without a name it only says that the stream is there, and where."""
    data = f"event: {name}\ndata: {json.dumps(sorted(types))}\n" if name else ": ping\n"
    return f"{data}id: {place}\n\n".encode()


def _cursor_of(place: str) -> Cursor | None:
    """None for what is no place."""
    xid, _, seq = place.partition("-")
    if not (xid + seq).isascii() or not xid.isdigit() or not seq.isdigit() or len(place) > 40:
        return None
    return int(xid), int(seq)


def _wake(asleep: "asyncio.Future[None] | None") -> None:
    if asleep is not None and not asleep.done():
        asleep.set_result(None)
