"""What R4 says about types, search parameters, compartments and codes, read from the npm package's JSON.

Nothing here comes from the product: the oracle reads the published definitions itself.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

Json = dict[str, Any]

PACKAGE = Path(__file__).parents[2] / "node_modules" / "hl7.fhir.r4.examples"

# Published as profiles of Quantity, but used as types of their own.
QUANTITY_TYPES = frozenset(
    {"Quantity", "Age", "Count", "Distance", "Duration", "MoneyQuantity", "SimpleQuantity"}
)


@dataclass(frozen=True)
class Child:
    """One way an element may appear: its JSON member, its type and the element that defines it."""

    member: str
    type: str
    element: str


@dataclass(frozen=True)
class Component:
    """One part of a composite search parameter."""

    definition: "Parameter"
    expression: str


@dataclass(frozen=True)
class Parameter:
    """A search parameter as published."""

    code: str
    kind: str
    url: str
    expression: str
    targets: tuple[str, ...] = ()
    components: tuple[Component, ...] = ()


@dataclass
class Definitions:
    """Everything the oracle knows of R4."""

    children: dict[str, dict[str, list[Child]]]
    """Type or element path -> name -> the forms it may take."""
    bindings: dict[str, str]
    """Element path -> the value set of its required binding."""
    parameters: dict[str, dict[str, Parameter]]
    """Resource type -> code -> parameter, those of Resource and DomainResource included."""
    compartments: dict[str, dict[str, list[str]]]
    """Compartment type -> resource type -> codes of the parameters that link the two."""
    code_systems: dict[str, Json] = field(default_factory=dict)
    value_sets: dict[str, Json] = field(default_factory=dict)
    names: dict[str, frozenset[str]] = field(default_factory=dict)
    """Every name of a code system that has several, by each of them."""

    def names_of(self, system: str | None) -> frozenset[str]:
        """Every name of a code system; none where there is no system."""
        return self.names.get(system, frozenset({system})) if system else frozenset()

    @property
    def types(self) -> list[str]:
        """The concrete resource types, sorted."""
        return sorted(self.parameters)


@lru_cache(maxsize=1)
def published(package: Path = PACKAGE) -> Definitions:
    """The definitions of the npm package hl7.fhir.r4.examples."""
    structures = [s for s in _read(package, "StructureDefinition") if _defines_a_type(s)]
    concrete = [s["type"] for s in structures if s["kind"] == "resource" and not s["abstract"]]
    children, bindings = _elements(structures)
    return Definitions(
        children=children,
        bindings=bindings,
        parameters=_parameters(list(_read(package, "SearchParameter")), concrete),
        compartments=_compartments(_read(package, "CompartmentDefinition")),
        code_systems={s["url"]: s for s in _read(package, "CodeSystem") if "url" in s},
        value_sets={s["url"]: s for s in _read(package, "ValueSet") if "url" in s},
    )


def _read(package: Path, resource_type: str) -> list[Json]:
    paths = sorted(package.glob(f"{resource_type}-*.json"))
    return [
        r for r in (msgspec.json.decode(p.read_bytes()) for p in paths) if r["resourceType"] == resource_type
    ]


def _defines_a_type(structure: Json) -> bool:
    return (
        structure["kind"] in ("resource", "complex-type")
        and structure.get("derivation", "specialization") == "specialization"
        and structure["url"] == f"http://hl7.org/fhir/StructureDefinition/{structure['type']}"
    )


def _elements(structures: list[Json]) -> tuple[dict[str, dict[str, list[Child]]], dict[str, str]]:
    children: dict[str, dict[str, list[Child]]] = defaultdict(lambda: defaultdict(list))
    bindings: dict[str, str] = {}
    for structure in structures:
        for element in structure["snapshot"]["element"][1:]:
            path: str = element["path"]
            parent, name = path.rsplit(".", 1)
            choice = name.endswith("[x]")
            name = name.removesuffix("[x]")
            element_path = f"{parent}.{name}"
            for type_ in _types(element, element_path):
                member = name + type_[0].upper() + type_[1:] if choice else name
                children[parent][name].append(Child(member, type_, element_path))
            binding = element.get("binding", {})
            if binding.get("strength") == "required" and "valueSet" in binding:
                bindings[element_path] = binding["valueSet"].split("|")[0]
    return children, bindings


def _types(element: Json, path: str) -> list[str]:
    if "contentReference" in element:
        return [element["contentReference"].removeprefix("#")]
    found = []
    for code in (t["code"] for t in element.get("type", [])):
        if code.startswith("http://hl7.org/fhirpath/System."):
            found.append(code.rsplit(".", 1)[1].lower())
        else:
            found.append(path if code in ("BackboneElement", "Element") else code)
    return found


def _parameters(published_parameters: list[Json], concrete: list[str]) -> dict[str, dict[str, Parameter]]:
    served = [p for p in published_parameters if p.get("expression") and not p["id"].startswith("example")]
    served.sort(key=lambda p: p["type"] == "composite")
    by_url: dict[str, Parameter] = {}
    result: dict[str, dict[str, Parameter]] = {t: {} for t in concrete}
    for source in served:
        parameter = Parameter(
            code=source["code"],
            kind=source["type"],
            url=source["url"],
            expression=source["expression"],
            targets=tuple(source.get("target", ())),
            components=tuple(
                Component(by_url[c["definition"]], c["expression"]) for c in source.get("component", ())
            ),
        )
        by_url[parameter.url] = parameter
        for base in source["base"]:
            for type_ in _concrete_types(base, concrete):
                result[type_][parameter.code] = parameter
    return result


def _concrete_types(base: str, concrete: list[str]) -> list[str]:
    if base == "Resource":
        return concrete
    if base == "DomainResource":
        return [t for t in concrete if t not in ("Binary", "Bundle", "Parameters")]
    return [base]


def _compartments(definitions: list[Json]) -> dict[str, dict[str, list[str]]]:
    return {
        d["code"]: {r["code"]: r["param"] for r in d["resource"] if r.get("param")}
        for d in definitions
        if d["url"].lower() == f"http://hl7.org/fhir/compartmentdefinition/{d['code']}".lower()
    }
