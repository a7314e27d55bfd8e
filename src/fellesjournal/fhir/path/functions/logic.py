"""Boolean logic and iif (FHIRPath N1, sections 5.1.2 and 5.5.1)."""

from fellesjournal.fhir.path.items import NOTHING, Collection
from fellesjournal.fhir.path.parts import Part, condition, finding, truth
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.scope import Scope
from fellesjournal.fhir.path.singletons import single


@function("not")
def negated(here: str) -> Part:
    """False of true, true of false."""

    def holds(focus: Collection, scope: Scope) -> bool | None:
        found = truth(focus, here)
        return None if found is None else not found

    return condition(holds)


@function("iif", 2, 3)
def iif(here: str, criterion: Part, then: Part, otherwise: Part | None = None) -> Part:
    """One or the other, by whether the criterion holds; the one not chosen is not evaluated."""

    def find(focus: Collection, scope: Scope) -> Collection:
        item = single(focus, here)
        inner = scope.inner(item) if item else scope
        if criterion.holds(focus, inner):
            return then.find(focus, inner)
        return otherwise.find(focus, inner) if otherwise else NOTHING

    return finding(find, here)
