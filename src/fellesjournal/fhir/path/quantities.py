"""Quantities: values with a unit of UCUM or of the calendar (FHIRPath N1, sections 2.1.9 and 6.1).

As an item's value a quantity is FHIR's own JSON; a calendar's unit ("4 days") has no system and no code.
"""

from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from fellesjournal.fhir import ucum
from fellesjournal.fhir.path.items import NOTHING, Collection, Item
from fellesjournal.fhir.path.numbers import EXACT, ROUNDED, number, significant_places
from fellesjournal.fhir.path.shifting import DAYS, MONTHS, SECONDS
from fellesjournal.fhir.path.singletons import decimal_of
from fellesjournal.fhir.path.types import system_type

CALENDAR = (*MONTHS, *SECONDS)
_CALENDAR_UNITS = {**{name: name for name in CALENDAR}, **{f"{name}s": name for name in CALENDAR}}
_IN_UCUM = {
    "a": "year",
    "mo": "month",
    "wk": "week",
    "d": "day",
    "h": "hour",
    "min": "minute",
    "s": "second",
    "ms": "millisecond",
}
_TO_UCUM = {name: code for code, name in _IN_UCUM.items()}


class Amount(NamedTuple):
    """A quantity: `kind` is ucum, calendar (unit "day", never "days") or, for any other unit, other."""

    value: Decimal
    unit: str
    kind: str = "ucum"
    is_fhirs: bool = False
    """Is it of the record, where UCUM's year and month mean the calendar's (FHIR R4, fhirpath.html)?"""


def calendar_unit(word: str) -> str:
    """The calendar's unit that a word means, "day" for "days"; "" for none."""
    return _CALENDAR_UNITS.get(word, "")


def amount(item: Item) -> Amount | None:
    """The amount that a quantity or a number is; None for what is neither, has no value or a comparator."""
    kind = system_type(item)
    if kind in ("Integer", "Decimal"):
        return None if item.value is None else Amount(decimal_of(item), "1")
    if kind != "Quantity" or not isinstance(item.value, dict):
        return None
    tree = item.value
    if tree.get("value") is None or "comparator" in tree:
        return None
    value = decimal_of(Item(tree["value"], "decimal"))
    if tree.get("system") in ucum.NAMES and "code" in tree:
        return Amount(value, tree["code"], is_fhirs=item.type != "System.Quantity")
    unit = str(tree.get("unit", tree.get("code", "")))
    if not unit:
        return Amount(value, "1")
    if item.type == "System.Quantity":
        return Amount(value, calendar_unit(unit), "calendar")
    return Amount(value, unit, "other")


def quantity(found: Amount | None) -> Collection:
    """The collection of one quantity; nothing when its value is not finite or too large."""
    if found is None or not number(found.value):
        return NOTHING
    tree: dict[str, object] = {"value": found.value, "unit": found.unit}
    if found.kind == "ucum":
        tree |= {"system": ucum.URL, "code": found.unit}
    return [Item(tree, "System.Quantity", "Quantity")]


def time_unit(found: Amount) -> str:
    """The calendar's unit of an amount of time, UCUM's taken for the calendar's; "" for other units.

    A word of the calendar in quotes ('month'), which UCUM has none of, means the same as without.
    """
    if found.kind == "calendar":
        return found.unit
    return _IN_UCUM.get(found.unit) or calendar_unit(found.unit) if found.kind == "ucum" else ""


def comparable(left: Amount, right: Amount, *, roughly: bool = False) -> tuple[Fraction, Fraction] | None:
    """Both values in one unit, exactly; None when the units have different dimensions or are not known.

    Years and months of the calendar are no definite time: only `roughly` do they compare with UCUM's.
    """
    if left.unit == right.unit and left.kind == right.kind:
        return Fraction(left.value), Fraction(right.value)
    if "other" in (left.kind, right.kind):
        return None
    if left.kind != right.kind:
        if left.kind == "ucum":
            left = _in_calendar(left)
        else:
            right = _in_calendar(right)
        roughly = roughly or left.is_fhirs or right.is_fhirs or {left.unit, right.unit}.isdisjoint(MONTHS)
        if left.kind != right.kind or not roughly:
            return None
    return _by_calendar(left, right) if left.kind == "calendar" else _by_ucum(left, right)


def order(left: Amount, right: Amount) -> int | None:
    """-1, 0 or 1; None when the units do not compare."""
    if left.unit == right.unit and left.kind == right.kind:
        return (left.value > right.value) - (left.value < right.value)
    pair = comparable(left, right)
    return (pair[0] > pair[1]) - (pair[0] < pair[1]) if pair else None


def canonical(found: Amount) -> tuple[Fraction, str] | None:
    """The value in base units, and their dimension, "month" for a year. None for unknown units."""
    if found.kind == "calendar":
        if found.unit in MONTHS:
            return Fraction(found.value) * MONTHS[found.unit], "month"
        return _in_seconds(found), "s"
    return ucum.canonical(found.value, found.unit) if found.kind == "ucum" else None


