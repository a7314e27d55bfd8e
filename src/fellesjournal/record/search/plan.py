"""How a page is found: by an index when few resources match, by a walk from the newest when many do.

PostgreSQL cannot know how many resources meet a condition on a hashed value, and one plan for both cases
is slow for one of them. So the choice is made here: term frequencies come from the statistics (density.py);
other conditions are probed, inside the same statement, up to a cap. Only the branch whose gate is open runs.
"""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from fellesjournal.record.scope import Scope
from fellesjournal.record.search.density import Density
from fellesjournal.record.search.numbers import one_of
from fellesjournal.record.search.predicate import HasTerms, Predicate, Typed, newest_of
from fellesjournal.record.search.sql import Sql

_GLIMPSE_PAGES = 2
"""So many times the page is looked at first: what very many resources meet is found there, unprobed."""
_FEW = 400
KEPT = 1 << 10
"""The cap of statements whose plan is kept while their seeks go on to the end."""
_WALK_PAGES = 32
_WALK_CAPS = 2
"""The last walk gives up after this many caps of rows; the expected walk is one cap long, unless
matches come in clusters."""


@dataclass(frozen=True, slots=True)
class Matching:
    """What has to be matched: resource types (none: any) and conditions."""

    types: tuple[int, ...]
    predicates: tuple[Predicate, ...]
    scope: Scope
    before: int | None = None
    """Only resources created before this one (rid): where the page starts."""
    citizen: int | None = None
    """The citizen in whose record alone matches can stand, where that is known (owned.py)."""

    def placed(self, sql: Sql, row: str) -> str:
        """Scope and page start."""
        before = "true" if self.before is None else f"{row}.rid < {sql.bigint(self.before)}"
        return before + sql.within(row)

    def fixed(self, sql: Sql, row: str) -> str:
        """Type, scope and page start."""
        if self.types:
            return f"{one_of(f'{row}.type', self.types)} and {self.placed(sql, row)}"
        return self.placed(sql, row) + sql.readable(row)

    def where(self, sql: Sql, row: str, *, but: Predicate | None = None) -> str:
        """Every condition, as tests of the row; those of `but` are known to hold."""
        tests = [p.test(sql, row) for p in (_remaining(p, but) for p in self.predicates) if p is not None]
        return " and ".join([self.fixed(sql, row), *tests])


@dataclass(slots=True)
class Branches:
    """The alternatives of one statement: common table expressions and the selects that read them.

    `gate` is true when no index was selective enough, so that the walk ran.
    """

    tables: list[str] = field(default_factory=list)
    selects: list[str] = field(default_factory=list)
    gate: str = "true"

    @property
    def page(self) -> str:
        """What the selects give: citizen and rid, not yet in order."""
        return " union all ".join(f"({select})" for select in self.selects)

    def text(self, then: str) -> str:
        """The whole statement; `then` goes on from the page as the table `page`."""
        return f"with {', '.join([*self.tables, f'page as ({self.page})'])} {then}"


def merged(predicates: tuple[Predicate, ...]) -> tuple[Predicate, ...]:
    """All term conditions as one, first: the array index intersects them itself."""
    groups = [group for p in predicates if isinstance(p, HasTerms) for group in p.groups]
    others = tuple(p for p in predicates if not isinstance(p, HasTerms))
    return (HasTerms(tuple(groups)), *others) if groups else others


class Stage(NamedTuple):
    """How far an attempt goes: rows taken from an index, and rows walked when the index gave that many."""

    cap: int
    bound: int


def stages(density: Density, limit: int) -> tuple[Stage, ...]:
    """A first attempt that settles the rare and the frequent at a cost that does not grow with the record,
    and one for what lies between.
    """
    cap = density.cap(limit)
    return Stage(_FEW, limit * _WALK_PAGES), Stage(cap, cap * _WALK_CAPS)


def newest_first(sql: Sql, matching: Matching, density: Density, limit: int, stage: Stage) -> Branches:
    """The branches that give the newest `limit` matches.

    When the walk ran and the page came out short, there may be more: go on with the next stage, and in the
    end with `exhaustive`.
    """
    terms = next((p for p in matching.predicates if isinstance(p, HasTerms)), None)
    rare = terms.rarer_than(density.cap(limit), density) if terms else None
    if rare is not None:
        branches = _by_terms(sql, matching, rare)
        branches.gate = "false"
        return branches
    if not matching.predicates:
        return Branches(selects=[_walk(sql, matching, "true", limit, limit)], gate="false")
    found = [(p, rows) for p in matching.predicates if p is not terms and (rows := p.rows(sql)) is not None]
    branches = Branches()
    if any(isinstance(p, Typed) and any(one.looks_first for one in p.conditions) for p, _ in found):
        _glimpse(sql, matching, branches, limit)
    for number, (predicate, rows) in enumerate(found):
        _probe(sql, matching, branches, (predicate, rows), number=number, cap=stage.cap)
    branches.selects.append(_walk(sql, matching, branches.gate, limit, stage.bound))
    return branches


