"""Number and quantity parameters (FHIR R4, search.html#number, #quantity).

A unit of UCUM, under either of its names, is compared after conversion to base units, so that 5.4 g finds
5400 mg; any other unit only with itself.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from fellesjournal.errors import Invalid
from fellesjournal.fhir.search.parameters import Source
from fellesjournal.fhir.search.terms import hash64
from fellesjournal.fhir.search.values import split_escaped, unescape
from fellesjournal.fhir.ucum import NAMES, URL, canonical
from fellesjournal.record.search.dates import split_prefix
from fellesjournal.record.search.predicate import Condition, Predicate, Typed
from fellesjournal.record.search.ranges import Range
from fellesjournal.record.search.sql import Sql
from fellesjournal.record.search.strings import own_type, paths

_APPROXIMATELY = Decimal("0.1")


def condition(sources: list[Source], kind: str, values: list[str]) -> Predicate:
    """The condition of a number or quantity parameter."""
    return Typed("index_number", paths(sources), [number(value, kind) for value in values], own_type(sources))


def number(value: str, kind: str) -> Condition:
    """What `value`, such as 5.4 or ge5.4|http://unitsofmeasure.org|mg, accepts. Raises Invalid."""
    text, *unit = split_escaped(value, "|")
    if unit and kind == "number":
        raise Invalid(f"A number has no unit: write '{text}', not '{value}'.")
    if unit and len(unit) != 2:
        raise Invalid(f"A quantity is written number|system|code or number||code, not '{value}'.")
    prefix, digits = split_prefix(text)
    low, high = _bounds(prefix, digits)
    system, code = (unescape(part) for part in unit) if unit else ("", "")
    system = URL if system in NAMES else system
    if system == URL and code and (converted := _converted(prefix, low, high, code)):
        base, first, last = converted
        return WithUnit(
            _range(prefix, first, last, ("canonical_low", "canonical_high")), canonical=hash64(base)
        )
    plain = _range(prefix, float(low), _upper(prefix, low, high, float))
    if not code and not system:
        return plain
    return WithUnit(plain, unit=hash64(f"{system}|{code}" if system else code))


def _bounds(prefix: str, digits: str) -> tuple[Decimal, Decimal]:
    try:
        value = Decimal(digits)
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or "_" in digits or not digits.isascii() or abs(value.adjusted()) > 300:
        raise Invalid(f"'{digits}' is not a number.")
    if prefix in ("eq", "ne"):
        exponent = value.as_tuple().exponent
        half = Decimal(5).scaleb(int(exponent) - 1)
        return value - half, value + half
    if prefix == "ap":
        return value - abs(value) * _APPROXIMATELY, value + abs(value) * _APPROXIMATELY
    return value, value


def _upper(prefix: str, low: Decimal, high: Decimal, as_float: Callable[[Decimal], float]) -> float:
    """eq accepts low <= x < high, but the ranges in the index include their ends.

    The number itself is always within, also when it is written with more digits than a float tells apart.
    """
    if prefix not in ("eq", "ne"):
        return as_float(high)
    return max(math.nextafter(as_float(high), -math.inf), as_float((low + high) / 2))


def _converted(prefix: str, low: Decimal, high: Decimal, code: str) -> tuple[str, float, float] | None:
    first = canonical(low, code)
    if first is None:
        return None

    def in_base(number: Decimal) -> float:
        converted = canonical(number, code)
        assert converted is not None
        return float(converted[0])

    return first[1], float(first[0]), _upper(prefix, low, high, in_base)


def _range(prefix: str, low: float, high: float, columns: tuple[str, str] = ("low", "high")) -> Range:
    return Range(prefix, low, high, "double precision", columns, by_low=True)


@dataclass(frozen=True, slots=True)
class WithUnit(Condition):
    """The quantity lies in the range and has the unit, printed, coded or converted."""

    range: Range
    unit: int | None = None
    canonical: int | None = None

    def where(self, sql: Sql, value: str) -> str:
        return f"{self._unit(sql, value)} and {self.range.where(sql, value)}"

    def seeks(self, sql: Sql, value: str, path: int) -> list[tuple[str, str]]:
        return [
            (f"{self._unit(sql, value)} and {seek}", order)
            for seek, order in self.range.seeks(sql, value, path)
        ]

    def _unit(self, sql: Sql, value: str) -> str:
        if self.canonical is not None:
            return f"{value}.canonical_unit = {sql.bigint(self.canonical)}"
        return f"{sql.bigint(self.unit or 0)} = any({value}.units)"
