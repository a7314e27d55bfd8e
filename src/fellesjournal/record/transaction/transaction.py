"""A transaction: all entries take effect, or none (FHIR R4 http.html#trules).

First everything is looked up and every resource prepared, then all is written in a few statements, in one
order of keys: transactions that share resources wait for one another, but never in a circle. What another
writer changes in between is noticed when it is written; then the transaction is undone and made again.
"""

from collections.abc import Sequence
from dataclasses import replace

import asyncpg

from fellesjournal.errors import Fault, Issue, PreconditionFailed
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record import reach, read
from fellesjournal.record.contention import until_first
from fellesjournal.record.means import Means
from fellesjournal.record.scope import Scope
from fellesjournal.record.stored import Answered, Stored
from fellesjournal.record.transaction import reads
from fellesjournal.record.transaction.drafting import Drafting, Prepared
from fellesjournal.record.transaction.identities import Identities, Referred, identify
from fellesjournal.record.transaction.references import conditional_references
from fellesjournal.record.transaction.steps import Step


async def transact(
    means: Means,
    connection: asyncpg.Connection,
    bundle: bytes,
    steps: Sequence[Step],
    scope: Scope,
    referred: Referred,
) -> list[Answered]:
    """Carry out the steps of a Bundle, all or nothing; one answer per step, in their order. `referred` is
    told what conditional references found, at every attempt.

    Raises the fault of the first entry that cannot be carried out, or of all resources that are not valid,
    with the entry's place in every issue.
    """
    references = conditional_references(bundle)
    drafting = Drafting(means, scope, steps)
    texts: list[int] = []

    async def attempt() -> list[Answered]:
        found = await identify(means, connection, scope, steps, references, referred)
        prepared = await drafting.prepare(connection, found)
        answers = prepared.answers
        answers |= await _write(means, connection, steps, found, prepared, scope)
        _show(answers, prepared, scope)
        for step in steps:
            if step.method in ("GET", "HEAD"):
                answers[step.number] = await _read(means, connection, step, scope)
        drafts = (version.draft for version in prepared.versions)
        texts[:] = await means.writer.put_concept_texts(connection, drafts)
        return [answers[step.number] for step in steps]

    answers = await until_first(connection, attempt, transaction=True)
    means.writer.remember_concept_texts(texts)
    return answers


async def _write(
    means: Means,
    connection: asyncpg.Connection,
    steps: Sequence[Step],
    found: Identities,
    prepared: Prepared,
    scope: Scope,
) -> dict[int, Answered]:
    """Write everything; gives the answers to the deletes."""
    deletes = [step for step in steps if step.method == "DELETE"]
    doomed = {
        key_of(f"{step.type}/{found.ids[step.number]}"): step for step in deletes if found.ids[step.number]
    }
    expected = prepared.expected | await _doomed_versions(connection, doomed, scope)
    if expected:
        await means.writer.check_unmoved(connection, expected)
    answers = {step.number: Answered(204) for step in deletes}
    if doomed:
        keys = [key for key in doomed if key in expected]
        versions = [expected[key] for key in keys]
        for row in await means.writer.delete(connection, keys, versions, means.now()):
            step = doomed[row["key"]]
            id, version, updated = found.ids[step.number], row["version"], row["updated"]
            answers[step.number] = Answered(204, Stored(step.type, id, version, updated, None, "DELETE"))
    await means.writer.put(connection, prepared.versions, seeing=scope.unveiled)
    return answers


def _show(answers: dict[int, Answered], prepared: Prepared, scope: Scope) -> None:
    """Give every writing entry what the actor may see: what is masked is known when it has been written."""
    masked = {(one.draft.type, one.draft.id): one for one in prepared.versions if one.masked is not None}
    if not masked:
        return
    for number, answer in answers.items():
        stored = answer.stored
        if stored is not None and (version := masked.get((stored.type, stored.id))) is not None:
            answers[number] = replace(answer, stored=version.seen(scope))


async def _doomed_versions(
    connection: asyncpg.Connection, doomed: dict[int, Step], scope: Scope
) -> dict[int, int]:
    """The versions of what is to be deleted. Raises PreconditionFailed when If-Match asks for another."""
    found = await read.many(connection, list(doomed), scope)
    there = {key: row for key, row in found.items() if row.visible and not row.deleted}
    for key, row in there.items():
        assert row.body is not None
        reach.require_free(row.body, scope)
        wanted = doomed[key].if_match
        if wanted is not None and wanted != row.version:
            text = f"If-Match asks for version {wanted}, but the resource is at version {row.version}."
            raise PreconditionFailed(Issue("conflict", text, f"{doomed[key].where}.request.ifMatch"))
    return {key: row.version for key, row in there.items()}


async def _read(means: Means, connection: asyncpg.Connection, step: Step, scope: Scope) -> Answered:
    try:
        return await reads.answer(means, connection, step, scope)
    except Fault as fault:
        where = f"{step.where}.request"
        raise type(fault)(*(issue._replace(expression=where) for issue in fault.issues)) from None
