"""The newest of one citizen's record, in the order of an index.

The index of the order is walked; what that leaves short is found by its terms and sorted. Before a long page
is walked for, a look at the matches tells whether they are so few that they had better be sorted at once. All
of it is one statement, planned once.
"""

from collections.abc import Sequence
from math import sqrt
from typing import Any

from fellesjournal.fhir.search.terms import path_number
from fellesjournal.record.search import ordered, plan
from fellesjournal.record.search.numbers import one_of
from fellesjournal.record.search.plan import Matching
from fellesjournal.record.search.predicate import HasTerms
from fellesjournal.record.search.sort import SortKey
from fellesjournal.record.search.special import Updated
from fellesjournal.record.search.sql import Sql

_WALK_PAGES = 8
"""So many short pages are walked before all that matches is sorted instead."""
_SHORT = 250
"""Rows of a short page. A long one is seldom filled by a walk, and much is walked in vain: it is looked first
how much matches."""
_SORTED = 40
"""Times the square root of a long page: so many matches of a record of some thousand are sorted in the time
in which a page of them is found by a walk. Measured; a smaller record has no more to sort."""


def nearby(
    sql: Sql, matching: Matching, keys: Sequence[SortKey], last: list[Any] | None, limit: int
) -> list[str] | None:
    """The first `limit` matches of the one record that they stand in, where an index has the order asked for,
    from the latest: by a date, and by when it was written since some time. `last` as in ordered.walk.

    Common table expressions, of which the last, `keyed`, gives citizen, rid and k0 of the matches, in no
    order and perhaps of more than were asked for.
    """
    if matching.citizen is None or len(keys) != 1 or not keys[0].descending:
        return None
    if keys[0].kind == "date" and len(keys[0].sources) == 1:
        return _latest(sql, matching, keys[0], last, limit)
    since = [one for one in matching.predicates if isinstance(one, Updated)]
    if keys[0].kind == "_lastUpdated" and since and last is None:
        rows = _since(sql, matching, since)
        walk = ordered.sifted(sql, matching, keys[0], rows, last, limit, "true")
        return [f"keyed as ({walk})"]
    return None


def _latest(sql: Sql, matching: Matching, key: SortKey, last: list[Any] | None, limit: int) -> list[str]:
    """By a date. Where the citizen is all that is asked for, each row that is walked should match, and
    nothing is looked at first."""
    terms = next(one for one in matching.predicates if isinstance(one, HasTerms))
    few = int(_SORTED * sqrt(limit))
    tables, page, gate, bound = list[str](), list[str](), "true", limit * _WALK_PAGES
    if len(terms.groups) > 1 and limit > _SHORT:
        gate, bound = "(select dense from dense)", 2 * few
        tables = [
            "probe as materialized (select t.citizen, t.rid, t.type, t.terms from index_term t"
            f" where {terms.found(sql, 't')} limit {few + 1})",
            f"dense as materialized (select count(*) > {few} as dense from probe)",
        ]
        rest = matching.where(sql, "x", but=terms)
        page = [f"select x.citizen, x.rid from probe x where not {gate} and {rest}"]
    walk = _walked(sql, matching, key, last, limit, bound, gate)
    tables += [
        f"walked as materialized ({walk})",
        f"short as materialized (select {gate} and count(*) < {limit} as short from walked)",
    ]
    branches = plan.exhaustive(sql, matching, "(select short from short)")
    page += branches.selects
    value = key.value(sql, "page")
    return [
        *tables,
        *branches.tables,
        f"page as ({' union all '.join(f'({one})' for one in page)})",
        "keyed as (select citizen, rid, k0 from walked where not (select short from short)"
        f" union all select page.citizen, page.rid, {value} as k0 from page)",
    ]


def _walked(
    sql: Sql,
    matching: Matching,
    key: SortKey,
    last: list[Any] | None,
    limit: int,
    bound: int,
    gate: str,
) -> str:
    """The first matches among `bound` rows of the record's dates; each resource at the latest of its own."""
    table, column, start = ordered.from_last(sql, key, last)
    here = path_number(key.sources[0].path)
    rows = (
        f"select v.citizen, v.rid, v.{column} as k0, v.param, v.n from {table} v"
        f" where v.citizen = {sql.bigint(matching.citizen or 0)} and v.param = {here}{start} and {gate}"
        f" order by v.{column} desc, v.rid desc limit {bound}"
    )
    latest = f"not {ordered.surpassed('keyed', 'keyed.k0', key, one_of('w.param', [here]))}"
    return ordered.sifted(sql, matching, key, rows, last, limit, latest)


def _since(sql: Sql, matching: Matching, since: Sequence[Updated]) -> str:
    """What was written into the record at the times asked for, the latest first."""
    times = " and ".join(one.either(sql, "v") for one in since)
    here = f"v.citizen = {sql.bigint(matching.citizen or 0)} and {one_of('v.type', matching.types)}"
    return (
        "select v.citizen, v.rid, v.updated as k0 from resource v"
        f" where {here} and {times}"
        " order by v.updated desc, v.rid desc"
    )
