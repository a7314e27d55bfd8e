"""Types in expressions: what is of which, and what counts as which (FHIR R4, fhirpath.html)."""

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path.items import Item

_SYSTEM = {
    "boolean": "Boolean",
    "integer": "Integer",
    "unsignedInt": "Integer",
    "positiveInt": "Integer",
    "decimal": "Decimal",
    "date": "Date",
    "dateTime": "DateTime",
    "instant": "DateTime",
    "time": "Time",
    "Quantity": "Quantity",
}


def system_type(item: Item) -> str:
    """What an item counts as in operators: Boolean, String, Integer and so on; "" for other complex types."""
    if item.type.startswith("System."):
        return item.type.removeprefix("System.")
    return _SYSTEM.get(item.type, "" if item.path else "String")


def is_of(item: Item, name: str, definitions: Definitions) -> bool:
    """Is the item of the type, or of a specialisation of it?"""
    space, _, bare = name.rpartition(".")
    if item.type.startswith("System."):
        return space in ("", "System") and item.type == f"System.{bare}"
    return space in ("", "FHIR") and definitions.is_a(item.type, bare)


def is_known(name: str, definitions: Definitions) -> bool:
    """Is there such a type?"""
    space, _, bare = name.rpartition(".")
    if space == "System" or (not space and not definitions.is_type(bare)):
        return bare in {*_SYSTEM.values(), "String", "Any"}
    return space in ("", "FHIR") and definitions.is_type(bare)
