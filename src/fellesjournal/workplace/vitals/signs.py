"""The vital signs that are written in one go: codes, units, what is likely, and NEWS2.

NEWS2 as the Royal College of Physicians has it (National Early Warning Score 2, 2017), recommended by
Helsedirektoratet for adults.
"""

from collections.abc import Mapping
from typing import NamedTuple


class Sign(NamedTuple):
    """One sign: the name of its field, LOINC code, names, unit, and the values outside of which one asks."""

    field: str
    code: str
    nb: str
    en: str
    unit: str
    ucum: str
    low: float
    high: float


SIGNS = (
    Sign("puls", "8867-4", "Puls", "Pulse", "/min", "/min", 30, 220),
    Sign("resp", "9279-1", "Respirasjonsfrekvens", "Breaths", "/min", "/min", 5, 60),
    Sign("spo2", "2708-6", "Oksygenmetning", "Oxygen saturation", "%", "%", 60, 100),
    Sign("temp", "8310-5", "Temperatur", "Temperature", "°C", "Cel", 30, 43),
    Sign("sys", "8480-6", "Overtrykk", "Systolic", "mmHg", "mm[Hg]", 50, 260),
    Sign("dia", "8462-4", "Undertrykk", "Diastolic", "mmHg", "mm[Hg]", 20, 160),
)
BY_FIELD = {sign.field: sign for sign in SIGNS}

_BANDS: Mapping[str, tuple[tuple[float, int], ...]] = {
    "resp": ((8, 3), (11, 1), (20, 0), (24, 2), (999, 3)),
    "spo2": ((91, 3), (93, 2), (95, 1), (999, 0)),
    "sys": ((90, 3), (100, 2), (110, 1), (219, 0), (999, 3)),
    "puls": ((40, 3), (50, 1), (90, 0), (110, 1), (130, 2), (999, 3)),
    "temp": ((35.0, 3), (36.0, 1), (38.0, 0), (39.0, 1), (999, 2)),
}
"""Up to and including a value: so many points (scale 1 of saturation)."""
CONFUSED = 3
"""Points for who is not alert."""
OXYGEN = 2
"""Points for who gets oxygen."""


def news2(values: Mapping[str, float], *, oxygen: bool = False, alert: bool = True) -> int | None:
    """The score, or None while a sign is missing."""
    if any(name not in values for name in _BANDS):
        return None
    points = sum(next(score for top, score in _BANDS[name] if values[name] <= top) for name in _BANDS)
    return points + (OXYGEN if oxygen else 0) + (0 if alert else CONFUSED)


def read(text: str) -> float | None:
    """A number as people write it: 37,8 or 37.8; None for what is no number."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return value if abs(value) < 1e6 else None
