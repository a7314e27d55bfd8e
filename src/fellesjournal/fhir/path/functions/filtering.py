"""Filtering and projection (FHIRPath N1, section 5.2)."""

from collections import deque
from collections.abc import Hashable

from fellesjournal.fhir.path.equality import identity
from fellesjournal.fhir.path.items import NOTHING, Collection
from fellesjournal.fhir.path.parts import Part, finding
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.scope import Scope


@function("where", 1)
def where(here: str, criteria: Part) -> Part:
    """The items that meet the criteria."""
    meets = criteria.holds

    def find(focus: Collection, scope: Scope) -> Collection:
        if not focus:
            return NOTHING
        scope.environment.work(len(focus))
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
        inner = scope.inner(focus[0])
        found: Collection = []
        for inner.index, item in enumerate(focus):
            inner.this = item
            found += project([item], inner)
        scope.environment.work(len(focus) + len(found))
        return found

    return finding(find, here)


@function("repeat", 1)
def repeat(here: str, projection: Part) -> Part:
    """What the projection finds, and what it finds of that, until nothing new comes."""
    project = projection.find

    def find(focus: Collection, scope: Scope) -> Collection:
        if not focus:
            return NOTHING
        inner = scope.inner(focus[0])
        seen: set[Hashable] = set()
        found: Collection = []
        waiting = deque(focus)
        while waiting:
            inner.this = waiting.popleft()
            new = project([inner.this], inner)
            scope.environment.work(1 + len(new))
            for item in new:
                name = identity(item)
                if name not in seen:
                    seen.add(name)
                    found.append(item)
                    waiting.append(item)
        return found

    return finding(find, here)
