"""Search criteria in the place of an id, for conditional interactions (FHIR R4 http.html#ccreate)."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import asyncpg

from fellesjournal.errors import PreconditionFailed
from fellesjournal.fhir.search.terms import hash64
from fellesjournal.fhir.search.values import split_escaped, unescape
from fellesjournal.record.scope import Scope
from fellesjournal.record.search.search import Search
from fellesjournal.record.statements import SQL
from fellesjournal.record.stored import Parameters

TOO_MANY_TO_LOCK_ONE_BY_ONE = 200
"""PostgreSQL has room for some thousand locks in all; who needs more than this takes the one for all."""


Names = Callable[[str], Sequence[str]]
"""Every name of a code system by one of them, the same one first; of what is none itself alone."""
Criteria = tuple[str, tuple[tuple[str, str], ...]]
"""A type and the parameters in alphabetical order: the same criteria are equal however they are written."""


def criteria_of(type_name: str, parameters: Parameters) -> Criteria:
    """The criteria in the form they are compared in."""
    return type_name, tuple(sorted(parameters))


def written(criteria: Criteria) -> str:
    """As in a URL, for people: "Patient?identifier=a|1"."""
    return criteria[0] + "?" + "&".join(f"{name}={value}" for name, value in criteria[1])


def alike(criteria: Criteria, names: Names) -> Criteria:
    """Criteria with the first name of every code system in them: equal when they ask for the same code, one
    by the system's URL and one by its OID. `names` gives every name of a system by one of them.
    """
    type_name, parameters = criteria
    return type_name, tuple(sorted((name, _alike(value, names)) for name, value in parameters))


def _alike(value: str, names: Names) -> str:
    if "|" not in value:
        return value
    asked = (split_escaped(one, "|") for one in split_escaped(value, ","))
    return ",".join("|".join(_first(part, names) for part in parts) for parts in asked)


def _first(part: str, names: Names) -> str:
    named = unescape(part)
    first = names(named)[0]
    return part if first == named else first


async def lock(connection: asyncpg.Connection, all_criteria: Iterable[Criteria], names: Names) -> None:
    """Keep others from evaluating the same criteria, by whichever names, until this transaction ends."""
    keys = sorted({hash64(written(alike(criteria, names))) for criteria in all_criteria})
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
