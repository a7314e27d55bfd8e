"""Whose address is protected: kode 6 (strengt fortrolig) and kode 7 (fortrolig).

The degrees are those of the population register (Folkeregisteret), carried by our extension on Patient,
RelatedPerson and Person (norway/profiles). Klientadresse is no protection.
"""

from typing import Any

EXTENSION = "https://fellesjournal.no/fhir/StructureDefinition/address-protection"
PROTECTED = frozenset({"fortrolig", "strengtFortrolig"})
DEGREES = ("ugradert", "klientadresse", "fortrolig", "strengtFortrolig")
"""All that there are: anything else is a mistake that would show an address."""
TYPES = frozenset({"Patient", "RelatedPerson", "Person"})
"""The resource types that say it."""


def degrees(tree: dict[str, Any]) -> list[str]:
    """The degrees that a resource says of the person it describes, sorted; empty when it says nothing."""
    if tree["resourceType"] not in TYPES:
        return []
    said = (one for one in tree.get("extension", ()) if one.get("url") == EXTENSION)
    return sorted(str(one.get("valueCode", one.get("valueCoding", {}).get("code"))) for one in said)


def is_protected(tree: dict[str, Any]) -> bool:
    """Whether a resource says that the address of the person it describes is protected."""
    return not PROTECTED.isdisjoint(degrees(tree))
