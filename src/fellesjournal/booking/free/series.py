"""A series: the same again at other times, each an Appointment of its own (physiotherapy ten times). Pure.

What each time clashes with is told before anything is written; then all are booked, or those that fit. The
guard has the last word: a series is written in one transaction.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from fellesjournal.booking import acts, requests
from fellesjournal.booking.free.finding import Free, Need
from fellesjournal.booking.free.grid import NORWAY, QUANTUM, Grid
from fellesjournal.errors import Invalid
from fellesjournal.fhir.bundle import instant
from fellesjournal.norway import days

Tree = Mapping[str, Any]

SERIES = "https://fellesjournal.no/fhir/NamingSystem/series"
"""System of the identifier that all of a series have, by which they are found (Appointment?identifier=)."""
_OF_ONE = (SERIES, requests.SYSTEM, "https://fellesjournal.no/fhir/NamingSystem/day-programme")
"""Systems of identifiers that go with one time only, and not with its repetitions."""
MOST = 60


class Rhythm(NamedTuple):
    """When a series comes: so many times, on these days of the week (0 is Monday), every so many weeks."""

    times: int
    weekdays: tuple[int, ...]
    weeks: int = 1


class Occurrence(NamedTuple):
    """One time of a series: who is busy then ("Practitioner/7"); None when it is too far ahead to know."""

    start: datetime
    busy: tuple[str, ...] | None

    @property
    def fits(self) -> bool:
        """Whether nobody is known to be busy."""
        return not self.busy


def starts(first: datetime, rhythm: Rhythm) -> list[datetime]:
    """When a series begins each time, at the same time of day in Norway, from the first on.

    A public holiday is left out, and the series goes on for as long as that takes. Raises Invalid for a
    rhythm that is none.
    """
    if not 0 < rhythm.times <= MOST or rhythm.weeks < 1:
        raise Invalid(f"A series has 1 to {MOST} times, one or more weeks apart.")
    if not rhythm.weekdays or not set(rhythm.weekdays) <= set(range(7)):
        raise Invalid("A series needs days of the week, 0 (Monday) to 6 (Sunday).")
    at = first.astimezone(NORWAY)
    monday = at.date() - timedelta(days=at.weekday())
    found: list[datetime] = []
    while len(found) < rhythm.times:
        for weekday in sorted(set(rhythm.weekdays)):
            day = monday + timedelta(days=weekday)
            if day >= at.date() and _is_open(day) and len(found) < rhythm.times:
                found.append(datetime.combine(day, at.time(), NORWAY))
        monday += timedelta(weeks=rhythm.weeks)
    return found


def occurrences(free: Free, needs: Sequence[Need], grid: Grid, when: Sequence[datetime]) -> list[Occurrence]:
    """Each time with those who are busy. Needs are of one each: a series stays with the same people."""
    return [Occurrence(start, _busy(free, needs, grid, start)) for start in when]


def series(template: Tree, when: Sequence[datetime], id: str) -> list[dict[str, Any]]:
    """The Appointments of a series with this id, as long as the template, each booked without an id of its
    own; who takes part for a time of their own does so each time. Raises Invalid when there are none.
    """
    if not when:
        raise Invalid("None of the times fit: choose others.")
    first, last = (datetime.fromisoformat(template[name]) for name in ("start", "end"))
    own = ("id", "meta", "slot", "cancelationReason")
    base = {name: value for name, value in template.items() if name not in own}
    kept = [one for one in template.get("identifier", ()) if one.get("system") not in _OF_ONE]
    base["identifier"] = [*kept, {"system": SERIES, "value": id}]
    return [
        base
        | {"status": "booked", "start": instant(start), "end": instant(start + (last - first))}
        | {"participant": [acts.shifted(one, start - first) for one in template.get("participant", ())]}
        for start in when
    ]


def _is_open(day: date) -> bool:
    return day not in days.holidays(day.year)


def _busy(free: Free, needs: Sequence[Need], grid: Grid, start: datetime) -> tuple[str, ...] | None:
    busy: list[str] = []
    for need in needs:
        begin = (start - grid.origin) // QUANTUM + need.offset
        if begin < 0 or begin + need.length > grid.length:
            return None
        mask = ((1 << need.length) - 1) << begin
        busy += [one for one in need.pool if not any(lane & mask == mask for lane in free.get(one, ()))]
    return tuple(dict.fromkeys(busy))
