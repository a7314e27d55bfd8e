"""Search criteria in the place of an id, for conditional interactions (FHIR R4 http.html#ccreate)."""

from collections.abc import Iterable
from typing import Any

import asyncpg

from fellesjournal.errors import PreconditionFailed
from fellesjournal.fhir.search.terms import hash64
from fellesjournal.record.scope import Scope
from fellesjournal.record.search.search import Search
from fellesjournal.record.statements import SQL
from fellesjournal.record.stored import Parameters

TOO_MANY_TO_LOCK_ONE_BY_ONE = 200
"""PostgreSQL has room for some thousand locks in all; who needs more than this takes the one for all."""


Criteria = tuple[str, tuple[tuple[str, str], ...]]
"""A type and the parameters in alphabetical order: the same criteria are equal however they are written."""


def criteria_of(type_name: str, parameters: Parameters) -> Criteria:
    """The criteria in the form they are compared in."""
    return type_name, tuple(sorted(parameters))


def written(criteria: Criteria) -> str:
    """As in a URL, for people: "Patient?identifier=a|1"."""
    return criteria[0] + "?" + "&".join(f"{name}={value}" for name, value in criteria[1])


async def lock(connection: asyncpg.Connection, all_criteria: Iterable[Criteria]) -> None:
    """Keep others from evaluating the same criteria until this transaction ends."""
    keys = sorted({hash64(written(criteria)) for criteria in all_criteria})
    if len(keys) > TOO_MANY_TO_LOCK_ONE_BY_ONE:
        await connection.execute(SQL.lock_all_criteria)
    elif keys:
        await connection.execute(SQL.lock_criteria, keys)


async def the_match(
    search: Search, connection: asyncpg.Connection, criteria: Criteria, scope: Scope
) -> Any | None:
    """The one resource that meets the criteria, or None. Raises PreconditionFailed when several do."""
    found = await search.matches(connection, criteria[0], list(criteria[1]), scope=scope, limit=2)
    if len(found) > 1:
        raise PreconditionFailed(
            f"{written(criteria)} matches several resources; it must match no more than one."
        )
    return found[0] if found else None
