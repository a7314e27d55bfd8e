"""Types (FHIRPath N1, section 6.3, and the function ofType of section 5.2)."""

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path.items import Collection, Evaluate, Scope, boolean
from fellesjournal.fhir.path.registry import type_function
from fellesjournal.fhir.path.singletons import single
from fellesjournal.fhir.path.types import is_known, is_of


@type_function("ofType")
def of_type(name: str) -> Evaluate:
    """The items of a type."""
    return lambda focus, scope: _of_type(focus, name, scope)


@type_function("as")
def as_type(name: str) -> Evaluate:
    """The items of a type; R4's search parameters use it on collections, so it does not insist on one."""
    return of_type(name)


@type_function("is")
def is_type(name: str) -> Evaluate:
    """Is the only item of the type?"""

    def evaluate(focus: Collection, scope: Scope) -> Collection:
        item = single(focus, "is")
        return [] if item is None else boolean(bool(_of_type([item], name, scope)))

    return evaluate


def _of_type(focus: Collection, name: str, scope: Scope) -> Collection:
    definitions = scope.environment.definitions
    if not is_known(name, definitions):
        raise Invalid(f"FHIRPath: there is no type '{name}'.")
    return [item for item in focus if is_of(item, name, definitions)]
