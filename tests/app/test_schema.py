"""The schema is what all migrations give together, and no upgrade loses a row.

Both tests read PostgreSQL's own catalogue, so they grow with the list of migrations: at each earlier
release, every table is filled with rows of every kind, the rest of the migrations are applied, and every
row must be there with what it held.
"""

import json
import re
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest
import pytest_asyncio

from conftest import ROOT
from fellesjournal.app import schema
from fellesjournal.plumbing import database, migrations

MIGRATIONS = schema.all_migrations()
SCHEMA_PAGE = ROOT / "docs" / "schema.md"

GIVEN_UP: dict[str, str] = {}
""" "table" or "table.column" that a migration takes away on purpose, with the reason."""

REWRITTEN = {"index_string.grams": "derived from `folded`; since record/0006 each path has its own"}
"""Columns whose values a migration computes anew on purpose, with the reason."""

ROOM_FOR_ROWS = dict.fromkeys(("audit_event", "audit_met"), "select audit_month('2026-01-01')")
"""What makes room for the rows in the tables that have a partition for each month."""

ROWS = 7

VALUES = {
    "smallint": "{n}::smallint",
    "integer": "{n}",
    "bigint": "{n}::bigint * 4294967296 + {n}",
    "double precision": "{n} + 0.125",
    "boolean": "{n} % 2 = 0",
    "text": "'text ' || {n}",
    "bytea": "convert_to('bytes ' || {n}, 'UTF8')",
    '"char"': 'chr(64 + {n})::"char"',
    "timestamp with time zone": "timestamptz '2026-01-01' + {n} * interval '1 hour 1 microsecond'",
    "tstzrange": "tstzrange('2026-11-23Z'::timestamptz + {n} * interval '1 hour', null)",
    "date": "date '2026-01-01' + {n}",
    "tsvector": "to_tsvector('norwegian', 'ord nummer ' || {n})",
    "xid8": "({n} + 1000)::text::xid8",
    "smallint[]": "array[{n}, {n} + 1]::smallint[]",
    "integer[]": "array[{n}, -{n}]",
    "bigint[]": "array[{n}::bigint << 40, -{n}]",
    "text[]": "array['text ' || {n}]",
    "jsonb": "jsonb_build_object('n', {n})",
}
"""How to make the n-th value of a type, as SQL."""

COLUMNS = """
select c.relname, a.attname, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull as needed,
       coalesce(pg_get_expr(d.adbin, d.adrelid), '') as default, a.attgenerated <> '' as generated,
       a.attidentity <> '' as numbered
from pg_class c join pg_attribute a on a.attrelid = c.oid
left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
  and not c.relispartition
  and c.relname <> 'migration' and a.attnum > 0 and not a.attisdropped
order by c.relname, a.attnum
"""

Table = dict[str, Any]


@pytest_asyncio.fixture
async def connection(empty_database_url: str) -> AsyncIterator[asyncpg.Connection]:
    one = await database.connect(empty_database_url)
    yield one
    await one.close()


async def test_the_schema_page_is_what_all_migrations_give(
    connection: asyncpg.Connection, write_docs: bool
) -> None:
    await migrations.upgrade(connection, MIGRATIONS)
    page = await _page(connection)
    if write_docs:
        SCHEMA_PAGE.write_text(page)
    assert SCHEMA_PAGE.read_text() == page, "run `bin/test --write-docs tests/app/test_schema.py`"


@pytest.mark.parametrize("release", range(1, len(MIGRATIONS) + 1))
async def test_an_upgrade_keeps_every_row(connection: asyncpg.Connection, release: int) -> None:
    await migrations.upgrade(connection, MIGRATIONS[:release])
    before = await _filled(connection)
    assert before
    await migrations.upgrade(connection, MIGRATIONS)
    after = await _columns(connection)
    lost = {name: column for name in before for column in [_lost(name, after)] if column}
    assert lost == {}, "a table is gone that is not in GIVEN_UP"
    for name, rows in before.items():
        if name in after:
            kept = await _rows(connection, name)
            _compare(name, rows, kept, after[name])


async def test_an_upgraded_database_can_be_written_to(connection: asyncpg.Connection) -> None:
    await migrations.upgrade(connection, MIGRATIONS[:1])
    await migrations.upgrade(connection, MIGRATIONS)
    assert await _filled(connection)


