"""Dates as ranges of time (FHIR R4, search.html#date and datatypes.html#dateTime).

Every date is the time from its first to its last microsecond: "2020-05" is all of May.
"""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from fellesjournal.errors import Invalid

OPEN_START = -(2**62)
"""The low bound of a range without a beginning."""
OPEN_END = 2**62
"""The high bound of a range without an end."""

_LOCAL = ZoneInfo("Europe/Oslo")
_SECOND = 1_000_000
_DAY = 86_400 * _SECOND
_EPOCH = date(1970, 1, 1).toordinal()
_START = datetime(1970, 1, 1, tzinfo=UTC)
_SHAPE = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?)?)?)?", re.ASCII
)


@lru_cache(maxsize=5_000)
def date_bounds(text: str) -> tuple[int, int]:
    """First and last microsecond since 1970 UTC of a FHIR date, dateTime or instant of any precision.

    Without a zone it is local time in Norway; seconds may be left out, as R4 allows in a search.
    Raises Invalid when there is no such date.
    """
    found = _SHAPE.fullmatch(text)
    if found is None:
        raise Invalid(
            f"'{text}' is not a date. Write 2026, 2026-05, 2026-05-17 or 2026-05-17T09:30:00+02:00."
        )
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    try:
        if hour is None:
            return _days(int(year), month, day)
        at = date(int(year), int(month), int(day))
        start = _start(at, int(hour), int(minute), int(second or 0), zone)
    except ValueError:
        raise Invalid(f"There is no date '{text}': its month, day or time is none that there is.") from None
    if second is None:
        return start, start + 60 * _SECOND - 1
    if fraction is None:
        return start, start + _SECOND - 1
    start += int(fraction[:6].ljust(6, "0"))
    return start, start + int(10 ** max(0, 6 - len(fraction))) - 1


def date_span(text: str) -> tuple[datetime, datetime]:
    """The same as moments, UTC. Raises Invalid as `date_bounds` does."""
    first, last = date_bounds(text)
    return _START + timedelta(microseconds=first), _START + timedelta(microseconds=last)


def _days(year: int, month: str | None, day: str | None) -> tuple[int, int]:
    first = date(year, int(month or 1), int(day or 1))
    if day:
        last = first
    elif month:
        last = first.replace(day=monthrange(year, first.month)[1])
    else:
        last = first.replace(month=12, day=31)
    return _midnight(first.toordinal()), _midnight(last.toordinal() + 1) - 1


def _midnight(ordinal: int) -> int:
    """When a day begins in Norway; the day after the last of the year 9999 is asked for too."""
    day = datetime.fromordinal(min(ordinal, date.max.toordinal()))
    return (ordinal - _EPOCH) * _DAY - _local_offset(day)


def _start(at: date, hour: int, minute: int, second: int, zone: str | None) -> int:
    # 24:00 and the leap second 60 are written, and mean the moment after.
    if (hour, minute, second) > (24, 0, 0) or minute > 59 or second > 60:
        raise ValueError("no such time of day")
    clock = ((hour * 60 + minute) * 60 + second) * _SECOND
    if zone is None:
        offset = _local_offset(datetime(at.year, at.month, at.day, min(hour, 23), minute, min(second, 59)))
    else:
        offset = _zone_offset(zone)
    return (at.toordinal() - _EPOCH) * _DAY + clock - offset


def _local_offset(moment: datetime) -> int:
    offset = _LOCAL.utcoffset(moment)
    assert offset is not None
    return (offset.days * 86_400 + offset.seconds) * _SECOND


def _zone_offset(zone: str) -> int:
    if zone == "Z":
        return 0
    hours, minutes = int(zone[1:3]), int(zone[4:6])
    if hours > 14 or minutes > 59:
        raise ValueError("no such time zone")
    seconds = (hours * 60 + minutes) * 60
    return (-seconds if zone[0] == "-" else seconds) * _SECOND
