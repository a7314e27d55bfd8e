"""Index what was stored before a search parameter came.

Every resource of the parameter's types is read by the parameters there are now, and all its index rows are
written anew. First every process must write by these parameters too; then a resource that gets another
version between being read and being written here has been indexed by its writer, and is passed over.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from typing import NamedTuple

import asyncpg

from fellesjournal.errors import Conflict, Invalid, NotFound
from fellesjournal.fhir.json import Document
from fellesjournal.record import unveiling
from fellesjournal.record.contention import until_first
from fellesjournal.record.draft import ALL_PARTS, UPDATE, Draft, Version, rows_of
from fellesjournal.record.following import all_agree
from fellesjournal.record.means import Means
from fellesjournal.record.posted import Posted, PostedParameters
from fellesjournal.record.scope import Scope
from fellesjournal.record.statements import SQL
from fellesjournal.record.unveiling import is_masked

BATCH = 100
"""Resources in one transaction: their identities are locked for some tens of milliseconds."""
PATIENCE = 30.0
"""Seconds to wait for writes that go by other parameters."""


class Reindexed(NamedTuple):
    """What was done: the search parameters (by url) that are searched by now, and resources per type."""

    parameters: tuple[str, ...]
    resources: dict[str, int]
    milliseconds: int


async def reindex(
    means: Means,
    parameters: PostedParameters,
    connection: asyncpg.Connection,
    url: str | None,
    *,
    scope: Scope,
    patience: float = PATIENCE,
) -> Reindexed:
    """Index all that is stored by one posted parameter, or (url None) by all that are not searched by yet.

    Raises NotFound when the actor does not reach every record, Invalid when no such parameter is in effect,
    Conflict when somebody else reindexes, or when something writes by earlier parameters for too long.
    """
    if not scope.whole:
        raise NotFound("There is no $reindex for this actor: it reads every record.")
    began = time.monotonic()
    await parameters.refresh(connection)
    if not _wanted(parameters, url):
        return Reindexed((), {}, _since(began))
    if not await connection.fetchval(SQL.reindex_alone):
        raise Conflict("$reindex is running already. Wait until it is done, then ask again for what is left.")
    try:
        if not await all_agree(parameters, connection, patience):
            raise Conflict(
                "Something that began before the search parameter came is still writing, such as an import. "
                "Nothing has been reindexed; try again when it is done."
            )
        wanted = _wanted(parameters, url)
        types = sorted({parameter.base for posted in wanted for parameter in posted.parameters})
        resources = {name: await _index_type(means, connection, name) for name in types}
        identities = [posted.key for posted in wanted], [posted.version for posted in wanted]
        await connection.execute(SQL.note_indexed, *identities)
        await all_agree(parameters, connection, patience)
    finally:
        await connection.execute(SQL.reindex_done)
    return Reindexed(tuple(posted.url for posted in wanted), resources, _since(began))


async def rebuild(
    means: Means,
    parameters: PostedParameters,
    connection: asyncpg.Connection,
    types: Sequence[str],
    *,
    patience: float = PATIENCE,
) -> AsyncIterator[tuple[str, int]]:
    """Index all resources of some types anew, by what is read of them now: search parameters, and who takes
    part in care and what is kept from whom. Gives each type with the number written, when it is done.

    Resources stay readable and writable meanwhile. Raises Conflict as `reindex` does.
    """
    await parameters.refresh(connection)
    if not await connection.fetchval(SQL.reindex_alone):
        raise Conflict("The index is being rebuilt already. Wait until that is done.")
    try:
        if not await all_agree(parameters, connection, patience):
            raise Conflict(
                "Something still writes by earlier search parameters, such as an import. Try again."
            )
        for name in types:
            yield name, await _index_type(means, connection, name)
    finally:
        await connection.execute(SQL.reindex_done)


def _wanted(parameters: PostedParameters, url: str | None) -> list[Posted]:
    if url is None:
        return [posted for posted in parameters.active if not posted.indexed]
    found = [posted for posted in parameters.active if posted.url == url]
    if not found:
        raise Invalid(
            f"No SearchParameter with the url '{url}' is in effect here. Store it with status active first; "
            "FHIR R4's own are always indexed."
        )
    return found


async def _index_type(means: Means, connection: asyncpg.Connection, name: str) -> int:
    """Index the resources of a type that are there now; gives how many were written here."""
    number = means.preparer.number(name)
    last = await connection.fetchval(SQL.newest_of_type, number) or 0
    at = count = 0
    while rows := await connection.fetch(SQL.bodies_of_type, number, at, last, BATCH):
        at = rows[-1]["rid"]
        count += await _index(means, connection, name, await _versions(means, connection, name, rows))
        await asyncio.sleep(0)
    return count


async def _versions(
    means: Means, connection: asyncpg.Connection, name: str, rows: Sequence[asyncpg.Record]
) -> list[Version]:
    places = [(row["citizen"], row["key"], row["version"]) for row in rows if is_masked(row["body"])]
    fulls = await unveiling.bodies(connection, places)
    return [_version(means, name, row, fulls.get((row["key"], row["version"]))) for row in rows]


def _version(means: Means, name: str, row: asyncpg.Record, full: bytes | None) -> Version:
    body, citizen = row["body"], row["citizen"]
    entries = means.preparer.entries(body if full is None else full)
    if full is not None:
        entries = means.preparer.masked_entries(body, entries)
    entries.citizen = citizen
    number = means.preparer.number(name)
    document = Document(body if full is None else full, {})
    draft = Draft(name, number, row["id"], row["key"], UPDATE, document, entries)
    return Version(draft, row["rid"], row["version"], means.now(), body, citizen, ALL_PARTS)


async def _index(means: Means, connection: asyncpg.Connection, name: str, versions: Sequence[Version]) -> int:
    """Write the index rows of those that still stand at their version."""
    expected = {version.draft.key: version for version in versions}
    texts: list[int] = []

    async def attempt() -> int:
        await connection.execute(SQL.share_protection)
        there = await connection.fetch(SQL.lock_identities, list(expected))
        kept = [expected[row["key"]] for row in there if expected[row["key"]].version == row["version"]]
        if kept:
            places = [version.source for version in kept], [version.rid for version in kept]
            await connection.execute(SQL.rewrite_index, *places, *rows_of(kept).index)
            await means.writer.veil.note(connection, kept)
            await means.writer.put_beside(connection, kept)
        texts[:] = await means.writer.put_concept_texts(connection, [version.draft for version in kept])
        return len(kept)

    written = await until_first(connection, attempt, transaction=True)
    means.writer.remember_concept_texts(texts)
    return written


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1000)
