"""Collections where one value is wanted (FHIRPath N1, section 4.5: singleton evaluation of collections)."""

from decimal import Decimal

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path.items import Collection, Item
from fellesjournal.fhir.path.types import system_type


def single(items: Collection, what: str) -> Item | None:
    """The only item, None for none. Raises Invalid when there are several."""
    if len(items) > 1:
        raise Invalid(f"FHIRPath: {what} wants one value, not {len(items)}.")
    return items[0] if items else None


def truth(items: Collection) -> bool | None:
    """True, False or, of an empty collection, None; a single item that is not a boolean counts as true."""
    item = single(items, "a condition")
    if item is None:
        return None
    return item.value if isinstance(item.value, bool) else True


def text_of(items: Collection, what: str) -> str | None:
    """The only string, None for none. Raises Invalid for anything else."""
    item = single(items, what)
    if item is None or item.value is None:
        return None
    if not isinstance(item.value, str):
        raise Invalid(f"FHIRPath: {what} wants a string, not {item.value!r}.")
    return item.value


def integer_of(items: Collection, what: str) -> int | None:
    """The only integer, None for none. Raises Invalid for anything else."""
    item = single(items, what)
    if item is None:
        return None
    if system_type(item) != "Integer" or not isinstance(item.value, int):
        raise Invalid(f"FHIRPath: {what} wants a whole number, not {item.value!r}.")
    return item.value


def decimal_of(item: Item) -> Decimal:
    """A number as it is written, whichever way JSON was read. Raises Invalid for what is no number."""
    if isinstance(item.value, bool) or not isinstance(item.value, int | float | Decimal):
        raise Invalid(f"FHIRPath: a number is wanted here, not {item.type}.")
    return Decimal(repr(item.value)) if isinstance(item.value, float) else Decimal(item.value)
