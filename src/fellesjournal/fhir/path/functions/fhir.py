"""What FHIR adds to FHIRPath (FHIR R4, fhirpath.html#functions)."""

from fellesjournal.fhir.path.items import Collection, Evaluate, Item, Scope, boolean, children
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.singletons import text_of


@function("extension", 1)
def extension(url: Evaluate) -> Evaluate:
    """The extensions with a URL."""
    return lambda focus, scope: _extensions(focus, url, scope)


@function("hasExtension", 1)
def has_extension(url: Evaluate) -> Evaluate:
    """Is there an extension with the URL? (Not in the specification, but in its search parameters.)"""
    return lambda focus, scope: boolean(bool(_extensions(focus, url, scope)))


@function("hasValue")
def has_value() -> Evaluate:
    """Is it one primitive with a value (and not only extensions)?"""
    return lambda focus, scope: boolean(len(focus) == 1 and _is_primitive_value(focus[0]))


@function("getValue")
def get_value() -> Evaluate:
    """The one primitive, when it has a value."""
    return lambda focus, scope: focus if len(focus) == 1 and _is_primitive_value(focus[0]) else []


@function("resolve")
def resolve() -> Evaluate:
    """The resources that references, URIs and canonicals point to, as far as the environment knows them."""

    def evaluate(focus: Collection, scope: Scope) -> Collection:
        found = (_target(item, scope) for item in focus)
        return [item for item in found if item is not None]

    return evaluate


def _target(item: Item, scope: Scope) -> Item | None:
    reference = item.value.get("reference") if isinstance(item.value, dict) else item.value
    if not isinstance(reference, str):
        return None
    return scope.environment.resolver(reference, scope.environment)


def _extensions(focus: Collection, url: Evaluate, scope: Scope) -> Collection:
    wanted = text_of(url([scope.this], scope), "extension()")
    definitions = scope.environment.definitions
    return [
        child
        for item in focus
        for child in children(item, definitions, "extension")
        if child.value.get("url") == wanted
    ]


def _is_primitive_value(item: Item) -> bool:
    return item.value is not None and not isinstance(item.value, dict)
