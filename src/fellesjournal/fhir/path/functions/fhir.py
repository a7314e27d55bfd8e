"""What FHIR adds to FHIRPath (FHIR R4, fhirpath.html#functions)."""

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path.items import NOTHING, Collection, Item
from fellesjournal.fhir.path.parts import Part, condition, finding
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.scope import Scope
from fellesjournal.fhir.path.singletons import single, text_of
from fellesjournal.fhir.path.stepping import below


@function("extension", 1)
def extension(here: str, url: Part) -> Part:
    """The extensions with a URL."""
    return finding(lambda focus, scope: _extensions(focus, url, here, scope), here)


@function("hasExtension", 1)
def has_extension(here: str, url: Part) -> Part:
    """Is there an extension with the URL? (Not in the specification, but in its search parameters.)"""
    return condition(lambda focus, scope: bool(_extensions(focus, url, here, scope)))


@function("hasValue")
def has_value(here: str) -> Part:
    """Is it one primitive with a value (and not only extensions)?"""
    return condition(lambda focus, scope: len(focus) == 1 and _is_primitive_value(focus[0]))


@function("getValue")
def get_value(here: str) -> Part:
    """The one primitive, when it has a value."""
    return finding(
        lambda focus, scope: focus if len(focus) == 1 and _is_primitive_value(focus[0]) else NOTHING, here
    )


@function("resolve")
def resolve(here: str) -> Part:
    """The resources that references, URIs and canonicals point to, as far as the environment knows them."""

    def find(focus: Collection, scope: Scope) -> Collection:
        scope.environment.work(len(focus))
        found = (_target(item, scope) for item in focus)
        return [item for item in found if item is not None]

    return finding(find, here)


@function("conformsTo", 1)
def conforms_to(here: str, profile: Part) -> Part:
    """Does the item conform to the profile with this URL?"""

    def holds(focus: Collection, scope: Scope) -> bool | None:
        item, url = single(focus, here), text_of(profile.argument(scope), here)
        conforms = scope.environment.conforms
        return conforms(item, url) if conforms and item and url else None

    return condition(holds)


@function("htmlChecks")
def html_checks(here: str) -> Part:
    """Is the XHTML what a narrative may hold?"""

    def holds(focus: Collection, scope: Scope) -> bool | None:
        text, narrative = text_of(focus, here), scope.environment.narrative
        return narrative(text) if narrative and text is not None else None

    return condition(holds)


@function("checkModifiers", 0, 20)
def check_modifiers(here: str, *modifiers: Part) -> Part:
    """The items themselves. Raises Invalid when one has a modifier extension that is not named."""

    def find(focus: Collection, scope: Scope) -> Collection:
        known = {text_of(modifier.argument(scope), here) for modifier in modifiers}
        for found in below(focus, scope.model, "modifierExtension"):
            if found.value.get("url") not in known:
                raise Invalid(f"FHIRPath: {here} finds the modifier extension '{found.value.get('url')}'.")
        return focus

    return finding(find, here)


def _target(item: Item, scope: Scope) -> Item | None:
    reference = item.value.get("reference") if isinstance(item.value, dict) else item.value
    if not isinstance(reference, str):
        return None
    return scope.environment.resolver(reference, scope.environment)


def _extensions(focus: Collection, url: Part, here: str, scope: Scope) -> Collection:
    found = below(focus, scope.model, "extension")
    if not found:
        return found
    wanted = text_of(url.argument(scope), here)
    return [child for child in found if child.value.get("url") == wanted]


def _is_primitive_value(item: Item) -> bool:
    return item.value is not None and not isinstance(item.value, dict)
