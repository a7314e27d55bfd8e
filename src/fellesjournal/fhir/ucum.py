"""Units of measure by UCUM (ucum.org, version 2.2): parsed, and converted to base units exactly.

    canonical(Decimal("5.4"), "g/dL")  # (Fraction(54000), "g.m-3")

The units are read from UCUM's own table, ucum-essence.xml, as the package `ucumvert` carries it; that package
is never imported. Two units are comparable when their dimension is the same text.

Where UCUM makes a unit of something else, we keep it apart so that clinically different things do not meet:
mole is a base unit (not 6e23 of anything), and so is every arbitrary unit ([iU]) and every logarithmic one
([pH], B), which keep their own scale. See docs/decisions/ucum.md.
"""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from importlib.metadata import distribution
from pathlib import Path

URL = "http://unitsofmeasure.org"
OID = "urn:oid:2.16.840.1.113883.6.8"
NAMES = (URL, OID)
"""UCUM as a code system (FHIR R4, terminologies-systems.html, and its OID in HL7's registry)."""

Dimensions = tuple[tuple[str, int], ...]

_NAMESPACE = f"{{{URL}/ucum-essence}}"
_AFFINE = {"Cel": Fraction("273.15"), "degF": Fraction("459.67") * 5 / 9, "degRe": Fraction("273.15")}
"""Temperature scales: what is added, in kelvin, after the degrees are converted."""
_TOO_LARGE = 10**300
_WORD = re.compile(r"(?:\[[^\]]*\]|[^\[\]./(){}])+")
_EXPONENT = re.compile(r"(.*?[^\d+-])([+-]?\d{1,3})")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as so many base units, counted from `offset` base units (temperatures)."""

    factor: Fraction
    dimensions: Dimensions = ()
    offset: Fraction = Fraction(0)

    def times(self, other: "Unit") -> "Unit":
        """The product of two units."""
        exponents = dict(self.dimensions)
        for base, exponent in other.dimensions:
            exponents[base] = exponents.get(base, 0) + exponent
        dimensions = tuple(sorted((base, n) for base, n in exponents.items() if n))
        return Unit(self.factor * other.factor, dimensions)

    def power(self, exponent: int) -> "Unit":
        """The unit to an exponent."""
        if exponent == 1:
            return self
        return Unit(
            self.factor**exponent, tuple((base, n * exponent) for base, n in self.dimensions if exponent)
        )

    @property
    def dimension(self) -> str:
        """As UCUM writes it: "g.m-3"; "1" when there is none."""
        return ".".join(f"{base}{n}" if n != 1 else base for base, n in self.dimensions) or "1"


def canonical(value: Decimal, code: str) -> tuple[Fraction, str] | None:
    """The value in base units, exactly, and its dimension ("g.m-3").

    None when `code` is not UCUM, or the value would be too large for a floating-point number.
    """
    unit = parse(code)
    if unit is None:
        return None
    converted = Fraction(value) * unit.factor + unit.offset
    return (converted, unit.dimension) if abs(converted) < _TOO_LARGE else None


@lru_cache(maxsize=4_000)
def parse(code: str) -> Unit | None:
    """The unit a UCUM expression (case sensitive) stands for: "mg/dL", "10*3/uL", "{score}"; None if none."""
    try:
        return _Parser(code, _table()).unit() if code and len(code) <= 200 else None
    except (_NotUcum, ZeroDivisionError, OverflowError, RecursionError):
        return None


class _NotUcum(Exception):
    """The text is not a UCUM expression."""


class _Parser:
    """UCUM section 2.3: terms of components joined by "." and "/", from left to right."""

    def __init__(self, text: str, table: "_Table") -> None:
        self._text = text
        self._at = 0
        self._table = table

    def unit(self) -> Unit:
        found = self._term()
        if self._at != len(self._text):
            raise _NotUcum
        return found

    def _term(self) -> Unit:
        found = self._component().power(-1) if self._skip("/") else self._component()
        while self._at < len(self._text) and self._text[self._at] in "./":
            exponent = 1 if self._text[self._at] == "." else -1
            self._at += 1
            found = found.times(self._component().power(exponent))
        return found

    def _component(self) -> Unit:
        if self._skip("("):
            found = self._term()
            if not self._skip(")"):
                raise _NotUcum
            self._annotation()
            return found
        word = _WORD.match(self._text, self._at)
        if word is None:
            if self._annotation():
                return Unit(Fraction(1))
            raise _NotUcum
        self._at = word.end()
        self._annotation()
        return self._table.symbol(word[0])

    def _annotation(self) -> bool:
        if not self._skip("{"):
            return False
        end = self._text.find("}", self._at)
        if end < 0 or "{" in self._text[self._at : end]:
            raise _NotUcum
        self._at = end + 1
        return True

    def _skip(self, character: str) -> bool:
        if self._text.startswith(character, self._at):
            self._at += 1
            return True
        return False


class _Table:
    """UCUM's prefixes and units; a unit is worked out when it is first needed."""

    def __init__(self, essence: ET.Element) -> None:
        self._prefixes = {
            entry.attrib["Code"]: Fraction(_child(entry, "value").attrib["value"])
            for entry in essence.iter(f"{_NAMESPACE}prefix")
        }
        self._entries = {entry.attrib["Code"]: entry for entry in essence.iter(f"{_NAMESPACE}unit")}
        bases = (entry.attrib["Code"] for entry in essence.iter(f"{_NAMESPACE}base-unit"))
        self._units = {code: _base(code) for code in (*bases, "mol")}
        self._metric = set(self._units) | {
            code for code, entry in self._entries.items() if entry.get("isMetric") == "yes"
        }

    def symbol(self, word: str) -> Unit:
        """The unit of a symbol with or without prefix and exponent, or an integer."""
        if word.isascii() and word.isdigit():
            return Unit(Fraction(int(word)))
        found = self._atom(word)
        if found is None and (split := _EXPONENT.fullmatch(word)):
            found = self._atom(split[1])
            found = found.power(int(split[2])) if found else None
        if found is None:
            raise _NotUcum
        return found

    def _atom(self, symbol: str) -> Unit | None:
        if (unit := self._unit(symbol)) is not None:
            return unit
        for length in (1, 2):
            prefix = self._prefixes.get(symbol[:length])
            if prefix is not None and symbol[length:] in self._metric:
                unit = self._unit(symbol[length:])
                return unit and Unit(unit.factor * prefix, unit.dimensions, unit.offset)
        return None

    def _unit(self, code: str) -> Unit | None:
        if code not in self._units and code in self._entries:
            self._units[code] = self._worked_out(code, self._entries[code])
        return self._units.get(code)

    def _worked_out(self, code: str, entry: ET.Element) -> Unit:
        value = _child(entry, "value")
        if entry.get("isSpecial") == "yes":
            function = _child(value, "function").attrib
            if code.strip("[]") not in _AFFINE:
                return _base(code)
            degree = _Parser(function["Unit"], self).unit()
            factor = degree.factor * Fraction(function["value"])
            return Unit(factor, degree.dimensions, _AFFINE[code.strip("[]")])
        if entry.get("isArbitrary") == "yes" and value.attrib["Unit"] == "1":
            return _base(code)
        unit = _Parser(value.attrib["Unit"], self).unit()
        return Unit(unit.factor * Fraction(value.attrib["value"]), unit.dimensions)


def _base(code: str) -> Unit:
    return Unit(Fraction(1), ((code, 1),))


def _child(entry: ET.Element, name: str) -> ET.Element:
    found = entry.find(_NAMESPACE + name)
    assert found is not None, f"ucum-essence.xml: {entry.attrib.get('Code')} has no {name}"
    return found


@cache
def _table() -> _Table:
    essence = Path(str(distribution("ucumvert").locate_file("ucumvert/vendor/ucum-essence.xml")))
    return _Table(ET.fromstring(essence.read_bytes()))
