"""Conditions that stand outside the index tables of values: _id, _lastUpdated, _text and _content."""

from dataclasses import dataclass

from fellesjournal.record.search.density import Density
from fellesjournal.record.search.ranges import Range
from fellesjournal.record.search.sql import Sql


@dataclass(frozen=True, slots=True)
class Ids:
    """The resource is one of these (by key)."""

    keys: tuple[int, ...]

    def test(self, sql: Sql, row: str) -> str:
        keys = sql.bigints(self.keys)
        return f"{row}.rid in (select rid from identity where key = any({keys}) and not deleted)"

    def rows(self, sql: Sql) -> str | None:
        return f"select citizen, rid from identity where key = any({sql.bigints(self.keys)}) and not deleted"

    def expected(self, density: Density) -> float | None:
        return float(len(self.keys))


@dataclass(frozen=True, slots=True)
class Updated:
    """meta.lastUpdated lies in one of the ranges (microseconds since 1970)."""

    ranges: tuple[Range, ...]

    def test(self, sql: Sql, row: str) -> str:
        value = sql.alias("r")
        return (
            f"exists (select from resource {value} where {value}.citizen = {row}.citizen"
            f" and {value}.rid = {row}.rid and {self.either(sql, value)}{sql.fence})"
        )

    def rows(self, sql: Sql) -> str | None:
        value = sql.alias("r")
        return f"select {value}.citizen, {value}.rid from resource {value} where {self.either(sql, value)}"

    def expected(self, density: Density) -> float | None:
        return None

    def either(self, sql: Sql, value: str) -> str:
        """A row of `resource` lies in one of the ranges."""
        return "(" + " or ".join(f"({one.where(sql, value)})" for one in self.ranges) + ")"


@dataclass(frozen=True, slots=True)
class Words:
    """The narrative, or the whole resource, has the words (PostgreSQL's web search syntax, Norwegian)."""

    column: str
    queries: tuple[str, ...]

    def test(self, sql: Sql, row: str) -> str:
        value = sql.alias("w")
        return (
            f"exists (select from index_text {value} where {value}.citizen = {row}.citizen"
            f" and {value}.rid = {row}.rid and {self.either(sql, value)}{sql.fence})"
        )

    def rows(self, sql: Sql) -> str | None:
        value = sql.alias("w")
        return f"select {value}.citizen, {value}.rid from index_text {value} where {self.either(sql, value)}"

    def expected(self, density: Density) -> float | None:
        return None

    def either(self, sql: Sql, value: str) -> str:
        """A row of `resource` lies in one of the ranges."""
        matches = (
            f"{value}.{self.column} @@ websearch_to_tsquery('norwegian', {sql.arg(query, 'text')})"
            for query in self.queries
        )
        return "(" + " or ".join(matches) + ")"
