"""Aggregates (FHIRPath N1, section 7)."""

from fellesjournal.fhir.path.items import NOTHING, Collection
from fellesjournal.fhir.path.parts import Part, finding
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.scope import Scope


@function("aggregate", 1, 2)
def aggregate(here: str, aggregator: Part, begin: Part | None = None) -> Part:
    """What $total is after the aggregator has been evaluated with each item."""

    def find(focus: Collection, scope: Scope) -> Collection:
        total = begin.argument(scope) if begin else NOTHING
        if not focus:
            return total
        scope.environment.work(len(focus) * aggregator.weight)
        inner = scope.inner(focus[0])
        for inner.index, item in enumerate(focus):
            inner.this, inner.total = item, total
            total = aggregator.find([item], inner)
        return total

    return finding(find, here)
