"""What a search parameter is, once compiled (FHIR R4, SearchParameter)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """One element path that a parameter reads.

    Index entries belong to the path, not to the parameter: `subject` and `patient` of an Observation,
    or `value-quantity` and `combo-value-quantity`, share them.
    """

    path: str
    """Normalised FHIRPath below one type, unions split: "Observation.component.code", and for one type of a
    choice its JSON name: "Observation.valueQuantity"."""
    kind: str
    """token, reference, string, uri, date, number, quantity: how the values at the path are indexed."""
    target: str = ""
    """The only resource type the reference may point to (`.where(resolve() is Patient)`); "" for any."""
    codes: frozenset[str] = frozenset()
    """Element types at the path, such as {"code"} or {"CodeableConcept"}."""
    systems: frozenset[str] = frozenset()
    """For elements of type code or boolean: the code systems that their required binding draws on."""


@dataclass(frozen=True, slots=True)
class SearchParameter:
    """A parameter of one resource type, e.g. `code` of Observation."""

    code: str
    kind: str
    """number, date, string, token, reference, composite, quantity, uri, special."""
    base: str
    url: str
    sources: tuple[Source, ...] = ()
    targets: tuple[str, ...] = ()
    components: "tuple[SearchParameter, ...]" = ()
    """For kind composite: the parts, in order. Their sources' paths start with the group's path."""
    group: str = ""
    """For kind composite: the path of the element that holds the parts together."""
