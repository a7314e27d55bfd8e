"""The SQL of code search, by name (terminology/sql/finding.sql)."""

from pathlib import Path

import aiosql

_queries = aiosql.from_path(
    Path(__file__).parents[1] / "sql" / "finding.sql", "asyncpg", mandatory_parameters=False
)


def statement(name: str) -> str:
    """The text of a statement."""
    text: str = getattr(_queries, name).sql
    return text
