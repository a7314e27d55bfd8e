"""Conversion (FHIRPath N1, section 5.5): toX() gives nothing where convertsToX() is false."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from fellesjournal.fhir.path.items import NOTHING, Collection, Item, boolean, string
from fellesjournal.fhir.path.moments import read_date, read_time
from fellesjournal.fhir.path.numbers import number, shown
from fellesjournal.fhir.path.parts import Part, condition, finding
from fellesjournal.fhir.path.quantities import amount, calendar_unit, in_unit, quantity, unit_of
from fellesjournal.fhir.path.registry import function
from fellesjournal.fhir.path.scope import Scope
from fellesjournal.fhir.path.singletons import decimal_of, single, text_of
from fellesjournal.fhir.path.types import system_type

Convert = Callable[[Item, str], Collection]

_TRUE = frozenset(("true", "t", "yes", "y", "1", "1.0"))
_FALSE = frozenset(("false", "f", "no", "n", "0", "0.0"))
_INTEGER = re.compile(r"[+-]?\d{1,12}", re.ASCII)
_DECIMAL = re.compile(r"[+-]?\d{1,40}(?:\.\d{1,40})?", re.ASCII)
_QUANTITY = re.compile(r"([+-]?\d{1,40}(?:\.\d{1,40})?)\s*(?:'([^']+)'|([a-zA-Z]+))?", re.ASCII)


def _converting(name: str, convert: Convert) -> None:
    """Register toName() and convertsToName(); `convert` is given the type that the item counts as."""

    def to(here: str) -> Part:
        def find(focus: Collection, scope: Scope) -> Collection:
            item = single(focus, here)
            return NOTHING if item is None or item.value is None else convert(item, system_type(item))

        return finding(find, here)

    def converts_to(here: str) -> Part:
        converted = to(here).find
        return condition(lambda focus, scope: bool(converted(focus, scope)) if focus else None)

    function(f"to{name}")(to)
    function(f"convertsTo{name}")(converts_to)


def _to_boolean(item: Item, kind: str) -> Collection:
    match kind:
        case "Boolean":
            return boolean(item.value)
        case "Integer" | "Decimal":
            value = decimal_of(item)
            return boolean(value == 1) if value in (0, 1) else NOTHING
        case "String":
            word = item.value.lower()
            return boolean(word in _TRUE) if word in _TRUE | _FALSE else NOTHING
    return NOTHING


def _to_integer(item: Item, kind: str) -> Collection:
    if kind in ("Integer", "Boolean") or (kind == "String" and _INTEGER.fullmatch(item.value)):
        return number(int(item.value))
    return NOTHING


def _to_decimal(item: Item, kind: str) -> Collection:
    if kind in ("Integer", "Decimal"):
        return number(decimal_of(item))
    if kind == "Boolean":
        return number(Decimal("1.0") if item.value else Decimal("0.0"))
    return number(Decimal(item.value)) if kind == "String" and _DECIMAL.fullmatch(item.value) else NOTHING


def _to_date(item: Item, kind: str) -> Collection:
    if kind not in ("Date", "DateTime", "String"):
        return NOTHING
    moment = read_date(item.value)
    if moment is None or (kind == "String" and "T" in item.value):
        return NOTHING
    return [Item(moment._replace(parts=moment.parts[:3], fraction="", zone="").text, "System.Date")]


def _to_date_time(item: Item, kind: str) -> Collection:
    moment = read_date(item.value) if kind in ("Date", "DateTime", "String") else None
    return [Item(moment.text, "System.DateTime")] if moment else NOTHING


def _to_time(item: Item, kind: str) -> Collection:
    moment = read_time(item.value) if kind in ("Time", "String") else None
    return [Item(moment.text, "System.Time")] if moment else NOTHING


def _to_string(item: Item, kind: str) -> Collection:
    match kind:
        case "Boolean":
            return string("true" if item.value else "false")
        case "Integer" | "Decimal":
            return string(shown(decimal_of(item)))
        case "Quantity":
            return _quantity_as_string(item)
    return string(item.value) if isinstance(item.value, str) else NOTHING


def _quantity_as_string(item: Item) -> Collection:
    found = amount(item)
    if found is None:
        return NOTHING
    if found.kind == "calendar":
        plural = "" if found.value == 1 else "s"
        return string(f"{shown(found.value)} {found.unit}{plural}")
    return string(f"{shown(found.value)} '{found.unit}'")


def _to_quantity(item: Item, kind: str) -> Collection:
    match kind:
        case "Integer" | "Decimal" | "Quantity":
            return quantity(amount(item))
        case "Boolean":
            return quantity(unit_of("1")._replace(value=Decimal("1.0") if item.value else Decimal("0.0")))
        case "String":
            return _read_quantity(item.value)
    return NOTHING


def _read_quantity(text: str) -> Collection:
    found = _QUANTITY.fullmatch(text)
    if found is None:
        return NOTHING
    value, unit, word = found.groups()
    if word and not calendar_unit(word):
        return NOTHING
    wanted = unit_of(word) if word else unit_of("1")._replace(unit=unit or "1")
    return quantity(wanted._replace(value=Decimal(value)))


_converting("Boolean", _to_boolean)
_converting("Integer", _to_integer)
_converting("Decimal", _to_decimal)
_converting("Date", _to_date)
_converting("DateTime", _to_date_time)
_converting("Time", _to_time)
_converting("String", _to_string)


@function("toQuantity", 0, 1)
def to_quantity(here: str, unit: Part | None = None) -> Part:
    """The quantity, in the unit that is asked for; nothing when it cannot be converted to that."""

    def find(focus: Collection, scope: Scope) -> Collection:
        item = single(focus, here)
        found = NOTHING if item is None or item.value is None else _to_quantity(item, system_type(item))
        wanted = text_of(unit.argument(scope), here) if unit else None
        read = amount(found[0]) if found else None
        return quantity(in_unit(read, unit_of(wanted))) if read and wanted else found

    return finding(find, here)


@function("convertsToQuantity", 0, 1)
def converts_to_quantity(here: str, unit: Part | None = None) -> Part:
    """Is toQuantity() something?"""
    converted: Any = to_quantity(here, unit).find
    return condition(lambda focus, scope: bool(converted(focus, scope)) if focus else None)
