"""Forms that citizens have begun and left are forgotten after a time that they are told of."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from fellesjournal.documentation.store import Drafts

EVERY = 3_600.0
"""Seconds between two looks. Every process looks: to forget twice does no harm."""

log = logging.getLogger(__name__)


@asynccontextmanager
async def sweeping(drafts: Drafts) -> AsyncIterator[None]:
    """Look for such forms, for the length of the block."""
    task = asyncio.create_task(_sweep(drafts))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def _sweep(drafts: Drafts) -> None:
    while True:
        try:
            if gone := await drafts.purge():
                log.info("%d forms that citizens had begun and left were forgotten.", gone)
        except Exception as error:  # it is looked again
            log.warning("Forms that were left are not forgotten for now: %s", error)
        await asyncio.sleep(EVERY)
