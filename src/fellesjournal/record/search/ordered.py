"""Walking an index in the order asked for, so that the first page of a large result need not be sorted.

The walk is bounded; when it does not fill the page the caller sorts all matches instead.
"""

from typing import Any

from fellesjournal.fhir.search.terms import path_number
from fellesjournal.record.search.density import Density
from fellesjournal.record.search.numbers import one_of
from fellesjournal.record.search.plan import Matching
from fellesjournal.record.search.predicate import HasTerms
from fellesjournal.record.search.sort import TYPED, SortKey, after
from fellesjournal.record.search.sql import Sql

_WALK_CAPS = 4


def walkable(matching: Matching, keys: list[SortKey], density: Density, limit: int) -> bool:
    """Whether an index has the order and the conditions are frequent enough to fill a page soon."""
    if len(keys) != 1 or len(matching.types) != 1 or len(keys[0].sources) > 1:
        return False
    if keys[0].kind != "_lastUpdated" and keys[0].kind not in TYPED:
        return False
    expected = [p.expected(density) for p in matching.predicates if isinstance(p, HasTerms)]
    return all(n is not None and n >= density.cap(limit) for n in expected)


def walk(
    sql: Sql, matching: Matching, key: SortKey, last: list[Any] | None, *, density: Density, limit: int
) -> str:
    """A select of citizen, rid and k0, the first `limit` in order among the rows walked."""
    bound = density.cap(limit) * _WALK_CAPS
    if key.kind == "_lastUpdated":
        walks = [_by_update(sql, matching, key, last, bound)]
    else:
        walks = [_by_value(sql, key, source.path, last, bound) for source in key.sources]
    return sifted(sql, matching, key, " union all ".join(f"({one})" for one in walks), last, limit, "true")


def sifted(
    sql: Sql,
    matching: Matching,
    key: SortKey,
    rows: str,
    last: list[Any] | None,
    limit: int,
    then: str,
) -> str:
    """The first `limit` of the rows that match, in their order. `then` is a test of a row `keyed` that
    matches, which has all columns of `rows`."""
    beyond = after(sql, [key], last) if last is not None else "true"
    order = f"k0 {'desc' if key.descending else 'asc'}, rid desc"
    return (
        f"select citizen, rid, k0 from (select v.*, {matching.where(sql, 'x')} as matches"
        f" from ({rows}) v cross join lateral (select t.citizen, t.rid, t.type, t.terms from index_term t"
        " where t.citizen = v.citizen and t.rid = v.rid offset 0) x) keyed"
        f" where matches and {beyond} and {then} order by {order} limit {limit}"
    )


def _by_update(sql: Sql, matching: Matching, key: SortKey, last: list[Any] | None, bound: int) -> str:
    direction = "desc" if key.descending else "asc"
    start = ""
    if last is not None:
        start = f" and v.updated {'<=' if key.descending else '>='} {sql.arg(last[0], key.cast)}"
    return (
        "select v.citizen, v.rid, v.updated as k0 from resource v"
        f" where {one_of('v.type', matching.types)}{start}"
        f" order by v.updated {direction}, v.rid desc limit {bound}"
    )


def _by_value(sql: Sql, key: SortKey, path: str, last: list[Any] | None, bound: int) -> str:
    """Only each resource's smallest (largest) value over all the key's paths counts."""
    table, column, start = from_last(sql, key, last)
    others = one_of("w.param", [path_number(source.path) for source in key.sources])
    here = path_number(path)
    return (
        f"select v.citizen, v.rid, v.{column} as k0 from {table} v"
        f" where v.param = {here}{start} and not {surpassed('v', f'v.{column}', key, others)}"
        f" order by v.{column} {'desc' if key.descending else 'asc'}, v.rid desc limit {bound}"
    )


def from_last(sql: Sql, key: SortKey, last: list[Any] | None) -> tuple[str, str, str]:
    """The table of a key's values `v`, the column that counts, and where the page starts ("": anywhere)."""
    table, low, high, _ = TYPED[key.kind]
    column = high if key.descending else low
    if last is None or last[0] is None:
        return table, column, ""
    return table, column, f" and v.{column} {'<=' if key.descending else '>='} {sql.arg(last[0], key.cast)}"


def surpassed(row: str, value: str, key: SortKey, others: str) -> str:
    """The resource has another value that counts before this one; of equal ones the first does."""
    table, low, high, _ = TYPED[key.kind]
    column, beats = (high, ">") if key.descending else (low, "<")
    equal = f"w.{column} = {value} and (w.param, w.n) < ({row}.param, {row}.n)"
    return (
        f"exists (select from {table} w where w.citizen = {row}.citizen and w.rid = {row}.rid and {others}"
        f" and (w.{column} {beats} {value} or {equal}) offset 0)"
    )
