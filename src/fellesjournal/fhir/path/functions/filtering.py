"""Filtering and projection (FHIRPath N1, section 5.2)."""

from collections import deque
from collections.abc import Hashable

from fellesjournal.fhir.path.equality import identity
from fellesjournal.fhir.path.items import NOTHING, Collection
from fellesjournal.fhir.path.parts import Part, finding
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.scope import Scope

_TURN = 6
"""What a turn of repeat() costs beside its items."""


@function("where", 1)
def where(here: str, criteria: Part) -> Part:
    """The items that meet the criteria."""
    meets = criteria.holds

    def find(focus: Collection, scope: Scope) -> Collection:
        if not focus:
            return NOTHING
        scope.environment.work(len(focus) * criteria.weight)
        inner = scope.inner(focus[0])
        found: Collection = []
        for inner.index, item in enumerate(focus):
            inner.this = item
            if meets([item], inner):
                found.append(item)
        return found

    return finding(find, here)


@function("select", 1)
def select(here: str, projection: Part) -> Part:
    """What the projection finds for each item."""
    project = projection.find

    def find(focus: Collection, scope: Scope) -> Collection:
        if not focus:
            return NOTHING
        scope.environment.work(len(focus) * projection.weight)
        inner = scope.inner(focus[0])
        found: Collection = []
        for inner.index, item in enumerate(focus):
            inner.this = item
            found += project([item], inner)
        scope.environment.work(len(found))
        return found

    return finding(find, here)


@function("repeat", 1)
def repeat(here: str, projection: Part) -> Part:
    """What the projection finds, and what it finds of that, until nothing new comes."""
    return finding(lambda focus, scope: _repeated(focus, scope, projection, distinct=True), here)


@function("repeatAll", 1)
def repeat_all(here: str, projection: Part) -> Part:
    """What the projection finds, and what it finds of that, until nothing comes. (Of trial use.)"""
    return finding(lambda focus, scope: _repeated(focus, scope, projection, distinct=False), here)


def _repeated(focus: Collection, scope: Scope, projection: Part, *, distinct: bool) -> Collection:
    found: Collection = []
    seen: set[Hashable] = set()
    waiting = deque(focus)
    while waiting:
        item = waiting.popleft()
        new = projection.find([item], scope.inner(item))
        scope.environment.work(_TURN + projection.weight + len(new))
        for one in new:
            if distinct:
                name = identity(one)
                if name in seen:
                    continue
                seen.add(name)
            found.append(one)
            waiting.append(one)
    return found
