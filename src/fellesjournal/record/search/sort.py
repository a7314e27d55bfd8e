"""The order of a search (FHIR R4, search.html#sort).

Ascending by a resource's smallest value, descending by its largest; resources without a value come last
either way, and equals stand newest first.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fellesjournal.errors import Invalid
from fellesjournal.fhir.search.parameters import Source
from fellesjournal.fhir.search.terms import hash64, path_number, salt
from fellesjournal.record.search.numbers import one_of
from fellesjournal.record.search.registry import Registry, sources
from fellesjournal.record.search.sql import Sql

TYPED = {
    "date": ("index_date", "low", "high", "bigint"),
    "number": ("index_number", "low", "high", "double precision"),
    "quantity": ("index_number", "low", "high", "double precision"),
    "string": ("index_string", "folded", "folded", 'text collate "C"'),
}
_STEPS = (
    (re.compile(r"\.where\((\w+)='([^'\\]*)'\)"), r'?(@.\1 == "\2")'),
    (re.compile(r"\bextension\('([^'\\]*)'\)"), r'extension?(@.url == "\1")'),
)
_FILTER = re.compile(r'\?\(@\.\w+ == "[^"]*"\)')
_LEAVES = {
    "CodeableConcept": ".coding.code",
    "Coding": ".code",
    "Identifier": ".value",
    "ContactPoint": ".value",
    "Reference": ".reference",
}


@dataclass(frozen=True, slots=True)
class SortKey:
    """One key of the order: where its value comes from."""

    kind: str
    sources: tuple[Source, ...]
    descending: bool

    @property
    def cast(self) -> str:
        """The PostgreSQL type of the key's values."""
        if self.kind == "_lastUpdated":
            return "timestamptz"
        return TYPED[self.kind][3] if self.kind in TYPED else 'text collate "C"'

    @property
    def kinds(self) -> tuple[type, ...]:
        """The types that the key's values have in Python."""
        return {"bigint": (int,), "double precision": (float, int), "timestamptz": (datetime,)}.get(
            self.cast, (str,)
        )

    def value(self, sql: Sql, row: str) -> str:
        """The value of a row, null when it has none."""
        here = f"v.citizen = {row}.citizen and v.rid = {row}.rid"
        if self.kind == "_id":
            return f"(select v.id from resource v where {here})"
        if self.kind == "_lastUpdated":
            return f"(select v.updated from resource v where {here})"
        pick = "max" if self.descending else "min"
        if self.kind in TYPED:
            table, low, high, _ = TYPED[self.kind]
            paths = one_of("v.param", [path_number(s.path) for s in self.sources])
            column = high if self.descending else low
            return f"(select {pick}(v.{column}) from {table} v where {here} and {paths})"
        if _is_computed(self.sources):
            return f"(select {_told(self.sources[0], sql)} from index_term v where {here})"
        read = [(path, _pointing_to(source)) for source in self.sources for path in json_paths(source)]
        paths, shapes = (sql.arg(list(column), "text[]") for column in zip(*read, strict=True))
        return (
            f"(select {pick}((e #>> '{{}}') collate \"C\")"
            f" from resource v, unnest({paths}, {shapes}) p(path, shape),"
            f" jsonb_path_query(convert_from(v.body, 'UTF8')::jsonb, p.path::jsonpath) e"
            f" where {here} and (e #>> '{{}}') ~ p.shape)"
        )

    def order(self, column: str) -> str:
        """The key's part of an ORDER BY."""
        return f"{column} {'desc' if self.descending else 'asc'} nulls last"

    def after(self, sql: Sql, column: str, last: Any) -> str:
        """The row stands after the page's last row by this key."""
        if last is None:
            return "false"
        beyond = "<" if self.descending else ">"
        return f"({column} {beyond} {sql.arg(last, self.cast)} or {column} is null)"

    def same(self, sql: Sql, column: str, last: Any) -> str:
        """The row equals the page's last row by this key."""
        return f"{column} is null" if last is None else f"{column} = {sql.arg(last, self.cast)}"


def sort_keys(asked: list[tuple[str, bool]], types: tuple[str, ...], registry: Registry) -> list[SortKey]:
    """The keys of an order. Raises Invalid for parameters that are unknown or have no order."""
    keys = []
    for code, descending in asked:
        if code in ("_id", "_lastUpdated"):
            keys.append(SortKey(code, (), descending))
            continue
        found = registry.find(types, code)
        kind = next(iter(found.values())).kind
        if kind in ("composite", "special"):
            raise Invalid(f"_sort={code}: a {kind} parameter has no order. Sort by one of its parts.")
        if not (read := sources(found)):
            raise Invalid(f"_sort={code}: what it searches has no order. Sort by another parameter.")
        keys.append(SortKey(kind, tuple(read), descending))
    return keys


def after(sql: Sql, keys: list[SortKey], last: list[Any]) -> str:
    """Rows of `keyed` (k0, k1 .. and rid) that come after the last row of a page."""
    *values, rid = last
    conditions = []
    for depth, key in enumerate(keys):
        equal = [keys[i].same(sql, f"k{i}", values[i]) for i in range(depth)]
        conditions.append(" and ".join([*equal, key.after(sql, f"k{depth}", values[depth])]))
    equal = [key.same(sql, f"k{i}", values[i]) for i, key in enumerate(keys)]
    conditions.append(" and ".join([*equal, f"rid < {sql.bigint(rid)}"]))
    return "(" + " or ".join(f"({condition})" for condition in conditions) + ")"


def _is_computed(sources: tuple[Source, ...]) -> bool:
    """Whether the expression answers yes or no, such as `deceased.exists() and deceased != false`."""
    return len(sources) == 1 and sources[0].codes == {"boolean"} and " " in sources[0].path


def _told(source: Source, sql: Sql) -> str:
    """What a computed expression came to stands nowhere in the body, but among the terms of the row `v`."""
    cases = (
        f"when v.terms @> array[{sql.bigint(hash64(answer) ^ salt('token', source.path))}] then '{answer}'"
        for answer in ("true", "false")
    )
    return f'(case {" ".join(cases)} end) collate "C"'


def _pointing_to(source: Source) -> str:
    """The shape of the texts that count: for `patient`, only references to a Patient. One to a contained
    resource is a name within its own resource alone, and has no order."""
    if source.target:
        return f"(^|/){source.target}/"
    return "^[^#]" if source.kind == "reference" else ""


def json_paths(source: Source) -> list[str]:
    """PostgreSQL JSON paths of a source's sortable texts: the code, the reference, the URI.

    Raises Invalid for the few expressions that are more than a path.
    """
    path = source.path.partition(".")[2]
    for written, meaning in _STEPS:
        path = written.sub(meaning, path)
    if not path or "(" in _FILTER.sub("", path):
        raise Invalid(f"No order is defined for '{source.path}'. Sort by another parameter.")
    found = [f"lax $.{path}{_LEAVES.get(name, '')}[*]" for name in source.codes]
    if path.endswith(")"):
        return sorted(found)
    choices = [f"lax $.{path}{name[0].upper()}{name[1:]}{_LEAVES.get(name, '')}[*]" for name in source.codes]
    return sorted(found + choices)
