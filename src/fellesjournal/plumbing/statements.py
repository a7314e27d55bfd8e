"""The SQL of a room, by name: `SQL.read_current` is the text of that statement in the room's sql folder."""

from pathlib import Path

import aiosql


class Statements:
    """Every statement of the .sql files in a folder, as an attribute."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        queries = aiosql.from_path(directory, "asyncpg", mandatory_parameters=False)
        for name in queries.available_queries:
            if not name.endswith("_cursor"):
                setattr(self, name, getattr(queries, name).sql)

    def __getattr__(self, name: str) -> str:
        raise AttributeError(f"{self._directory} has no statement named {name}")
