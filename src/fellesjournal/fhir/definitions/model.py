"""The definitions as the house uses them. Opened from packed bytes; each part when it is first asked for."""

import zlib
from functools import cached_property, lru_cache
from typing import Any

import msgspec

from fellesjournal.fhir.definitions.codes import CodeSystem, PackedCodeSystem, ValueSet
from fellesjournal.fhir.definitions.elements import Constraint, Element, Member, TypeDefinition
from fellesjournal.fhir.definitions.expansion import expand

INFLATED = 8
"""Types whose ElementDefinitions are kept at hand."""

Compartments = dict[str, dict[str, tuple[str, ...]]]


class Packed(msgspec.Struct, frozen=True, array_like=True):
    """The layout of the compiled bytes (MessagePack). Parts stay packed until they are asked for."""

    version: str
    types: dict[str, msgspec.Raw]
    resource_types: tuple[str, ...]
    search_parameters: msgspec.Raw
    compartments: msgspec.Raw
    code_systems: dict[str, msgspec.Raw]
    value_sets: dict[str, msgspec.Raw]
    concept_maps: dict[str, msgspec.Raw]
    structures: dict[str, msgspec.Raw]
    element_definitions: dict[str, msgspec.Raw]
    """By type its snapshot, deflated: it is long, and hardly ever asked for."""


def load(packed: Any) -> "Definitions":
    """Open compiled definitions; `packed` is bytes, or anything like it (a memory map)."""
    return Definitions(msgspec.msgpack.decode(packed, type=Packed))


