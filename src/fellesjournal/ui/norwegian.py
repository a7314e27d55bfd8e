"""Dates, numbers and ages as people here write them, for templates."""

from datetime import datetime

from fellesjournal.norway.writing import OSLO, clock, day, moment_of, number, spelled

__all__ = ["OSLO", "ago", "clock", "day", "hour", "moment_of", "number", "spelled"]


def hour(text: str) -> str:
    """14:05, of a moment on a day that is known; the day, where no hour is."""
    found = moment_of(text)
    return day(text) if found is None or len(text) <= 10 else f"{found:%H:%M}"


def ago(text: str, now: datetime, language: str) -> str:
    """How long since: "3 t", "5 d", "8 md", "4 år"."""
    found = moment_of(text)
    if found is None:
        return day(text)
    minutes = int((now - found).total_seconds() // 60)
    hour, days, month, year = _UNITS[language]
    for size, unit in ((525_600, year), (43_200, month), (1_440, days), (60, hour)):
        if minutes >= size:
            return f"{minutes // size} {unit}"
    return f"{max(0, minutes)} min"


_UNITS = {"nb": ("t", "d", "md", "år"), "nn": ("t", "d", "md", "år"), "en": ("h", "d", "mo", "y")}
