"""patch and conditional patch (FHIR R4 http.html#patch)."""

import asyncpg

from fellesjournal.errors import Gone, NotFound, Unprocessable
from fellesjournal.fhir.json import parse
from fellesjournal.fhir.patch import patched
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record import bounds, criteria, reach, read, unveiling
from fellesjournal.record.contention import until_first
from fellesjournal.record.draft import PATCH, Current, Draft, is_unchanged, next_version
from fellesjournal.record.means import Means
from fellesjournal.record.scope import Scope
from fellesjournal.record.stored import Parameters, Written
from fellesjournal.record.update import check_version, within


async def patch(
    means: Means,
    connection: asyncpg.Connection,
    type_name: str,
    id: str,
    body: bytes,
    *,
    scope: Scope,
    if_match: int | None = None,
) -> Written:
    """Apply a JSON Patch or FHIRPath Patch to the version that is there.

    Raises NotFound, Gone, Invalid (no patch), Unprocessable (does not fit, or what comes out is not valid),
    PreconditionFailed.
    """

    async def attempt() -> Written:
        return await _patch(means, connection, type_name, id, body, scope, if_match)

    return await until_first(connection, attempt, transaction=bounds.concerns(type_name, scope))


async def patch_where(
    means: Means,
    connection: asyncpg.Connection,
    type_name: str,
    parameters: Parameters,
    body: bytes,
    *,
    scope: Scope,
    if_match: int | None = None,
) -> Written:
    """Patch the one resource that meets the criteria.

    Raises as `patch` does, NotFound when none meets them, PreconditionFailed when several do.
    """
    wanted = criteria.criteria_of(type_name, parameters)

    async def attempt() -> Written:
        match = await criteria.the_match(means.search, connection, wanted, scope)
        if match is None:
            raise NotFound(f"Nothing matches {criteria.written(wanted)}.")
        return await _patch(means, connection, type_name, match["id"], body, scope, if_match)

    return await until_first(connection, attempt, transaction=True)


async def _patch(
    means: Means,
    connection: asyncpg.Connection,
    type_name: str,
    id: str,
    body: bytes,
    scope: Scope,
    if_match: int | None,
) -> Written:
    there = await read.current(connection, key_of(f"{type_name}/{id}"), scope)
    if there is None or within(id, there) is None:
        raise read.not_found(type_name, id)
    check_version(type_name, id, there, if_match)
    full = await unveiling.full(connection, there)
    seen = full if scope.unveiled else there
    draft = patched_draft(means, type_name, seen, body)
    draft = means.writer.veil.restored(draft, there, full, seeing=scope.unveiled)
    await reach.require(connection, [draft], scope)
    if is_unchanged(draft, full):
        return Written(read.stored(type_name, seen), created=False, changed=False)
    assert there.body is not None
    assert full.body is not None
    reach.require_free(there.body, scope)
    reach.require_same_person(draft, there.body, scope)
    await bounds.require(means, connection, [bounds.Change(draft, full.body)], scope)
    version = next_version(draft, there, means.preparer.indexed(full.body), means.now())
    if not connection.is_in_transaction():
        await means.writer.put_concept_texts(connection, [draft])
        await means.writer.put(connection, [version], seeing=scope.unveiled)
    else:
        await means.writer.put(connection, [version], seeing=scope.unveiled)
        await means.writer.put_concept_texts(connection, [draft])
    return Written(version.seen(scope), created=False)


def patched_draft(means: Means, type_name: str, there: Current, body: bytes) -> Draft:
    """What the patch makes of the version that is there. Raises Gone when that is a deletion."""
    if there.body is None:
        raise Gone(f"{type_name}/{there.id} was deleted with version {there.version}.")
    document = parse(patched(means.preparer.definitions, there.body, body))
    if document.tree.get("id") != there.id:
        raise Unprocessable("A patch must leave the id as it is.")
    return means.preparer.draft(type_name, there.id, PATCH, means.preparer.checked(type_name, document))
