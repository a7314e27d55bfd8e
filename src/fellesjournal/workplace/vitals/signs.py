"""The vital signs that are written in one go: codes, units, what is likely, and how numbers are read.

SNOMED CT's codes for NEWS2 and ACVPU are those of HL7 Norway's VitalSigns and of the NHS's FHIR-NEWS2.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

LOINC, UCUM, SNOMED = "http://loinc.org", "http://unitsofmeasure.org", "http://snomed.info/sct"
OWN = "https://fellesjournal.no/fhir/CodeSystem/maling"
"""Codes of ours, where no one else's has been found."""
PRESSURE, FLOW = "85354-9", "3151-8"
NEWS2, CONSCIOUSNESS_SCALE = "1104051000000101", "1104441000000107"
AIR, ON_OXYGEN = "722742002", "371825009"
OXYGEN_CODE, PEVS = "oksygentilforsel", "pevs"


class Sign(NamedTuple):
    """One sign: the name of its field, LOINC code, names, unit, the values outside of which one asks, and the
    highest and lowest that can be true at all. These are this project's, wide of what has been published of
    people who lived: 13.7 °C (Gilbert and others, Lancet 2000), 480/350 mmHg (MacDougall and others,
    Journal of Applied Physiology 1985)."""

    field: str
    code: str
    nb: str
    en: str
    unit: str
    ucum: str
    low: float
    high: float
    least: float
    most: float


SIGNS = (
    Sign("puls", "8867-4", "Puls", "Pulse", "/min", "/min", 30, 220, 0, 500),
    Sign("resp", "9279-1", "Respirasjonsfrekvens", "Breaths", "/min", "/min", 5, 60, 0, 200),
    Sign("spo2", "2708-6", "Oksygenmetning", "Oxygen saturation", "%", "%", 60, 100, 0, 100),
    Sign("temp", "8310-5", "Temperatur", "Temperature", "°C", "Cel", 30, 43, 9, 48),
    Sign("sys", "8480-6", "Overtrykk", "Systolic", "mmHg", "mm[Hg]", 50, 260, 0, 500),
    Sign("dia", "8462-4", "Undertrykk", "Diastolic", "mmHg", "mm[Hg]", 20, 160, 0, 500),
)
LITRES = Sign("liter", FLOW, "Oksygen", "Oxygen", "l/min", "L/min", 0.1, 60, 0, 100)
"""How much oxygen; written beside the device."""
BY_FIELD: Mapping[str, Sign] = {sign.field: sign for sign in (*SIGNS, LITRES)}
BY_CODE: Mapping[str, Sign] = {sign.code: sign for sign in SIGNS}

DEVICES = ("nese", "maske", "venturi", "reservoar", "hoystrom", "cpap")
"""What oxygen is given with; the texts name them."""
LEVELS: Mapping[str, str] = {
    "A": "248234008",
    "C": "130987000",
    "V": "300202002",
    "P": "450847001",
    "U": "422768004",
}
"""ACVPU as SNOMED CT codes it."""
BY_LEVEL: Mapping[str, str] = {code: letter for letter, code in LEVELS.items()}

_NUMBER = re.compile(r"(-?[0-9]{1,5}(?:[.,][0-9]{1,4})?)\s*([^\d\s]\S*)?")
_PRESSURE = re.compile(r"([0-9]{2,3})\s*/\s*([0-9]{2,3})")


def read(text: str, unit: str = "") -> float | None:
    """A number as people write it: 37,8 or 37.8, with its unit or without; None for what is no number."""
    found = _NUMBER.fullmatch(text.strip())
    if not found or (found[2] and found[2].casefold() != unit.casefold()):
        return None
    return float(found[1].replace(",", "."))


def apart(texts: Mapping[str, str]) -> dict[str, str]:
    """The fields as they were written, with 132/80 in the field of the upper pressure taken as both."""
    both = _PRESSURE.fullmatch(texts.get("sys", "").strip())
    if both and not texts.get("dia"):
        return {**texts, "sys": both[1], "dia": both[2]}
    return dict(texts)


def is_unlikely(field: str, value: float) -> bool:
    """Whether one asks before a value is stored."""
    return not BY_FIELD[field].low <= value <= BY_FIELD[field].high


def can_be(field: str, value: float) -> bool:
    """Whether a value can be true: one that cannot may be stored, but no score is made of it."""
    return BY_FIELD[field].least <= value <= BY_FIELD[field].most


def are_odd(values: Mapping[str, float]) -> bool:
    """Whether one asks about any of the values that were measured together, by field."""
    return are_turned(values) or any(is_unlikely(field, value) for field, value in values.items())


def are_turned(values: Mapping[str, float]) -> bool:
    """Whether the upper pressure is not above the lower."""
    return "sys" in values and "dia" in values and values["sys"] <= values["dia"]
