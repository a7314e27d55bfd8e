"""The ledger of imports: how far each file has been read (table import_part).

Its rows move on in the transaction that stores the resources, so an import that was killed goes on exactly
where its last transaction ended.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import asyncpg

from fellesjournal.record.statements import SQL


class Stretch(NamedTuple):
    """A stretch of a file to import: from `start` on, up to `stop`; `position` is where to go on."""

    digest: str
    start: int
    stop: int
    position: int
    path: str


@dataclass(slots=True)
class Step:
    """How far a batch takes one stretch."""

    digest: str
    start: int
    position: int
    finished: bool = False


async def unfinished(connection: asyncpg.Connection, stretches: Sequence[Stretch]) -> list[Stretch]:
    """Those of `stretches` that are not wholly imported, each at the position where to go on."""
    if not stretches:
        return []
    columns = [list(column) for column in zip(*stretches, strict=True)]
    await connection.execute(SQL.register_parts, *columns)
    rows = await connection.fetch(SQL.parts_of_files, columns[0])
    known = {(row["digest"], row["start"]): row for row in rows}
    pairs = ((one, known[one.digest, one.start]) for one in stretches)
    return [one._replace(position=row["position"]) for one, row in pairs if not row["finished"]]


async def advance(connection: asyncpg.Connection, steps: Sequence[Step]) -> None:
    """Note the steps; call it in the transaction that stores the resources."""
    if steps:
        await connection.execute(
            SQL.advance_parts,
            [step.digest for step in steps],
            [step.start for step in steps],
            [step.position for step in steps],
            [step.finished for step in steps],
        )
