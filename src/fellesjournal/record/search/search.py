"""Search: from parameters to a page of resources."""

import time
from collections.abc import Sequence
from dataclasses import replace

import asyncpg

from fellesjournal.errors import Fault, Invalid, Issue
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search.compartments import own_compartment
from fellesjournal.fhir.search.terms import key_of, salt
from fellesjournal.fhir.search.values import split_escaped
from fellesjournal.plumbing.database import DICTATED_PLANS, FREE_PLANS
from fellesjournal.record.scope import Scope
from fellesjournal.record.search import cursor, everything, ordered, plan, sort, together
from fellesjournal.record.search.codes import CodeLists
from fellesjournal.record.search.conditions import Reader
from fellesjournal.record.search.context import Context, require_readable
from fellesjournal.record.search.density import Density
from fellesjournal.record.search.include import CUT_SHORT, MOST_INCLUDED, Include, included, includes
from fellesjournal.record.search.nearby import nearby
from fellesjournal.record.search.owned import Owned
from fellesjournal.record.search.predicate import AllOf, HasTerms, Predicate, any_of
from fellesjournal.record.search.query import Query, understand
from fellesjournal.record.search.registry import Registry, sources, unknown
from fellesjournal.record.search.sql import Sql
from fellesjournal.record.search.together import COLUMNS
from fellesjournal.record.stored import Entry, Page, Parameters, Question, Stored

_DICTATED = "; ".join(f"set local {name} = {value}" for name, value in DICTATED_PLANS.items())
_FREE = "; ".join(f"set local {name} = {value}" for name, value in FREE_PLANS.items())

_BY_CODE_LISTS = (":in", ":not-in", ":below", ":above")
"""Modifiers that go by code lists, which are read before a search and not for a scope."""


