"""Conditions on a resource, each able to test a row and, most of them, to find the rows by an index.

A row is an alias with the columns of index_term: citizen, rid, type, terms.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from fellesjournal.record.search.density import Density
from fellesjournal.record.search.numbers import one_of
from fellesjournal.record.search.sql import Sql

ROW = "citizen, rid"
"""What `rows` selects, possibly more than once for one resource."""


MOST_COMPARED = 40
"""Terms in a group up to which comparing a row's terms with each of them is quicker than a hash table."""


class Predicate(Protocol):
    """One condition of a search."""

    def test(self, sql: Sql, row: str) -> str:
        """A boolean expression, never null, that tells whether the row matches."""

    def rows(self, sql: Sql) -> str | None:
        """A select of the matching rows that can stop early, or None when only a test exists."""

    def expected(self, density: Density) -> float | None:
        """How many rows match, as far as the statistics tell; None when nobody knows beforehand."""


@dataclass(frozen=True, slots=True)
class HasTerms:
    """Every group has at least one of its terms in the resource's term array."""

    groups: tuple[tuple[int, ...], ...]

    def test(self, sql: Sql, row: str) -> str:
        return " and ".join(self._conditions(sql, row, most=MOST_COMPARED))

    def found(self, sql: Sql, row: str) -> str:
        """The same as `test`, written so that the array index finds the rows."""
        return " and ".join(self._conditions(sql, row, most=None))

    def rows(self, sql: Sql) -> str | None:
        row = sql.alias("t")
        return f"select {row}.citizen, {row}.rid from index_term {row} where {self.found(sql, row)}"

    def expected(self, density: Density) -> float | None:
        return min((density.of(group) for group in self.groups), default=None)

    def rarer_than(self, cap: int, density: Density) -> "HasTerms | None":
        """Those of the groups that fewer than `cap` resources meet, None when there is none such."""
        groups = tuple(group for group in self.groups if density.of(group) < cap)
        return HasTerms(groups) if groups else None

    def beside(self, known: "HasTerms") -> "HasTerms | None":
        """What is left to test when `known` holds."""
        groups = tuple(group for group in self.groups if group not in known.groups)
        return HasTerms(groups) if groups else None

    def _conditions(self, sql: Sql, row: str, most: int | None) -> list[str]:
        single = [group[0] for group in self.groups if len(group) == 1]
        several = [group for group in self.groups if len(group) != 1]
        conditions = [
            f"{row}.terms && {sql.bigints(group)}"
            if most is None or len(group) <= most
            else _has_one_of(sql, row, group)
            for group in several
        ]
        if single:
            conditions.append(f"{row}.terms @> {sql.bigints(single)}")
        return conditions


def _has_one_of(sql: Sql, row: str, group: tuple[int, ...]) -> str:
    """&& compares every term of the row with every one of the group; this looks each up in a hash table."""
    return (
        f"coalesce((select bool_or(u.term in (select unnest({sql.bigints(group)})))"
        f" from unnest({row}.terms) u(term)), false)"
    )


@dataclass(frozen=True, slots=True)
class Constant:
    """Every resource meets the condition, or none does."""

    holds: bool

    def test(self, sql: Sql, row: str) -> str:
        return "true" if self.holds else "false"

    def rows(self, sql: Sql) -> str | None:
        return None

    def expected(self, density: Density) -> float | None:
        return None


