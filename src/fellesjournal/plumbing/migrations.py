"""Schema migrations: numbered .sql files, applied once each, in order.

A room keeps its own in `<room>/schema/0001_<what>.sql`. What has been applied stands in the table `migration`
with the file's hash, so that a file changed afterwards, and a database from a newer release, are noticed.
"""

import hashlib
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg

from fellesjournal.plumbing.trouble import Trouble

LOCK = 0x46_65_6C_6C_65_73
"""The advisory lock that lets one process at a time upgrade a database."""

TABLE = """
create table if not exists migration (
    name    text primary key,
    sha256  text not null,
    applied timestamptz not null default now()
)
"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One file. `name` is "<room>/0001_<what>"."""

    name: str
    sql: str
    sha256: str


def read(directories: Sequence[Path]) -> list[Migration]:
    """The migrations of all rooms: rooms in the order given, files by number."""
    return [_read(path) for directory in directories for path in sorted(directory.glob("*.sql"))]


async def upgrade(connection: asyncpg.Connection, migrations: Sequence[Migration]) -> list[str]:
    """Apply what is missing, each file in a transaction of its own; gives the names applied.

    Raises Trouble when a file has changed since, or when the database is newer than this program.
    """
    async with _alone(connection):
        await connection.execute(TABLE)
        missing = _missing(await _applied(connection), migrations)
        for migration in missing:
            async with connection.transaction():
                await connection.execute(migration.sql)
                await connection.execute(
                    "insert into migration (name, sha256) values ($1, $2)", migration.name, migration.sha256
                )
        return [migration.name for migration in missing]


async def pending(connection: asyncpg.Connection, migrations: Sequence[Migration]) -> list[str]:
    """The names that `upgrade` would apply. Raises Trouble as `upgrade` does; changes nothing."""
    return [migration.name for migration in _missing(await _applied(connection), migrations)]


def _read(path: Path) -> Migration:
    raw = path.read_bytes()
    return Migration(f"{path.parent.parent.name}/{path.stem}", raw.decode(), hashlib.sha256(raw).hexdigest())


@asynccontextmanager
async def _alone(connection: asyncpg.Connection) -> AsyncIterator[None]:
    await connection.execute("select pg_advisory_lock($1)", LOCK)
    try:
        yield
    finally:
        await connection.execute("select pg_advisory_unlock($1)", LOCK)


async def _applied(connection: asyncpg.Connection) -> dict[str, str]:
    """Name and hash of what the database has."""
    if await connection.fetchval("select to_regclass('migration')") is None:
        return {}
    return dict(await connection.fetch("select name, sha256 from migration"))


def _missing(applied: dict[str, str], migrations: Sequence[Migration]) -> list[Migration]:
    known = {migration.name: migration for migration in migrations}
    if newer := sorted(applied.keys() - known.keys()):
        raise Trouble(
            f"The database is newer than this program: it has had {', '.join(newer)}. Use the newer program."
        )
    if changed := [name for name, sha256 in applied.items() if known[name].sha256 != sha256]:
        raise Trouble(
            f"The migration {', '.join(changed)} has been changed after this database was upgraded with it: "
            "put the file back as it was and write the change as a new one."
        )
    return [migration for migration in migrations if migration.name not in applied]
