"""Collections where one value is wanted (FHIRPath N1, section 4.5: singleton evaluation of collections)."""

from decimal import Decimal

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path.items import Collection, Item
from fellesjournal.fhir.path.types import system_type

LONGEST_TEXT = 1_000_000
"""Characters of a string that an expression makes."""


def single(items: Collection, here: str) -> Item | None:
    """The only item, None for none. Raises Invalid when there are several."""
    if len(items) > 1:
        raise Invalid(f"FHIRPath: {here} wants one value, not {len(items)}.")
    return items[0] if items else None


def text_of(items: Collection, here: str) -> str | None:
    """The only string, None for none. Raises Invalid for anything else."""
    item = single(items, here)
    if item is None or item.value is None:
        return None
    if not isinstance(item.value, str):
        raise Invalid(f"FHIRPath: {here} wants a string, not {item.type}.")
    return item.value


def integer_of(items: Collection, here: str) -> int | None:
    """The only integer, None for none. Raises Invalid for anything else."""
    item = single(items, here)
    if item is None or item.value is None:
        return None
    if system_type(item) != "Integer" or not isinstance(item.value, int):
        raise Invalid(f"FHIRPath: {here} wants a whole number, not {item.type}.")
    return item.value


def decimal_of(item: Item, here: str = "a calculation") -> Decimal:
    """A number as it is written, whichever way JSON was read. Raises Invalid for what is no number."""
    value = item.value
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise Invalid(f"FHIRPath: {here} wants a number, not {item.type}.")
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def insist_on_length(characters: int, here: str) -> None:
    """Raises Invalid when a string to be made is too long to be kept."""
    if characters > LONGEST_TEXT:
        raise Invalid(f"FHIRPath: {here} makes a string of more than {LONGEST_TEXT} characters.")
