"""UCUM units of the test data, from the UCUM tables: code -> (dimension, factor to its base, offset)."""

from fractions import Fraction

UCUM = "http://unitsofmeasure.org"
OID = "urn:oid:2.16.840.1.113883.6.8"

_SCALES: dict[str, dict[str, str]] = {
    "mass": {"g": "1", "kg": "1000", "mg": "1/1000", "ug": "1/1000000", "ng": "1/1000000000", "t": "1000000"}
    | {"[lb_av]": "453.59237", "[oz_av]": "28.349523125"},
    "length": {"m": "1", "cm": "1/100", "mm": "1/1000", "km": "1000", "um": "1/1000000", "nm": "1/1000000000"}
    | {"[in_i]": "0.0254", "[ft_i]": "0.3048"},
    "volume": {"L": "1", "l": "1", "dL": "1/10", "dl": "1/10", "mL": "1/1000", "ml": "1/1000"}
    | {"uL": "1/1000000", "fL": "1/1000000000000000", "m3": "1000", "cm3": "1/1000"},
    "time": {"s": "1", "ms": "1/1000", "min": "60", "h": "3600", "d": "86400", "wk": "604800"}
    | {"mo": "2629800", "a": "31557600"},
    "frequency": {"Hz": "1", "/s": "1", "/min": "1/60", "1/min": "1/60"},
    "pressure": {"Pa": "1", "kPa": "1000", "mm[Hg]": "133.322", "bar": "100000"},
    "mass/volume": {
        "g/L": "1",
        "mg/dL": "1/100",
        "g/dL": "10",
        "mg/mL": "1",
        "ug/mL": "1/1000",
        "mg/L": "1/1000",
    }
    | {"ng/mL": "1/1000000", "ug/L": "1/1000000", "pg/mL": "1/1000000000", "kg/m3": "1"},
    "substance/volume": {"mol/L": "1", "mmol/L": "1/1000", "umol/L": "1/1000000", "nmol/L": "1/1000000000"},
    "mass/area": {"kg/m2": "1", "g/m2": "1/1000"},
    "one": {"1": "1", "%": "1/100", "{score}": "1", "10*3": "1000"},
}
_TABLE = {
    code: (dimension, Fraction(factor), Fraction(0))
    for dimension, scale in _SCALES.items()
    for code, factor in scale.items()
} | {
    "K": ("temperature", Fraction(1), Fraction(0)),
    "Cel": ("temperature", Fraction(1), Fraction("273.15")),
    "[degF]": ("temperature", Fraction(5, 9), Fraction(45967, 180)),
}


def canonical(value: Fraction, code: str) -> tuple[Fraction, str] | None:
    """The value in the dimension's base unit and the dimension's name; None for a unit not in the table."""
    if code not in _TABLE:
        return None
    dimension, factor, offset = _TABLE[code]
    return value * factor + offset, dimension


def of_the_kind_of(code: str) -> list[str]:
    """The units that the unit can be converted to, itself included."""
    return [other for other in _TABLE if code in _TABLE and _TABLE[other][0] == _TABLE[code][0]]


def convert(value: Fraction, code: str, other: str) -> Fraction:
    """The value in another unit of the same dimension."""
    (_, factor, offset), (_, other_factor, other_offset) = _TABLE[code], _TABLE[other]
    return (value * factor + offset - other_offset) / other_factor
