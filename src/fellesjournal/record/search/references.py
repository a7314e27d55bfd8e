"""Reference parameters (FHIR R4, search.html#reference)."""

import re
from dataclasses import dataclass

from fellesjournal.errors import Invalid
from fellesjournal.fhir.search.parameters import SearchParameter, Source
from fellesjournal.fhir.search.terms import hash64, key_of, path_number, salt
from fellesjournal.fhir.search.values import IDENTIFIER, token_forms, unescape
from fellesjournal.record.search.context import Context
from fellesjournal.record.search.density import Density
from fellesjournal.record.search.numbers import one_of
from fellesjournal.record.search.predicate import HasTerms, Predicate
from fellesjournal.record.search.registry import sources, targets
from fellesjournal.record.search.sql import Sql

_RELATIVE = re.compile(r"([A-Z][A-Za-z]+)/([A-Za-z0-9.-]{1,64})(/_history/[A-Za-z0-9.-]{1,64})?")
_ID = re.compile(r"[A-Za-z0-9.-]{1,64}")
_PART_OF = ("partof", "part-of")
"""The parameters that make a hierarchy of resources of one type, such as wards in a hospital."""


def condition(
    found: dict[str, SearchParameter], modifier: str, values: list[str], context: Context
) -> Predicate:
    """The condition of a reference parameter with any of its modifiers but :missing."""
    read = sources(found)
    written = [unescape(value) for value in values]
    if modifier == "identifier":
        return _has_any(read, [IDENTIFIER + form for value in values for form in token_forms(value)])
    types = targets(found)
    if modifier in ("above", "below"):
        return _hierarchy(read, modifier, written, types, context)
    only = (modifier,) if modifier else types or context.definitions.resource_types
    forms = [form for value in written for form in _forms(value, only, context)]
    if not modifier and any("canonical" in source.codes for source in read):
        forms += [value for value in written if _ID.fullmatch(value)]  # not every canonical is an address
    return _has_any(read, forms)


def _has_any(read: list[Source], values: list[str]) -> HasTerms:
    terms = (
        hash64(value) ^ salt(source.kind, source.path)
        for source in read
        for value in values
        if not source.target or "/" not in value or not _is_other_type(value, source.target)
    )
    return HasTerms((tuple(dict.fromkeys(terms)),))


def _is_other_type(value: str, target: str) -> bool:
    relative = _RELATIVE.fullmatch(value)
    return relative is not None and relative[1] != target


def _forms(value: str, types: tuple[str, ...], context: Context) -> list[str]:
    """The reference as it may stand in the index."""
    for base in context.bases:
        if value.startswith(base + "/"):
            value = value[len(base) + 1 :]
    if relative := _RELATIVE.fullmatch(value):
        if relative[1] not in context.definitions.resource_types:
            raise Invalid(f"'{value}' refers to '{relative[1]}', which is no resource type.")
        return [value] if relative[1] in types else []
    if _ID.fullmatch(value):
        return [f"{name}/{value}" for name in types]
    if ":" not in value and not value.startswith("#"):
        raise Invalid(f"'{value}' is no reference. Write an id, Type/id or an absolute address.")
    return [value]


def _hierarchy(
    read: list[Source], modifier: str, values: list[str], types: tuple[str, ...], context: Context
) -> Predicate:
    parents = {
        name: parameter
        for name in types or context.definitions.resource_types
        for code, parameter in context.registry.references(name).items()
        if code in _PART_OF and name in parameter.targets
    }
    if not parents:
        raise Invalid(f":{modifier} needs references to a type with a hierarchy (partof), such as Location.")
    starts = [form for value in values for form in _forms(value, tuple(parents), context)]
    return InHierarchy(
        tuple(path_number(source.path) for source in read),
        tuple(key_of(start) for start in starts),
        tuple(path_number(source.path) for source in sources(parents)),
        modifier == "below",
    )


@dataclass(frozen=True, slots=True)
class InHierarchy:
    """The resource refers to one of the starts, or to something below (above) it by part-of references."""

    paths: tuple[int, ...]
    starts: tuple[int, ...]
    parents: tuple[int, ...]
    below: bool

    def test(self, sql: Sql, row: str) -> str:
        link = sql.alias("l")
        return (
            f"exists (select from index_link {link}"
            f" where {link}.citizen = {row}.citizen and {link}.rid = {row}.rid"
            f" and {self._where(sql, link)}{sql.fence})"
        )

    def rows(self, sql: Sql) -> str | None:
        link = sql.alias("l")
        return f"select {link}.citizen, {link}.rid from index_link {link} where {self._where(sql, link)}"

    def expected(self, density: Density) -> float | None:
        return None

    def _where(self, sql: Sql, link: str) -> str:
        step = (
            "select r.key from tree join index_link k on k.target = tree.key"
            " join resource r using (citizen, rid)"
            if self.below
            else "select k.target from tree join identity r on r.key = tree.key"
            " join index_link k using (citizen, rid)"
        )
        tree = (
            f"with recursive tree(key) as (select unnest({sql.bigints(self.starts)}) union {step}"
            f" where {one_of('k.param', self.parents)}{sql.within('r')}) select key from tree"
        )
        return f"{one_of(f'{link}.param', self.paths)} and {link}.target in ({tree})"
