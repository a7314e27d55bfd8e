from array import array
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from fellesjournal.plumbing import database
from fellesjournal.plumbing.trouble import Trouble


@pytest.mark.parametrize("name", database.SESSION)
async def test_every_connection_has_the_sessions_settings(pool: asyncpg.Pool, name: str) -> None:
    assert await pool.fetchval("select current_setting($1)", name) == database.SESSION[name]


def test_a_site_with_its_own_server_uses_that() -> None:
    with database.server("postgresql://somewhere/else", Path("/nowhere")) as url:
        assert url == "postgresql://somewhere/else"


async def test_a_server_that_does_not_answer() -> None:
    with pytest.raises(
        Trouble, match=r"The database at 127\.0\.0\.1:1/journal cannot be reached: "
    ) as trouble:
        await database.connect("postgresql://me:secret@127.0.0.1:1/journal")
    assert "secret" not in str(trouble.value)


async def test_an_address_that_is_none() -> None:
    with pytest.raises(Trouble, match="cannot be reached"):
        await database.connect("mysql://127.0.0.1/journal")


async def test_a_database_that_is_not_there(postgres: str) -> None:
    with pytest.raises(Trouble, match='database "absent" does not exist'):
        await database.connect(postgres.replace("@/fellesjournal?", "@/absent?"))


async def test_a_server_too_old(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "OLDEST_MAJOR", 99)
    with pytest.raises(Trouble, match=r"PostgreSQL 99 or newer is needed; .* runs 18\."):
        await database.connect(database_url)


async def test_a_pool_gives_its_connections_back(database_url: str) -> None:
    async with database.pool(database_url, 2) as pool:
        kept: Any = pool
        assert await pool.fetchval("select 1") == 1
    assert kept.is_closing()


@pytest.mark.parametrize("numbers", [[1, 2], (1, 2), {1: "a", 2: "b"}.keys(), frozenset({1, 2})])
async def test_what_is_sent_as_an_array(pool: asyncpg.Pool, numbers: Any) -> None:
    assert await pool.fetchval("select $1::bigint[]", numbers) == [1, 2]


async def test_another_collection_is_no_array(pool: asyncpg.Pool) -> None:
    """The driver asks for the types we say."""
    with pytest.raises(asyncpg.DataError, match="iterable container expected"):
        await pool.fetch("select $1::bigint[]", array("q", [1, 2]))
