"""Which element types a search parameter of each type reads (FHIR R4, search.html#ptypes)."""

from fellesjournal.fhir.definitions import Definitions

_URIS = frozenset({"uri", "url", "canonical", "oid", "uuid"})
_READ: dict[str, frozenset[str]] = {
    "token": frozenset(
        {"CodeableConcept", "Coding", "Identifier", "ContactPoint", "code", "boolean", "string", "id"} | _URIS
    ),
    "string": frozenset({"string", "markdown", "HumanName", "Address", "code", "id", "uri"}),
    "date": frozenset({"date", "dateTime", "instant", "Period", "Timing"}),
    "number": frozenset({"integer", "positiveInt", "unsignedInt", "decimal", "Range"}),
    "quantity": frozenset({"Quantity", "Money", "Range", "SampledData"}),
    "reference": frozenset({"Reference", "Resource"} | _URIS),
    "uri": _URIS,
}


def readable(kind: str, element_type: str, definitions: Definitions) -> bool:
    """Can a parameter of the kind read an element of the type?"""
    read = _READ.get(kind, frozenset())
    return element_type in read or ("Quantity" in read and definitions.is_a(element_type, "Quantity"))
