"""Resources as a room reads them in the middle of a write, to decide on it: nobody is shown them."""

from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg
import msgspec

from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record import read
from fellesjournal.record.scope import Scope
from fellesjournal.record.statements import SQL

_decode = msgspec.json.Decoder(dict[str, Any]).decode


async def trees(connection: asyncpg.Connection, references: Sequence[str]) -> Mapping[str, dict[str, Any]]:
    """Those of the resources ("PractitionerRole/7") that are there, as the transaction sees them now."""
    found = await read.many(connection, [key_of(one) for one in references], Scope.everyone())
    named = {key_of(one): one for one in references}
    return {named[key]: _decode(row.body) for key, row in found.items() if row.body is not None}


async def versions_before(
    connection: asyncpg.Connection, keys: Sequence[int], type_name: str
) -> Mapping[int, dict[str, Any]]:
    """Those of some resources (keys) that are of a type, as they were before the version that is written or
    deleted now; none of those that are new.
    """
    rows = await connection.fetch(SQL.versions_before, keys, type_name)
    return {row["key"]: _decode(row["body"]) for row in rows}
