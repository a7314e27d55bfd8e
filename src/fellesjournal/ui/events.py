"""What goes over the line to an open page: server-sent events with types and places, and nothing else."""

import asyncio
import json
import random
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, nullcontext
from functools import lru_cache

from starlette.responses import StreamingResponse

from fellesjournal.reading.live import Hub, Interest

PING = 15.0
"""Seconds of quiet after which a stream says that it is there."""
OPEN_FOR = 300.0
"""Seconds after which a stream ends, more or less: access that has ended since is not served for longer."""
LISTS_EVERY = 1.0
"""Seconds in which what changes is told to a worklist as one."""


def stream(
    hub: Hub, interest: Interest, place: str, seat: AbstractContextManager[None] | None = None
) -> StreamingResponse:
    """The stream of one open page, of somebody who has been found to be let in. `place` is where the page was
    in the feed ("": it has not said): it is told what it missed, or ("resync") to load all anew. The reader
    sits on `seat` for as long as it is open.

    It ends after about OPEN_FOR; the page asks for another, and is asked anew who it is. A worklist is told
    at most once in LISTS_EVERY: many changes are one new list.
    """
    gathers = 0.0 if interest.citizen else LISTS_EVERY
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    events = _events(hub, interest, place, seat or nullcontext(), gathers)
    return StreamingResponse(events, media_type="text/event-stream", headers=headers)


async def _events(
    hub: Hub, interest: Interest, place: str, seat: AbstractContextManager[None], gathers: float
) -> AsyncIterator[bytes]:
    clock = asyncio.get_running_loop().time
    ends = clock() + OPEN_FOR * random.uniform(0.9, 1.1)
    with seat, hub.listening(interest) as told:
        yield await _opening(hub, interest, place)
        while (left := ends - clock()) > 0:
            types = await told.next(min(PING, left))
            if types and gathers:
                await asyncio.sleep(gathers)
                types |= await told.next(0)
            yield _event("change", hub.place, types) if types else _event("", hub.place)
        yield _event("again", hub.place)


async def _opening(hub: Hub, interest: Interest, place: str) -> bytes:
    missed = await hub.missed(interest, place) if place else frozenset()
    first = b"retry: 1000\n" + _event("", hub.place)
    if missed is None:
        return first + _event("resync", hub.place)
    return first + _event("change", hub.place, missed) if missed else first


@lru_cache(maxsize=64)
def _event(name: str, place: str, types: frozenset[str] = frozenset()) -> bytes:
    """An event; without a name it only says that the stream is there, and where."""
    data = f"event: {name}\ndata: {json.dumps(sorted(types))}\n" if name else ": ping\n"
    return f"{data}id: {place}\n\n".encode()
