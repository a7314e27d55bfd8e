"""Numbers and quantities (FHIR R4, search.html#number and #quantity)."""

import math
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any, NamedTuple

from fellesjournal.fhir import ucum
from fellesjournal.fhir.search.entries import NumberRow
from fellesjournal.fhir.search.indexing.coding import CodesOf
from fellesjournal.fhir.search.indexing.collector import Collector, Reader
from fellesjournal.fhir.search.parameters import Source
from fellesjournal.fhir.search.terms import PRESENT, hash64, path_number, salt

CURRENCIES = "urn:iso:std:iso:4217"

Number = int | float | Decimal


class Measure(NamedTuple):
    """Bounds as written and in base units, as in NumberRow."""

    low: float
    high: float
    canonical_low: float | None = None
    canonical_high: float | None = None
    canonical_unit: int | None = None
    units: list[int] | None = None


def reader(source: Source, element_type: str, codes_of: CodesOf | None = None) -> Reader:
    """The reader of one element type at a number or quantity source.

    `codes_of` finds the composite's tokens beside the value: one row for each.
    """
    path = path_number(source.path)
    present = hash64(PRESENT) ^ salt(source.kind, source.path)
    usual: Callable[[Any], Measure | None] = _plain if source.kind == "number" else _quantity
    measure_of = _MEASURES.get(element_type, usual)

    def read(value: Any, parent: dict[str, Any], out: Collector) -> None:
        out.terms.add(present)
        measure = measure_of(value)
        if measure is None:
            return
        low, high, canonical_low, canonical_high, canonical_unit, units = measure
        for code, system in codes_of(parent, out) if codes_of else _NO_CODES:
            out.numbers.append(
                NumberRow(
                    path,
                    out.group,
                    low,
                    high,
                    canonical_low,
                    canonical_high,
                    canonical_unit,
                    code,
                    system,
                    units,
                )
            )

    return read


_NO_CODES: list[tuple[int | None, int | None]] = [(None, None)]


def _plain(value: Number) -> Measure | None:
    return _measure(value, "", "", "", "")


def _quantity(quantity: dict[str, Any]) -> Measure | None:
    value = quantity.get("value")
    if value is None:
        return None
    return _measure(
        value,
        quantity.get("comparator", ""),
        quantity.get("system", ""),
        quantity.get("code", ""),
        quantity.get("unit", ""),
    )


def _money(money: dict[str, Any]) -> Measure | None:
    value = money.get("value")
    return None if value is None else _measure(value, "", CURRENCIES, money.get("currency", ""), "")


def _range(extent: dict[str, Any]) -> Measure | None:
    low = _quantity(extent["low"]) if "low" in extent else None
    high = _quantity(extent["high"]) if "high" in extent else None
    return _between(low, high)


def _sampled(sampled: dict[str, Any]) -> Measure | None:
    """From the smallest to the largest of the samples; the points E, U and L are no numbers."""
    origin = sampled.get("origin", {})
    start, factor = _decimal(origin.get("value", 0)), _decimal(sampled.get("factor", 1))
    points = []
    for word in sampled.get("data", "").split():
        if word not in ("E", "U", "L"):
            points.append(start + _decimal(Decimal(word)) * factor)
    if not points:
        return None
    return _between(*(_quantity({**origin, "value": point}) for point in (min(points), max(points))))


def _between(low: Measure | None, high: Measure | None) -> Measure | None:
    known = low or high
    if known is None:
        return None
    comparable = low is None or high is None or low.canonical_unit == high.canonical_unit
    convertible = known.canonical_unit is not None and comparable
    return Measure(
        low.low if low else -math.inf,
        high.high if high else math.inf,
        (low.canonical_low if low else -math.inf) if convertible else None,
        (high.canonical_high if high else math.inf) if convertible else None,
        known.canonical_unit if convertible else None,
        known.units,
    )


@lru_cache(maxsize=20_000)
def _measure(value: Number, comparator: str, system: str, code: str, unit: str) -> Measure | None:
    exact = _decimal(value)
    if not exact.is_finite() or abs(exact.adjusted()) > 300:
        return None
    low, high = _bounds(float(exact), comparator)
    system = ucum.URL if system in ucum.NAMES else system
    names = (f"{system}|{code}" if system and code else "", code, unit)
    units = list(dict.fromkeys(hash64(name) for name in names if name)) or None
    converted = ucum.canonical(exact, code) if system == ucum.URL and code else None
    if converted is None:
        return Measure(low, high, units=units)
    canonical, dimension = converted
    return Measure(low, high, *_bounds(float(canonical), comparator), hash64(dimension), units)


def _bounds(value: float, comparator: str) -> tuple[float, float]:
    match comparator:
        case "<":
            return -math.inf, math.nextafter(value, -math.inf)
        case "<=":
            return -math.inf, value
        case ">":
            return math.nextafter(value, math.inf), math.inf
        case ">=":
            return value, math.inf
    return value, value


def _decimal(value: Number) -> Decimal:
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


_MEASURES: dict[str, Callable[[Any], Measure | None]] = {
    "Money": _money,
    "Range": _range,
    "SampledData": _sampled,
}
