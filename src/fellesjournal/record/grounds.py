"""On what grounds records are within reach: for the log, which tells why somebody could open a record."""

from collections.abc import Iterable
from typing import NamedTuple

import asyncpg

from fellesjournal.record.scope import Scope
from fellesjournal.record.statements import SQL


class Ground(NamedTuple):
    """Of one citizen: the id of their Patient ("" when there is none), and the care that opens their record:
    its kind and the resource that shows it ("Encounter/5"), 0 and "" when there is none; then `alone` is what
    is within reach without the record, if anything.
    """

    patient: str
    kind: int
    reference: str
    alone: str = ""


async def grounds(connection: asyncpg.Connection, citizens: Iterable[int], scope: Scope) -> dict[int, Ground]:
    """The grounds on which a scope reaches citizens (keys); of several relations the one of lowest kind."""
    rows = await connection.fetch(
        SQL.grounds_of_care, list(citizens), list(scope.parties), list(scope.overrides), scope.moment
    )
    return {
        row["citizen"]: Ground(row["patient"], row["kind"], row["reference"], row["alone"]) for row in rows
    }


async def whose(connection: asyncpg.Connection, key: int) -> int:
    """The key of the citizen in whose record a resource stands or stood, whoever asks; 0: nobody's."""
    return await connection.fetchval(SQL.citizen_of, key) or 0
