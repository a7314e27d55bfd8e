"""The texts of files come into the index after the resource that holds them: no write waits for a file to
be read.

A resource with files is written `waiting`. One process of all looks for such every second, reads them in a
child process and writes their words beside the resource's own, unless it has been changed meanwhile: then
it waits anew.
"""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import msgspec

from fellesjournal.fhir.files import files
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.record.following import Connect
from fellesjournal.record.statements import SQL
from fellesjournal.record.wording.reading import UNREADABLE, Reader
from fellesjournal.terminology.wording.written import vector

EVERY = 1.0
"""Seconds between two looks."""
_BATCH = 8
"""Resources whose bodies are held at once."""

log = logging.getLogger(__name__)
_decode = msgspec.json.Decoder().decode


@asynccontextmanager
async def reading(connect: Connect) -> AsyncIterator[None]:
    """Read files for the length of the block, as long as no other process does."""
    task = asyncio.create_task(_read_on(connect))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def _read_on(connect: Connect) -> None:
    told = False
    while True:
        try:
            await _as_the_one(await connect())
        except (OSError, Trouble, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            if not told:
                log.warning("The text of files is not read for now: %s", error)
            told = True
        await asyncio.sleep(EVERY)


async def _as_the_one(connection: asyncpg.Connection) -> None:
    """Read until the connection is lost; the lock that makes this process the one goes with it."""
    reader, alone = Reader(), False
    try:
        while True:
            alone = alone or await connection.fetchval(SQL.read_files_alone)
            if alone:
                while await read_waiting(connection, reader):
                    pass
                await reader.close()
            await asyncio.sleep(EVERY)
    finally:
        connection.terminate()
        await reader.close()


async def read_waiting(connection: asyncpg.Connection, reader: Reader) -> int:
    """Read the files of some resources that wait; gives of how many."""
    rows = await connection.fetch(SQL.files_waiting, _BATCH)
    for row in rows:
        read = [
            (UNREADABLE, "") if one.content is None else await reader.read(one.kind, one.content)
            for one in files(_decode(row["body"]))
        ]
        place = row["citizen"], row["rid"], row["version"]
        words = vector("\n".join(text for _, text in read))
        states, texts = [state for state, _ in read], [text for _, text in read]
        await connection.execute(SQL.keep_file_texts, *place, words, states, texts)
    return len(rows)
