"""update, update as create, and conditional update (FHIR R4 http.html#update, #upsert, #cond-update).

An update that changes nothing makes no new version: it is answered with the version that is there. Importing
a set again, or two systems that send the same address, fill neither the history nor the screens.
"""

import asyncpg

from fellesjournal.errors import Conflict, Invalid, PreconditionFailed
from fellesjournal.fhir.json import Document
from fellesjournal.record import bounds, criteria, reach, read, unveiling
from fellesjournal.record.contention import until_first
from fellesjournal.record.create import new_id, put_first
from fellesjournal.record.draft import UPDATE, Current, Draft, is_unchanged, next_version
from fellesjournal.record.means import Means
from fellesjournal.record.preparing import require_id
from fellesjournal.record.scope import Scope
from fellesjournal.record.stored import Parameters, Written


async def update(
    means: Means,
    connection: asyncpg.Connection,
    type_name: str,
    id: str,
    body: bytes,
    *,
    scope: Scope,
    if_match: int | None = None,
) -> Written:
    """Store the next version of a resource, or the first when there was none of this id.

    Raises Invalid, Unprocessable, PreconditionFailed (`if_match` is not the version there), NotFound (out of
    reach).
    """
    document = means.preparer.read(type_name, body)
    require_id(document, id)
    draft = means.preparer.draft(type_name, id, UPDATE, document)
    await reach.require(connection, [draft], scope)
    await means.writer.put_concept_texts(connection, [draft])
    return await until_first(
        connection,
        lambda: put(means, connection, draft, scope, if_match, named=True),
        transaction=bounds.concerns(type_name, scope),
    )


async def put(
    means: Means,
    connection: asyncpg.Connection,
    draft: Draft,
    scope: Scope,
    if_match: int | None = None,
    *,
    named: bool,
) -> Written:
    """Write the draft on top of what is there; `named`: under an id that its writer chose.

    Raises LostRace when another writer gets in between.
    """
    there = await read.current(connection, draft.key, scope)
    check_version(draft.type, draft.id, within(draft.id, there), if_match)
    if there is None:
        if named:
            require_nameable(draft, scope)
        return await put_first(means, connection, draft, scope)
    check_place(draft, there, scope)
    full = await unveiling.full(connection, there)
    draft = means.writer.veil.restored(draft, there, full, seeing=scope.unveiled)
    if is_unchanged(draft, full):
        seen = full if scope.unveiled else there
        return Written(read.stored(draft.type, seen), created=False, changed=False)
    await bounds.require(means, connection, [bounds.Change(draft, full.body)], scope)
    indexed = means.preparer.indexed(full.body) if full.body is not None else None
    version = next_version(draft, there, indexed, means.now())
    await means.writer.put(connection, [version], seeing=scope.unveiled)
    return Written(version.seen(scope), created=there.deleted)


async def update_where(
    means: Means,
    connection: asyncpg.Connection,
    type_name: str,
    parameters: Parameters,
    body: bytes,
    *,
    scope: Scope,
    if_match: int | None = None,
) -> Written:
    """Update the resource that meets the criteria, or create it when none does.

    Raises as `update` does, Invalid when the body names another id than the match has, PreconditionFailed
    when several match, Conflict when none matches and the id the body names is taken.
    """
    document = means.preparer.read(type_name, body)
    wanted = criteria.criteria_of(type_name, parameters)
    draft: Draft | None = None

    async def attempt() -> Written:
        nonlocal draft
        await criteria.lock(connection, [wanted], means.search.codes.names)
        match = await criteria.the_match(means.search, connection, wanted, scope)
        id = the_id(document, None if match is None else match["id"])
        if draft is None or draft.id != id:
            draft = means.preparer.draft(type_name, id, UPDATE, Document(document.text, dict(document.tree)))
            await reach.require(connection, [draft], scope)
        if match is None:
            there = await read.current(connection, draft.key, scope)
            require_free(type_name, id, within(id, there))
        named = document.tree.get("id") is not None
        written = await put(means, connection, draft, scope, if_match, named=named)
        await means.writer.put_concept_texts(connection, [draft])
        return written

    return await until_first(connection, attempt, transaction=True)


def the_id(document: Document, matched: str | None) -> str:
    """The id a conditional update writes to. Raises Invalid when the body names another than the match."""
    named = document.tree.get("id")
    if matched is None:
        return named or new_id()
    if named is not None and named != matched:
        raise Invalid(f"The criteria match the resource with id '{matched}', but the body's id is '{named}'.")
    return matched


def within(id: str, there: Current | None) -> Current | None:
    """What is there as far as the actor may know: None when it is out of reach or has another id."""
    return there if there is not None and there.id == id and there.visible else None


def require_free(type_name: str, id: str, there: Current | None) -> None:
    """Raise Conflict when there is a resource of this id, which does not meet the criteria of the update."""
    if there is not None and not there.deleted:
        raise Conflict(f"Nothing meets the criteria, but {type_name}/{id} is there already.")


def require_nameable(draft: Draft, scope: Scope) -> None:
    """Raise NotFound where the writer may not give a new resource its id: as if what is there were hidden."""
    if not scope.names(draft.number):
        raise read.not_found(draft.type, draft.id)


def check_version(type_name: str, id: str, there: Current | None, if_match: int | None) -> None:
    """Raise PreconditionFailed unless the resource stands at the version that If-Match names."""
    if if_match is None or (there is not None and not there.deleted and there.version == if_match):
        return
    if there is None or there.deleted:
        raise PreconditionFailed(f"If-Match asks for version {if_match}, but there is no {type_name}/{id}.")
    raise PreconditionFailed(
        f"If-Match asks for version {if_match}, but {type_name}/{id} is at version {there.version}. "
        "Read it again and repeat the change on top."
    )


def check_place(draft: Draft, there: Current, scope: Scope) -> None:
    """Raise NotFound when what is there is out of reach, Forbidden when it is the door's, Conflict when
    another resource has the same key.
    """
    if not there.visible:
        raise read.not_found(draft.type, draft.id)
    if there.id != draft.id:
        raise Conflict(f"The id '{draft.id}' cannot be used for a {draft.type} here. Choose another one.")
    if there.body is not None:
        reach.require_free(there.body, scope)
        reach.require_same_person(draft, there.body, scope)
