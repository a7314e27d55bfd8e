"""Dates, times of day and both, of any precision (FHIRPath N1, section 2.1 and 6.1).

Without a zone a time is local time in Norway, as everywhere in the record. Two moments compare part by part,
from the year: where one says less than the other before they differ, it cannot be told. Seconds and their
fractions are one part.
"""

import re
from calendar import monthrange
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

_LOCAL = ZoneInfo("Europe/Oslo")
_CLOCK = r"(\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?"
_DATE = re.compile(rf"(\d{{4}})(?:-(\d\d)(?:-(\d\d)(?:T(?:{_CLOCK})?)?)?)?T?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_TIME = re.compile(_CLOCK, re.ASCII)
_NANO = 1_000_000_000
_DAY = 86_400
_SIZES = {3: _DAY, 4: 3_600, 5: 60}
"""Seconds that a moment of so many parts lasts."""


class Moment(NamedTuple):
    """A date or dateTime, or a time of day, whose parts begin with the hour."""

    parts: tuple[int, ...]
    """Year, month, day, hour, minute, second; only those that are written."""
    fraction: str = ""
    """The digits after the decimal point of the second."""
    zone: str = ""
    is_time: bool = False

    @property
    def precision(self) -> int:
        """How many parts there are, counted from the year for a time of day too: 6 for seconds."""
        return len(self.parts) + 3 * self.is_time

    @property
    def text(self) -> str:
        """As it is written."""
        days, clock = ((), self.parts) if self.is_time else (self.parts[:3], self.parts[3:])
        text = "-".join(f"{part:0{4 if i == 0 else 2}}" for i, part in enumerate(days))
        if clock:
            text += ("T" if days else "") + ":".join(f"{part:02}" for part in clock)
            text += f".{self.fraction}" if self.fraction else ""
        return text + self.zone


@lru_cache(maxsize=20_000)
def read_date(text: str) -> Moment | None:
    """A date or dateTime; None when there is no such."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    *numbers, fraction, zone = found.groups()
    parts = tuple(int(number) for number in numbers if number is not None)
    if (zone and len(parts) < 4) or not _is_day(parts[:3]) or not _is_clock(parts[3:]):
        return None
    if zone and zone != "Z" and (int(zone[1:3]) > 14 or int(zone[4:]) > 59):
        return None
    return Moment(parts, fraction or "", zone or "")


@lru_cache(maxsize=2_000)
def read_time(text: str) -> Moment | None:
    """A time of day; None when there is no such."""
    found = _TIME.fullmatch(text.removeprefix("T"))
    if found is None:
        return None
    *numbers, fraction = found.groups()
    parts = tuple(int(number) for number in numbers if number is not None)
    return Moment(parts, fraction or "", is_time=True) if _is_clock(parts) else None


def order(left: Moment, right: Moment) -> int | None:
    """-1, 0 or 1; None when one is written too coarsely to say."""
    first, second = bounds(left), bounds(right)
    if first == second:
        return 0
    return -1 if first[1] < second[0] else 1 if second[1] < first[0] else None


@lru_cache(maxsize=20_000)
def bounds(moment: Moment) -> tuple[int, int]:
    """First and last nanosecond; the same one when the second is written."""
    if moment.is_time:
        hour, minute, second = (*moment.parts, 0, 0)[:3]
        start, end = _clock_bounds((hour * 60 + minute) * 60 + second, moment)
        return start, end
    year, month, day, hour, minute, second = (*moment.parts, *(1, 1, 1, 0, 0, 0)[len(moment.parts) :])
    first = date(year, month, day).toordinal()
    seconds = (hour * 60 + minute) * 60 + second
    if moment.precision >= 4:
        start, end = _clock_bounds(seconds, moment)
        away = (first * _DAY - _offset(first, seconds, moment.zone)) * _NANO
        return start + away, end + away
    last = first + _length_in_days(moment)
    return _midnight(first), _midnight(last) - 1


def _clock_bounds(seconds: int, moment: Moment) -> tuple[int, int]:
    start = seconds * _NANO + int(moment.fraction[:9].ljust(9, "0"))
    size = _SIZES.get(moment.precision)
    return start, start + size * _NANO - 1 if size else start


def _length_in_days(moment: Moment) -> int:
    year, month = (*moment.parts, 1)[:2]
    match moment.precision:
        case 1:
            return 365 + (monthrange(year, 2)[1] == 29)
        case 2:
            return monthrange(year, month)[1]
    return 1


def _midnight(ordinal: int) -> int:
    return (ordinal * _DAY - _offset(ordinal, 0, "")) * _NANO


def _offset(ordinal: int, seconds: int, zone: str) -> int:
    """Seconds east of Greenwich."""
    if zone == "Z":
        return 0
    if zone:
        away = (int(zone[1:3]) * 60 + int(zone[4:])) * 60
        return -away if zone[0] == "-" else away
    day = datetime.fromordinal(min(ordinal, date.max.toordinal()))
    minutes = min(seconds, _DAY - 1) // 60
    found = _LOCAL.utcoffset(day.replace(hour=minutes // 60, minute=minutes % 60))
    assert found is not None
    return found.days * _DAY + found.seconds


def _is_day(parts: tuple[int, ...]) -> bool:
    try:
        date(*(*parts, 1, 1)[:3])
    except ValueError:
        return False
    return True


def _is_clock(parts: tuple[int, ...]) -> bool:
    # A leap second is written 60 and means the moment after 59.
    return all(part <= most for part, most in zip(parts, (23, 59, 60), strict=False))
