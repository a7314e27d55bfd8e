"""Math functions (FHIRPath N1, section 5.7)."""

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path.items import NOTHING, Collection, Item
from fellesjournal.fhir.path.numbers import ROUNDED, computed, number
from fellesjournal.fhir.path.parts import Part, finding
from fellesjournal.fhir.path.quantities import amount, quantity
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.scope import Scope
from fellesjournal.fhir.path.singletons import decimal_of, integer_of, single
from fellesjournal.fhir.path.types import system_type

_MOST_PLACES = 28
_NONE = Decimal("NaN")
"""No number: what is not finite is nothing."""


def _of_one(name: str, compute: Callable[[Item, str], Collection]) -> None:
    def build(here: str) -> Part:
        def find(focus: Collection, scope: Scope) -> Collection:
            item = single(focus, here)
            return NOTHING if item is None or item.value is None else compute(item, here)

        return finding(find, here)

    function(name)(build)


def _whole(rounding: str) -> Callable[[Item, str], Collection]:
    return lambda item, here: number(int(decimal_of(item, here).to_integral_value(rounding)))


def _decimal(compute: Callable[[Decimal], Decimal]) -> Callable[[Item, str], Collection]:
    def calculate(item: Item, here: str) -> Collection:
        value = decimal_of(item, here)
        return number(computed(lambda: compute(value)))

    return calculate


def _abs(item: Item, here: str) -> Collection:
    if system_type(item) == "Quantity":
        found = amount(item)
        return quantity(found._replace(value=abs(found.value))) if found else NOTHING
    value = abs(decimal_of(item, here))
    return number(int(value) if system_type(item) == "Integer" else value)


_of_one("abs", _abs)
_of_one("ceiling", _whole(ROUND_CEILING))
_of_one("floor", _whole(ROUND_FLOOR))
_of_one("truncate", _whole(ROUND_DOWN))
_of_one("exp", _decimal(ROUNDED.exp))
_of_one("ln", _decimal(ROUNDED.ln))
_of_one("sqrt", _decimal(ROUNDED.sqrt))


@function("log", 1)
def log(here: str, base: Part) -> Part:
    """The logarithm to a base."""
    return _of_two(here, base, _logarithm)


@function("power", 1)
def power(here: str, exponent: Part) -> Part:
    """The number to an exponent; nothing when that is no real number."""
    return _of_two(here, exponent, ROUNDED.power)


@function("round", 0, 1)
def rounded(here: str, precision: Part | None = None) -> Part:
    """The number rounded to so many decimal places, none or more, a half away from zero."""

    def find(focus: Collection, scope: Scope) -> Collection:
        item = single(focus, here)
        digits = integer_of(precision.argument(scope), here) if precision else 0
        if digits is not None and digits < 0:
            raise Invalid(f"FHIRPath: {here} wants a precision of 0 or more, not {digits}.")
        if item is None or item.value is None or digits is None or digits > _MOST_PLACES:
            return NOTHING
        value = decimal_of(item, here)
        return number(_round(value, digits) if precision or system_type(item) == "Decimal" else int(value))

    return finding(find, here)


def _round(value: Decimal, digits: int) -> Decimal:
    context = ROUNDED.copy()
    context.prec = 80
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP, context)


def _logarithm(value: Decimal, base: Decimal) -> Decimal:
    if base <= 0:
        return _NONE
    if base == 10:
        return ROUNDED.log10(value)
    return ROUNDED.divide(ROUNDED.ln(value), ROUNDED.ln(base))


def _of_two(here: str, argument: Part, compute: Callable[[Decimal, Decimal], Decimal]) -> Part:
    def find(focus: Collection, scope: Scope) -> Collection:
        item, other = single(focus, here), single(argument.argument(scope), here)
        if item is None or other is None or item.value is None or other.value is None:
            return NOTHING
        first, second = decimal_of(item, here), decimal_of(other, here)
        found = computed(lambda: compute(first, second))
        whole = system_type(item) == system_type(other) == "Integer" and compute == ROUNDED.power
        return number(int(found) if found is not None and whole and found == int(found) else found)

    return finding(find, here)
