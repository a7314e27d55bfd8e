"""Types and their elements (FHIR R4, StructureDefinition and ElementDefinition)."""

from typing import NamedTuple

import msgspec


class Element(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One element of a type: `value[x]` of Observation is Element(name="value", choice=True, ...)."""

    name: str
    """Without "[x]"."""
    path: str
    """As in the definition: "Observation.value[x]"."""
    min: int
    max: int | None
    """None: unbounded."""
    types: tuple[str, ...]
    """FHIR type names: ("Quantity", "string"). ("BackboneElement",) when `children` is set."""
    choice: bool
    children: str = ""
    """The path whose elements stand below this one, contentReference followed; "" when the type says it."""
    targets: tuple[str, ...] = ()
    """Resource types a Reference or canonical may point to; () for any."""
    strength: str = ""
    """Binding strength: required, extensible, preferred, example or ""."""
    value_set: str = ""
    """Canonical URL of the bound value set, without version."""
    summary: bool = False
    modifier: bool = False
    limit: str = ""
    """The value set that codes outside a binding that is no required one must be in all the same, without
    version (the extension elementdefinition-maxValueSet); "" for none."""

    @property
    def members(self) -> tuple[tuple[str, str], ...]:
        """The JSON members it may be written as, each with its type: (("valueQuantity", "Quantity"),)."""
        if not self.choice:
            return ((self.name, self.types[0]),)
        return tuple((self.name + name[0].upper() + name[1:], name) for name in self.types)


class Constraint(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A rule in FHIRPath that an element must keep (ElementDefinition.constraint)."""

    key: str
    """"obs-7": what it is called in the specification."""
    severity: str
    """error or warning."""
    human: str
    expression: str


class Member(NamedTuple):
    """One JSON member of an object: `valueQuantity` of Observation."""

    name: str
    element: Element
    type: str
    """Its FHIR type: "Quantity"."""
    children: str
    """The path whose elements stand below: "Quantity", "Observation.component"; "" for a primitive."""


class TypeDefinition(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A resource type, complex type or primitive type."""

    name: str
    kind: str
    """resource, complex-type or primitive-type."""
    base: str
    """The type it specialises: "DomainResource" for Patient; "" for Element and Resource."""
    abstract: bool
    elements: dict[str, tuple[Element, ...]]
    """Elements in definition order, by the path they stand below: "Patient", "Patient.contact"."""
    constraints: dict[str, tuple[Constraint, ...]] = {}
    """Rules by the path of the element they stand on: "Patient.contact", "Period". Without those of every
    element and every resource, which the validation has by itself: ele-1, ext-1, dom-2 to dom-6, txt-1 and
    txt-2."""
