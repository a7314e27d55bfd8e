import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio

from fellesjournal.plumbing import database, migrations
from fellesjournal.plumbing.trouble import Trouble


@pytest_asyncio.fixture
async def connection(empty_database_url: str) -> AsyncIterator[asyncpg.Connection]:
    one = await database.connect(empty_database_url)
    yield one
    await one.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A room's migrations: a table, then a row in it."""
    schema = tmp_path / "room" / "schema"
    schema.mkdir(parents=True)
    (schema / "0001_table.sql").write_text("create table thing (name text);\ncreate index on thing (name);")
    (schema / "0002_row.sql").write_text("insert into thing values ('first')")
    return schema


async def test_each_file_is_applied_once_in_order(connection: asyncpg.Connection, folder: Path) -> None:
    files = migrations.read([folder])
    assert await migrations.upgrade(connection, files) == ["room/0001_table", "room/0002_row"]
    assert await migrations.upgrade(connection, files) == []
    assert await connection.fetchval("select count(*) from thing") == 1


async def test_rooms_come_in_the_order_given(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "another" / "schema"
    other.mkdir(parents=True)
    (other / "0001_first.sql").write_text("select 1")
    names = [one.name for one in migrations.read([folder, other])]
    assert names == ["room/0001_table", "room/0002_row", "another/0001_first"]


async def test_a_new_file_is_applied_to_an_old_database(connection: asyncpg.Connection, folder: Path) -> None:
    await migrations.upgrade(connection, migrations.read([folder]))
    (folder / "0003_more.sql").write_text("insert into thing values ('second')")
    files = migrations.read([folder])
    assert await migrations.pending(connection, files) == ["room/0003_more"]
    assert await migrations.upgrade(connection, files) == ["room/0003_more"]
    assert await migrations.pending(connection, files) == []


async def test_nothing_is_pending_by_looking(connection: asyncpg.Connection, folder: Path) -> None:
    assert len(await migrations.pending(connection, migrations.read([folder]))) == 2
    assert await connection.fetchval("select to_regclass('migration')") is None


async def test_a_faulty_file_leaves_nothing_behind(connection: asyncpg.Connection, folder: Path) -> None:
    (folder / "0003_faulty.sql").write_text("insert into thing values ('half'); select 1 / 0")
    with pytest.raises(asyncpg.DivisionByZeroError):
        await migrations.upgrade(connection, migrations.read([folder]))
    assert await connection.fetchval("select count(*) from thing") == 1
    (folder / "0003_faulty.sql").write_text("insert into thing values ('whole')")
    assert await migrations.upgrade(connection, migrations.read([folder])) == ["room/0003_faulty"]


async def test_a_changed_file_is_refused(connection: asyncpg.Connection, folder: Path) -> None:
    await migrations.upgrade(connection, migrations.read([folder]))
    (folder / "0002_row.sql").write_text("insert into thing values ('other')")
    with pytest.raises(Trouble, match="room/0002_row has been changed after this database"):
        await migrations.upgrade(connection, migrations.read([folder]))


async def test_a_newer_database_is_refused(connection: asyncpg.Connection, folder: Path) -> None:
    await migrations.upgrade(connection, migrations.read([folder]))
    (folder / "0002_row.sql").unlink()
    with pytest.raises(Trouble, match="newer than this program: it has had room/0002_row"):
        await migrations.pending(connection, migrations.read([folder]))


async def test_upgrades_side_by_side_wait_for_each_other(empty_database_url: str, folder: Path) -> None:
    files = migrations.read([folder])
    connections = [await database.connect(empty_database_url) for _ in range(4)]
    applied = await asyncio.gather(*(migrations.upgrade(one, files) for one in connections))
    assert sorted(map(len, applied)) == [0, 0, 0, 2]
    assert await connections[0].fetchval("select count(*) from thing") == 1
    for one in connections:
        await one.close()