@dataclass(frozen=True, slots=True)
class Not:
    """The condition does not hold."""

    inner: Predicate

    def test(self, sql: Sql, row: str) -> str:
        return f"not ({self.inner.test(sql, row)})"

    def rows(self, sql: Sql) -> str | None:
        return None

    def expected(self, density: Density) -> float | None:
        return None


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the conditions holds."""

    inner: tuple[Predicate, ...]

    def test(self, sql: Sql, row: str) -> str:
        return "(" + " or ".join(one.test(sql, row) for one in self.inner) + ")" if self.inner else "false"

    def rows(self, sql: Sql) -> str | None:
        selects = [one.rows(sql) for one in self.inner]
        return " union all ".join(f"({select})" for select in selects) if all(selects) and selects else None

    def expected(self, density: Density) -> float | None:
        known = [one.expected(density) for one in self.inner]
        return None if None in known else sum(n for n in known if n is not None)


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of the conditions holds."""

    inner: tuple[Predicate, ...]

    def test(self, sql: Sql, row: str) -> str:
        return "(" + " and ".join(one.test(sql, row) for one in self.inner) + ")"

    def rows(self, sql: Sql) -> str | None:
        return None

    def expected(self, density: Density) -> float | None:
        return None


def any_of(predicates: list[Predicate]) -> Predicate:
    """At least one of the conditions holds; a single one stays what it is."""
    return predicates[0] if len(predicates) == 1 else AnyOf(tuple(predicates))


class Condition(Protocol):
    """A condition on one row of a typed index table."""

    looks_first: ClassVar[bool] = False
    """Whether a look at the newest rows costs less than finding out by an index how many there are."""

    def where(self, sql: Sql, value: str) -> str:
        """A boolean expression on the alias `value`."""

    def seeks(self, sql: Sql, value: str, path: int) -> list[tuple[str, str]]:
        """The same as expressions that one index each answers at a path, with the index's order; together
        they cover `where`.
        """

    def code(self) -> int | None:
        """The hash of the code that the value must stand beside; None when any will do."""
        return None


def newest_of(selects: list[str], columns: str, bound: int) -> str:
    """The newest `bound` rows of several selects, so that each is read down to the same row.

    `columns` are those wanted of `u`. Each select has the order, or PostgreSQL would sort instead of merge.
    """
    merged = " union all ".join(f"({select} order by rid desc)" for select in selects)
    return f"select {columns} from ({merged}) u order by u.rid desc limit {bound}"


@dataclass(frozen=True, slots=True)
class Typed:
    """The resource has a value, at one of the paths, that meets one of the conditions."""

    table: str
    paths: tuple[int, ...]
    conditions: Sequence[Condition]
    own_type: bool = False
    """Whether the paths are those of the types searched for, so that the type need not be tested."""

    def test(self, sql: Sql, row: str) -> str:
        value = sql.alias("v")
        paths = one_of(f"{value}.param", self.paths)
        either = " or ".join(f"({one.where(sql, value)})" for one in self.conditions)
        return (
            f"exists (select from {self.table} {value} where {value}.citizen = {row}.citizen"
            f" and {value}.rid = {row}.rid and {paths} and ({either}){sql.fence})"
        )

    def rows(self, sql: Sql) -> str | None:
        selects = []
        for path in self.paths:
            for condition in self.conditions:
                value = sql.alias("v")
                selects += [
                    f"(select {value}.citizen, {value}.rid from {self.table} {value}"
                    f" where {value}.param = {path} and {seek}{sql.seek(order)})"
                    for seek, order in condition.seeks(sql, value, path)
                ]
        return " union all ".join(selects)

    def newest(self, sql: Sql, before: int | None, bound: int) -> str | None:
        """A select of matching rows among the newest `bound` that stand beside the codes asked for.

        None when no index has that order. A resource may come more than once.
        """
        codes = [one.code() for one in self.conditions]
        if self.table != "index_number" or None in codes:
            return None
        selects = []
        for path in self.paths:
            for one, code in zip(self.conditions, codes, strict=True):
                value = sql.alias("v")
                older = "" if before is None else f" and {value}.rid < {sql.bigint(before)}"
                selects.append(
                    f"select {value}.citizen, {value}.rid, {one.where(sql, value)} as matches"
                    f" from {self.table} {value}"
                    f" where {value}.param = {path} and {value}.code = {sql.bigint(code or 0)}{older}"
                )
        walked = newest_of(selects, "u.citizen, u.rid, u.matches", bound)
        return f"select citizen, rid from ({walked}) s where matches"

    def expected(self, density: Density) -> float | None:
        return None
