"""Compiling FHIR's own definition resources to the packed form that `load` opens."""

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from fellesjournal.fhir.definitions.codes import Concept, Filter, PackedCodeSystem, Rule, ValueSet
from fellesjournal.fhir.definitions.elements import Constraint, Element, TypeDefinition
from fellesjournal.fhir.definitions.model import Packed

COMPILED_TYPES = (
    "StructureDefinition",
    "SearchParameter",
    "CompartmentDefinition",
    "CodeSystem",
    "ValueSet",
    "ConceptMap",
)
"""The resource types that compile_definitions reads; it passes over all others."""

EXAMPLE_MAPS = frozenset(
    f"http://hl7.org/fhir/ConceptMap/{name}" for name in ("101", "102", "103", "example2")
)
"""The concept maps that R4 has as examples of the resource. Nothing in them tells them from R4's own: its
page conceptmap-examples.html does."""

_STRUCTURES = "http://hl7.org/fhir/StructureDefinition/"
_FHIR_TYPE = _STRUCTURES + "structuredefinition-fhir-type"
_MAX_VALUE_SET = _STRUCTURES + "elementdefinition-maxValueSet"
_SYSTEM_STRING = "http://hl7.org/fhirpath/System.String"
_KINDS = ("resource", "complex-type", "primitive-type")
_PARAMETER_MEMBERS = (
    "url",
    "name",
    "code",
    "base",
    "type",
    "expression",
    "target",
    "component",
    "comparator",
    "modifier",
    "description",
    "multipleOr",
    "multipleAnd",
    "xpathUsage",
)

_STRUCTURE_MEMBERS = (
    "resourceType",
    "url",
    "name",
    "kind",
    "type",
    "abstract",
    "baseDefinition",
    "derivation",
    "context",
    "contextInvariant",
)
_TEXTS = frozenset(
    (
        "alias",
        "code",
        "comment",
        "condition",
        "definition",
        "example",
        "isSummary",
        "mapping",
        "mustSupport",
        "requirements",
        "short",
    )
)
"""Parts of an ElementDefinition that say nothing to a program."""

_UNIVERSAL = frozenset(["ele-1", "ext-1", "dom-2", "dom-3", "dom-4", "dom-5", "dom-6", "txt-1", "txt-2"])
_SIMPLE = _STRUCTURES + "SimpleQuantity"
_WITHOUT_COMPARATOR = Constraint(
    "sqty-1", "error", "A quantity has no comparator here.", "comparator.empty()"
)
"""The rule of the profile SimpleQuantity, which R4 puts on elements by the type's name."""

_pack = msgspec.msgpack.Encoder().encode


def compile_definitions(resources: Iterable[dict[str, Any]], version: str = "") -> bytes:
    """Pack definition resources (parsed JSON, any order) into the bytes that `load` opens.

    FHIR's own types are taken from the snapshots of their StructureDefinitions; of profiles and extensions
    what they say beyond their base (the differential, without texts for people). Logical models are left out,
    and the concept maps that are examples.
    The specification's illustrative search parameters and compartments, whose URL ends in
    "example...", would shadow real ones and are left out. `version` is kept as Definitions.version.
    """
    by_type: dict[str, dict[str, dict[str, Any]]] = {name: {} for name in COMPILED_TYPES}
    for resource in resources:
        if resource.get("resourceType") in by_type:
            by_type[resource["resourceType"]][resource["url"]] = resource
    types = {t.name: t for t in map(_type, _own_types(by_type["StructureDefinition"].values()))}
    return _pack(
        Packed(
            version=version,
            types={name: msgspec.Raw(_pack(types[name])) for name in sorted(types)},
            resource_types=tuple(
                sorted(n for n, t in types.items() if t.kind == "resource" and not t.abstract)
            ),
            search_parameters=msgspec.Raw(_pack(_search_parameters(by_type["SearchParameter"]))),
            compartments=msgspec.Raw(_pack(_compartments(by_type["CompartmentDefinition"]))),
            code_systems={
                url: msgspec.Raw(_pack(_code_system(resource)))
                for url, resource in sorted(by_type["CodeSystem"].items())
            },
            value_sets={
                url: msgspec.Raw(_pack(value_set(resource)))
                for url, resource in sorted(by_type["ValueSet"].items())
            },
            concept_maps={
                url: msgspec.Raw(_pack(_concept_map(resource)))
                for url, resource in sorted(by_type["ConceptMap"].items())
                if url not in EXAMPLE_MAPS
            },
            structures={
                url: msgspec.Raw(_pack(_profile(resource)))
                for url, resource in sorted(by_type["StructureDefinition"].items())
                if resource.get("derivation") == "constraint"
            },
            element_definitions={
                resource["type"]: msgspec.Raw(_pack(_deflated(resource)))
                for resource in _own_types(by_type["StructureDefinition"].values())
            },
        )
    )


