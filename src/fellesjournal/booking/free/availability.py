"""When a calendar is open: lines of a week with their days of validity (on a Schedule). Pure.

R4's Schedule has a horizon and no hours. So each line is an extension, with the members that R4 gives to
HealthcareService.availableTime, and those that it has not: from and until which day, for which kinds of visit
only, and how many days before the time is given to all kinds.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from fellesjournal.booking.free.grid import NORWAY, Grid
from fellesjournal.errors import Issue, Unprocessable
from fellesjournal.fhir.extensions import members
from fellesjournal.norway import days

OPEN = "https://fellesjournal.no/fhir/StructureDefinition/open"
_MIDNIGHT = "24:00"
"""The end of a day, which FHIR's times do not have: a line that closes at 00:00 closes then."""
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MEMBERS = ("day", "from", "to", "since", "until", "visit", "release", "holidays")


class Hours(NamedTuple):
    """A line: on these days of the week (0 is Monday) from one time to another; `visits` are the codes of the
    only kinds of visit that it is for, until `release` days before.
    """

    weekdays: tuple[int, ...]
    start: str
    end: str
    since: str = ""
    until: str = ""
    visits: tuple[str, ...] = ()
    release: int = -1
    holidays: bool = False


def hours(schedule: Mapping[str, Any]) -> list[Hours]:
    """The lines of a Schedule. Raises Unprocessable for one that means nothing."""
    lines = [one for one in schedule.get("extension", ()) if one.get("url") == OPEN]
    return [_line(one, number) for number, one in enumerate(lines)]


@lru_cache(maxsize=4_096)
def open_bits(lines: Sequence[Hours], grid: Grid, visit: str, today: date) -> int:
    """The bits of a grid that some lines leave open to a kind of visit, as seen today.

    Many calendars keep the same hours: what has been worked out is kept.
    """
    found = 0
    for number in range(grid.days):
        day = grid.first + timedelta(days=number)
        for line in lines:
            if _holds(line, day) and _is_for(line, visit, (day - today).days):
                found |= grid.inside(_at(day, line.start), _at(day, line.end))
    return found


def _holds(line: Hours, day: date) -> bool:
    valid = (not line.since or date.fromisoformat(line.since) <= day) and (
        not line.until or day <= date.fromisoformat(line.until)
    )
    closed = not line.holidays and day in days.holidays(day.year)
    return valid and day.weekday() in line.weekdays and not closed


def _is_for(line: Hours, visit: str, ahead: int) -> bool:
    return not line.visits or visit in line.visits or ahead <= line.release


def _at(day: date, clock: str) -> datetime:
    if clock == _MIDNIGHT:
        return datetime.combine(day + timedelta(days=1), time(), NORWAY)
    return datetime.combine(day, time.fromisoformat(clock), NORWAY)


def _line(stated: Mapping[str, Any], number: int) -> Hours:
    told: dict[str, list[Any]] = {}
    for name, value in members(stated):
        if name not in _MEMBERS:
            raise _fault(number, f"has '{name}', which is none of {', '.join(_MEMBERS)}")
        if value is None:
            raise _fault(number, f"has '{name}' without a value")
        told.setdefault(name, []).append(value)
    unknown = [day for day in told.get("day", ()) if day not in _DAYS]
    if unknown or "day" not in told:
        raise _fault(number, f"needs days of the week, each one of {', '.join(_DAYS)}")
    first = {name: values[0] for name, values in told.items()}
    start, end = str(first.get("from", ""))[:5], str(first.get("to", ""))[:5]
    end = _MIDNIGHT if end == "00:00" else end
    if not start or start >= end:
        raise _fault(number, "opens at a time ('from') and closes at a later one ('to')")
    line = Hours(
        tuple(sorted({_DAYS.index(day) for day in told["day"]})),
        start,
        end,
        str(first.get("since", "")),
        str(first.get("until", "")),
        tuple(sorted(_code(one) for one in told.get("visit", ()))),
        int(first.get("release", -1)),
        bool(first.get("holidays", False)),
    )
    try:
        _holds(line, date(2026, 1, 1))
        _at(date(2026, 1, 1), start), _at(date(2026, 1, 1), end)
    except ValueError as error:
        raise _fault(number, f"is no time that there is: {error}") from None
    return line


def _code(visit: Any) -> str:
    return str(visit.get("code", "")) if isinstance(visit, Mapping) else str(visit)


def _fault(number: int, what: str) -> Unprocessable:
    return Unprocessable(Issue("value", f"Line {number + 1} of the hours {what}.", "Schedule.extension"))
