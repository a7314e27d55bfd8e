"""Dates, numbers and ages as people here write them, for templates."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

OSLO = ZoneInfo("Europe/Oslo")
_DECIMAL = {"nb": ",", "nn": ",", "en": "."}


def moment_of(text: str) -> datetime | None:
    """A FHIR date or dateTime as local time; None for one that is no more than a year or month."""
    if len(text) < 10:
        return None
    if len(text) == 10:
        return datetime.combine(date.fromisoformat(text), datetime.min.time(), OSLO)
    return datetime.fromisoformat(text).astimezone(OSLO)


def day(text: str) -> str:
    """26.11.2026; a year or a month and year as they are known."""
    found = moment_of(text)
    if found is not None:
        return f"{found:%d.%m.%Y}"
    return ".".join(reversed(text.split("-")))


def clock(text: str) -> str:
    """26.11.2026 14:05; without an hour where none is known."""
    found = moment_of(text)
    if found is None or len(text) <= 10:
        return day(text)
    return f"{found:%d.%m.%Y %H:%M}"


def number(value: float | str, language: str = "nb") -> str:
    """37,8 here, 37.8 in English."""
    return str(value).replace(".", _DECIMAL[language])


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