class Search:
    """Answers searches on a connection; holds no connection itself.

    `bases` are the addresses of this server: references written with them are the same as relative ones.
    """

    def __init__(self, registry: Registry, definitions: Definitions, bases: tuple[str, ...] = ()) -> None:
        self.registry = registry
        self._definitions = definitions
        self._bases = bases
        self._density = Density()
        self._owned = Owned(registry, definitions)
        self.codes = CodeLists()

    async def search(
        self,
        connection: asyncpg.Connection,
        resource_type: str | None,
        parameters: Parameters,
        *,
        scope: Scope,
        lenient: bool = False,
        compartment: tuple[str, str] | None = None,
    ) -> Page:
        """One page of the resources of a type (None: all types, or those of _type).

        `compartment` is ("Patient", id). Raises Invalid for parameters that are unknown or malformed;
        when `lenient` those are left out and told of in Page.ignored.
        """
        query = understand(parameters, lenient=lenient)
        types, matching = self._matching(resource_type, query, scope, compartment, lenient=lenient)
        wanted = includes(query, types, self.registry, self._definitions)
        return await self._answer(connection, query, matching, types, wanted)

    async def together(
        self, connection: asyncpg.Connection, asked: Sequence[Question], *, scope: Scope
    ) -> list[Page]:
        """The first page of each of several searches about a citizen, in one round trip; see together.

        Raises Invalid as `search` does, and for what is no plain page.
        """
        queries, parts = [], []
        for type_name, parameters, compartment in asked:
            query = understand(parameters, lenient=False)
            together.require_plain(query)
            types, matching = self._matching(type_name, query, scope, compartment)
            parts.append(
                together.Part(matching, sort.sort_keys(query.sort, types, self.registry), query.count)
            )
            queries.append(query)
        found = await together.rows(connection, parts)
        return [
            Page([Entry(self._stored(row)) for row in rows], None, query.asked)
            for query, rows in zip(queries, found, strict=True)
        ]

    async def everything(
        self, connection: asyncpg.Connection, patient: str, parameters: Parameters, *, scope: Scope
    ) -> Page:
        """One page of a citizen's record, and what the resources on it refer to.

        Parameters as R4's operation has them: start, end, _since, _type, _count.
        """
        passed, dated = everything.search_of(parameters, self._definitions.type_number("Patient"))
        query = understand(passed, lenient=False)
        types = self._types(None, query, scope)
        predicates = self._predicates(types, query, scope, lenient=False)
        predicates += [self._in_compartment(types, ("Patient", patient)), *dated]
        matching = plan.Matching(self._numbers(types), plan.merged(tuple(predicates)), scope)
        page = await self._answer(connection, query, matching, types, [Include((), None, None, False, False)])
        entries = [
            e for e in page.entries if (e.mode, e.stored.type, e.stored.id) != ("include", "Patient", patient)
        ]
        following = [pair for pair in page.next or [] if pair[0] == cursor.PARAMETER]
        kept = [pair for pair in parameters if pair[0] != cursor.PARAMETER]
        return replace(
            page, entries=entries, asked=parameters, next=[*kept, *following] if page.next else None
        )

    async def _answer(
        self,
        connection: asyncpg.Connection,
        query: Query,
        matching: plan.Matching,
        types: tuple[str, ...],
        wanted: list[Include],
    ) -> Page:
        await self._density.refresh(connection)
        if query.only_count:
            return Page([], await _count(connection, matching), query.asked, None, tuple(query.ignored))
        rows, following = await self._page(connection, matching, query, types)
        entries = [Entry(self._stored(row)) for row in rows]
        if wanted and rows:
            found = [(row["citizen"], row["rid"]) for row in rows]
            more = await included(connection, found, wanted, matching.scope)
            if len(more) == MOST_INCLUDED:
                query.ignored.append(CUT_SHORT)
            entries += [Entry(self._stored(row), "include") for row in more]
        total = None
        if query.total:
            total = await _count(connection, matching)
        elif query.cursor is None and following is None:
            total = len(rows)
        following_page = None
        if following is not None:
            kept = [(name, value) for name, value in query.asked if name != cursor.PARAMETER]
            following_page = [*kept, (cursor.PARAMETER, cursor.encode(following))]
        return Page(entries, total, query.asked, following_page, tuple(query.ignored))

    async def matches(
        self,
        connection: asyncpg.Connection,
        resource_type: str,
        parameters: Parameters,
        *,
        scope: Scope,
        limit: int,
    ) -> list[asyncpg.Record]:
        """The first `limit` resources that meet criteria, for conditional interactions.

        Raises Invalid when the criteria hold no condition: that would match everything.
        """
        query = understand(parameters, lenient=False)
        predicates = self._predicates((resource_type,), query, scope, lenient=False)
        if not predicates:
            raise Invalid(
                "The criteria hold no search parameter, so they would match every resource of the type."
            )
        matching = plan.Matching(self._numbers((resource_type,)), plan.merged(tuple(predicates)), scope)
        await self._density.refresh(connection)
        return await self._newest(connection, matching, limit)

    def condition(self, resource_type: str, alternatives: Sequence[Parameters]) -> Predicate:
        """What meets all parameters of one of the alternatives, for Scope.conditions.

        Raises Invalid for what cannot be understood, and for parameters that ask for more than the resource's
        own words: chains, _has, value sets, and those that only say how an answer looks.
        """
        now, everyone = time.time_ns() // 1000, Scope.everyone()
        context = Context(self.registry, self._definitions, now, self.codes, everyone, self._bases)
        reader, either = Reader(context), list[Predicate]()
        for parameters in alternatives:
            query = understand(parameters, lenient=False)
            if query.conditions != parameters or not parameters:
                raise Invalid("A condition of a scope consists of search parameters, and of nothing else.")
            for name, _ in parameters:
                if "." in name or name.startswith("_has:") or name.endswith(_BY_CODE_LISTS):
                    raise Invalid(f"{name} looks beyond the resource itself: a scope cannot.")
            either.append(AllOf(tuple(reader.read((resource_type,), *pair) for pair in parameters)))
        return any_of(either)

    def _matching(
        self,
        resource_type: str | None,
        query: Query,
        scope: Scope,
        compartment: tuple[str, str] | None,
        *,
        lenient: bool = False,
    ) -> tuple[tuple[str, ...], plan.Matching]:
        """The types that are searched, and what has to match."""
        types = self._types(resource_type, query, scope)
        predicates = self._predicates(types, query, scope, lenient=lenient)
        if compartment is not None:
            predicates.append(self._in_compartment(types, compartment))
        citizen = self._owned.citizen(types, predicates, scope.about)
        required = plan.merged(tuple(predicates))
        return types, plan.Matching(self._numbers(types), required, scope, citizen=citizen)

    def _types(self, resource_type: str | None, query: Query, scope: Scope) -> tuple[str, ...]:
        if resource_type is not None:
            return (resource_type,)
        asked = [
            part for name, value in query.conditions if name == "_type" for part in split_escaped(value, ",")
        ]
        query.conditions = [(name, value) for name, value in query.conditions if name != "_type"]
        known = self._definitions.resource_types
        for name in asked:
            if name not in known:
                raise Invalid(unknown("resource type", name, known, " in _type"))
        if not asked:
            return tuple(known)
        return require_readable(dict.fromkeys(asked), scope, self._definitions)

    def _numbers(self, types: tuple[str, ...]) -> tuple[int, ...]:
        everything = len(types) == len(self._definitions.resource_types)
        return () if everything else tuple(self._definitions.type_number(name) for name in types)

    def _predicates(
        self, types: tuple[str, ...], query: Query, scope: Scope, *, lenient: bool
    ) -> list[Predicate]:
        now = time.time_ns() // 1000
        context = Context(self.registry, self._definitions, now, self.codes, scope, self._bases)
        reader = Reader(context)
        predicates: list[Predicate] = []
        for name, value in query.conditions:
            try:
                predicates.append(reader.read(types, name, value))
            except Fault as fault:
                if not lenient:
                    raise type(fault)(*_naming(fault, name)) from fault
                query.ignored += fault.issues
                query.asked.remove((name, value))
        return predicates

    def _in_compartment(self, types: tuple[str, ...], compartment: tuple[str, str]) -> Predicate:
        """The resource is in the compartment: one of its compartment parameters refers to the centre."""
        centre, identity = compartment
        members = self._definitions.compartments.get(centre)
        if members is None:
            raise Invalid(unknown("compartment", centre, self._definitions.compartments))
        key = key_of(f"{centre}/{identity}")
        terms = [
            key ^ salt(source.kind, source.path)
            for name in types
            for code in members.get(name, ())
            if code in self.registry.of(name)
            for source in sources({name: self.registry.of(name)[code]})
        ]
        if centre in types:
            terms.append(own_compartment(centre, identity))
        return HasTerms((tuple(dict.fromkeys(terms)),))

    async def _page(
        self, connection: asyncpg.Connection, matching: plan.Matching, query: Query, types: tuple[str, ...]
    ) -> tuple[Sequence[asyncpg.Record], list[object] | None]:
        """The rows of the page and the cursor of the next one."""
        limit = query.count + 1
        if query.sort:
            keys = sort.sort_keys(query.sort, types, self.registry)
            last = cursor.decode(query.cursor, [key.kinds for key in keys]) if query.cursor else None
            rows = await self._sorted(connection, matching, keys, last, limit)
            values = [f"k{i}" for i in range(len(keys))]
        else:
            before = cursor.decode(query.cursor, ())[0] if query.cursor else None
            placed = plan.Matching(matching.types, matching.predicates, matching.scope, before)
            rows, values = await self._newest(connection, placed, limit), []
        if len(rows) < limit:
            return rows, None
        last_row = rows[-2]
        return rows[:-1], [*(last_row[name] for name in values), last_row["rid"]]

    async def _newest(
        self, connection: asyncpg.Connection, matching: plan.Matching, limit: int
    ) -> list[asyncpg.Record]:
        top = f", top as (select citizen, rid from page order by rid desc limit {limit})"
        for stage in plan.stages(self._density, limit):
            sql = Sql(matching.scope, stage.cap)
            branches = plan.newest_first(sql, matching, self._density, limit, stage)
            then = (
                f"{top} select walk.ran, {COLUMNS} from (select {branches.gate} as ran) walk"
                " left join (top join resource r using (citizen, rid)) on true order by r.rid desc"
            )
            rows = await _fetch(connection, branches.text(then), sql)
            found = [row for row in rows if row["rid"] is not None]
            if len(found) >= limit or not rows[0]["ran"]:
                return found
        sql = Sql(matching.scope)
        then = f"{top} select {COLUMNS} from top join resource r using (citizen, rid) order by r.rid desc"
        return await _fetch_planned(connection, plan.exhaustive(sql, matching).text(then), sql)

    async def _sorted(
        self,
        connection: asyncpg.Connection,
        matching: plan.Matching,
        keys: list[sort.SortKey],
        last: list[object] | None,
        limit: int,
    ) -> list[asyncpg.Record]:
        sql = Sql(matching.scope, plan.KEPT)
        with sql.whole():
            near = nearby(sql, matching, keys, last, limit)
        if near is not None:
            return await _fetch(connection, f"with {', '.join(near)}, {_top(sql, keys, last, limit)}", sql)
        if ordered.walkable(matching, keys, self._density, limit):
            sql = Sql(matching.scope, self._density.cap(limit))
            top = ordered.walk(sql, matching, keys[0], last, density=self._density, limit=limit)
            rows = await _fetch(connection, f"with top as ({top}) {_sorted_bodies(keys)}", sql)
            if len(rows) >= limit:
                return rows
        sql = Sql(matching.scope)
        branches = plan.exhaustive(sql, matching)
        values = ", ".join(f"{key.value(sql, 'page')} as k{i}" for i, key in enumerate(keys))
        keyed = f", keyed as (select page.citizen, page.rid, {values} from page),"
        text = branches.text(f"{keyed} {_top(sql, keys, last, limit)}")
        return await _fetch_planned(connection, text, sql)

    def _stored(self, row: asyncpg.Record) -> Stored:
        name = self._definitions.resource_types[row["type"] - 1]
        return Stored(name, row["id"], row["version"], row["updated"], row["body"], citizen=row["citizen"])


