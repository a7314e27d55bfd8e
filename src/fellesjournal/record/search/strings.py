"""String parameters (FHIR R4, search.html#string): folded text that begins with, contains or exactly is."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from fellesjournal.errors import Invalid
from fellesjournal.fhir.search.parameters import Source
from fellesjournal.fhir.search.terms import hash64, path_number
from fellesjournal.fhir.search.values import unescape
from fellesjournal.fhir.text import fold, grams
from fellesjournal.record.search.predicate import Condition, Predicate, Typed
from fellesjournal.record.search.sql import Sql

INDEXED = 60
"""So many characters of a folded string stand in the index."""


def condition(sources: list[Source], modifier: str, values: list[str]) -> Predicate:
    """The condition of a string parameter with any of its modifiers but :missing."""
    build: dict[str, Callable[[str], Condition]] = {
        "exact": Exactly,
        "contains": Contains,
        "": lambda text: Folded(fold(text)),
    }
    return Typed(
        "index_string",
        paths(sources),
        [build[modifier](unescape(value)) for value in values],
        own_type(sources),
    )


def paths(sources: list[Source]) -> tuple[int, ...]:
    """The numbers of the sources' paths in the typed index tables."""
    return tuple(dict.fromkeys(path_number(source.path) for source in sources))


def own_type(sources: list[Source]) -> bool:
    """Whether every path is one type's own, so that no other type has rows there."""
    return all(re.match(r"(?!Resource\.|DomainResource\.)[A-Z]\w*\.", source.path) for source in sources)


def prefix_range(sql: Sql, column: str, prefix: str) -> str:
    """`column` (folded text) begins with `prefix`, by the index on its first characters."""
    if not prefix:
        raise Invalid("A string to search for must have at least one letter or digit.")
    start = prefix[:INDEXED]
    indexed = (
        f"left({column}, {INDEXED}) >= {sql.arg(start, 'text')}"
        f" and left({column}, {INDEXED}) < {sql.arg(start + chr(0x10FFFF), 'text')}"
    )
    whole = f" and starts_with({column}, {sql.arg(prefix, 'text')})" if len(prefix) > INDEXED else ""
    return indexed + whole


@dataclass(frozen=True, slots=True)
class Folded(Condition):
    """The folded string begins with the folded text."""

    prefix: str

    def where(self, sql: Sql, value: str) -> str:
        return prefix_range(sql, f"{value}.folded", self.prefix)

    def seeks(self, sql: Sql, value: str, path: int) -> list[tuple[str, str]]:
        return [(self.where(sql, value), f"left({value}.folded, {INDEXED})")]


@dataclass(frozen=True, slots=True)
class Exactly(Condition):
    """The string is the text, to the letter; the folded prefix makes it found by the index."""

    text: str

    def where(self, sql: Sql, value: str) -> str:
        folded = fold(self.text)
        exact = f"{value}.exact = {sql.bigint(hash64(self.text))}"
        return f"{exact} and {prefix_range(sql, f'{value}.folded', folded)}" if folded else exact

    def seeks(self, sql: Sql, value: str, path: int) -> list[tuple[str, str]]:
        return [(self.where(sql, value), f"left({value}.folded, {INDEXED})")]


@dataclass(frozen=True, slots=True)
class Contains(Condition):
    """The folded string contains the folded text; from three letters on its trigrams find it."""

    looks_first: ClassVar[bool] = True
    text: str

    def where(self, sql: Sql, value: str) -> str:
        folded = fold(self.text)
        if not folded:
            raise Invalid("A string to search for must have at least one letter or digit.")
        return f"strpos({value}.folded, {sql.arg(folded, 'text')}) > 0"

    def seeks(self, sql: Sql, value: str, path: int) -> list[tuple[str, str]]:
        found = self.where(sql, value)
        if wanted := grams(fold(self.text), path):
            found = f"{value}.grams @> {sql.arg(wanted, 'integer[]')} and {found}"
        return [(found, "")]
