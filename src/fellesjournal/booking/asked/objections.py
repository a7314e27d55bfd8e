"""What the world says against an Appointment before it is held or booked. Pure.

The guard knows who is busy. It does not know who has died, which room is closed, and when a calendar is
valid: that is in the resources of those who take part and in their Schedules, and is looked at here.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from fellesjournal.booking import holding
from fellesjournal.booking.free.availability import hours, open_bits
from fellesjournal.booking.free.grid import NORWAY, Grid
from fellesjournal.errors import Issue, Unprocessable
from fellesjournal.fhir.dates import date_span

Tree = Mapping[str, Any]

_ENDED = ("inactive", "suspended", "entered-in-error")
_SOME_DAYS = 3
"""Days of a grid that any appointment of at most a day lies in."""

SAID = {
    "missing": "{who} is not there: deleted, or never known here.",
    "dead": "{who} has died.",
    "replaced": "{who} has another record now (link replaced-by): book there.",
    "inactive": "{who} is no longer active.",
    "moved": "{who} is no longer active, and may have moved away.",
    "closed": "{who} is closed (status {detail}).",
    "not-valid": "The calendar of {who} is not valid on {day} (planningHorizon).",
    "not-open": "{who} is not open from {when} for this kind of visit.",
    "ended": "Its time was held until {day} and is given back: find a time and hold or book it anew.",
    "over": "Its time is over: nobody can come. Choose a time to come.",
}
"""What can stand against an Appointment, and how the API says it."""


class World(NamedTuple):
    """Those who take part by reference, as far as they are there, and the Schedules of any of them."""

    actors: Mapping[str, Tree]
    schedules: Sequence[Tree] = ()


class Objection(NamedTuple):
    """One thing that stands against an Appointment: a kind of SAID, of whom ("Practitioner/7"), and where it
    is written; `detail` is a status. Of a calendar from when to when; of a hold when it ended (`start`).
    """

    kind: str
    actor: str
    expression: str
    detail: str = ""
    start: datetime | None = None
    end: datetime | None = None

    @property
    def diagnostics(self) -> str:
        """The sentence in English, as the API answers."""
        who = "The citizen" if self.actor.startswith("Patient/") else self.actor
        day, when = "", ""
        if self.kind == "ended" and self.start:
            day = f"{self.start.astimezone(NORWAY):%Y-%m-%d %H:%M}"
        if self.start and self.end:
            start, end = self.start.astimezone(NORWAY), self.end.astimezone(NORWAY)
            day, when = f"{start:%Y-%m-%d}", f"{start:%Y-%m-%d %H:%M} to {end:%H:%M}"
        return SAID[self.kind].format(who=who, detail=self.detail, day=day, when=when)


class Objected(Unprocessable):
    """An Appointment against which something stands: all of it, for a screen to say in its own words."""

    def __init__(self, *found: Objection) -> None:
        super().__init__(*(Issue("business-rule", one.diagnostics, one.expression) for one in found))
        self.objections = found


def require(appointment: Tree, world: World, today: datetime) -> None:
    """Raise Objected with everything that stands against an Appointment."""
    if found := list(objections(appointment, world, today)):
        raise Objected(*found)


def objections(appointment: Tree, world: World, today: datetime) -> Iterator[Objection]:
    """What stands against it, participant by participant; who declined is not asked, and of those who are
    overbooked or only told of it not when they are open.
    """
    visit = _visit(appointment)
    for number, one in enumerate(appointment.get("participant", ())):
        actor = holding.local(one.get("actor", {}))
        if not actor or one.get("status") == "declined":
            continue
        place = f"Appointment.participant[{number}]"
        yield from _against(actor, world.actors.get(actor), f"{place}.actor")
        if "start" in appointment and "end" in appointment and _takes_time(one):
            start, end = _times(appointment, one)
            kind = _closed(actor, start, end, world.schedules, visit, today)
            if kind:
                yield Objection(kind, actor, place, "", start, end)


def _against(actor: str, resource: Tree | None, where: str) -> Iterator[Objection]:
    if resource is None:
        yield Objection("missing", actor, where)
        return
    if resource.get("deceasedDateTime") or resource.get("deceasedBoolean") is True:
        yield Objection("dead", actor, where)
    if any(one.get("type") == "replaced-by" for one in resource.get("link", ())):
        yield Objection("replaced", actor, where)
    elif resource.get("active") is False:
        yield Objection("moved" if actor.startswith("Patient/") else "inactive", actor, where)
    if resource["resourceType"] != "Patient" and resource.get("status") in _ENDED:
        yield Objection("closed", actor, where, str(resource["status"]))


def _times(appointment: Tree, party: Tree) -> tuple[datetime, datetime]:
    period = party.get("period", {})
    start = date_span(period.get("start", appointment["start"]))[0]
    return start, holding.moment_of_end(period.get("end", appointment["end"]))


def _closed(
    actor: str, start: datetime, end: datetime, schedules: Sequence[Tree], visit: str, today: datetime
) -> str:
    """Why the calendars of one have no room for it: a kind of SAID; "" for who has none, or has room."""
    own = [one for one in schedules if actor in holding.actors(one)]
    valid = [one for one in own if _is_valid(one, start, end)]
    if not valid:
        return "not-valid" if own else ""
    lines = tuple(line for one in valid for line in hours(one))
    grid = Grid(start.astimezone(NORWAY).date(), _SOME_DAYS)
    wanted = grid.touched(start, end)
    is_shut = lines and open_bits(lines, grid, visit, today.astimezone(NORWAY).date()) & wanted != wanted
    return "not-open" if is_shut else ""


def _is_valid(schedule: Tree, start: datetime, end: datetime) -> bool:
    horizon = schedule.get("planningHorizon", {})
    begins = "start" not in horizon or date_span(horizon["start"])[0] <= start
    return begins and ("end" not in horizon or end <= date_span(horizon["end"])[1])


def _takes_time(party: Tree) -> bool:
    told_only = party.get("required") == "information-only"
    return not told_only and not holding.extension(party, holding.OVERBOOKED)


def _visit(appointment: Tree) -> str:
    codings = [coding for one in appointment.get("serviceType", ()) for coding in one.get("coding", ())]
    return str(codings[0].get("code", "")) if codings else ""