@pytest.mark.parametrize("numbered", [one.name for one in MIGRATIONS])
def test_migrations_are_numbered_without_gaps(numbered: str) -> None:
    room, _, file = numbered.partition("/")
    numbers = [one.name.partition("/")[2][:4] for one in MIGRATIONS if one.name.startswith(f"{room}/")]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    assert re.fullmatch(r"\d{4}_[a-z_]+", file)


def _lost(name: str, after: dict[str, list[Table]]) -> str:
    return "" if name in after or name in GIVEN_UP else name


def _compare(name: str, rows: list[Table], kept: list[Table], columns: list[Table]) -> None:
    """Every row is there with the values it had; columns given up are left out of the comparison."""
    names = {column["attname"] for column in columns}
    for column in rows[0].keys() - names:
        assert f"{name}.{column}" in GIVEN_UP, f"{name}.{column} is gone and not in GIVEN_UP"

    compared = {column for column in rows[0].keys() & names if f"{name}.{column}" not in REWRITTEN}

    def shown(row: Table) -> str:
        return json.dumps({key: row[key] for key in sorted(compared)}, sort_keys=True)

    assert {shown(row) for row in rows} <= {shown(row) for row in kept}, name
    assert len(kept) >= len(rows), name


async def _columns(connection: asyncpg.Connection) -> dict[str, list[Table]]:
    tables: dict[str, list[Table]] = {}
    for row in await connection.fetch(COLUMNS):
        tables.setdefault(row["relname"], []).append(dict(row))
    return tables


async def _filled(connection: asyncpg.Connection) -> dict[str, list[Table]]:
    """ROWS rows in every table; nullable columns are null in every third row."""
    filled = {}
    for name, columns in (await _columns(connection)).items():
        written = [column for column in columns if not column["generated"]]
        if name in ROOM_FOR_ROWS:
            await connection.execute(ROOM_FOR_ROWS[name])
        for n in range(1, ROWS + 1):
            values = [
                "null" if n % 3 == 0 and not column["needed"] else _value(name, column, n)
                for column in written
            ]
            names = ", ".join(f'"{column["attname"]}"' for column in written)
            await connection.execute(
                f'insert into "{name}" ({names}) overriding system value values ({", ".join(values)}) '
                "on conflict do nothing"
            )
        filled[name] = await _rows(connection, name)
        assert len(filled[name]) >= ROWS, name
    return filled


def _value(table: str, column: Table, n: int) -> str:
    kind = column["type"]
    assert kind in VALUES, f"{table}.{column['attname']}: teach VALUES how to make a {kind}"
    return VALUES[kind].format(n=n)


async def _rows(connection: asyncpg.Connection, name: str) -> list[Table]:
    return [json.loads(row[0]) for row in await connection.fetch(f'select to_jsonb(t) from "{name}" t')]


async def _page(connection: asyncpg.Connection) -> str:
    """The schema as a page: tables with their columns, constraints and indexes, and the functions' names."""
    parts = [
        "# The database's schema",
        "What all migrations give together: written by `bin/test --write-docs`, checked by every test run. "
        "What the tables are for stands in the migrations themselves (`src/fellesjournal/*/schema/`).",
    ]
    for name, columns in (await _columns(connection)).items():
        rows = [f"| {column['attname']} | {column['type']} | {_rules(column)} |" for column in columns]
        parts.append("\n".join([f"## {name}\n", "| Column | Type | Rules |", "|---|---|---|", *rows]))
        if extras := await connection.fetch(EXTRAS, name):
            parts.append("\n".join(f"- {row[0]}" for row in extras))
    functions = await connection.fetch(FUNCTIONS)
    parts.append("\n".join(["## Functions\n", *(f"- {row[0]}" for row in functions)]))
    return "\n\n".join(parts) + "\n"


def _rules(column: Table) -> str:
    rules = ["not null"] if column["needed"] else []
    rules += [f"default `{column['default']}`"] if column["default"] else []
    rules += ["numbered by the database"] if column["numbered"] else []
    return ", ".join(rules)


EXTRAS = """
select conname || ': `' || pg_get_constraintdef(oid) || '`' from pg_constraint
where conrelid = $1::text::regclass and contype <> 'n'
union all
select indexname || ': `' || replace(indexdef, ' public.', ' ') || '`' from pg_indexes
where tablename = $1 and schemaname = 'public'
  and indexname not in (select conname from pg_constraint where conrelid = $1::text::regclass)
order by 1
"""

FUNCTIONS = """
select oid::regprocedure::text || ': ' || md5(prosrc) from pg_proc
where pronamespace = 'public'::regnamespace order by 1
"""