def _own_types(structures: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for structure in structures:
        if structure.get("derivation") != "constraint" and structure["kind"] in _KINDS:
            yield structure


def _deflated(structure: dict[str, Any]) -> bytes:
    return zlib.compress(_pack(structure["snapshot"]["element"]))


def _profile(structure: dict[str, Any]) -> dict[str, Any]:
    kept = {name: structure[name] for name in _STRUCTURE_MEMBERS if name in structure}
    elements = [
        {name: part for name, part in element.items() if name not in _TEXTS}
        for element in structure["differential"]["element"]
    ]
    return kept | {"differential": {"element": elements}}


def _type(structure: dict[str, Any]) -> TypeDefinition:
    name = structure["type"]
    definitions = structure["snapshot"]["element"]
    by_path = {definition["path"]: definition for definition in definitions}
    parents = {path.rpartition(".")[0] for path in by_path}
    elements: dict[str, list[Element]] = {path: [] for path in parents if path}
    for path, definition in by_path.items():
        parent = path.rpartition(".")[0]
        # A primitive's own value is not an element in JSON; its id and extension are.
        if parent and not (structure["kind"] == "primitive-type" and path.endswith(".value")):
            elements[parent].append(_element(definition, by_path, parents, structure["kind"]))
    return TypeDefinition(
        name=name,
        kind=structure["kind"],
        base=structure.get("baseDefinition", "").removeprefix(_STRUCTURES),
        abstract=structure["abstract"],
        elements={path: tuple(below) for path, below in elements.items()},
        constraints={
            path: rules for path, definition in by_path.items() if (rules := _constraints(definition))
        },
    )


def _constraints(definition: dict[str, Any]) -> tuple[Constraint, ...]:
    rules = [
        Constraint(rule["key"], rule["severity"], rule["human"], rule["expression"])
        for rule in definition.get("constraint", ())
        if rule["key"] not in _UNIVERSAL and "expression" in rule
    ]
    if any(_SIMPLE in entry.get("profile", ()) for entry in definition.get("type", ())):
        rules.append(_WITHOUT_COMPARATOR)
    return tuple(rules)


def _element(definition: dict[str, Any], by_path: dict[str, Any], parents: set[str], kind: str) -> Element:
    path: str = definition["path"]
    name = path.rpartition(".")[2]
    content = definition.get("contentReference", "").removeprefix("#")
    typed = by_path[content] if content else definition
    binding = definition.get("binding", {})
    return Element(
        name=name.removesuffix("[x]"),
        path=path,
        min=definition["min"],
        max=None if definition["max"] == "*" else int(definition["max"]),
        types=("id",) if kind == "resource" and path.count(".") == 1 and name == "id" else _type_names(typed),
        choice=name.endswith("[x]"),
        children=content or (path if path in parents else ""),
        targets=_targets(typed),
        strength=binding.get("strength", ""),
        value_set=binding.get("valueSet", "").partition("|")[0],
        summary=definition.get("isSummary", False),
        modifier=definition.get("isModifier", False),
        limit=_limit(binding),
    )


def _limit(binding: dict[str, Any]) -> str:
    for extension in binding.get("extension", ()):
        if extension["url"] == _MAX_VALUE_SET:
            return str(extension["valueCanonical"]).partition("|")[0]
    return ""


def _type_names(definition: dict[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_type_name(entry) for entry in definition["type"]))


def _type_name(entry: dict[str, Any]) -> str:
    for extension in entry.get("extension", ()):
        if extension["url"] == _FHIR_TYPE:
            return str(extension["valueUrl"])
    # The id of an xhtml element is the one string whose definition does not say so.
    return "string" if entry["code"] == _SYSTEM_STRING else str(entry["code"])


def _targets(definition: dict[str, Any]) -> tuple[str, ...]:
    profiles = (url for entry in definition["type"] for url in entry.get("targetProfile", ()))
    names = dict.fromkeys(url.removeprefix(_STRUCTURES) for url in profiles)
    return () if "Resource" in names else tuple(names)


def _search_parameters(resources: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {member: resource[member] for member in _PARAMETER_MEMBERS if member in resource}
        for url, resource in sorted(resources.items())
        if not _is_illustration(url)
    ]


def _compartments(resources: dict[str, dict[str, Any]]) -> dict[str, dict[str, tuple[str, ...]]]:
    return {
        resource["code"]: {
            entry["code"]: tuple(entry["param"]) for entry in resource["resource"] if entry.get("param")
        }
        for url, resource in sorted(resources.items())
        if not _is_illustration(url)
    }


def _is_illustration(url: str) -> bool:
    return url.rpartition("/")[2].startswith("example")


def _code_system(resource: dict[str, Any]) -> PackedCodeSystem:
    parents: dict[str, list[str]] = {}
    displays: dict[str, str] = {}
    for concept, parent in _nested(resource.get("concept", ()), ""):
        code = concept["code"]
        displays.setdefault(code, concept.get("display", ""))
        above = parents.setdefault(code, [])
        above.extend([parent] if parent else [])
        for entry in concept.get("property", ()):
            if entry["code"] in ("parent", "subsumedBy") and "valueCode" in entry:
                above.append(entry["valueCode"])
            elif entry["code"] == "child" and "valueCode" in entry:
                parents.setdefault(entry["valueCode"], []).append(code)
    return PackedCodeSystem(
        url=resource["url"],
        name=resource.get("name", ""),
        version=resource.get("version", ""),
        content=resource["content"],
        case_sensitive=resource.get("caseSensitive", True),
        concepts=tuple(
            Concept(code, display, tuple(dict.fromkeys(parents[code]))) for code, display in displays.items()
        ),
    )


def _nested(concepts: Iterable[dict[str, Any]], parent: str) -> Iterator[tuple[dict[str, Any], str]]:
    for concept in concepts:
        yield concept, parent
        yield from _nested(concept.get("concept", ()), concept["code"])


def _concept_map(resource: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in resource.items() if name not in ("text", "meta")}


def value_set(resource: dict[str, Any]) -> ValueSet:
    """What a ValueSet resource (JSON tree) is made of, ready to be expanded."""
    compose = resource.get("compose", {})
    return ValueSet(
        url=resource["url"],
        name=resource.get("name", ""),
        title=resource.get("title", ""),
        include=tuple(_rule(entry) for entry in compose.get("include", ())),
        exclude=tuple(_rule(entry) for entry in compose.get("exclude", ())),
    )


def _rule(entry: dict[str, Any]) -> Rule:
    listed = entry.get("concept")
    return Rule(
        system=entry.get("system", ""),
        codes=tuple(concept["code"] for concept in listed) if listed else None,
        filters=tuple(Filter(f["property"], f["op"], f["value"]) for f in entry.get("filter", ())),
        value_sets=tuple(url.partition("|")[0] for url in entry.get("valueSet", ())),
    )