class Definitions:
    """FHIR R4's definitions. Read only; safe to share between threads."""

    def __init__(self, packed: Packed) -> None:
        self._packed = packed
        self.version = packed.version
        self.resource_types: tuple[str, ...] = packed.resource_types
        """The 146 concrete resource types in alphabetical order."""
        self._numbers = {name: number for number, name in enumerate(self.resource_types, 1)}
        self._types: dict[str, TypeDefinition] = {}
        self._members: dict[str, dict[str, Member]] = {}
        self._code_systems: dict[str, CodeSystem] = {}
        self._value_sets: dict[str, ValueSet] = {}
        self._expansions: dict[str, frozenset[tuple[str, str]] | None] = {}
        self._inflated = lru_cache(maxsize=INFLATED)(self._inflate)

    # Types and elements

    def type_number(self, name: str) -> int:
        """The number a resource type is stored under: its position in `resource_types`, from 1."""
        return self._numbers[name]

    def is_resource_type(self, name: str) -> bool:
        """Is it one of the 146 concrete resource types?"""
        return name in self._numbers

    def type(self, name: str) -> TypeDefinition:
        """The definition of a resource, complex or primitive type, abstract ones too. KeyError if none."""
        if name not in self._types:
            self._types[name] = msgspec.msgpack.decode(self._packed.types[name], type=TypeDefinition)
        return self._types[name]

    @property
    def type_names(self) -> frozenset[str]:
        """The names of all types, abstract and primitive ones too."""
        return frozenset(self._packed.types)

    def is_type(self, name: str) -> bool:
        """Is there a type of this name?"""
        return name in self._packed.types

    def is_primitive(self, name: str) -> bool:
        """Is it a primitive type, such as code or dateTime?"""
        return self.is_type(name) and self.type(name).kind == "primitive-type"

    def is_a(self, name: str, ancestor: str) -> bool:
        """Is `name` the type `ancestor` or a specialisation of it? is_a("Age", "Quantity") is True."""
        while name != ancestor:
            if not name or not self.is_type(name):
                return False
            name = self.type(name).base
        return True

    def elements(self, path: str) -> tuple[Element, ...]:
        """The elements directly below a type or backbone ("Patient", "Patient.contact"), in order."""
        return self.type(path.partition(".")[0]).elements[path]

    def constraints(self, path: str) -> tuple[Constraint, ...]:
        """The rules in FHIRPath that stand on a type or element: "Period", "Organization.telecom"."""
        return self.type(path.partition(".")[0]).constraints.get(path, ())

    def members(self, path: str) -> dict[str, Member]:
        """The JSON members of a type or backbone, choices expanded: "valueQuantity" of "Observation"."""
        if path not in self._members:
            self._members[path] = {
                name: Member(name, element, kind, element.children or self._children_of(kind))
                for element in self.elements(path)
                for name, kind in element.members
            }
        return self._members[path]

    def element(self, path: str) -> Element | None:
        """The element at a dotted path, through data types and content references; None if there is none.

        Choices may be written with or without their type: "Observation.value", "Observation.valueRange.low".
        """
        here, *names = path.split(".")
        found: Element | None = None
        for name in names:
            if not here or not self.is_type(here.partition(".")[0]):
                return None
            member = self.members(here).get(name)
            if member is not None:
                found, here = member.element, member.children
                continue
            found = next((e for e in self.elements(here) if e.name == name), None)
            if found is None:
                return None
            here = ""
        return found

    def element_definition(self, path: str) -> dict[str, Any] | None:
        """The whole ElementDefinition in the snapshot of a type, as a JSON tree; None when there is none.

        The path is written as there: "Patient", "Patient.contact", "Observation.value[x]".
        """
        name = path.partition(".")[0]
        return self._inflated(name).get(path) if name in self._packed.element_definitions else None

    def _inflate(self, name: str) -> dict[str, dict[str, Any]]:
        deflated = msgspec.msgpack.decode(self._packed.element_definitions[name], type=bytes)
        return {one["path"]: one for one in msgspec.msgpack.decode(zlib.decompress(deflated))}

    def _children_of(self, type_name: str) -> str:
        return "" if self.is_primitive(type_name) else type_name

    def structure(self, url: str) -> dict[str, Any] | None:
        """The StructureDefinition of one of R4's own profiles or extensions, as a JSON tree, without its
        snapshot and the texts for people; None when R4 has none of this URL.
        """
        raw = self._packed.structures.get(url)
        return None if raw is None else msgspec.msgpack.decode(raw)

    @property
    def structure_urls(self) -> frozenset[str]:
        """Canonical URLs of R4's own profiles and extensions."""
        return frozenset(self._packed.structures)

    # Search

    @cached_property
    def search_parameters(self) -> list[dict[str, Any]]:
        """R4's SearchParameters as JSON trees: url, code, name, base, type, expression, target, component,
        comparator, modifier, description, multipleOr, multipleAnd, xpathUsage; each where it is given.
        """
        return list(msgspec.msgpack.decode(self._packed.search_parameters))

    @cached_property
    def compartments(self) -> Compartments:
        """Compartment ("Patient") -> resource type -> codes of the parameters that place it there, "{def}"
        for the resource that the compartment is of. Types that are never in it are absent.
        """
        return msgspec.msgpack.decode(self._packed.compartments, type=Compartments)

    # Codes

    @cached_property
    def code_system_urls(self) -> frozenset[str]:
        """Canonical URLs of the code systems known."""
        return frozenset(self._packed.code_systems)

    @cached_property
    def value_set_urls(self) -> frozenset[str]:
        """Canonical URLs of the value sets known."""
        return frozenset(self._packed.value_sets)

    def code_system(self, url: str) -> CodeSystem | None:
        """The code system with its concepts, None when it is not known. A version after "|" is ignored."""
        url = url.partition("|")[0]
        if url not in self._code_systems:
            raw = self._packed.code_systems.get(url)
            if raw is None:
                return None
            self._code_systems[url] = CodeSystem(msgspec.msgpack.decode(raw, type=PackedCodeSystem))
        return self._code_systems[url]

    def display(self, system: str, code: str) -> str:
        """The display text of a code, "" when it is not known."""
        found = self.code_system(system)
        return found.display(code) if found else ""

    def value_set(self, url: str) -> ValueSet | None:
        """What the value set is made of, None when it is not known. A version after "|" is ignored."""
        url = url.partition("|")[0]
        if url not in self._value_sets:
            raw = self._packed.value_sets.get(url)
            if raw is None:
                return None
            self._value_sets[url] = msgspec.msgpack.decode(raw, type=ValueSet)
        return self._value_sets[url]

    @cached_property
    def concept_maps(self) -> dict[str, dict[str, Any]]:
        """R4's own ConceptMaps as JSON trees by canonical URL, without narratives: codes of FHIR in HL7 v2
        and v3, and each status in the general one of resources.
        """
        packed = self._packed.concept_maps
        return {url: msgspec.msgpack.decode(raw) for url, raw in packed.items()}

    def value_set_codes(self, url: str) -> frozenset[tuple[str, str]] | None:
        """Every (system, code) of the value set (`:in`, required bindings).

        None when the value set is not known, or cannot be listed in full because it draws on a code system
        that is not here whole (SNOMED CT, LOINC, media types, currencies).
        """
        url = url.partition("|")[0]
        if url not in self._expansions:
            self._expansions[url] = None  # the answer to a value set that, in the end, includes itself
            self._expansions[url] = expand(url, self)
        return self._expansions[url]

    def value_set_system(self, url: str) -> str:
        """The only code system the value set draws on, "" when there are several or it is not known.

        This is the system that a required binding implies for an element of type code.
        """
        systems = self._systems_of(url, set())
        return systems.pop() if len(systems) == 1 else ""

    def _systems_of(self, url: str, visited: set[str]) -> set[str]:
        found = self.value_set(url)
        if found is None or found.url in visited:
            return set()
        visited.add(found.url)
        systems = {rule.system for rule in found.include if rule.system}
        return systems.union(
            *(self._systems_of(u, visited) for rule in found.include for u in rule.value_sets)
        )
