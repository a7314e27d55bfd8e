"""Dates, numbers and ages as people here write them, for templates."""

from datetime import datetime, timedelta

from fellesjournal.norway.writing import OSLO, clock, day, moment_of, number, spelled

__all__ = ["OSLO", "ago", "along", "between", "clock", "day", "hour", "moment_of", "number", "spelled"]

_HOURS, _DAYS = timedelta(days=2), timedelta(days=330)
"""How long an axis is at most that tells hours, and days without their year."""


def hour(text: str) -> str:
    """14:05, of a moment on a day that is known; the day, where no hour is."""
    found = moment_of(text)
    return day(text) if found is None or len(text) <= 10 else f"{found:%H:%M}"


def along(first: datetime, last: datetime, marks: int) -> tuple[str, ...]:
    """Short dates at so many places of an axis of time, as far from each other, both ends included: 26.11.,
    with the hour where it is short, as 26.11.24 where it is long."""
    span = last - first
    form = "%d.%m. %H:%M" if span < _HOURS else "%d.%m." if span < _DAYS else "%d.%m.%y"
    moments = (first + span * place / (marks - 1) for place in range(marks))
    return tuple(f"{one.astimezone(OSLO):{form}}" for one in moments)


def between(first: datetime, last: datetime) -> str:
    """From when to when, short: 24.11.–27.11., or the one day."""
    form = "%d.%m." if last - first < _DAYS else "%d.%m.%y"
    ends = dict.fromkeys(f"{one.astimezone(OSLO):{form}}" for one in (first, last))
    return "–".join(ends)


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
