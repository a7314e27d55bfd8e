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
    """A stretch of a file to import: from `start` on, up to `stop`; reading begins at `position`."""

    digest: str
    start: int
    stop: int
    position: int
    path: str


class Progress(NamedTuple):
    """How far a stretch has been read: where to go on, whether to, and how much of it was faulty so far."""

    position: int
    finished: bool
    faults: int


@dataclass(slots=True)
class Step:
    """How far a batch takes one stretch, and how many faulty resources it left out on the way."""

    digest: str
    start: int
    position: int
    finished: bool = False
    faults: int = 0


async def progress(connection: asyncpg.Connection, stretches: Sequence[Stretch]) -> list[Progress]:
    """How far each of `stretches` has been read; those seen for the first time are noted."""
    if not stretches:
        return []
    columns = [list(column) for column in zip(*stretches, strict=True)]
    await connection.execute(SQL.register_parts, *columns)
    rows = await connection.fetch(SQL.parts_of_files, columns[0])
    known = {(row["digest"], row["start"]): row for row in rows}
    mine = (known[one.digest, one.start] for one in stretches)
    return [Progress(row["position"], row["finished"], row["faults"]) for row in mine]


async def paths(connection: asyncpg.Connection, beginning: str) -> list[str]:
    """The paths of what has been read, or begun, that begin so."""
    return [row["path"] for row in await connection.fetch(SQL.paths_of_parts, beginning)]


async def advance(connection: asyncpg.Connection, steps: Sequence[Step]) -> None:
    """Note the steps; call it in the transaction that stores the resources."""
    if steps:
        await connection.execute(
            SQL.advance_parts,
            [step.digest for step in steps],
            [step.start for step in steps],
            [step.position for step in steps],
            [step.finished for step in steps],
            [step.faults for step in steps],
        )
