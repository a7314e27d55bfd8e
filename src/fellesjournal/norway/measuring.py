"""Units of measurement in plain words, by the codes of UCUM (ucum.org; FHIR R4 Quantity.code). Pure."""

from collections.abc import Mapping
from typing import Any

from fellesjournal.norway.writing import number

UCUM = "http://unitsofmeasure.org"
_WORDS: Mapping[str, tuple[str, str, str]] = {
    "%": ("prosent", "prosent", "per cent"),
    "Cel": ("grader", "grader", "degrees Celsius"),
    "mm[Hg]": ("millimeter kvikksølv", "millimeter kvikksølv", "millimetres of mercury"),
    "/min": ("i minuttet", "i minuttet", "a minute"),
    "kg": ("kilo", "kilo", "kilograms"),
    "g": ("gram", "gram", "grams"),
    "mg": ("milligram", "milligram", "milligrams"),
    "ug": ("mikrogram", "mikrogram", "micrograms"),
    "m": ("meter", "meter", "metres"),
    "cm": ("centimeter", "centimeter", "centimetres"),
    "mm": ("millimeter", "millimeter", "millimetres"),
    "cm2": ("kvadratcentimeter", "kvadratcentimeter", "square centimetres"),
    "kg/m2": ("kilo per kvadratmeter", "kilo per kvadratmeter", "kilograms per square metre"),
    "L": ("liter", "liter", "litres"),
    "mL": ("milliliter", "milliliter", "millilitres"),
    "g/L": ("gram per liter", "gram per liter", "grams per litre"),
    "g/dL": ("gram per desiliter", "gram per desiliter", "grams per decilitre"),
    "mg/L": ("milligram per liter", "milligram per liter", "milligrams per litre"),
    "mg/dL": ("milligram per desiliter", "milligram per desiliter", "milligrams per decilitre"),
    "ug/L": ("mikrogram per liter", "mikrogram per liter", "micrograms per litre"),
    "ng/L": ("nanogram per liter", "nanogram per liter", "nanograms per litre"),
    "mmol/L": ("millimol per liter", "millimol per liter", "millimoles per litre"),
    "umol/L": ("mikromol per liter", "mikromol per liter", "micromoles per litre"),
    "nmol/L": ("nanomol per liter", "nanomol per liter", "nanomoles per litre"),
    "pmol/L": ("pikomol per liter", "pikomol per liter", "picomoles per litre"),
    "mmol/mol": ("millimol per mol", "millimol per mol", "millimoles per mole"),
    "mg/mmol": ("milligram per millimol", "milligram per millimol", "milligrams per millimole"),
    "U/L": ("enheter per liter", "einingar per liter", "units per litre"),
    "m[IU]/L": (
        "tusendels enheter per liter",
        "tusendels einingar per liter",
        "thousandths of a unit per litre",
    ),
    "10*9/L": ("milliarder per liter", "milliardar per liter", "billion per litre"),
    "10*12/L": ("billioner per liter", "billionar per liter", "trillion per litre"),
    "fL": ("femtoliter", "femtoliter", "femtolitres"),
    "pg": ("pikogram", "pikogram", "picograms"),
    "mm/h": ("millimeter i timen", "millimeter i timen", "millimetres an hour"),
    "mL/min/{1.73_m2}": (
        "milliliter i minuttet per 1,73 kvadratmeter",
        "milliliter i minuttet per 1,73 kvadratmeter",
        "millilitres a minute per 1.73 square metres",
    ),
    "s": ("sekunder", "sekund", "seconds"),
    "min": ("minutter", "minutt", "minutes"),
    "h": ("timer", "timar", "hours"),
}
_WRITTEN = {"mmHg": "mm[Hg]", "°C": "Cel", "kg/m²": "kg/m2"}
"""What people write for a code."""
_PLACE = {"nb": 0, "nn": 1, "en": 2}


def measured(quantity: Mapping[str, Any], language: str = "nb") -> str:
    """A FHIR Quantity in words, "5,4 millimol per liter"; "" where it has no value. A unit that has no words
    here stands as it was written; an annotation ("{INR}") counts what the name says already.
    """
    if "value" not in quantity:
        return ""
    value = number(f"{quantity.get('comparator', '')}{quantity['value']}", language)
    return f"{value} {_unit(quantity, language)}".strip()


def _unit(quantity: Mapping[str, Any], language: str) -> str:
    written = str(quantity.get("unit", ""))
    code = quantity.get("code", written) if quantity.get("system") == UCUM else _code(written)
    words = _WORDS.get(code)
    if words:
        return words[_PLACE[language]]
    return "" if written.startswith("{") and written.endswith("}") else written


def _code(written: str) -> str:
    """The code that a unit without one is written with: "µg/L", "mmHg", "°C"."""
    return _WRITTEN.get(written) or written.replace("µ", "u").replace("\u03bc", "u")
