"""Several searches as one statement: what a screen shows of one citizen is asked for in one round trip.

A search is a walk of the citizen's record in the order asked for, where an index has it, else a search by
terms that is sorted. The plan is kept: that pays where every search is about somebody, and so meets some
thousand resources at most.
"""

from collections.abc import Sequence
from typing import NamedTuple

import asyncpg

from fellesjournal.errors import Invalid
from fellesjournal.record.search import ordered, plan
from fellesjournal.record.search.query import Query
from fellesjournal.record.search.sort import SortKey
from fellesjournal.record.search.sql import Sql

COLUMNS = "r.citizen, r.rid, r.key, r.type, r.version, r.updated, r.id, r.body"


class Part(NamedTuple):
    """One of the searches: what has to match, in which order (none: newest first), and how many at most."""

    matching: plan.Matching
    keys: Sequence[SortKey]
    limit: int


def require_plain(query: Query) -> None:
    """Raise Invalid for a search that is more than the first page of what matches."""
    if query.includes or query.total or query.only_count or query.cursor:
        raise Invalid("Searches that are asked together give first pages: ask for anything else by itself.")


async def rows(connection: asyncpg.Connection, parts: Sequence[Part]) -> list[list[asyncpg.Record]]:
    """The rows of each search (COLUMNS), in its order."""
    if not parts:
        return []
    sql = Sql(parts[0].matching.scope, plan.KEPT)
    with sql.whole():
        text = " union all ".join(f"({_select(sql, number, part)})" for number, part in enumerate(parts))
    found: list[list[asyncpg.Record]] = [[] for _ in parts]
    for row in sorted(await connection.fetch(text, *sql.args), key=lambda row: (row["part"], row["place"])):
        found[row["part"]].append(row)
    return found


def _select(sql: Sql, number: int, part: Part) -> str:
    """What a walk of the one record finds, where there is one; all that matches, where it may be short."""
    matching, keys, limit = part
    order = ", ".join([*(key.order(f"k{i}") for i, key in enumerate(keys)), "rid desc"])
    near = ordered.nearby(sql, matching, keys, None, limit)
    tables, sources, is_short = [], [], "true"
    if near is not None:
        is_short = "(select short from short)"
        tables.append(f"walked as materialized ({near.select})")
        tables.append(
            f"short as materialized (select {not near.whole} and count(*) < {limit} as short from walked)"
        )
        sources.append(f"select citizen, rid, k0 from walked where not {is_short}")
    if near is None or not near.whole:
        branches = plan.exhaustive(sql, matching, is_short)
        values = [f"{key.value(sql, 'page')} as k{i}" for i, key in enumerate(keys)]
        tables += [*branches.tables, f"page as ({branches.page})"]
        sources.append(f"select {', '.join(['page.citizen', 'page.rid', *values])} from page")
    return (
        f"with {', '.join(tables)}, keyed as ({' union all '.join(sources)}),"
        f" top as (select citizen, rid, row_number() over (order by {order}) as place from keyed"
        f" order by {order} limit {limit})"
        f" select {number} as part, top.place, {COLUMNS} from top join resource r using (citizen, rid)"
    )
