"""The database as commands meet it: started, brought up to date, and told of when it is not there."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from fellesjournal.app import schema
from fellesjournal.app.definitions import definitions
from fellesjournal.app.settings import Settings
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.plumbing import database
from fellesjournal.plumbing.trouble import Trouble

console = Console(highlight=False, soft_wrap=True)


def upgrade(settings: Settings) -> None:
    """Apply the migrations that the database lacks."""
    known = compiled(settings)
    with _database(settings) as url:
        applied = asyncio.run(_upgrade(url, known))
    for name in applied:
        console.print(f"Applied {name}.")
    console.print("The database is up to date.")


def check(settings: Settings) -> bool:
    """Say what the database lacks; True when it lacks nothing."""
    if not database.is_there(settings.database_url, settings.data):
        console.print(_no_database(settings))
        return False
    with _database(settings) as url:
        lacking = asyncio.run(_pending(url))
    console.print(_lacking(lacking) if lacking else "The database is up to date.")
    return not lacking


@contextmanager
def ready(settings: Settings) -> Iterator[str]:
    """The database, brought up to date; made when it is the embedded one and is not there."""
    known = compiled(settings)
    with _database(settings) as url:
        _bring_up_to_date(settings, url, known)
        yield url


@contextmanager
def stored(settings: Settings) -> Iterator[str]:
    """The database, which must be there and up to date."""
    if not database.is_there(settings.database_url, settings.data):
        raise Trouble(_no_database(settings))
    with _database(settings) as url:
        if lacking := asyncio.run(_pending(url)):
            raise Trouble(_lacking(lacking))
        yield url


def compiled(settings: Settings) -> Definitions:
    """FHIR's definitions; compiling them, once, is shown."""
    with progress("files") as bar:
        task = bar.add_task("Compiling FHIR's definitions", total=None, visible=False)

        def show(done: int, of: int) -> None:
            if bar.disable and done == 1:
                console.print(f"Compiling FHIR's definitions, {of:,} files ...")
            bar.update(task, total=of, completed=done, visible=True)

        return definitions(settings.definitions, settings.cache, show)


def progress(unit: str) -> Progress:
    """A bar on a terminal; elsewhere nothing, so that logs stay short."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %") if unit == "bytes" else MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )


@contextmanager
def _database(settings: Settings) -> Iterator[str]:
    with ExitStack() as stack:
        with console.status("Starting PostgreSQL ..."):
            url = stack.enter_context(database.server(settings.database_url, settings.data))
        yield url


def _bring_up_to_date(settings: Settings, url: str, known: Definitions) -> None:
    """The embedded database is upgraded without asking; a site's own only by its own command."""
    if settings.database_url and (lacking := asyncio.run(_pending(url))):
        raise Trouble(_lacking(lacking))
    asyncio.run(_upgrade(url, known))


def _lacking(lacking: Sequence[str]) -> str:
    return f"The database lacks {', '.join(lacking)}: run `fellesjournal database upgrade`."


def _no_database(settings: Settings) -> str:
    return (
        f"There is no database in {settings.data} yet: `fellesjournal database upgrade` makes one; "
        "or name another folder with FELLESJOURNAL_DATA, or a PostgreSQL with DATABASE_URL."
    )


async def _upgrade(url: str, known: Definitions) -> list[str]:
    connection = await database.connect(url)
    try:
        return await schema.upgrade(connection, known.resource_types)
    finally:
        await connection.close()


async def _pending(url: str) -> list[str]:
    connection = await database.connect(url)
    try:
        return await schema.pending(connection)
    finally:
        await connection.close()
