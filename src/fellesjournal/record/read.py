"""read and vread (FHIR R4 http.html#read, #vread)."""

from typing import Any

import asyncpg

from fellesjournal.errors import Gone, NotFound
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record import unveiling
from fellesjournal.record.draft import METHODS, Current
from fellesjournal.record.scope import Scope
from fellesjournal.record.statements import SQL
from fellesjournal.record.stored import Stored


async def current(connection: asyncpg.Connection, key: int, scope: Scope) -> Current | None:
    """Where the resource with this key stands, and whether it is within reach; None: there never was one."""
    row = await connection.fetchrow(SQL.read_current, key, *scope.reach)
    return None if row["key"] is None else Current(*row)


async def many(connection: asyncpg.Connection, keys: list[int], scope: Scope) -> dict[int, Current]:
    """Where resources stand, by key: each that is or has been there."""
    rows = await connection.fetch(SQL.read_many, keys, *scope.reach) if keys else []
    return {row["key"]: Current(*row) for row in rows}


async def bodies(connection: asyncpg.Connection, keys: list[int], scope: Scope) -> list[asyncpg.Record]:
    """Resources that are there, by key, also out of reach: key, body, and whether it is `visible`."""
    return list(await connection.fetch(SQL.read_bodies, keys, *scope.reach))


async def read(connection: asyncpg.Connection, type_name: str, id: str, scope: Scope) -> Stored:
    """The current version. Raises NotFound, also when it is out of reach, or Gone."""
    found = await current(connection, key_of(f"{type_name}/{id}"), scope)
    if found is None or found.id != id or not found.visible:
        raise not_found(type_name, id)
    if found.body is None:
        raise Gone(f"{type_name}/{id} was deleted with version {found.version}.")
    return await unveiling.stored(connection, stored(type_name, found), scope)


async def vread(
    connection: asyncpg.Connection, type_name: str, id: str, version: int, scope: Scope
) -> Stored:
    """One version. Raises NotFound, or Gone when that version is the deletion."""
    row = None
    if 0 < version < 2**31:
        key = key_of(f"{type_name}/{id}")
        row = await connection.fetchrow(SQL.read_version, key, version, *scope.reach)
    if row is None or row["id"] != id:
        raise NotFound(f"There is no version {version} of {type_name}/{id}.")
    if row["body"] is None:
        raise Gone(f"{type_name}/{id} was deleted with version {version}.")
    return await unveiling.stored(connection, version_of(type_name, row), scope)


def not_found(type_name: str, id: str) -> NotFound:
    """The fault that says there is no such resource."""
    return NotFound(f"There is no {type_name}/{id}.")


def stored(type_name: str, found: Current) -> Stored:
    """The current version as it is given back."""
    return Stored(type_name, found.id, found.version, found.updated, found.body, citizen=found.citizen)


def version_of(type_name: str, row: Any) -> Stored:
    """A row with a version (id, version, updated, method, body) as it is given back."""
    method = METHODS[row["method"]]
    return Stored(type_name, row["id"], row["version"], row["updated"], row["body"], method, row["citizen"])
