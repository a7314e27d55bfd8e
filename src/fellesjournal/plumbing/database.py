"""The way to PostgreSQL: the site's own server (DATABASE_URL) or the embedded one, and its connections."""

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
from asyncpg.protocol import protocol

from fellesjournal.plumbing import embedded
from fellesjournal.plumbing.trouble import Trouble

OLDEST_MAJOR = 16

ARRAYS: tuple[type, ...] = (list, tuple, set, frozenset, type({}.keys()), type({}.values()))
"""What is sent as an array. The driver asks of every number in one whether it is iterable too, and through
abc that takes as long as encoding it: a write has some 75 of them. Of every row it asks twice whether it is
a mapping."""
protocol.IterableABC = protocol.SizedABC = ARRAYS
protocol.MappingABC = dict

DICTATED_PLANS = {"plan_cache_mode": "force_generic_plan", "enable_seqscan": "off", "enable_sort": "off"}
"""Statements are written so that one plan fits all values: an index read in its order, row by row."""
FREE_PLANS = {"plan_cache_mode": "force_custom_plan", "enable_seqscan": "on", "enable_sort": "on"}
"""For the few statements that PostgreSQL had better plan for their values, such as counts."""

SESSION = {
    "application_name": "fellesjournal",
    **DICTATED_PLANS,
    # A search reads the whole list of what is not yet in a GIN index: it is kept short.
    "gin_pending_list_limit": "128kB",
    "jit": "off",
    "timezone": "UTC",
}


STATEMENTS = 400
"""Statements that a connection keeps prepared: a search has one for each combination of conditions."""
LARGEST_STATEMENT = 256 * 1024
"""In characters: the searches of a screen are one statement, and it is kept too."""


async def _leave_as_it_is(_connection: asyncpg.Connection) -> None:
    """Nothing to reset, which saves a round trip: settings and locks here never outlive a transaction."""


_HABITS: dict[str, Any] = {
    "server_settings": SESSION,
    "statement_cache_size": STATEMENTS,
    "max_cacheable_statement_size": LARGEST_STATEMENT,
    "max_cached_statement_lifetime": 0,
    "reset": _leave_as_it_is,
}
"""How the connections of every pool are."""


@contextmanager
def server(url: str, directory: Path) -> Iterator[str]:
    """The URL of the database: `url` when set, else that of the embedded server, kept running meanwhile."""
    if url:
        yield url
    else:
        with embedded.running(directory) as embedded_url:
            yield embedded_url


def is_there(url: str, directory: Path) -> bool:
    """Whether `server` would make no new database: it is the site's own, or the embedded one was made."""
    return bool(url) or embedded.is_made(directory)


async def connect(url: str) -> asyncpg.Connection:
    """One connection, checked. Raises Trouble when the server cannot be reached or is too old."""
    with _explained(url):
        connection = await asyncpg.connect(url, server_settings=SESSION)
    if connection.get_server_version().major < OLDEST_MAJOR:
        found = connection.get_server_version()
        await connection.close()
        raise Trouble(
            f"PostgreSQL {OLDEST_MAJOR} or newer is needed; {_place(url)} runs {found.major}.{found.minor}."
        )
    return connection


def unopened_pool(url: str, size: int) -> asyncpg.Pool:
    """A pool of at most `size` connections for this thread's event loop; it connects when it is `opened`."""
    return asyncpg.create_pool(url, min_size=1, max_size=size, **_HABITS)


def warm_pool(url: str, size: int, met: Sequence[str]) -> asyncpg.Pool:
    """A pool that opens all its connections at once and keeps them, each with the tables of some statements
    in its memory: what PostgreSQL looks up for the first write of a connection takes longer than the write.

    A database that takes fewer connections than the site's processes open says so when they start, not in
    their busiest hour.
    """

    async def meet(connection: asyncpg.Connection) -> None:
        for statement in met:
            await connection.prepare(statement)

    return asyncpg.create_pool(
        url, min_size=size, max_size=size, max_inactive_connection_lifetime=0, init=meet, **_HABITS
    )


@asynccontextmanager
async def opened(connections: asyncpg.Pool, url: str) -> AsyncIterator[asyncpg.Pool]:
    """The pool, connected for the length of the block. Raises Trouble as `connect` does."""
    await (await connect(url)).close()
    with _explained(url):
        await connections
    try:
        yield connections
    finally:
        await connections.close()


@asynccontextmanager
async def pool(url: str, size: int = 10) -> AsyncIterator[asyncpg.Pool]:
    """A pool of at most `size` connections for the length of the block. Raises Trouble as `connect` does."""
    async with opened(unopened_pool(url, size), url) as connections:
        yield connections


@contextmanager
def _explained(url: str) -> Iterator[None]:
    """What keeps us from the database, in a sentence; the password of the URL is not repeated."""
    try:
        yield
    except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
        reason = str(error).strip().rstrip(".") or type(error).__name__
        raise Trouble(f"The database at {_place(url)} cannot be reached: {reason}.") from error


def _place(url: str) -> str:
    try:
        parts = urlsplit(url)
        where = parts.hostname or "the local socket"
        return f"{where}:{parts.port}{parts.path}" if parts.port else f"{where}{parts.path}"
    except ValueError:
        return "DATABASE_URL"


@lru_cache(maxsize=256)
def array_of(numbers: tuple[int, ...]) -> str:
    """An array as PostgreSQL reads it from text: asyncpg looks at each number of a list three times before it
    sends it, which counts when there are hundreds. The same hundreds are asked about again and again.
    """
    return f"{{{','.join(map(str, numbers))}}}"
