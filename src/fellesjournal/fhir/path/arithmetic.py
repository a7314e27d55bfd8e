"""Arithmetic with numbers, quantities, dates and texts (FHIRPath N1, sections 6.6 and 6.7)."""

from collections.abc import Callable
from decimal import Decimal

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path import quantities
from fellesjournal.fhir.path.equality import AMOUNTS, NUMBERS, moment_of
from fellesjournal.fhir.path.items import NOTHING, Collection, Item, string
from fellesjournal.fhir.path.moments import Moment
from fellesjournal.fhir.path.numbers import EXACT, ROUNDED, computed, number
from fellesjournal.fhir.path.parts import Part, finding
from fellesjournal.fhir.path.quantities import amount, quantity, time_unit
from fellesjournal.fhir.path.scope import Scope
from fellesjournal.fhir.path.shifting import OF_DATES, OF_TIMES, shifted
from fellesjournal.fhir.path.singletons import decimal_of, insist_on_length, single, text_of
from fellesjournal.fhir.path.types import system_type

_CHARACTERS = 256
"""Characters copied that are as much work as one item."""

Compute = Callable[[Item, Item, str], Collection]
Numeric = Callable[[Decimal, Decimal], Decimal]


def _operator(compute: Compute) -> Callable[[str, Part, Part], Part]:
    """What builds an operator of two single values; nothing on either side gives nothing."""

    def build(here: str, left: Part, right: Part) -> Part:
        def find(focus: Collection, scope: Scope) -> Collection:
            first, second = single(left.find(focus, scope), here), single(right.find(focus, scope), here)
            if first is None or second is None or first.value is None or second.value is None:
                return NOTHING
            if type(first.value) is str:
                scope.environment.work(len(first.value) // _CHARACTERS)
            return compute(first, second, here)

        return finding(find, here)

    return build


def negative(item: Item, here: str) -> Collection:
    """The number or quantity with the other sign. Raises Invalid for anything else."""
    if system_type(item) == "Quantity":
        found = amount(item)
        return quantity(found._replace(value=-found.value)) if found else NOTHING
    value = -decimal_of(item, here)
    return number(int(value) if system_type(item) == "Integer" else value)


def _add(left: Item, right: Item, here: str) -> Collection:
    if system_type(left) == system_type(right) == "String":
        insist_on_length(len(left.value) + len(right.value), here)
        return string(left.value + right.value)
    return _plus(left, right, here, 1)


def _subtract(left: Item, right: Item, here: str) -> Collection:
    return _plus(left, right, here, -1)


def _plus(left: Item, right: Item, here: str, sign: int) -> Collection:
    moment = moment_of(left)
    if moment is not None:
        return _moved(left, moment, right, here, sign)
    if _are_amounts(left, right):
        first, second = amount(left), amount(right)
        return quantity(quantities.added(first, second, sign)) if first and second else NOTHING
    return _calculated(left, right, here, EXACT.add if sign > 0 else EXACT.subtract)


def _moved(left: Item, moment: Moment, right: Item, here: str, sign: int) -> Collection:
    found = amount(right) if system_type(right) == "Quantity" else None
    unit = time_unit(found) if found else ""
    kind = system_type(left)
    fits = unit in (OF_DATES if kind == "Date" else OF_TIMES if moment.is_time else OF_DATES | OF_TIMES)
    if found is None or not fits or (right.type == "System.Quantity" and found.unit in ("a", "mo")):
        raise Invalid(
            f"FHIRPath: {here} adds to a {kind} so many of the calendar's units, not {_named(right)}."
        )
    then = shifted(moment, found.value * sign, unit)
    return [Item(then.text, left.type)] if then else NOTHING


def _named(item: Item) -> str:
    found = amount(item)
    return f"'{found.unit}'" if found and found.unit != "1" else item.type


def _multiply(left: Item, right: Item, here: str) -> Collection:
    if _are_amounts(left, right):
        first, second = amount(left), amount(right)
        return quantity(quantities.multiplied(first, second)) if first and second else NOTHING
    return _calculated(left, right, here, EXACT.multiply)


def _divide(left: Item, right: Item, here: str) -> Collection:
    if _are_amounts(left, right):
        first, second = amount(left), amount(right)
        return quantity(quantities.divided(first, second)) if first and second else NOTHING
    first_value, second_value = _pair(left, right, here)
    return number(computed(lambda: ROUNDED.divide(first_value, second_value)))


def _quotient(left: Item, right: Item, here: str) -> Collection:
    return _calculated(left, right, here, EXACT.divide_int)


def _modulo(left: Item, right: Item, here: str) -> Collection:
    return _calculated(left, right, here, EXACT.remainder)


def _calculated(left: Item, right: Item, here: str, compute: Numeric) -> Collection:
    """Of two integers an integer, otherwise a decimal. Nothing for a division by zero."""
    first, second = _pair(left, right, here)
    found = computed(lambda: compute(first, second))
    whole = found is not None and system_type(left) == system_type(right) == "Integer"
    return number(int(found) if whole and found is not None else found)


def _pair(left: Item, right: Item, here: str) -> tuple[Decimal, Decimal]:
    if system_type(left) not in NUMBERS or system_type(right) not in NUMBERS:
        raise Invalid(f"FHIRPath: {here} cannot take {left.type} and {right.type}.")
    return decimal_of(left), decimal_of(right)


def _are_amounts(left: Item, right: Item) -> bool:
    kinds = {system_type(left), system_type(right)}
    return "Quantity" in kinds and kinds <= AMOUNTS


def join(here: str, left: Part, right: Part) -> Part:
    """`&`: two texts after one another, what is missing counting as an empty one."""

    def find(focus: Collection, scope: Scope) -> Collection:
        first = text_of(left.find(focus, scope), here) or ""
        second = text_of(right.find(focus, scope), here) or ""
        insist_on_length(len(first) + len(second), here)
        scope.environment.work(len(first) // _CHARACTERS)
        return string(first + second)

    return finding(find, here)


add = _operator(_add)
subtract = _operator(_subtract)
multiply = _operator(_multiply)
divide = _operator(_divide)
quotient = _operator(_quotient)
modulo = _operator(_modulo)