async def _fetch(connection: asyncpg.Connection, text: str, sql: Sql) -> list[asyncpg.Record]:
    rows: list[asyncpg.Record] = await connection.fetch(text, *sql.args)
    return rows


async def _fetch_planned(connection: asyncpg.Connection, text: str, sql: Sql) -> list[asyncpg.Record]:
    """The rows of a statement whose plan depends on its arguments: it is planned for these, freely."""
    async with connection.transaction():
        await connection.execute(_FREE)
        rows = await _fetch(connection, text, sql)
        await connection.execute(_DICTATED)
    return rows


async def _count(connection: asyncpg.Connection, matching: plan.Matching) -> int:
    sql = Sql(matching.scope)
    where = matching.where(sql, "x")
    counted = await _fetch_planned(connection, f"select count(*) from index_term x where {where}", sql)
    return int(counted[0][0])


def _top(sql: Sql, keys: list[sort.SortKey], last: list[object] | None, limit: int) -> str:
    """What follows the table `keyed`: the first of it, after the last row of the page before, with bodies."""
    order = ", ".join([*(key.order(f"k{i}") for i, key in enumerate(keys)), "rid desc"])
    where = sort.after(sql, keys, last) if last is not None else "true"
    top = f"top as (select * from keyed where {where} order by {order} limit {limit})"
    return f"{top} {_sorted_bodies(keys)}"


def _sorted_bodies(keys: list[sort.SortKey]) -> str:
    names = ", ".join(f"top.k{i}" for i in range(len(keys)))
    order = ", ".join([*(key.order(f"top.k{i}") for i, key in enumerate(keys)), "r.rid desc"])
    return f"select {COLUMNS}, {names} from top join resource r using (citizen, rid) order by {order}"


def _naming(fault: Fault, name: str) -> list[Issue]:
    """The issues, each saying which parameter it is about."""
    code = name.partition(":")[0]
    told = ((issue, issue.diagnostics) for issue in fault.issues)
    return [
        issue._replace(diagnostics=code + text if text.startswith(":") else f"{name}: {text}")
        if name not in text
        else issue
        for issue, text in told
    ]
