"""The SQL of this room, by name (terminology/sql); `SQL.read_current` is the text of that statement."""

from pathlib import Path

import aiosql


class _Statements:
    def __init__(self, directory: Path) -> None:
        queries = aiosql.from_path(directory, "asyncpg", mandatory_parameters=False)
        for name in queries.available_queries:
            if not name.endswith("_cursor"):
                setattr(self, name, getattr(queries, name).sql)

    def __getattr__(self, name: str) -> str:
        raise AttributeError(f"terminology/sql has no statement named {name}")


SQL = _Statements(Path(__file__).parent / "sql")
