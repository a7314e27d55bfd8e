"""The numbers of resource types: their place in the alphabetical list, written down once in each database."""

from collections.abc import Sequence

import asyncpg

from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.record.statements import SQL


async def settle(connection: asyncpg.Connection, names: Sequence[str]) -> None:
    """Write the numbers of `names` (from 1, in order) into the database, or see that they stand there so.

    Raises Trouble when the database numbers them otherwise: every row in it would be read as another type.
    """
    known = {row["name"]: row["number"] for row in await connection.fetch(SQL.known_resource_types)}
    wanted = {name: number for number, name in enumerate(names, 1)}
    if wrong := sorted(name for name, number in known.items() if wanted.get(name) != number):
        raise Trouble(
            f"The database numbers resource types otherwise than this program ({', '.join(wrong[:3])}): "
            "it was made with other FHIR definitions."
        )
    missing = [name for name in names if name not in known]
    if missing:
        await connection.execute(SQL.number_resource_types, [wanted[name] for name in missing], missing)
