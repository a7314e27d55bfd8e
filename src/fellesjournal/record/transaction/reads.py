"""The entries of a batch or transaction that only read."""

import asyncpg

from fellesjournal.errors import Invalid
from fellesjournal.record import history, read, unveiling
from fellesjournal.record.means import Means
from fellesjournal.record.scope import Scope
from fellesjournal.record.stored import Answered
from fellesjournal.record.transaction.steps import Step


async def answer(means: Means, connection: asyncpg.Connection, step: Step, scope: Scope) -> Answered:
    """What a GET finds. Raises as the interaction it asks for does."""
    if step.history:
        if step.id:
            page = await history.of_resource(means, connection, step.type, step.id, step.parameters, scope)
        else:
            page = await history.of_types(means, connection, step.type or None, step.parameters, scope)
        return Answered(200, page=await unveiling.page(connection, page, scope))
    if not step.id:
        page = await means.search.search(connection, step.type or None, step.parameters, scope=scope)
        return Answered(200, page=await unveiling.page(connection, page, scope))
    if step.parameters:
        raise Invalid(f"'{step.parameters[0][0]}' has no meaning when one resource is read.")
    if step.version:
        stored = await read.vread(connection, step.type, step.id, step.version, scope)
    else:
        stored = await read.read(connection, step.type, step.id, scope)
    return Answered(304 if stored.version == step.if_none_match else 200, stored)
