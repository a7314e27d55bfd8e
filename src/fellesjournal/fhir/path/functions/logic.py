"""Boolean logic and iif (FHIRPath N1, sections 5.5 and 6.5)."""

from fellesjournal.fhir.path.items import Collection, Evaluate, Scope
from fellesjournal.fhir.path.operators import negate
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.singletons import truth


@function("not")
def negated() -> Evaluate:
    """False of true, true of false."""
    return lambda focus, scope: negate(focus)


@function("iif", 2, 3)
def iif(criterion: Evaluate, then: Evaluate, otherwise: Evaluate | None = None) -> Evaluate:
    """One or the other, by whether the criterion holds."""

    def evaluate(focus: Collection, scope: Scope) -> Collection:
        if truth(criterion(focus, scope)):
            return then(focus, scope)
        return otherwise(focus, scope) if otherwise else []

    return evaluate
