"""Tree navigation (FHIRPath N1, section 5.8)."""

from fellesjournal.fhir.path.items import Collection
from fellesjournal.fhir.path.parts import Part, finding
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.scope import Scope
from fellesjournal.fhir.path.stepping import children as below


@function("children")
def children(here: str) -> Part:
    """The elements directly below."""

    def find(focus: Collection, scope: Scope) -> Collection:
        found = below(focus, scope.model)
        scope.environment.work(len(found))
        return found

    return finding(find, here)


@function("descendants")
def descendants(here: str) -> Part:
    """All elements below."""

    def find(focus: Collection, scope: Scope) -> Collection:
        environment = scope.environment
        if environment.descended and len(focus) == 1 and environment.descended[0] is focus[0]:
            return environment.descended[1]
        found: Collection = []
        level = below(focus, scope.model)
        while level:
            environment.work(len(level))
            found += level
            level = below(level, scope.model)
        if len(focus) == 1 and scope.model.is_a(focus[0].type, "Resource"):
            environment.descended = focus[0], found
        return found

    return finding(find, here)
