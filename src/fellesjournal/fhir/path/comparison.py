"""Order: <, <=, > and >= (FHIRPath N1, section 6.2)."""

from collections.abc import Callable

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path import quantities
from fellesjournal.fhir.path.equality import AMOUNTS, DATES, NUMBERS, moment_of
from fellesjournal.fhir.path.items import Collection, Item
from fellesjournal.fhir.path.moments import order
from fellesjournal.fhir.path.parts import Part, condition
from fellesjournal.fhir.path.quantities import amount
from fellesjournal.fhir.path.scope import Scope
from fellesjournal.fhir.path.singletons import decimal_of, single
from fellesjournal.fhir.path.types import system_type


def comparing(holds_for: Callable[[int], bool]) -> Callable[[str, Part, Part], Part]:
    """What builds an operator that holds for some of the orders -1, 0 and 1."""

    def build(here: str, left: Part, right: Part) -> Part:
        def holds(focus: Collection, scope: Scope) -> bool | None:
            first, second = single(left.find(focus, scope), here), single(right.find(focus, scope), here)
            if first is None or second is None or first.value is None or second.value is None:
                return None
            found = compared(first, second, here)
            return None if found is None else holds_for(found)

        return condition(holds)

    return build


def compared(left: Item, right: Item, here: str) -> int | None:
    """-1, 0 or 1; None when it cannot be told. Raises Invalid for types that have no order."""
    a, b = left.value, right.value
    if type(a) is type(b) is int:
        return (a > b) - (a < b)
    first, second = system_type(left), system_type(right)
    if first in NUMBERS and second in NUMBERS:
        one, other = decimal_of(left), decimal_of(right)
        return (one > other) - (one < other)
    if first == second == "String":
        return int(a > b) - int(a < b)
    if (first in DATES and second in DATES) or first == second == "Time":
        then, later = moment_of(left), moment_of(right)
        return order(then, later) if then and later else None
    if first in AMOUNTS and second in AMOUNTS:
        one_amount, other_amount = amount(left), amount(right)
        return quantities.order(one_amount, other_amount) if one_amount and other_amount else None
    raise Invalid(f"FHIRPath: {here} cannot compare {left.type} with {right.type}.")
