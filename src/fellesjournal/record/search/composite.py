"""Composite parameters (FHIR R4, search.html#composite): parts that hold of the same element."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from fellesjournal.errors import Invalid
from fellesjournal.fhir.search.parameters import SearchParameter
from fellesjournal.fhir.search.terms import hash64, path_number
from fellesjournal.fhir.search.values import (
    PART_SEPARATOR,
    NamesOf,
    alone,
    composite_path,
    composite_salt,
    composite_values,
    is_coded,
    split_escaped,
    token_forms,
    token_parts,
    token_values,
    unescape,
)
from fellesjournal.fhir.text import fold
from fellesjournal.record.search import dates, quantities, strings
from fellesjournal.record.search.context import Context
from fellesjournal.record.search.density import Density
from fellesjournal.record.search.numbers import one_of
from fellesjournal.record.search.predicate import Condition, HasTerms, Predicate, Typed, any_of
from fellesjournal.record.search.sql import Sql

_TABLES = {"date": "index_date", "number": "index_number", "quantity": "index_number"}


def condition(parameter: SearchParameter, values: list[str], context: Context) -> Predicate:
    """The condition of a composite parameter: any of the values, each with its parts divided by $."""
    return any_of([_value(parameter, value, context) for value in values])


def _value(parameter: SearchParameter, value: str, context: Context) -> Predicate:
    parts = split_escaped(value, "$")
    if len(parts) != len(parameter.components) or not all(parts):
        names = "$".join(component.code for component in parameter.components)
        raise Invalid(f"'{parameter.code}' is written {names}, not '{value}'.")
    kinds = [component.kind for component in parameter.components]
    if kinds[-1] == "string":
        return _text_beside_code(parameter, parts, context)
    if kinds[-1] not in _TABLES:
        return _equal(parameter, parts, context)
    code, systems = _coded(parts[0], _names_of(parameter.components[0], context))
    measured = [
        WithCode(_measure(component.kind, part, context), code, systems)
        for component, part in zip(parameter.components[1:], parts[1:], strict=True)
    ]
    paths = [strings.paths(list(component.sources)) for component in parameter.components[1:]]
    table = _TABLES[kinds[-1]]
    if len(measured) == 1:
        return Typed(table, paths[0], measured, strings.own_type(list(parameter.components[1].sources)))
    return SameGroup(table, tuple(paths), tuple(measured))


def _equal(parameter: SearchParameter, parts: list[str], context: Context) -> HasTerms:
    """Parts that are all compared by equality stand in the term array as combinations."""
    first, second = (
        _forms(component, part, context) for component, part in zip(parameter.components, parts, strict=True)
    )
    group = composite_salt(parameter)
    return HasTerms((tuple(hash64(value) ^ group for value in composite_values(first, second)),))


def _forms(component: SearchParameter, part: str, context: Context) -> list[str]:
    if any("Reference" in source.codes for source in component.sources):
        return [unescape(part)]
    names_of = context.codes.names
    forms = (form for source in component.sources for form in token_values(source, part, names_of))
    return list(dict.fromkeys(forms))


def _text_beside_code(parameter: SearchParameter, parts: list[str], context: Context) -> Predicate:
    code, text = parts
    forms = token_forms(code, _names_of(parameter.components[0], context))
    path = path_number(composite_path(parameter))
    prefixes = [f"{form}{PART_SEPARATOR}{fold(unescape(text))}" for form in forms]
    return Typed("index_string", (path,), [strings.Folded(prefix) for prefix in prefixes])


def _measure(kind: str, part: str, context: Context) -> Condition:
    return dates.date_range(part, context.now) if kind == "date" else quantities.number(part, kind)


def _names_of(component: SearchParameter, context: Context) -> NamesOf:
    return context.codes.names if any(map(is_coded, component.sources)) else alone


def _coded(part: str, names_of: NamesOf) -> tuple[int | None, tuple[int, ...] | None]:
    """The hash of the code, and those of the systems of which a row must have one: () means no system."""
    system, bar, code = token_parts(part)
    names = names_of(system) if system else ()
    return hash64(code) if code else None, tuple(map(hash64, names)) if bar else None


@dataclass(frozen=True, slots=True)
class WithCode(Condition):
    """The measured value stands beside the code."""

    looks_first: ClassVar[bool] = True
    measure: Condition
    beside: int | None
    systems: tuple[int, ...] | None

    def where(self, sql: Sql, value: str) -> str:
        return f"{self._code(sql, value)} and {self.measure.where(sql, value)}"

    def seeks(self, sql: Sql, value: str, path: int) -> list[tuple[str, str]]:
        # Without an order: the index that has the code is then the only one that fits.
        return [
            (f"{self._code(sql, value)} and {seek}", "") for seek, _ in self.measure.seeks(sql, value, path)
        ]

    def code(self) -> int | None:
        return self.beside

    def _code(self, sql: Sql, value: str) -> str:
        conditions = [f"{value}.code = {sql.bigint(self.beside)}"] if self.beside is not None else []
        match self.systems:
            case ():
                conditions.append(f"{value}.system is null")
            case (system,):
                conditions.append(f"{value}.system = {sql.bigint(system)}")
            case (_, *_):
                conditions.append(f"{value}.system = any({sql.bigints(self.systems)})")
        return " and ".join(conditions)


@dataclass(frozen=True, slots=True)
class SameGroup:
    """Several measured values of one group, such as the start and end of a variant."""

    table: str
    paths: tuple[tuple[int, ...], ...]
    conditions: Sequence[Condition]

    def test(self, sql: Sql, row: str) -> str:
        first, *rest = (sql.alias("v") for _ in self.conditions)
        tests = [f"{first}.citizen = {row}.citizen and {first}.rid = {row}.rid"]
        tests += [self._one(sql, value, i) for i, value in enumerate((first, *rest))]
        joins = "".join(
            f" join {self.table} {value} on {value}.citizen = {first}.citizen and {value}.rid = {first}.rid"
            f" and {value}.grp = {first}.grp"
            for value in rest
        )
        return f"exists (select from {self.table} {first}{joins} where {' and '.join(tests)}{sql.fence})"

    def rows(self, sql: Sql) -> str | None:
        row = sql.alias("t")
        with sql.whole():
            first = Typed(self.table, self.paths[0], self.conditions[:1]).rows(sql)
        return (
            f"select {row}.citizen, {row}.rid from ({first}) f join index_term {row} using (citizen, rid)"
            f" where {self.test(sql, row)}"
        )

    def expected(self, density: Density) -> float | None:
        return None

    def _one(self, sql: Sql, value: str, number: int) -> str:
        paths = one_of(f"{value}.param", self.paths[number])
        return f"{paths} and {self.conditions[number].where(sql, value)}"
