"""create and conditional create (FHIR R4 http.html#create, #ccreate)."""

from functools import partial
from uuid import uuid4

import asyncpg

from fellesjournal.record import bounds, criteria, reach, unveiling
from fellesjournal.record.contention import until_first
from fellesjournal.record.draft import CREATE, Draft, first_version
from fellesjournal.record.means import Means
from fellesjournal.record.scope import Scope
from fellesjournal.record.stored import Parameters, Stored, Written


async def create(
    means: Means,
    connection: asyncpg.Connection,
    type_name: str,
    body: bytes,
    *,
    scope: Scope,
    if_none_exist: Parameters | None = None,
) -> Written:
    """Store a new resource under an id of our choice; with criteria only when nothing meets them yet.

    Raises Invalid, Unprocessable, PreconditionFailed (several meet the criteria), NotFound (out of reach).
    """
    document = means.preparer.read(type_name, body)
    draft = means.preparer.draft(type_name, new_id(), CREATE, document)
    await reach.require(connection, [draft], scope)
    await means.writer.put_concept_texts(connection, [draft])
    if if_none_exist is None:
        numbered = bounds.concerns(type_name, scope)
        first = partial(put_first, means, connection, draft, scope)
        return await until_first(connection, first, transaction=numbered) if numbered else await first()
    wanted = criteria.criteria_of(type_name, if_none_exist)

    async def attempt() -> Written:
        await criteria.lock(connection, [wanted], means.search.codes.names)
        match = await criteria.the_match(means.search, connection, wanted, scope)
        if match is None:
            return await put_first(means, connection, draft, scope)
        there = Stored(
            type_name,
            match["id"],
            match["version"],
            match["updated"],
            match["body"],
            citizen=match["citizen"],
        )
        there = await unveiling.stored(connection, there, scope)
        return Written(there, created=False, changed=False)

    return await until_first(connection, attempt, transaction=True)


async def put_first(means: Means, connection: asyncpg.Connection, draft: Draft, scope: Scope) -> Written:
    """Write the draft as version 1. Raises LostRace when there is such a resource after all."""
    await bounds.require(means, connection, [bounds.Change(draft, None)], scope)
    version = first_version(draft, 0, means.now())
    await means.writer.put(connection, [version], seeing=scope.unveiled)
    return Written(version.seen(scope), created=True)


def new_id() -> str:
    """An id nobody has used."""
    return str(uuid4())
