"""Absence out of an iCalendar file (RFC 5545): when somebody is away, and nothing of why. Pure."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import NamedTuple

from fellesjournal.booking.icalendar import times
from fellesjournal.booking.icalendar.lines import Line, events
from fellesjournal.booking.icalendar.recurring import rule, walls
from fellesjournal.booking.icalendar.times import Length, Moment

MOST = 1000
"""Times to come of one file."""
_AN_HOUR_MORE = timedelta(hours=1)
"""What a night in autumn is longer than others."""


class Absence(NamedTuple):
    """A time that somebody is away; `uid` names the event, of which it may be one of many times."""

    uid: str
    start: datetime
    end: datetime


class _Event(NamedTuple):
    lines: Sequence[Line]

    def one(self, name: str) -> Line | None:
        found = self.all(name)
        if len(found) > 1:
            raise found[1].fault("twice")
        return found[0] if found else None

    def all(self, name: str) -> list[Line]:
        return [line for line in self.lines if line.name == name]

    def need(self, name: str) -> Line:
        found = self.one(name)
        if found is None or not found.value:
            where = self.lines[0] if self.lines else Line(0, "VEVENT", {}, "")
            raise where.fault("lacks", value=name)
        return found

    @property
    def uid(self) -> str:
        return self.need("UID").value

    def says(self, name: str) -> str:
        found = self.one(name)
        return found.value.upper() if found else ""

    @property
    def is_away(self) -> bool:
        return self.says("STATUS") != "CANCELLED" and self.says("TRANSP") != "TRANSPARENT"


def absences(content: bytes, since: datetime, before: datetime) -> tuple[set[str], list[Absence]]:
    """The UIDs of a file's events, and the times between two moments at which somebody is away, in order: of
    events that are neither cancelled nor transparent.

    Raises Unprocessable for what it cannot read.
    """
    found = [_Event(lines) for lines in events(content)]
    changed: dict[str, set[datetime]] = {}
    for one in found:
        if line := one.one("RECURRENCE-ID"):
            if "RANGE" in line.parameters:
                raise line.fault("all-that-follow")
            changed.setdefault(one.uid, set()).add(times.moment(line).instant)
    told: set[Absence] = set()
    for one in found:
        for start, end in _times(one, changed.get(one.uid, set()), since, before):
            if since < end and start.instant < before and start.instant < end:
                told.add(Absence(one.uid, start.instant, end))
            if len(told) > MOST:
                raise one.need("DTSTART").fault("too-many-times", most=MOST)
    return {one.uid for one in found}, sorted(told, key=lambda one: (one.start, one.end, one.uid))


def _times(
    one: _Event, changed: set[datetime], since: datetime, before: datetime
) -> Iterator[tuple[Moment, datetime]]:
    start = times.moment(one.need("DTSTART"))
    length = _length(one, start)
    left_out = set(_others(one, "EXDATE", start))
    if one.one("RECURRENCE-ID"):
        changed = set()
    others = list(_others(one, "RDATE", start).values())
    reach = since - (length.after(start) - start.instant) - _AN_HOUR_MORE
    again = walls(rule(line, start), start, reach, before) if (line := one.one("RRULE")) else ()
    if not one.is_away:
        return
    seen = {*left_out, *changed}
    for each in chain([start], others, again):
        if each.instant not in seen:
            seen.add(each.instant)
            yield each, length.after(each)


def _others(one: _Event, name: str, start: Moment) -> dict[datetime, Moment]:
    """The moments of EXDATE or RDATE, each a day when the event is of days."""
    for line in one.all("EXRULE"):
        raise line.fault("rules-left-out")
    found = {}
    for line in one.all(name):
        if line.parameters.get("VALUE", "").upper() == "PERIOD":
            raise line.fault("periods")
        for each in times.moments([line]):
            if each.whole != start.whole:
                raise line.fault("mixed")
            found[each.instant] = each
    return found


def _length(one: _Event, start: Moment) -> Length:
    end, lasts = one.one("DTEND"), one.one("DURATION")
    if end and lasts:
        raise lasts.fault("two-lengths")
    if end:
        return times.between(start, times.moment(end), end)
    if lasts:
        return times.length(lasts)
    return Length(1) if start.whole else Length()