def exhaustive(sql: Sql, matching: Matching, gate: str = "true") -> Branches:
    """All matches, whatever it takes: by the first index that can find them. The gate holds for terms."""
    terms = next((p for p in matching.predicates if isinstance(p, HasTerms)), None)
    if terms is not None:
        return _by_terms(sql, matching, terms, gate)
    for predicate in matching.predicates:
        if (rows := predicate.rows(sql)) is not None:
            found = f"found as materialized (select distinct citizen, rid from ({rows}) s)"
            where = matching.where(sql, "x", but=predicate)
            select = (
                f"select x.citizen, x.rid from found join index_term x using (citizen, rid) where {where}"
            )
            return Branches([found], [select])
    select = f"select x.citizen, x.rid from index_term x where {matching.where(sql, 'x')}"
    return Branches([], [select])


def _by_terms(sql: Sql, matching: Matching, terms: HasTerms, gate: str = "true") -> Branches:
    """`terms` by the array index, everything else by testing the rows it gives."""
    hits = (
        "hits as materialized (select t.citizen, t.rid, t.type, t.terms from index_term t"
        f" where {terms.found(sql, 't')} and {gate})"
    )
    select = f"select x.citizen, x.rid from hits x where {matching.where(sql, 'x', but=terms)}"
    return Branches([hits], [select])


def _glimpse(sql: Sql, matching: Matching, branches: Branches, limit: int) -> None:
    """Look at the newest rows; when they fill the page, nothing else need run."""
    walk = _walk(sql, matching, "true", limit, limit * _GLIMPSE_PAGES)
    branches.tables += [
        f"glimpse as materialized ({walk})",
        f"short as materialized (select count(*) < {limit} as short from glimpse)",
    ]
    branches.gate = "(select short from short)"
    branches.selects.append(f"select x.citizen, x.rid from glimpse x where not {branches.gate}")


def _probe(
    sql: Sql,
    matching: Matching,
    branches: Branches,
    driver: tuple[Predicate, str],
    *,
    number: int,
    cap: int,
) -> None:
    predicate, rows = driver
    probe, dense = f"probe{number}", f"dense{number}"
    branches.tables += [
        f"{probe} as materialized (select citizen, rid from ({rows}) s where {branches.gate} limit {cap})",
        f"{dense} as materialized (select count(*) >= {cap} as dense from {probe})",
    ]
    is_dense = f"(select dense from {dense})"
    found, where = _rest(sql, matching, predicate, f"select distinct citizen, rid from {probe}")
    branches.selects.append(
        f"select x.citizen, x.rid from {found} where {branches.gate} and not {is_dense} and {where}"
    )
    branches.gate = f"{branches.gate} and {is_dense}"


def _rest(sql: Sql, matching: Matching, known: Predicate, rows: str) -> tuple[str, str]:
    """What follows FROM and WHERE, to keep of `rows` (distinct) what meets all else that is asked for."""
    narrow = not matching.scope.unlimited or len(matching.predicates) > 1
    if narrow or not (isinstance(known, Typed) and known.own_type):
        return f"({rows}) s join index_term x using (citizen, rid)", matching.where(sql, "x", but=known)
    return f"({rows}) x", matching.placed(sql, "x")


def _walk(sql: Sql, matching: Matching, gate: str, limit: int, bound: int) -> str:
    """The newest `limit` matches among `bound` rows, from the newest on: those beside a code when one is
    asked for, else those of the types. All streams are walked down to the same row.
    """
    for predicate in matching.predicates:
        rows = predicate.newest(sql, matching.before, bound) if isinstance(predicate, Typed) else None
        if rows is not None:
            newest = f"select distinct on (s.rid) s.citizen, s.rid from ({rows}) s order by s.rid desc"
            found, where = _rest(sql, matching, predicate, newest)
            return (
                f"select x.citizen, x.rid from {found} where {gate} and {where}"
                f" order by x.rid desc limit {limit}"
            )
    tests = " and ".join(p.test(sql, "x") for p in matching.predicates) or "true"
    parts = [replace(matching, types=(number,)) for number in matching.types] or [matching]
    streams = [
        f"select y.citizen, y.rid, y.type, y.terms from index_term y where {part.fixed(sql, 'y')}"
        for part in parts
    ]
    newest = newest_of(streams, "u.citizen, u.rid, u.type, u.terms", bound)
    where = f"{gate} and {tests}"
    return f"select x.citizen, x.rid from ({newest}) x where {where} order by x.rid desc limit {limit}"


def _remaining(predicate: Predicate, known: Predicate | None) -> Predicate | None:
    """What is left to test of a predicate when `known` holds."""
    if isinstance(predicate, HasTerms) and isinstance(known, HasTerms):
        return predicate.beside(known)
    return None if predicate is known else predicate
