"""Profiles compiled from StructureDefinitions, each when it is first asked for."""

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from functools import cached_property
from typing import Any

from fellesjournal.errors import Invalid
from fellesjournal.fhir.codes import Codes, DefinedCodes
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.faults import Local
from fellesjournal.fhir.invariants import Invariants
from fellesjournal.fhir.invariants.means import Means
from fellesjournal.fhir.path import Item, Scope
from fellesjournal.fhir.profiles.asking import asked, has_errors
from fellesjournal.fhir.profiles.elements import compiled
from fellesjournal.fhir.profiles.profile import Profile, Structures
from fellesjournal.fhir.profiles.sliced import Finder, Sliced
from fellesjournal.fhir.profiles.tree import CORE, Node, elements_of, grow
from fellesjournal.fhir.profiles.workshop import Workshop

_DEEPEST = 20
"""Profiles based on profiles."""


class Library:
    """A Profiles over sources of StructureDefinitions, asked in order."""

    def __init__(
        self,
        definitions: Definitions,
        sources: Sequence[Structures],
        codes: Codes | None = None,
        named: Iterable[str] = (),
        moment: Callable[[], datetime] | None = None,
    ) -> None:
        """`named` are URLs of profiles in the sources, beside those of R4: see urls.

        `moment` gives the moment (aware) to rules that ask for it; without it they cannot be evaluated.
        """
        known = codes or DefinedCodes(definitions)
        self._definitions = definitions
        self._sources = tuple(sources)
        self._workshop = Workshop(
            definitions,
            Invariants(definitions, means=Means(known, self._conforms, moment, self._sliced)),
            known,
            self._in_any_version,
            self.type_of,
        )
        self._profiles: dict[str, Profile] = {}
        self._named = named
        self._finder = Finder(self._workshop, self._in_any_version)

    def profile(self, url: str) -> Profile | None:
        """As Profiles.profile. Raises Invalid when the StructureDefinition cannot be compiled."""
        found = self._kept(url)
        bare, _, version = url.partition("|")
        if found is None and version:
            other = self._kept(bare)
            return other if other is not None and other.version in ("", version) else None
        return found

    def _in_any_version(self, url: str) -> Profile | None:
        """The profile that another one names: where its version is not here, the one that counts."""
        return self._kept(url) or self._kept(url.partition("|")[0])

    def _kept(self, name: str) -> Profile | None:
        """The profile that a source has under a name; what is not known is not kept: anybody may name it."""
        if name not in self._profiles:
            structure = self._structure(name)
            if structure is None:
                return None
            self._profiles[name] = self.compiled(structure)
        return self._profiles[name]

    def urls(self) -> Collection[str]:
        """As Profiles.urls."""
        return self._urls

    def compiled(self, structure: dict[str, Any]) -> Profile:
        """The profile of a StructureDefinition. Raises Invalid when it, or its base, is not sound."""
        try:
            tree = self._tree(structure, 0)
            return Profile(structure, tree, compiled(tree, structure, self._workshop))
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            raise Invalid(
                f"The StructureDefinition {structure.get('url')} cannot be used: an element of it is not "
                "what FHIR says. Check it with $validate."
            ) from error

    def type_of(self, url: str) -> str:
        """The type that a profile constrains, "" when it is not known."""
        structure = self._structure(url.partition("|")[0])
        return structure["type"] if structure else ""

    def _conforms(self, value: Any, url: str, local: Local) -> bool | None:
        """As Means.conforms."""
        try:
            profile = self.profile(url)
        except Invalid:
            return None
        if profile is None or type(value) is not dict:
            return self._is_of_type(value, url.partition("|")[0])
        if "resourceType" not in value or value is local.resource:
            return not has_errors(profile.faults(value, local) or [])
        contained = local.root.get("contained", ())
        return not has_errors(asked(profile, local.beside(value, contained=value in contained)))

    def _sliced(
        self, focus: list[Item], url: str, name: str, scope: Scope, local: Local
    ) -> tuple[Sliced, bool]:
        """As Means.sliced."""
        return self._finder.find(focus, url, name, scope, local)

    def _is_of_type(self, value: Any, url: str) -> bool | None:
        """Is a resource of one of R4's types, by the type's URL? None for what is no resource, or no type."""
        kind = url.removeprefix(CORE)
        named = value.get("resourceType") if type(value) is dict else None
        if named is None or kind == url or not self._definitions.is_type(kind):
            return None
        return self._definitions.is_a(str(named), kind)

    @cached_property
    def _urls(self) -> frozenset[str]:
        own = self._definitions.structure_urls
        profiles = frozenset(url for url in own if self.type_of(url) != "Extension")
        return profiles.union(self._named, (CORE + kind for kind in self._definitions.resource_types))

    def _structure(self, url: str) -> dict[str, Any] | None:
        for source in self._sources:
            found = source(url)
            if found is not None and found.get("derivation") == "constraint":
                return found
        return None

    def _tree(self, structure: dict[str, Any], depth: int) -> Node:
        if depth > _DEEPEST:
            raise Invalid(f"The profile {structure['url']} is based on itself, or on too many others.")
        if not self._definitions.is_type(structure["type"]):
            raise Invalid(f"The profile {structure['url']} is of {structure['type']}, no type of FHIR R4.")
        elements, is_whole = elements_of(structure)
        named = structure.get("baseDefinition", "")
        base = named.partition("|")[0]
        root = Node(structure["type"])
        if not is_whole and base != CORE + structure["type"]:
            below = self._structure(named) or self._structure(base)
            if below is None:
                raise Invalid(f"The profile {structure['url']} is based on {base}, which is not known here.")
            root = self._tree(below, depth + 1)
        grow(root, elements, self._definitions)
        return root
