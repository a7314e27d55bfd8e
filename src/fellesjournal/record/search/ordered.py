"""Walking an index in the order asked for, so that the first page of a large result need not be sorted.

The walk is bounded; when it does not fill the page the caller sorts all matches instead.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from fellesjournal.fhir.search.terms import path_number
from fellesjournal.record.search.density import Density
from fellesjournal.record.search.numbers import one_of
from fellesjournal.record.search.plan import Matching
from fellesjournal.record.search.predicate import HasTerms
from fellesjournal.record.search.sort import TYPED, SortKey, after
from fellesjournal.record.search.special import Updated
from fellesjournal.record.search.sql import Sql

_WALK_CAPS = 4
_WALK_PAGES = 8
"""So many pages of one citizen's dates are walked before all that matches is sorted instead."""


class Nearby(NamedTuple):
    """A walk of one citizen's record: a select of citizen, rid and k0. `whole`: nothing is beyond it."""

    select: str
    whole: bool


def nearby(
    sql: Sql, matching: Matching, keys: Sequence[SortKey], last: list[Any] | None, limit: int
) -> Nearby | None:
    """The walk in the order asked for, from the latest, of the one record that matches stand in, where there
    is an index for that: by a date, and by when it was written since some time."""
    if matching.citizen is None or len(keys) != 1 or not keys[0].descending:
        return None
    key = keys[0]
    if key.kind == "date" and len(key.sources) == 1:
        own = f"v.citizen = {sql.bigint(matching.citizen)}"
        rows = _by_value(sql, key, key.sources[0].path, last, f" limit {limit * _WALK_PAGES}", own)
        return Nearby(_tested(sql, matching, key, rows, last, limit), whole=False)
    since = [one for one in matching.predicates if isinstance(one, Updated)]
    if key.kind == "_lastUpdated" and since and last is None:
        rows = _since(sql, matching, matching.citizen, since)
        return Nearby(_tested(sql, matching, key, rows, last, limit), whole=True)
    return None


def _since(sql: Sql, matching: Matching, citizen: int, since: Sequence[Updated]) -> str:
    """What was written into one record at the times asked for, the latest first."""
    times = " and ".join(one.either(sql, "v") for one in since)
    return (
        "select v.citizen, v.rid, v.updated as k0 from resource v"
        f" where v.citizen = {sql.bigint(citizen)} and {one_of('v.type', matching.types)} and {times}"
        " order by v.updated desc, v.rid desc"
    )


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
        walks = [_by_value(sql, key, source.path, last, f" limit {bound}") for source in key.sources]
    return _tested(sql, matching, key, " union all ".join(f"({one})" for one in walks), last, limit)


def _tested(sql: Sql, matching: Matching, key: SortKey, rows: str, last: list[Any] | None, limit: int) -> str:
    """The first `limit` of the rows that match, in their order."""
    beyond = after(sql, [key], last) if last is not None else "true"
    order = f"k0 {'desc' if key.descending else 'asc'}, rid desc"
    return (
        f"select citizen, rid, k0 from (select x.citizen, v.rid, v.k0, {matching.where(sql, 'x')} as matches"
        f" from ({rows}) v cross join lateral (select t.citizen, t.rid, t.type, t.terms from index_term t"
        " where t.citizen = v.citizen and t.rid = v.rid offset 0) x) keyed"
        f" where matches and {beyond} order by {order} limit {limit}"
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


def _by_value(
    sql: Sql, key: SortKey, path: str, last: list[Any] | None, bound: str, own: str = "true"
) -> str:
    """Only each resource's smallest (largest) value over all the key's paths counts."""
    table, low, high, _ = TYPED[key.kind]
    column, beats = (high, ">") if key.descending else (low, "<")
    start = ""
    if last is not None and last[0] is not None:
        start = f" and v.{column} {'<=' if key.descending else '>='} {sql.arg(last[0], key.cast)}"
    others = one_of("w.param", [path_number(source.path) for source in key.sources])
    equal = f"w.{column} = v.{column} and (w.param, w.n) < (v.param, v.n)"
    better = (
        f"select from {table} w where w.citizen = v.citizen and w.rid = v.rid and {others}"
        f" and (w.{column} {beats} v.{column} or {equal}) offset 0"
    )
    here = path_number(path)
    return (
        f"select v.citizen, v.rid, v.{column} as k0 from {table} v"
        f" where {own} and v.param = {here}{start} and not exists ({better})"
        f" order by v.{column} {'desc' if key.descending else 'asc'}, v.rid desc{bound}"
    )
