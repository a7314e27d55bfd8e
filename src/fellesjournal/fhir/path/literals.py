"""Literals (FHIRPath N1, section 2.1)."""

from decimal import Decimal
from typing import NoReturn

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path.items import FALSE, NOTHING, TRUE, Collection, Item, string
from fellesjournal.fhir.path.moments import read_date, read_time
from fellesjournal.fhir.path.numbers import number
from fellesjournal.fhir.path.parts import Part, condition, constant
from fellesjournal.fhir.path.quantities import quantity, unit_of
from fellesjournal.fhir.path.syntax import Literal

_MOMENTS = {
    "date": ("System.Date", read_date),
    "datetime": ("System.DateTime", read_date),
    "time": ("System.Time", read_time),
}
_MOST_DIGITS = 10
"""Of an integer of 32 bits."""


def literal(written: Literal, here: str) -> Part:
    """The part of a literal. Raises Invalid for a date or time that there is not, and a number too large."""
    if written.kind == "boolean":
        value = written.text == "true"
        return condition(lambda focus, scope: value)._replace(constant=TRUE if value else FALSE)
    return constant(_items(written), here)


def _items(written: Literal) -> Collection:
    match written.kind:
        case "empty":
            return NOTHING
        case "integer":
            return _integer(written.text) or _refused(written)
        case "decimal":
            return number(Decimal(written.text)) or _refused(written)
        case "quantity":
            unit = unit_of(written.unit)
            kind = unit if written.calendar else unit._replace(unit=written.unit, kind="ucum")
            return quantity(kind._replace(value=Decimal(written.text))) or _refused(written)
        case "string":
            return string(written.text)
    kind_of_moment, read = _MOMENTS[written.kind]
    if read(written.text) is None:
        raise Invalid(
            f"FHIRPath: there is no {written.kind} '@{written.text}' (character {written.position + 1})."
        )
    return [Item(written.text, kind_of_moment)]


def _integer(digits: str) -> Collection:
    return number(int(digits)) if len(digits.lstrip("-0")) <= _MOST_DIGITS else NOTHING


def _refused(written: Literal) -> NoReturn:
    raise Invalid(
        f"FHIRPath: '{written.text[:40]}' (character {written.position + 1}) is larger than its numbers are: "
        "an integer is less than 2147483648, a decimal has at most 28 digits before the point."
    )