def in_unit(found: Amount, unit: Amount) -> Amount | None:
    """The amount in the unit of another; None when it cannot be converted."""
    if found.unit == unit.unit and found.kind == unit.kind:
        return found
    if found.unit == "1" and found.kind == "ucum" and unit.unit:
        return unit._replace(value=found.value)
    pair = comparable(found, unit._replace(value=Decimal(1)), roughly=True)
    if pair is None or _has_offset(found) or _has_offset(unit):
        return None
    share = pair[0] / pair[1]
    return unit._replace(value=ROUNDED.divide(Decimal(share.numerator), Decimal(share.denominator)))


def unit_of(word: str) -> Amount:
    """One of a unit, by how it is written: 'mg' or 'days'."""
    calendar = calendar_unit(word)
    return Amount(Decimal(1), calendar, "calendar") if calendar else Amount(Decimal(1), word)


def equivalent(left: Amount, right: Amount) -> bool:
    """`~`: equal when rounded to the coarser of the two, in the larger of the two units.

    Amounts that do not compare are not equivalent. Those of units with other beginnings (Celsius and kelvin)
    are when they are equal.
    """
    sizes = comparable(left._replace(value=Decimal(1)), right._replace(value=Decimal(1)), roughly=True)
    if sizes is None:
        return False
    unit = left if sizes[0] >= sizes[1] else right
    first, second = in_unit(left, unit), in_unit(right, unit)
    if first is None or second is None:
        return order(left, right) == 0
    digits = min(significant_places(first.value), significant_places(second.value))
    return round(first.value, digits) == round(second.value, digits)


def added(left: Amount, right: Amount, sign: int) -> Amount | None:
    """The sum in the finer of the two units (the difference for a sign of -1)."""
    signed = right._replace(value=right.value * sign)
    if left.unit == right.unit and left.kind == right.kind:
        return left._replace(value=EXACT.add(left.value, signed.value))
    sizes = comparable(left._replace(value=Decimal(1)), right._replace(value=Decimal(1)))
    if sizes is None or not {left.unit, right.unit}.isdisjoint(MONTHS):
        return None
    finer = left if sizes[0] <= sizes[1] else right
    first, second = in_unit(left, finer), in_unit(signed, finer)
    if first is None or second is None:
        return None
    return finer._replace(value=EXACT.add(first.value, second.value))


def multiplied(left: Amount, right: Amount) -> Amount | None:
    """The product, its unit the product of the units."""
    first, second = _in_ucum(left), _in_ucum(right)
    if first is None or second is None:
        return None
    value = EXACT.multiply(first.value, second.value)
    if "1" in (first.unit, second.unit):
        return Amount(value, first.unit if second.unit == "1" else second.unit)
    return Amount(value, f"{first.unit}.{_grouped(second.unit)}")


def divided(left: Amount, right: Amount) -> Amount | None:
    """The quotient, its unit the quotient of the units; None for a division by zero."""
    if not right.value:
        return None
    if left.unit == right.unit and left.kind == right.kind:
        return Amount(ROUNDED.divide(left.value, right.value), "1")
    first, second = _in_ucum(left), _in_ucum(right)
    if first is None or second is None:
        return None
    value = ROUNDED.divide(first.value, second.value)
    return Amount(value, first.unit if second.unit == "1" else f"{first.unit}/{_grouped(second.unit)}")


def _grouped(unit: str) -> str:
    return f"({unit})" if "/" in unit or "." in unit else unit


def _has_offset(found: Amount) -> bool:
    """Degrees are no ratio: 20 Cel is not twice 10 Cel."""
    unit = ucum.parse(found.unit) if found.kind == "ucum" else None
    return unit is not None and unit.offset != 0


def _in_calendar(found: Amount) -> Amount:
    word = _IN_UCUM.get(found.unit)
    return found._replace(unit=word, kind="calendar") if word else found


def _in_ucum(found: Amount) -> Amount | None:
    if found.kind == "calendar":
        return Amount(found.value, _TO_UCUM[found.unit])
    return found if found.kind == "ucum" and ucum.parse(found.unit) else None


def _by_ucum(left: Amount, right: Amount) -> tuple[Fraction, Fraction] | None:
    first, second = ucum.canonical(left.value, left.unit), ucum.canonical(right.value, right.unit)
    return (first[0], second[0]) if first and second and first[1] == second[1] else None


def _by_calendar(left: Amount, right: Amount) -> tuple[Fraction, Fraction]:
    if left.unit in MONTHS and right.unit in MONTHS:
        return Fraction(left.value) * MONTHS[left.unit], Fraction(right.value) * MONTHS[right.unit]
    return _in_seconds(left), _in_seconds(right)


def _in_seconds(found: Amount) -> Fraction:
    if found.unit in DAYS:
        return Fraction(found.value) * DAYS[found.unit] * 86_400
    return Fraction(found.value) * Fraction(SECONDS[found.unit])
