"""_include and _revinclude: what the matches point to, and what points to them.

FHIR R4, search.html#include.
"""

from dataclasses import dataclass

import asyncpg

from fellesjournal.errors import Invalid, Issue
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search.terms import path_number
from fellesjournal.record.scope import Scope
from fellesjournal.record.search.numbers import one_of
from fellesjournal.record.search.query import Query
from fellesjournal.record.search.registry import Registry, sources, unknown
from fellesjournal.record.search.sql import Sql

MOST_INCLUDED = 10_000
"""So many resources come beside the matches of one page, at most."""
CUT_SHORT = Issue(
    "too-costly",
    f"More than {MOST_INCLUDED} resources would be included; the rest is left out. Ask for a smaller page.",
    severity="warning",
)


@dataclass(frozen=True, slots=True)
class Include:
    """One _include or _revinclude: along which paths, from or to which types."""

    paths: tuple[int, ...]
    """Link paths; empty for all of the source type's."""
    source: int | None
    """The type the reference stands in; None for any (`*`)."""
    target: int | None
    reverse: bool
    iterate: bool

    def select(self, sql: Sql, rows: str) -> str:
        """The rows reached from those of the table expression `rows` (citizen, rid, key)."""
        paths = f" and {one_of('l.param', self.paths)}" if self.paths else ""
        if self.reverse:
            source = f" and s.type = {self.source}" if self.source else ""
            return (
                f"select s.citizen, s.rid from {rows} f join index_link l on l.target = f.key{paths}"
                f" join resource s on s.citizen = l.citizen and s.rid = l.rid where true{source}"
            )
        source = f" and f.type = {self.source}" if self.source else ""
        target = f" and i.type = {self.target}" if self.target else ""
        return (
            f"select i.citizen, i.rid from {rows} f"
            f" join index_link l on l.citizen = f.citizen and l.rid = f.rid{paths}"
            f" join identity i on i.key = l.target and not i.deleted where true{source}{target}"
        )


def includes(
    query: Query, types: tuple[str, ...], registry: Registry, definitions: Definitions
) -> list[Include]:
    """The includes of a search. Raises Invalid for unknown types and parameters."""
    return [_include(wanted, types, registry, definitions) for wanted in query.includes]


def _include(
    wanted: tuple[str, bool, bool], types: tuple[str, ...], registry: Registry, definitions: Definitions
) -> Include:
    value, reverse, iterate = wanted
    name = "_revinclude" if reverse else "_include"
    parts = value.split(":")
    if value == "*":
        return Include((), None, None, reverse, iterate)
    if len(parts) not in (2, 3):
        raise Invalid(f"{name} is written Type:parameter or Type:parameter:TargetType, not '{value}'.")
    for part in (parts[0], *parts[2:]):
        if part not in definitions.resource_types:
            raise Invalid(unknown("resource type", part, definitions.resource_types, f" in {name}={value}"))
    source, code = parts[0], parts[1]
    target = definitions.type_number(parts[2]) if len(parts) == 3 else None
    if reverse and target is not None and parts[2] not in types and not iterate:
        raise Invalid(
            f"{name}={value} asks for references to {parts[2]}, but the search is for {', '.join(types)}."
        )
    if code == "*":
        return Include((), definitions.type_number(source), target, reverse, iterate)
    known = registry.references(source)
    if code not in known:
        registry.require_indexed(source, code)
        raise Invalid(unknown("reference parameter", code, known, f" of {source} in {name}"))
    paths = tuple(path_number(s.path) for s in sources({source: known[code]}))
    narrowed = next((s.target for s in known[code].sources if s.target), None)
    if target is None and narrowed and len({s.target for s in known[code].sources}) == 1:
        target = definitions.type_number(narrowed)
    return Include(paths, definitions.type_number(source), target, reverse, iterate)


async def included(
    connection: asyncpg.Connection,
    found: list[tuple[int, int]],
    wanted: list[Include],
    scope: Scope,
) -> list[asyncpg.Record]:
    """The included resources of a page of (citizen, rid), each once, matches left out."""
    seen = set(found)
    records: list[asyncpg.Record] = []
    current, steps = found, wanted
    while current and steps and len(records) < MOST_INCLUDED:
        reached = await _round(connection, current, steps, scope, len(seen) + MOST_INCLUDED)
        fresh = [row for row in reached if (row["citizen"], row["rid"]) not in seen]
        fresh = fresh[: MOST_INCLUDED - len(records)]
        seen.update((row["citizen"], row["rid"]) for row in fresh)
        records += fresh
        current, steps = [(r["citizen"], r["rid"]) for r in fresh], [one for one in wanted if one.iterate]
    return records


async def _round(
    connection: asyncpg.Connection,
    rows: list[tuple[int, int]],
    steps: list[Include],
    scope: Scope,
    limit: int,
) -> list[asyncpg.Record]:
    sql = Sql(scope)
    citizens_of, rids = sql.bigints([c for c, _ in rows]), sql.bigints([r for _, r in rows])
    start = (
        "from_rows as materialized (select r.citizen, r.rid, r.key, r.type from resource r"
        f" join unnest({citizens_of}, {rids}) as u(citizen, rid)"
        " using (citizen, rid))"
    )
    selects = " union all ".join(step.select(sql, "from_rows") for step in steps)
    reached: list[asyncpg.Record] = await connection.fetch(
        f"with {start}, reached as (select distinct citizen, rid from ({selects}) s)"
        " select r.citizen, r.rid, r.type, r.id, r.version, r.updated, r.body"
        f" from reached join resource r using (citizen, rid) where true{sql.within('r')}{sql.readable('r')}"
        f" order by r.rid desc limit {limit}",
        *sql.args,
    )
    return reached
