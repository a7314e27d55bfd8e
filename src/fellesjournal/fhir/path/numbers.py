"""Numbers: exact as long as they can be, and bounded (FHIRPath N1, section 6.6)."""

from collections.abc import Callable
from decimal import Context, Decimal, DivisionByZero, InvalidOperation, Overflow

from fellesjournal.fhir.path.items import NOTHING, Collection, Item

EXACT = Context(prec=64, Emax=200, Emin=-200, traps=[])
"""For sums and products: longer than any number of the record."""
ROUNDED = Context(prec=28, Emax=200, Emin=-200, traps=[])
"""For quotients, roots and logarithms."""
_LARGEST_INTEGER = 2**31
_LARGEST = Decimal(10) ** 28
_FAILURES = (InvalidOperation, DivisionByZero, Overflow, OverflowError)


def number(value: int | Decimal | None) -> Collection:
    """The collection of one number; nothing when it is not finite or larger than FHIRPath's numbers are."""
    if value is None:
        return NOTHING
    if isinstance(value, int):
        return [Item(value, "System.Integer")] if -_LARGEST_INTEGER <= value < _LARGEST_INTEGER else NOTHING
    return [Item(value, "System.Decimal")] if value.is_finite() and abs(value) < _LARGEST else NOTHING


def computed(compute: Callable[[], Decimal]) -> Decimal | None:
    """A calculation; None when there is no such number."""
    try:
        found = compute()
    except _FAILURES:
        return None
    return found if found.is_finite() else None


def shown(value: Decimal) -> str:
    """A number as text, without an exponent."""
    return f"{value:f}"


def places(value: Decimal) -> int:
    """Digits after the decimal point as written: 3 of 1.500."""
    exponent = value.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def significant_places(value: Decimal) -> int:
    """Digits after the decimal point without trailing zeroes: 1 of 1.500."""
    return places(value.normalize(EXACT))
