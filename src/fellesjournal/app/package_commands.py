"""What `fellesjournal packages` does, and what it says meanwhile."""

from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from rich.console import Console

from fellesjournal.app import packages
from fellesjournal.app.packages import Added, Listed
from fellesjournal.app.rooms import Rooms, joined, knowledge
from fellesjournal.app.settings import Settings
from fellesjournal.plumbing import database

Answer = TypeVar("Answer")


async def with_rooms(settings: Settings, url: str, do: Callable[[Rooms], Awaitable[Answer]]) -> Answer:
    """Do something with the rooms on the database at `url`, by what is stored there."""
    know = knowledge(settings.definitions, settings.cache)
    async with database.pool(url, 2) as pool:
        rooms = joined(settings, know, pool)
        async with rooms.record.following(partial(database.connect, url)):
            return await do(rooms)


async def add(settings: Settings, url: str, path: Path, *, force: bool) -> Added:
    """Store the package at `path`; see packages.add."""
    return await with_rooms(
        settings, url, lambda rooms: packages.add(rooms, packages.files(path), str(path), force=force)
    )


async def listed(settings: Settings, url: str) -> list[Listed]:
    """The packages that are stored."""
    return await with_rooms(settings, url, packages.listed)


def tell(added: Added, console: Console) -> None:
    """Say what came of it."""
    resources = "1 resource is" if added.resources == 1 else f"{added.resources:,} resources are"
    console.print(
        f"{added.name} {added.version}: {resources} in the record, {added.created:,} new and "
        f"{added.changed:,} changed.",
        markup=False,
    )
    if added.search_parameters:
        many = added.search_parameters
        parameters = "1 search parameter" if many == 1 else f"{many:,} search parameters"
        console.print(f"    {parameters} can be searched by now.")
    for url in added.left_out:
        console.print(f"    {url} is left out: R4 has a search parameter of that code.", markup=False)
    for url in added.released:
        console.print(
            f"    {url} has a release in the tables, which goes on answering: see terminology list.",
            markup=False,
        )
    for name in added.missing:
        console.print(f"    It builds on {name}, which is not here: add that package too.", markup=False)
