"""Several searches as one statement: what a screen shows of one citizen is asked for in one round trip.

A search is read from the citizen's record in the order asked for, where an index has it (see nearby), else by
terms and sorted. The plan is kept: that pays where every search is about somebody, and so meets some thousand
resources at most.
"""

from collections.abc import Sequence
from typing import NamedTuple

import asyncpg

from fellesjournal.errors import Invalid
from fellesjournal.record.search import plan
from fellesjournal.record.search.nearby import nearby
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
    """What is found in the one record, where an index has the order; all that matches, sorted, elsewhere."""
    matching, keys, limit = part
    order = ", ".join([*(key.order(f"k{i}") for i, key in enumerate(keys)), "rid desc"])
    tables = nearby(sql, matching, keys, None, limit)
    if tables is None:
        branches = plan.exhaustive(sql, matching)
        values = [f"{key.value(sql, 'page')} as k{i}" for i, key in enumerate(keys)]
        keyed = f"select {', '.join(['page.citizen', 'page.rid', *values])} from page"
        tables = [*branches.tables, f"page as ({branches.page})", f"keyed as ({keyed})"]
    return (
        f"with {', '.join(tables)},"
        f" top as (select citizen, rid, row_number() over (order by {order}) as place from keyed"
        f" order by {order} limit {limit})"
        f" select {number} as part, top.place, {COLUMNS} from top join resource r using (citizen, rid)"
    )
