"""What the server does by itself, again and again: it offers freed time, sends notices, deletes what is old.

Every process goes its rounds; what must be done once is seen to by the one that does it (see each room).
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial

import asyncpg

from fellesjournal.access.audience import Audience
from fellesjournal.access.journal import Journal
from fellesjournal.access.representing import Representing
from fellesjournal.app import outgoing
from fellesjournal.app.settings import Settings
from fellesjournal.booking.notices import sending
from fellesjournal.booking.notices.sending import Sender
from fellesjournal.booking.purging import Purging
from fellesjournal.booking.waitlist import matching
from fellesjournal.booking.waitlist.matching import Matcher
from fellesjournal.record.record import Record

EVERY = 2.0
"""Seconds between two rounds in which nothing was found to do."""

Round = Callable[[], Awaitable[int]]
"""Does what there is to do; gives how much that was."""

log = logging.getLogger(__name__)


def of(
    settings: Settings, pool: asyncpg.Pool, journal: Journal, record: Record, clock: Callable[[], datetime]
) -> tuple[Round, ...]:
    """All rounds of a process."""
    kept = timedelta(days=settings.notice_days)
    return (
        waitlist(pool, journal, clock),
        notices(settings, pool, journal, record, clock),
        Purging(pool, clock, kept).round,
    )


def waitlist(pool: asyncpg.Pool, journal: Journal, clock: Callable[[], datetime]) -> Round:
    """The round of the waitlist."""
    return Matcher(pool, partial(journal.open, matching.ACTOR), clock).round


def notices(
    settings: Settings, pool: asyncpg.Pool, journal: Journal, record: Record, clock: Callable[[], datetime]
) -> Round:
    """The round of the outbox, by the ways that are set up."""
    site = f"{settings.site_url}/min" if settings.site_url else ""
    opened = partial(journal.open, sending.ACTOR)
    audience = Audience(journal, Representing(record, clock)).of
    return Sender(pool, opened, audience, clock, outgoing.ways(settings), site).round


@asynccontextmanager
async def running(*rounds: Round) -> AsyncIterator[None]:
    """Go the rounds for the length of the block."""
    tasks = [asyncio.create_task(_go(one)) for one in rounds]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _go(one: Round) -> None:
    told = False
    while True:
        done = 0
        try:
            done = await one()
            told = False
        except Exception as error:  # it is gone again: a round that stands still would not be noticed
            if not told:
                log.warning("A round was not finished, and is gone again: %s", error)
            told = True
        await asyncio.sleep(0 if done else EVERY)
