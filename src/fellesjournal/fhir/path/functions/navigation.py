"""Tree navigation (FHIRPath N1, section 5.8)."""

from fellesjournal.fhir.path.items import Collection, Evaluate, Scope
from fellesjournal.fhir.path.items import children as below
from fellesjournal.fhir.path.registry import function


@function("children")
def children() -> Evaluate:
    """The elements directly below."""
    return _children


@function("descendants")
def descendants() -> Evaluate:
    """All elements below."""

    def evaluate(focus: Collection, scope: Scope) -> Collection:
        found: Collection = []
        level = _children(focus, scope)
        while level:
            found += level
            level = _children(level, scope)
        return found

    return evaluate


def _children(focus: Collection, scope: Scope) -> Collection:
    return [child for item in focus for child in below(item, scope.environment.definitions)]
