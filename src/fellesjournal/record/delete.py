"""delete and conditional delete (FHIR R4 http.html#delete, #cdelete)."""

from collections.abc import Sequence

import asyncpg

from fellesjournal.errors import Conflict, PreconditionFailed
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record import criteria, reach, read
from fellesjournal.record.contention import LostRace, until_first
from fellesjournal.record.means import Means
from fellesjournal.record.scope import Scope
from fellesjournal.record.stored import Parameters, Stored
from fellesjournal.record.update import check_version, within

MOST_AT_ONCE = 1_000
"""Resources that one conditional delete may take."""


async def delete(
    means: Means,
    connection: asyncpg.Connection,
    type_name: str,
    id: str,
    *,
    scope: Scope,
    if_match: int | None = None,
) -> Stored | None:
    """Delete a resource; gives the version that says so, None when there was nothing to delete.

    Raises PreconditionFailed when it is not at the version `if_match`.
    """
    key = key_of(f"{type_name}/{id}")

    async def attempt() -> Stored | None:
        there = within(id, await read.current(connection, key, scope))
        if there is None:
            return None
        check_version(type_name, id, there, if_match)
        if there.body is None:
            return None
        reach.require_free(there.body, scope)
        gone = await means.writer.delete(connection, [key], [there.version], means.now())
        if not gone:
            raise LostRace([key])
        version, updated = gone[0]["version"], gone[0]["updated"]
        return Stored(type_name, id, version, updated, None, "DELETE", there.citizen)

    return await until_first(connection, attempt)


async def delete_where(
    means: Means,
    connection: asyncpg.Connection,
    type_name: str,
    parameters: Parameters,
    *,
    scope: Scope,
    if_match: int | None = None,
    several: bool = False,
) -> list[Stored]:
    """Delete what meets the criteria; gives the versions that say so.

    Raises PreconditionFailed when more than one does and `several` are not allowed, or when the match is not
    at version `if_match`; Conflict when there are more than MOST_AT_ONCE.
    """
    wanted = criteria.criteria_of(type_name, parameters)

    async def attempt() -> list[Stored]:
        limit = MOST_AT_ONCE + 1 if several else 2
        found = await means.search.matches(connection, type_name, parameters, scope=scope, limit=limit)
        if len(found) > 1 and not several:
            raise PreconditionFailed(
                f"{criteria.written(wanted)} matches several resources; none was deleted."
            )
        if len(found) > MOST_AT_ONCE:
            raise Conflict(
                f"More than {MOST_AT_ONCE} resources match; none was deleted. Narrow the criteria."
            )
        if if_match is not None and any(row["version"] != if_match for row in found):
            raise PreconditionFailed(f"The match is not at version {if_match}; it was not deleted.")
        if not found:
            return []
        for row in found:
            reach.require_free(row["body"], scope)
        keys, versions = [row["key"] for row in found], [row["version"] for row in found]
        gone = await means.writer.delete(connection, keys, versions, means.now())
        if len(gone) < len(keys):
            raise LostRace(keys)
        return [_gone(type_name, found, row) for row in gone]

    return await until_first(connection, attempt, transaction=True)


def _gone(type_name: str, found: Sequence[asyncpg.Record], gone: asyncpg.Record) -> Stored:
    """The version that says that one of those found was deleted."""
    there = next(row for row in found if row["key"] == gone["key"])
    return Stored(type_name, there["id"], gone["version"], gone["updated"], None, "DELETE", there["citizen"])
