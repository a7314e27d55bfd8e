"""Extensions that are known: where they may stand, and what they hold (FHIR R4, extensibility.html)."""

from typing import Any, NamedTuple

from fellesjournal.errors import Invalid
from fellesjournal.fhir.definitions import Constraint, Definitions, Member
from fellesjournal.fhir.faults import Found, Local, below, fault, shown
from fellesjournal.fhir.invariants import Invariants
from fellesjournal.fhir.invariants.invariant import breaches_of_faulty
from fellesjournal.fhir.profiles.profile import Profile, Profiles

_R4 = "http://hl7.org/fhir/StructureDefinition/"
_ALSO_IN = {
    f"{_R4}structuredefinition-fhir-type": ("ElementDefinition.type",),
    f"{_R4}regex": ("ElementDefinition.type",),
    f"{_R4}structuredefinition-normative-version": ("Resource", "ElementDefinition"),
}
"""Where R4's own definitions use extensions beyond the contexts that these name."""
_ANYWHERE = frozenset(["Element", "*"])
"""R4 calls whatever may be extended an Element, resources too."""

Places = frozenset[str]
"""What an element may be called in the context of an extension: its path, its type, its type's bases."""


class Extensions:
    """Checks the extensions of a resource. Unknown ones are allowed, unless they change the meaning."""

    def __init__(self, definitions: Definitions, profiles: Profiles) -> None:
        self._definitions = definitions
        self._profiles = profiles
        self._invariants = Invariants(definitions)
        self._bases: dict[str, Places] = {}

    def faults(self, resource: dict[str, Any], local: Local) -> list[Found]:
        """What is wrong with the extensions of a resource (not with those of resources within it)."""
        kind = resource["resourceType"]
        return self._object(resource, kind, _Spot(kind, kind, kind), local)

    def _object(self, value: dict[str, Any], kind: str, spot: "_Spot", local: Local) -> list[Found]:
        """Those of an object whose elements are defined at `kind`."""
        found: list[Found] = []
        members = self._definitions.members(kind)
        for name, part in value.items():
            many = type(part) is list
            if not many and type(part) is not dict:
                continue
            member = members.get(name) or members.get(name[1:])
            if member is None or member.type == "Resource":
                continue
            for index, item in enumerate(part if many else (part,)):
                if type(item) is not dict:
                    continue
                if member.type == "Extension":
                    inner = self._extension(item, name, spot, local) + self._conditions(
                        item, value, kind, local
                    )
                else:
                    below_kind = member.children or member.type
                    # An element that repeats another (Questionnaire.item.item) is known by that one's path.
                    defined = below_kind if "." in below_kind else member.element.path
                    path = f"{spot.path}.{member.element.name}"
                    inner = self._object(item, below_kind, _Spot(member.type, defined, path), local)
                if inner:
                    found += below(_step(member, index if many else None), inner)
        return found

    def _extension(self, extension: dict[str, Any], name: str, spot: "_Spot", local: Local) -> list[Found]:
        url = extension.get("url")
        if type(url) is not str:
            return []
        is_modifier = name == "modifierExtension"
        profile = self._profile(url)
        if profile is not None:
            found = self._known(extension, profile, is_modifier, self._places(spot), local)
        elif is_modifier:
            message = (
                f"The modifier extension {shown(url)} is not known here, and what it changes in the meaning "
                "of the resource would be lost: leave it out, or add the package that defines it."
            )
            return fault("extension", message, ".url")
        else:
            found = []
        return found + self._object(extension, "Extension", _Spot("Extension", url, "Extension"), local)

    def _known(
        self, extension: Any, profile: Profile, is_modifier: bool, places: Places, local: Local
    ) -> list[Found]:
        found = list(profile.faults(extension, local) or ())
        allowed = [
            expression.removesuffix("[x]") for kind, expression in profile.contexts if kind != "fhirpath"
        ]
        allowed += _ALSO_IN.get(profile.url, ())
        # A context in FHIRPath is for its writer to judge: it is let through, as are definitions without any.
        is_told = bool(profile.contexts) and all(kind != "fhirpath" for kind, _ in profile.contexts)
        if is_told and places.isdisjoint(allowed) and _ANYWHERE.isdisjoint(allowed):
            message = f"The extension {shown(profile.url)} may stand in {', '.join(allowed)}, not here."
            found += fault("extension", message)
        if profile.is_modifier is not is_modifier:
            named = "modifierExtension" if profile.is_modifier else "extension"
            found += fault("extension", f'The extension {shown(profile.url)} is written as "{named}".')
        return found

    def _conditions(self, extension: Any, holder: Any, kind: str, local: Local) -> list[Found]:
        """What must be true of the element for the extension to stand in it."""
        url = extension.get("url")
        profile = self._profile(url) if type(url) is str else None
        # %extension is a variable that other expressions have not; R4 uses it in two, on repetitions.
        asked = [each for each in profile.context_invariants if "%extension" not in each] if profile else ()
        if not asked:
            return []
        rules = [
            Constraint("context", "error", f"the extension {shown(url)} stands where {each}", each)
            for each in asked
        ]
        return breaches_of_faulty(self._invariants.of(rules, kind), holder, local)

    def _profile(self, url: str) -> Profile | None:
        if ":" not in url:
            return None
        try:
            profile = self._profiles.profile(url)
        except Invalid:
            return None
        return profile if profile is not None and profile.type == "Extension" else None

    def _places(self, spot: "_Spot") -> Places:
        return self._types(spot.type) | {spot.path, spot.defined.removesuffix("[x]")}

    def _types(self, kind: str) -> Places:
        if kind not in self._bases:
            names = {kind}
            above = kind
            while above and self._definitions.is_type(above):
                names.add(above)
                above = self._definitions.type(above).base
            self._bases[kind] = frozenset(names)
        return self._bases[kind]


class _Spot(NamedTuple):
    """The element that holds an extension."""

    type: str
    defined: str
    """The path it is defined at, "HumanName.given", or the URL of the extension that it is."""
    path: str
    """The path from the resource: "Patient.name.given"."""


def _step(member: Member, index: int | None) -> str:
    element = member.element
    step = f".{element.name}.ofType({member.type})" if element.choice else f".{member.name}"
    return step if index is None else f"{step}[{index}]"
