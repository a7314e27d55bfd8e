"""What the world says against an Appointment before it is held or booked. Pure.

The guard knows who is busy. It does not know who has died, which room is closed, and when a calendar is
valid: that is in the resources of those who take part and in their Schedules, and is looked at here.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from fellesjournal.booking import holding
from fellesjournal.booking.availability import hours, open_bits
from fellesjournal.booking.grid import NORWAY, Grid
from fellesjournal.errors import Issue, Unprocessable
from fellesjournal.fhir.dates import date_span

Tree = Mapping[str, Any]

_ENDED = ("inactive", "suspended", "entered-in-error")
_SOME_DAYS = 3
"""Days of a grid that any appointment of at most a day lies in."""


class World(NamedTuple):
    """Those who take part by reference, as far as they are there, and the Schedules of any of them."""

    actors: Mapping[str, Tree]
    schedules: Sequence[Tree] = ()


def require(appointment: Tree, world: World, today: datetime) -> None:
    """Raise Unprocessable with everything that stands against an Appointment."""
    if found := list(objections(appointment, world, today)):
        raise Unprocessable(*found)


def objections(appointment: Tree, world: World, today: datetime) -> Iterator[Issue]:
    """What stands against it, participant by participant; who declined is not asked."""
    visit = _visit(appointment)
    for number, one in enumerate(appointment.get("participant", ())):
        actor = holding.local(one.get("actor", {}))
        if not actor or one.get("status") == "declined":
            continue
        for told in _against(actor, world.actors.get(actor)):
            yield Issue("business-rule", told, f"Appointment.participant[{number}].actor")
        if "start" in appointment and "end" in appointment and not _is_overbooked(one):
            for told in _closed(actor, appointment, one, world.schedules, visit, today):
                yield Issue("business-rule", told, f"Appointment.participant[{number}]")


def _against(actor: str, resource: Tree | None) -> Iterator[str]:
    who = "The citizen" if actor.startswith("Patient/") else actor
    if resource is None:
        yield f"{who} is not there: deleted, or never known here."
        return
    if resource.get("deceasedDateTime") or resource.get("deceasedBoolean") is True:
        yield f"{who} has died."
    if any(one.get("type") == "replaced-by" for one in resource.get("link", ())):
        yield f"{who} has another record now (link replaced-by): book there."
    elif resource.get("active") is False:
        moved = ", and may have moved away" if actor.startswith("Patient/") else ""
        yield f"{who} is no longer active{moved}."
    if resource["resourceType"] != "Patient" and resource.get("status") in _ENDED:
        yield f"{who} is closed (status {resource['status']})."


def _closed(
    actor: str, appointment: Tree, party: Tree, schedules: Sequence[Tree], visit: str, today: datetime
) -> Iterator[str]:
    """Why the calendars of one have no room for it; nothing for who has none."""
    own = [one for one in schedules if actor in holding.actors(one)]
    if not own:
        return
    period = party.get("period", {})
    start = date_span(period.get("start", appointment["start"]))[0]
    end = holding.moment_of_end(period.get("end", appointment["end"]))
    valid = [one for one in own if _is_valid(one, start, end)]
    if not valid:
        day = f"{start.astimezone(NORWAY):%Y-%m-%d}"
        yield f"The calendar of {actor} is not valid on {day} (planningHorizon)."
        return
    lines = tuple(line for one in valid for line in hours(one))
    grid = Grid(start.astimezone(NORWAY).date(), _SOME_DAYS)
    wanted = grid.touched(start, end)
    if lines and open_bits(lines, grid, visit, today.astimezone(NORWAY).date()) & wanted != wanted:
        when = f"{start.astimezone(NORWAY):%Y-%m-%d %H:%M} to {end.astimezone(NORWAY):%H:%M}"
        yield f"{actor} is not open from {when} for this kind of visit."


def _is_valid(schedule: Tree, start: datetime, end: datetime) -> bool:
    horizon = schedule.get("planningHorizon", {})
    begins = "start" not in horizon or date_span(horizon["start"])[0] <= start
    return begins and ("end" not in horizon or end <= date_span(horizon["end"])[1])


def _is_overbooked(party: Tree) -> bool:
    return bool(holding.extension(party, holding.OVERBOOKED))


def _visit(appointment: Tree) -> str:
    codings = [coding for one in appointment.get("serviceType", ()) for coding in one.get("coding", ())]
    return str(codings[0].get("code", "")) if codings else ""
