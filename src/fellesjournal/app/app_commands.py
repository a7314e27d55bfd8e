"""What an administrator does with apps: register them, list them, remove them."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TypeVar

import asyncpg

from fellesjournal.access.apps import App, Apps
from fellesjournal.plumbing import database
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.smart import registering

T = TypeVar("T")


def registration(app: App, keys: str) -> App:
    """An app as it can be registered. `keys` is a file with a JWK set, or the https address of one, or empty.

    Raises Trouble that says what is missing or wrong.
    """
    if keys and "://" not in keys:
        try:
            keys = Path(keys).read_text()
        except OSError as error:
            raise Trouble(f"{keys} cannot be read ({error.strerror}).") from error
    try:
        return registering.registration(app, keys)
    except registering.Unfit as unfit:
        raise Trouble(str(unfit)) from unfit


def run(url: str, act: Callable[[Apps], Awaitable[T]]) -> T:
    """Do one thing with the apps in a database."""

    async def done() -> T:
        pool: asyncpg.Pool = database.unopened_pool(url, 1)
        async with database.opened(pool, url):
            return await act(Apps(pool))

    return asyncio.run(done())


def add(url: str, app: App, keys: str) -> Iterator[str]:
    """Register an app."""
    found = registration(app, keys)
    run(url, lambda apps: apps.register(found))
    yield f"{found.name} is registered. Its client id is {found.id}"


def listed(url: str) -> Iterator[str]:
    """Every app that is registered, a line each."""
    for one, suspended in run(url, Apps.with_state):
        state = "suspended, " if suspended else ""
        yield f"{one.id}  {one.name} ({state}{one.kind}, {one.responsible}): {one.scopes}"


def remove(url: str, id: str) -> Iterator[str]:
    """Remove an app. Raises Trouble when there is none of the id."""
    if not run(url, lambda apps: apps.remove(id)):
        raise Trouble(f"There is no app {id}: `fellesjournal apps list` prints those there are.")
    yield f"{id} is removed: its tokens are void."


def suspend(url: str, id: str, *, suspended: bool) -> Iterator[str]:
    """Suspend an app, or let it in again. Raises Trouble when there is none of the id."""
    if not run(url, lambda apps: apps.suspend(id, suspended=suspended)):
        raise Trouble(f"There is no app {id}: `fellesjournal apps list` prints those there are.")
    yield f"{id} is suspended: its tokens are void meanwhile." if suspended else f"{id} is let in again."
