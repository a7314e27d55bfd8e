"""`fellesjournal notices`: what stands in the outbox of notices to citizens."""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import typer

from fellesjournal.app import commands, settings
from fellesjournal.booking.notices import outbox
from fellesjournal.booking.notices.outbox import Standing
from fellesjournal.plumbing import database

notices = typer.Typer(help="Notices to citizens: what was sent, and what was not.", no_args_is_help=True)


@notices.command("list")
def list_notices() -> None:
    """Print how many notices are sent, wait, or were given up, and why."""
    commands.told(settings.read(), lambda url: told(asyncio.run(_standings(url))))


def told(standings: Iterable[Standing]) -> Iterator[str]:
    """Each kind of standing in words."""
    empty = True
    for one in standings:
        empty = False
        way = f" by {one.way}" if one.way else ""
        why = f": {one.reason}" if one.reason else ""
        yield f"{one.number:,} {one.kind} {one.state}{way}{why} (the oldest due {one.oldest:%Y-%m-%d %H:%M})"
    if empty:
        yield "There are no notices."


async def _standings(url: str) -> list[Standing]:
    async with database.pool(url, 1) as pool:
        return await outbox.standings(pool, datetime.now(UTC))
