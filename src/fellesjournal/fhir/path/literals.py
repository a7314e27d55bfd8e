"""Literals (FHIRPath N1, section 2.1)."""

from decimal import Decimal

from fellesjournal.errors import Invalid
from fellesjournal.fhir.path.items import FALSE, NOTHING, TRUE, Collection, Item, string
from fellesjournal.fhir.path.moments import read_date, read_time
from fellesjournal.fhir.path.parts import Part, condition, constant
from fellesjournal.fhir.path.quantities import quantity, unit_of
from fellesjournal.fhir.path.syntax import Literal

_MOMENTS = {
    "date": ("System.Date", read_date),
    "datetime": ("System.DateTime", read_date),
    "time": ("System.Time", read_time),
}


def literal(written: Literal, here: str) -> Part:
    """The part of a literal. Raises Invalid for a date or time that there is not."""
    if written.kind == "boolean":
        value = written.text == "true"
        return condition(lambda focus, scope: value)._replace(constant=TRUE if value else FALSE)
    return constant(_items(written), here)


def _items(written: Literal) -> Collection:
    match written.kind:
        case "empty":
            return NOTHING
        case "integer":
            return [Item(int(written.text), "System.Integer")]
        case "decimal":
            return [Item(Decimal(written.text), "System.Decimal")]
        case "quantity":
            unit = unit_of(written.unit)
            kind = unit if written.calendar else unit._replace(unit=written.unit, kind="ucum")
            return quantity(kind._replace(value=Decimal(written.text)))
        case "string":
            return string(written.text)
    kind_of_moment, read = _MOMENTS[written.kind]
    if read(written.text) is None:
        raise Invalid(
            f"FHIRPath: there is no {written.kind} '@{written.text}' (character {written.position + 1})."
        )
    return [Item(written.text, kind_of_moment)]
