"""What FHIR's definitions and profiles say of items (FHIR R4, fhirpath.html#functions)."""

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path.items import NOTHING, Collection, Item
from fellesjournal.fhir.path.parts import Part, finding
from fellesjournal.fhir.path.places import place_of, places
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.scope import Place, Scope
from fellesjournal.fhir.path.singletons import text_of


@function("elementDefinition")
def element_definition(here: str) -> Part:
    """The ElementDefinitions of the items, as their types say, and not a profile: HumanName.family.

    What does not stand in the resource has none: 1 + 1, or a resource that is elsewhere.
    """

    def find(focus: Collection, scope: Scope) -> Collection:
        environment = scope.environment
        if focus and environment.places is None:
            environment.places = places(environment.resource, scope)
        paths = (_path(item, environment.places or {}) for item in focus)
        found = [environment.definitions.element_definition(path) for path in paths if path]
        return [Item(one, "ElementDefinition", "ElementDefinition") for one in found if one is not None]

    return finding(find, here)


@function("slice", 2)
def slice_of(here: str, structure: Part, name: Part) -> Part:
    """Those of the items, and of the elements directly below them, that are in a slice of a profile.

    Raises Invalid for a profile that is not known, or has no slice of the name.
    """

    def find(focus: Collection, scope: Scope) -> Collection:
        url, word = text_of(structure.argument(scope), here), text_of(name.argument(scope), here)
        if url is None or word is None:
            raise Invalid(f"FHIRPath: {here} wants the URL of a profile and the name of a slice of it.")
        if scope.environment.slices is None:
            raise Invalid(f"FHIRPath: {here} has no answer here, where no profiles are given.")
        if not focus:
            return NOTHING
        sliced = scope.environment.slices(focus, url, word, scope)
        by_place = {place_of(item): item for item, _ in sliced}
        found: Collection = []
        for item in focus:
            if item.container is not None and place_of(item) in by_place:
                found.append(item)
            else:
                found += [below for below, holder in sliced if holder is _tree(item)]
        return found

    return finding(find, here)


def _path(item: Item, known: dict[Place, str]) -> str:
    """Where the definition of an item stands: that of a whole resource is the first of its type."""
    return item.path if item.container is None else known.get(place_of(item), "")


def _tree(item: Item) -> object:
    return item.value if isinstance(item.value, dict) else item.extra
