"""The database schema: the migrations of every room that has tables, in order."""

from collections.abc import Sequence
from pathlib import Path

import asyncpg

from fellesjournal.plumbing import migrations
from fellesjournal.plumbing.migrations import Migration
from fellesjournal.record import resource_types

ROOMS = ("terminology", "record", "access", "documentation", "reading", "support", "booking")
"""Rooms with tables, the lower floors first."""


def all_migrations() -> list[Migration]:
    """Every migration of every room."""
    package = Path(__file__).parents[1]
    return migrations.read([package / room / "schema" for room in ROOMS])


async def upgrade(connection: asyncpg.Connection, types: Sequence[str]) -> list[str]:
    """Bring the database to this program's schema; gives the names of the migrations applied.

    `types` are FHIR's resource types in alphabetical order; their numbers are written down, or verified.
    """
    applied = await migrations.upgrade(connection, all_migrations())
    await resource_types.settle(connection, types)
    return applied


async def pending(connection: asyncpg.Connection) -> list[str]:
    """The names of the migrations that the database has not had."""
    return await migrations.pending(connection, all_migrations())
