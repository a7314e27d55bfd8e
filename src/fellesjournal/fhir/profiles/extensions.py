"""Extensions that are known: where they may stand, and what they hold (FHIR R4, extensibility.html)."""

from typing import Any

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
        return self._object(resource, kind, kind, self._types(kind), local)

    def _object(self, value: Any, kind: str, path: str, places: Places, local: Local) -> list[Found]:
        """Those of an object whose elements are defined at `kind`; `path` is where it stands."""
        if type(value) is not dict:
            return []
        found: list[Found] = []
        members = self._definitions.members(kind)
        for name, part in value.items():
            member = members.get(name) or members.get(name[1:])
            if member is None or member.type == "Resource":
                continue
            of_type = f".{member.element.name}.ofType({member.type})"
            step = of_type if member.element.choice else f".{member.name}"
            for index, item in enumerate(part if type(part) is list else [part]):
                if type(item) is not dict:
                    continue
                place = f"{step}[{index}]" if type(part) is list else step
                if member.type == "Extension":
                    found += below(place, self._extension(item, name, places, local))
                    found += below(place, self._conditions(item, value, kind, local))
                else:
                    within = f"{path}.{member.element.name}"
                    inner = self._object(
                        item, member.children or member.type, within, self._places(member, within), local
                    )
                    found += below(place, inner)
        return found

    def _extension(self, extension: Any, name: str, places: Places, local: Local) -> list[Found]:
        url = extension.get("url")
        if type(url) is not str:
            return []
        is_modifier = name == "modifierExtension"
        profile = self._profile(url)
        if profile is not None:
            found = self._known(extension, profile, is_modifier, places, local)
        elif is_modifier:
            message = (
                f"The modifier extension {shown(url)} is not known here, and what it changes in the meaning "
                "of the resource would be lost: leave it out, or add the package that defines it."
            )
            return fault("extension", message, ".url")
        else:
            found = []
        return found + self._object(
            extension, "Extension", "Extension", frozenset(["Extension", "Element", url]), local
        )

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
        asked = [each for each in profile.context_invariants if "%extension" not in each] if profile else []
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

    def _places(self, member: Member, path: str) -> Places:
        own = {path, member.element.path.removesuffix("[x]"), member.children or member.type}
        return self._types(member.type) | own

    def _types(self, kind: str) -> Places:
        if kind not in self._bases:
            names = {kind}
            above = kind
            while above and self._definitions.is_type(above):
                names.add(above)
                above = self._definitions.type(above).base
            self._bases[kind] = frozenset(names)
        return self._bases[kind]
