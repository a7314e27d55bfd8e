"""Those who were turned away before it was known who acts, in the log: so that a flood cannot fill it.

The first refusal of a kind is logged before it is answered. Those like it that follow within a while are
counted, and the count is logged when the while is over. No more than MOST kinds are told apart in a while;
beyond that all with one reason are one kind. A process thus writes 2 x (MOST + the number of reasons)
entries in EVERY, however many are turned away.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import NamedTuple

from fellesjournal.access.actor import Actor
from fellesjournal.access.audit.access import Access
from fellesjournal.access.audit.signing import signed

EVERY = timedelta(minutes=1)
MOST = 100
LONGEST = 300
"""Characters of a sentence that are kept: some of it may come from the one who was refused."""

log = logging.getLogger(__name__)


class Refusal(NamedTuple):
    """One who was turned away: `what` happened ("refused", "too-many", ...), `why` in one of a few words,
    the sentence of the answer, the network address, and the person and the app as far as they were known.
    """

    what: str
    why: str
    sentence: str = ""
    source: str = ""
    person: str = ""
    app: str = ""


class Refusals:
    """Notes refusals in the log, which `write` writes. One in a process."""

    def __init__(
        self,
        write: Callable[[Sequence[Access]], Awaitable[None]],
        clock: Callable[[], datetime],
        every: timedelta = EVERY,
    ) -> None:
        self._write = write
        self._clock = clock
        self._every = every
        self._more: dict[Refusal, int] = {}
        """How many came after the first, by kind."""
        self._ending: asyncio.Task[None] | None = None

    async def note(self, refusal: Refusal) -> None:
        """Returns when the refusal is in the log, or is counted among those like it."""
        kind = refusal._replace(sentence=_plain(refusal.sentence))
        if kind not in self._more and len(self._more) >= MOST:
            kind = Refusal(refusal.what, refusal.why)
        if kind in self._more:
            self._more[kind] += 1
            return
        self._more[kind] = 0
        if self._ending is None or self._ending.done():
            self._ending = asyncio.create_task(self._end_later())
        await self._write([self._entry(kind, _said(kind))])

    async def flush(self) -> None:
        """Log what has been counted; the next refusal of any kind is a first one again."""
        counted, self._more = self._more, {}
        entries = [
            self._entry(kind, f"{_said(kind)} ({more:,} more of these)")
            for kind, more in counted.items()
            if more
        ]
        if entries:
            await self._write(entries)

    async def close(self) -> None:
        """Log what has been counted, for good."""
        if self._ending is not None:
            self._ending.cancel()
            with suppress(asyncio.CancelledError):
                await self._ending
        await self.flush()

    async def _end_later(self) -> None:
        await asyncio.sleep(self._every.total_seconds())
        try:
            await self.flush()
        except Exception:  # nobody waits for this: the process's own log is the place that is left
            log.exception("Refusals that were counted could not be logged.")

    def _entry(self, kind: Refusal, reason: str) -> Access:
        actor = Actor(person=kind.person, role="", purpose="", app=kind.app)
        return signed(actor, kind.what, self._clock(), reason=reason)


def _said(kind: Refusal) -> str:
    place = f" From {kind.source}." if kind.source else ""
    return f"{kind.why}: {kind.sentence}{place}" if kind.sentence else f"{kind.why}: various."


def _plain(sentence: str) -> str:
    """A sentence that the log can hold, whatever was sent."""
    return sentence[:LONGEST].replace("\0", "").encode(errors="replace").decode()
