"""A batch: every entry by itself, as if it had been sent alone (FHIR R4 http.html#brules)."""

import logging

import asyncpg

from fellesjournal.errors import Broken, Fault
from fellesjournal.record.create import create
from fellesjournal.record.delete import delete, delete_where
from fellesjournal.record.means import Means
from fellesjournal.record.patch import patch, patch_where
from fellesjournal.record.scope import Scope
from fellesjournal.record.stored import Answered, Stored, Written
from fellesjournal.record.transaction import reads
from fellesjournal.record.transaction.drafting import patch_in
from fellesjournal.record.transaction.steps import Step, Understood
from fellesjournal.record.update import update, update_where

log = logging.getLogger(__name__)

_BROKEN = (
    "Something went wrong in the server with this entry. Look whether it took effect before sending it again."
)


async def batch(means: Means, pool: asyncpg.Pool, bundle: Understood, scope: Scope) -> list[Answered]:
    """Carry out the steps one after the other; whatever goes wrong is the answer to its own entry only."""
    answers = {number: Answered(0, fault=fault) for number, fault in bundle.refused.items()}
    for step in bundle.steps:
        try:
            async with pool.acquire() as connection:
                answers[step.number] = await _answer(means, connection, step, scope)
        except Fault as fault:
            answers[step.number] = Answered(0, fault=fault)
        except Exception:
            log.exception("%s of a batch failed: %s %s", step.where, step.method, step.type)
            answers[step.number] = Answered(0, fault=Broken(_BROKEN))
    return [answers[number] for number in sorted(answers)]


async def _answer(means: Means, connection: asyncpg.Connection, step: Step, scope: Scope) -> Answered:
    match step.method:
        case "GET" | "HEAD":
            return await reads.answer(means, connection, step, scope)
        case "DELETE":
            return Answered(204, await _delete(means, connection, step, scope))
    written = await _write(means, connection, step, scope)
    return Answered(201 if written.created else 200, written.stored)


async def _delete(means: Means, connection: asyncpg.Connection, step: Step, scope: Scope) -> Stored | None:
    if step.criteria is None:
        return await delete(means, connection, step.type, step.id, scope=scope, if_match=step.if_match)
    wanted = list(step.criteria[1])
    await delete_where(means, connection, step.type, wanted, scope=scope, if_match=step.if_match)
    return None


async def _write(means: Means, connection: asyncpg.Connection, step: Step, scope: Scope) -> Written:
    body = bytes(step.raw)
    wanted = list(step.criteria[1]) if step.criteria is not None else None
    if step.method == "POST":
        return await create(means, connection, step.type, body, scope=scope, if_none_exist=wanted)
    by_id, where = update, update_where
    if step.method == "PATCH":
        body, by_id, where = patch_in(body), patch, patch_where
    if wanted is not None:
        return await where(means, connection, step.type, wanted, body, scope=scope, if_match=step.if_match)
    return await by_id(means, connection, step.type, step.id, body, scope=scope, if_match=step.if_match)
