"""An offer: freed time that is held for one who waits (an Appointment of status proposed). Pure."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from fellesjournal.booking import holding
from fellesjournal.booking.free.grid import NORWAY
from fellesjournal.booking.waitlist.entry import Entry, actors, visits
from fellesjournal.booking.waitlist.rules import Gap
from fellesjournal.fhir.dates import date_span

Tree = Mapping[str, Any]

_KEPT = ("serviceCategory", "serviceType", "specialty", "appointmentType", "start", "end", "minutesDuration")
_PART = ("period", "required")
"""Of one who takes part: who comes home to somebody is busy for the visit, and not for the whole window."""
_KEPT_EXTENSIONS = (holding.BUFFER_BEFORE, holding.BUFFER_AFTER)


def freed(tree: Tree) -> dict[str, Any]:
    """What of an Appointment can be offered to others: the time, the visit and who gives it, but for who had
    declined. Nothing of the citizen whose it was.
    """
    participants = [
        {"actor": {"reference": actor}, "status": "accepted"}
        | {name: one[name] for name in _PART if name in one}
        for one in tree.get("participant", ())
        if (actor := holding.local(one.get("actor", {}))) and not actor.startswith("Patient/")
        if one.get("status") != "declined"
    ]
    kept = {name: tree[name] for name in _KEPT if name in tree}
    extension = [one for one in tree.get("extension", ()) if one.get("url") in _KEPT_EXTENSIONS]
    return kept | {"participant": participants} | ({"extension": extension} if extension else {})


def gap(tree: Tree) -> Gap:
    """The freed time of an Appointment."""
    places = frozenset(actor for actor in actors(tree) if actor.startswith("Location/"))
    return Gap(date_span(tree["start"])[0], date_span(tree["end"])[0], visits(tree), places)


def offer(time: Tree, to: Entry, entry: Tree, until: datetime, now: datetime) -> dict[str, Any]:
    """The Appointment that holds freed time for an entry until some moment."""
    citizen = {"actor": {"reference": to.citizen}, "required": "required", "status": "needs-action"}
    held = {"url": holding.HELD_UNTIL, "valueDateTime": _written(until)}
    carried = {name: entry[name] for name in ("basedOn", "reasonCode", "reasonReference") if name in entry}
    return {
        **time,
        **carried,
        "resourceType": "Appointment",
        "status": "proposed",
        "created": _written(now),
        "extension": [*time.get("extension", ()), held],
        "supportingInformation": [{"reference": to.reference}],
        "participant": [citizen, *time["participant"]],
    }


def is_offer(tree: Tree) -> bool:
    """Whether an Appointment waits for the answer of one who is on a list."""
    return tree.get("status") in holding.ASKED and bool(holding.held_until(tree)) and bool(entries_of(tree))


def entries_of(tree: Tree) -> list[str]:
    """The entries ("Appointment/7") that an appointment is for."""
    named = (str(one.get("reference", "")) for one in tree.get("supportingInformation", ()))
    return [one.partition("/_history/")[0] for one in named if one.startswith("Appointment/")]


def _written(moment: datetime) -> str:
    return moment.astimezone(NORWAY).isoformat(timespec="seconds")
