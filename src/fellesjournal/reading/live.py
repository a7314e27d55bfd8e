"""Live pages: which kinds of resources changed in whose record, told over server-sent events.

A hub in each process reads the change feed, and tells the streams that are open for a citizen or a worklist.
Only types go over the line: what changed is fetched by the page, through the door, as the one who looks. Each
event bears its place in the feed; a page that comes back, to whichever process, says where it was and is told
what it missed.
"""

import asyncio
import logging
from collections import deque
from collections.abc import (
    AsyncIterator,
    Awaitable,
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from contextlib import asynccontextmanager, contextmanager
from itertools import chain, takewhile
from typing import NamedTuple

log = logging.getLogger(__name__)

EVERY = 0.03
"""Seconds between two looks at the feed while somebody listens."""
RESTING = 0.5
"""The same while nobody does."""
MOST_READ = 1_000
_CONSENT = "Consent"
_NOTHING: frozenset[str] = frozenset()
PRESENCE = "Presence"
"""What is told as if it were a type, when somebody has opened a record or closed it."""
LOOK_ROUND = 1.0
"""Seconds between two looks at who reads what."""
REMEMBERED = 20_000
"""Changes that those who come back can be told of; who has missed more loads everything anew."""

Cursor = tuple[int, int]


class Change(NamedTuple):
    """Its place in the feed, the citizen's key, and the type. `concerns` are the keys of those whose
    worklists it may change, None where that was not looked up: anybody's. `guarded` is the resource
    ("Composition/7") where something of the record is kept from somebody: only who reaches it is told; ""
    anywhere else.
    """

    place: Cursor
    citizen: int
    type: str
    concerns: frozenset[int] | None = frozenset()
    guarded: str = ""


Feed = Callable[[Cursor | None, int], Awaitable[tuple[Cursor, Sequence[Change]]]]
"""Reads on in the change feed: where one is now, and the changes up to there; without a cursor only where the
feed ends."""
Sees = Callable[[Collection[str]], Awaitable[Collection[str]]]
"""Those of some resources that somebody reaches."""
Gatherings = Callable[[Sequence[int]], Awaitable[Mapping[int, str]]]
"""Of each of some citizens, who reads: a text that is another when somebody comes or goes."""


class Interest(NamedTuple):
    """What an open page is told of: changes of the types `shown`, in the record of a citizen (key), or those
    that concern one of the `parties` (keys), whosever record it is. `reader` is who looks, in which role:
    what one reader reaches (`sees`; None: nothing that is guarded) all pages of that reader do.
    """

    shown: frozenset[str]
    citizen: int = 0
    parties: frozenset[int] = frozenset()
    reader: str = ""
    sees: Sees | None = None

    def told(self, change: Change) -> frozenset[str]:
        """What the page is told of a change: its type, if it hears of it and shows that. After a Consent in
        the citizen's record anything may be out of reach, or within: all that is shown is fetched anew.
        """
        if self.citizen:
            if change.citizen != self.citizen:
                return _NOTHING
            if change.type == _CONSENT:
                return self.shown
        elif change.concerns is not None and self.parties.isdisjoint(change.concerns):
            return _NOTHING
        return self.shown & {change.type}

    async def reached(self, guarded: Collection[str]) -> Collection[str]:
        """Those of some guarded resources that the reader reaches."""
        return await self.sees(guarded) if self.sees and guarded else ()


class Stream:
    """What one open page is to be told: types, gathered until it takes them."""

    def __init__(self, interest: Interest) -> None:
        self.interest = interest
        self._types: set[str] = set()
        self._asleep: asyncio.Future[None] | None = None

    def tell(self, types: frozenset[str]) -> None:
        """Something changed."""
        if types:
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
        self._opened: set[int] = set()
        self._charts: dict[int, set[Stream]] = {}
        self._lists: dict[int, set[Stream]] = {}
        self._recent: deque[Change] = deque()
        self._known_from: Cursor | None = None
        self._cursor: Cursor | None = None

    @property
    def place(self) -> str:
        """Where the feed has been read to, as events bear it; "" before anything was read."""
        return "{}-{}".format(*self._cursor) if self._cursor else ""

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Read the feed, and look who reads, for the length of the block: neither waits for the other."""
        tasks = [asyncio.create_task(self._run())]
        if self._gatherings is not None:
            tasks.append(asyncio.create_task(self._look_round(self._gatherings)))
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    @contextmanager
    def listening(self, interest: Interest) -> Iterator[Stream]:
        """The stream of what an open page is told of."""
        stream = Stream(interest)
        table = self._charts if interest.citizen else self._lists
        keys = {interest.citizen} if interest.citizen else interest.parties
        if interest.citizen:
            self._opened.add(interest.citizen)
        for key in keys:
            table.setdefault(key, set()).add(stream)
        try:
            yield stream
        finally:
            for key in keys:
                table[key].discard(stream)
                if not table[key]:
                    del table[key]

    async def missed(self, interest: Interest, place: str) -> frozenset[str] | None:
        """The types that changed after a place; None where that is not known (any more)."""
        since = _cursor_of(place)
        if since is None or self._known_from is None or since < self._known_from:
            return None
        found = [*takewhile(lambda change: change.place > since, reversed(self._recent))]
        heard = [(change.guarded, types) for change in found if (types := interest.told(change))]
        reached = await interest.reached({one for one, _ in heard if one})
        return _NOTHING.union(*(types for guarded, types in heard if not guarded or guarded in reached))

    async def pass_on(self, changes: Sequence[Change]) -> None:
        """Tell the streams of changes, each those that it concerns."""
        for change in changes:
            if not change.guarded:
                _tell(change, self._hearing(change))
        for change in {one.type: one for one in changes if one.concerns is None}.values():
            _tell(change, chain.from_iterable(self._lists.values()))
        await self._tell_who_see([change for change in changes if change.guarded])

    async def _run(self) -> None:
        is_behind = False
        while True:
            listens = self._charts or self._lists
            await asyncio.sleep(0 if is_behind else EVERY if listens else RESTING)
            try:
                cursor, changes = await self._feed(self._cursor, MOST_READ)
            except Exception as error:  # the feed is tried again: a page that is not live is worse
                log.warning("Live pages stand still for now: %s", error)
                is_behind = False
                continue
            is_behind = len(changes) == MOST_READ
            self._remember(cursor, changes)
            await self.pass_on(changes)

    async def _look_round(self, gatherings: Gatherings) -> None:
        """Tell those whose citizen somebody has come to, or left. Who has just opened a page is told as well:
        others may have come after it was made.
        """
        while True:
            await asyncio.sleep(LOOK_ROUND)
            opened, self._opened = self._opened, set()
            try:
                now = await gatherings(list(self._charts))
            except Exception as error:  # it is looked again
                log.warning("Who reads a record is not told for now: %s", error)
                self._opened |= opened
                continue
            moved = {one for one in now.keys() | self._seen.keys() if now.get(one) != self._seen.get(one)}
            self._seen = now
            for citizen in moved | opened:
                for stream in self._charts.get(citizen, ()):
                    stream.tell(frozenset({PRESENCE}))

    def _remember(self, cursor: Cursor, changes: Sequence[Change]) -> None:
        if self._known_from is None:
            self._known_from = cursor
        for one in changes:
            self._recent.append(one)
            if len(self._recent) > REMEMBERED:
                self._known_from = self._recent.popleft().place
        self._cursor = cursor

    async def _tell_who_see(self, guarded: Sequence[Change]) -> None:
        """Guarded changes to those who reach what was changed. Each reader is looked up once."""
        heard: dict[str, dict[Stream, list[Change]]] = {}
        for change in guarded:
            for stream in self._hearing(change):
                heard.setdefault(stream.interest.reader, {}).setdefault(stream, []).append(change)
        for streams in heard.values():
            asked = {change.guarded for changes in streams.values() for change in changes}
            try:
                reached = await next(iter(streams)).interest.reached(asked)
            except Exception as error:  # all is fetched anew instead, through the door
                log.warning("Who reaches what has changed was not found out: %s", error)
                for stream in streams:
                    stream.tell(stream.interest.shown)
                continue
            for stream, changes in streams.items():
                for change in changes:
                    if change.guarded in reached:
                        stream.tell(stream.interest.told(change))

    def _hearing(self, change: Change) -> Iterator[Stream]:
        yield from self._charts.get(change.citizen, ())
        for party in change.concerns or ():
            yield from self._lists.get(party, ())


def _tell(change: Change, streams: Iterable[Stream]) -> None:
    for stream in streams:
        stream.tell(stream.interest.told(change))


def _cursor_of(place: str) -> Cursor | None:
    """None for what is no place."""
    xid, _, seq = place.partition("-")
    if not (xid + seq).isascii() or not xid.isdigit() or not seq.isdigit() or len(place) > 40:
        return None
    return int(xid), int(seq)


def _wake(asleep: "asyncio.Future[None] | None") -> None:
    if asleep is not None and not asleep.done():
        asleep.set_result(None)
