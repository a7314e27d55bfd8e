"""Filtering and projection (FHIRPath N1, section 5.2)."""

from fellesjournal.fhir.path.items import Collection, Evaluate, Scope
from fellesjournal.fhir.path.operators import includes
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.singletons import truth


@function("where", 1)
def where(criteria: Evaluate) -> Evaluate:
    """The items that meet the criteria."""

    def evaluate(focus: Collection, scope: Scope) -> Collection:
        return [item for i, item in enumerate(focus) if truth(criteria([item], scope.at(item, i)))]

    return evaluate


@function("select", 1)
def select(projection: Evaluate) -> Evaluate:
    """What the projection finds for each item."""

    def evaluate(focus: Collection, scope: Scope) -> Collection:
        return [found for i, item in enumerate(focus) for found in projection([item], scope.at(item, i))]

    return evaluate


@function("repeat", 1)
def repeat(projection: Evaluate) -> Evaluate:
    """What the projection finds, and what it finds of that, until nothing new comes."""

    def evaluate(focus: Collection, scope: Scope) -> Collection:
        found: Collection = []
        waiting = list(focus)
        while waiting:
            item = waiting.pop(0)
            for new in projection([item], scope.at(item, 0)):
                if not includes(found, new):
                    found.append(new)
                    waiting.append(new)
        return found

    return evaluate
