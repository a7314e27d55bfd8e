"""Types in expressions: what is of which, and what counts as which (FHIR R4, fhirpath.html)."""

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.path.items import Item
from fellesjournal.fhir.path.model import REFLECTED, Model

_SYSTEM = ("Boolean", "String", "Integer", "Decimal", "Date", "DateTime", "Time", "Quantity")
_COUNTS_AS = {
    "boolean": "Boolean",
    "integer": "Integer",
    "unsignedInt": "Integer",
    "positiveInt": "Integer",
    "decimal": "Decimal",
    "date": "Date",
    "dateTime": "DateTime",
    "instant": "DateTime",
    "time": "Time",
    **dict.fromkeys(("Quantity", "Age", "Count", "Distance", "Duration", "SimpleQuantity"), "Quantity"),
    **{f"System.{name}": name for name in _SYSTEM},
    REFLECTED: "",
}


def system_type(item: Item) -> str:
    """What an item counts as in operators: Boolean, String, Integer and so on; "" for other complex types."""
    found = _COUNTS_AS.get(item.type)
    return found if found is not None else "" if item.path else "String"


def is_of(item: Item, name: str, model: Model) -> bool:
    """Is the item of the type, or of a specialisation of it?"""
    if item.type == name:
        return True
    space, _, bare = name.rpartition(".")
    if item.type.startswith("System."):
        return space in ("", "System") and (item.type == f"System.{bare}" or bare == "Any")
    return space in ("", "FHIR") and model.is_a(item.type, bare)


def is_known(name: str, definitions: Definitions, *, anywhere: bool = False) -> bool:
    """Is there such a type? `anywhere`: or one of that name in the other namespace (System.Patient)."""
    space, _, bare = name.rpartition(".")
    if anywhere and space in ("System", "FHIR"):
        return bare in (*_SYSTEM, "Any") or definitions.is_type(bare)
    if space == "System" or (not space and not definitions.is_type(bare)):
        return bare in (*_SYSTEM, "Any")
    return space in ("", "FHIR") and definitions.is_type(bare)
