"""Conditions on other resources: chained parameters and _has (FHIR R4, search.html#chaining).

Both are existence tests along index_link, never joins that could multiply rows or disturb an order.
"""

from dataclasses import dataclass

from fellesjournal.record.search.density import Density
from fellesjournal.record.search.numbers import one_of
from fellesjournal.record.search.predicate import Predicate
from fellesjournal.record.search.sql import Sql


@dataclass(frozen=True, slots=True)
class Chain:
    """The resource refers, by one of the paths, to a resource of one of the types that meets `inner`."""

    paths: tuple[int, ...]
    types: tuple[int, ...]
    inner: Predicate

    def test(self, sql: Sql, row: str) -> str:
        link, there, target = sql.alias("l"), sql.alias("i"), sql.alias("t")
        return (
            f"exists (select from index_link {link}"
            f" join identity {there} on {there}.key = {link}.target"
            f" join index_term {target} on {target}.citizen = {there}.citizen and {target}.rid = {there}.rid"
            f" where {link}.citizen = {row}.citizen and {link}.rid = {row}.rid"
            f" and {one_of(f'{link}.param', self.paths)}"
            f" and {one_of(f'{target}.type', self.types)}"
            f" and {self.inner.test(sql, target)}{sql.within(target)}{sql.fence})"
        )

    def rows(self, sql: Sql) -> str | None:
        with sql.whole():
            inner = self.inner.rows(sql)
        if inner is None:
            return None
        found, target, there, link = (sql.alias(letter) for letter in "ftrl")
        return (
            f"select {link}.citizen, {link}.rid from ({inner}) {found}"
            f" join index_term {target} using (citizen, rid)"
            f" join resource {there} using (citizen, rid)"
            f" join index_link {link} on {link}.target = {there}.key"
            f" where {one_of(f'{link}.param', self.paths)}"
            f" and {one_of(f'{target}.type', self.types)}"
            f" and {self.inner.test(sql, target)}{sql.within(target)}"
        )

    def expected(self, density: Density) -> float | None:
        return None


@dataclass(frozen=True, slots=True)
class Has:
    """A resource of type `type` that meets `inner` refers to this one by one of the paths."""

    paths: tuple[int, ...]
    type: int
    inner: Predicate

    def test(self, sql: Sql, row: str) -> str:
        link, there, this = sql.alias("l"), sql.alias("t"), sql.alias("r")
        return (
            f"exists (select from resource {this}"
            f" join index_link {link} on {link}.target = {this}.key"
            f" join index_term {there} on {there}.citizen = {link}.citizen and {there}.rid = {link}.rid"
            f" where {this}.citizen = {row}.citizen and {this}.rid = {row}.rid"
            f" and {one_of(f'{link}.param', self.paths)}"
            f" and {there}.type = {self.type}"
            f" and {self.inner.test(sql, there)}{sql.within(there)}{sql.fence})"
        )

    def rows(self, sql: Sql) -> str | None:
        with sql.whole():
            inner = self.inner.rows(sql)
        if inner is None:
            return None
        found, there, link, this = (sql.alias(letter) for letter in "ftli")
        return (
            f"select {this}.citizen, {this}.rid from ({inner}) {found}"
            f" join index_term {there} using (citizen, rid)"
            f" join index_link {link} on {link}.citizen = {there}.citizen and {link}.rid = {there}.rid"
            f" join identity {this} on {this}.key = {link}.target and not {this}.deleted"
            f" where {one_of(f'{link}.param', self.paths)}"
            f" and {there}.type = {self.type} and {self.inner.test(sql, there)}{sql.within(there)}"
        )

    def expected(self, density: Density) -> float | None:
        return None
