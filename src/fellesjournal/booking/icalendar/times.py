"""Moments, days and lengths as an iCalendar writes them (RFC 5545 3.3.4 to 3.3.6). Pure."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fellesjournal.booking.free.grid import NORWAY
from fellesjournal.booking.icalendar.lines import Line

_OURS = frozenset(
    (
        "W. Europe Standard Time",
        "Central Europe Standard Time",
        "Romance Standard Time",
        "Central European Time",
    )
)
"""What Windows calls the zones whose clock is Norway's."""
_FORM = re.compile(r"\d{8}(T\d{6}Z?)?")
_LENGTH = re.compile(
    r"\+?P(?:(?P<weeks>\d+)W|(?:(?P<days>\d+)D)?"
    r"(?:T(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+)S)?)?)"
)
EARLIEST = 1970
"""The first year that is read."""


class Moment(NamedTuple):
    """A time as the clock of a zone shows it; `whole`: a day, which begins at midnight."""

    wall: datetime
    zone: tzinfo
    whole: bool

    @property
    def instant(self) -> datetime:
        """The moment in the world. A time that the clock leaps over is as far after the leap; of one that
        comes twice it is the first (3.3.5).
        """
        return self.wall.replace(tzinfo=self.zone).astimezone(UTC)


class Length(NamedTuple):
    """How long: days as the calendar counts them, and then so much time."""

    days: int = 0
    more: timedelta = timedelta()

    def after(self, moment: Moment) -> datetime:
        """When it is over."""
        end = moment._replace(wall=moment.wall + timedelta(days=self.days))
        return end.instant + self.more


def moment(line: Line, text: str = "") -> Moment:
    """The moment of a line, or of one of its values. Without a zone the clock is Norway's."""
    value = text or line.value
    whole = "T" not in value
    said = line.parameters.get("VALUE", "DATE" if whole else "DATE-TIME").upper()
    if not _FORM.fullmatch(value) or said != ("DATE" if whole else "DATE-TIME"):
        raise line.fault("no-moment", value=value[:30])
    try:
        wall = datetime.strptime(value.rstrip("Z"), "%Y%m%d" if whole else "%Y%m%dT%H%M%S")
    except ValueError:
        raise line.fault("no-time", value=value[:30]) from None
    if not EARLIEST <= wall.year <= 9000:
        raise line.fault("far-year", value=wall.year)
    if value.endswith("Z"):
        return Moment(wall, UTC, whole=False)
    return Moment(wall, NORWAY if whole else _zone(line), whole)


def moments(lines: Iterable[Line]) -> list[Moment]:
    """All moments of some lines."""
    return [moment(line, value) for line in lines for value in line.value.split(",")]


def length(line: Line) -> Length:
    """The length of a line."""
    found = _LENGTH.fullmatch(line.value)
    if found is None or not any(found.groupdict().values()):
        raise line.fault("no-length", value=line.value[:30])
    told = {name: int(value) for name, value in found.groupdict(default="0").items()}
    more = timedelta(hours=told["hours"], minutes=told["minutes"], seconds=told["seconds"])
    return Length(told["weeks"] * 7 + told["days"], more)


def between(start: Moment, end: Moment, line: Line) -> Length:
    """The length from a start to an end: of days whole days, else the time that passes."""
    if start.whole != end.whole:
        raise line.fault("unlike")
    if end.instant < start.instant:
        raise line.fault("ends-before")
    return Length((end.wall - start.wall).days) if start.whole else Length(0, end.instant - start.instant)


def _zone(line: Line) -> tzinfo:
    name = line.parameters.get("TZID", "")
    if not name or name in _OURS:
        return NORWAY
    try:
        return ZoneInfo(name.removeprefix("/freeassociation.sourceforge.net/"))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise line.fault("zone", value=name[:40]) from None
