"""What $find answers: proposals, and why there is nothing earlier."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from fellesjournal.api.operations.visit_asked import Visit
from fellesjournal.booking.free.proposals import Found, Proposal, Waits, Wanted
from fellesjournal.booking.free.series import SERIES
from fellesjournal.booking.free.several import Window
from fellesjournal.booking.free.weekly import Plan, Time
from fellesjournal.booking.free.windows import home_visit
from fellesjournal.errors import Issue
from fellesjournal.fhir import outcome
from fellesjournal.fhir.bundle import instant


def bundle(found: Found, wanted: Sequence[Wanted], visit: Visit) -> dict[str, Any]:
    """A searchset of proposals, with what nothing earlier is for."""
    return _bundle(
        [proposal(one, wanted, visit) for one in found.proposals], [_said(one) for one in found.waits]
    )


def series(found: Sequence[Plan], wanted: Sequence[Wanted], visit: Visit) -> dict[str, Any]:
    """A searchset of series: the Appointments of each have an identifier of their own in common; which times
    are at another hour than the first, or cannot be at all, is told.
    """
    made, told = [], []
    for plan in found:
        id, length = str(uuid4()), _length(wanted)
        identifier = [{"system": SERIES, "value": id}]
        first = min(one.offset for one in wanted)
        for at in plan.starts:
            one = proposal(Proposal(at, at + timedelta(minutes=length - first), plan.who), wanted, visit)
            made.append({"identifier": identifier} | one)
        told += [_off(id, one) for one in plan.times if one.differs]
    return _bundle(made, told)


def home_visits(found: Sequence[tuple[Window, Proposal]], citizen: str, visit: Visit) -> dict[str, Any]:
    """A searchset of visits at home, each as long as its window for the citizen."""
    return _bundle([_home_visit(window, one, citizen, visit) for window, one in found], [])


def together(days: Sequence[Sequence[dict[str, Any]]]) -> dict[str, Any]:
    """A searchset of day programmes, each of several Appointments."""
    return _bundle([one for day in days for one in day], [])


def _bundle(proposals: Sequence[dict[str, Any]], told: Sequence[Issue]) -> dict[str, Any]:
    entries: list[dict[str, Any]] = []
    if told or not proposals:
        issues = told or [Issue("informational", "They are never all free at once.", severity="information")]
        entries.append({"resource": outcome.as_tree(issues), "search": {"mode": "outcome"}})
    entries += [{"resource": one, "search": {"mode": "match"}} for one in proposals]
    return {"resourceType": "Bundle", "type": "searchset", "total": len(proposals), "entry": entries}


def _off(id: str, time: Time) -> Issue:
    """A time of a series that is not as the others."""
    at = time.start and f"at {time.start:%Y-%m-%d %H:%M}"
    text = f"Series {id}: {time.wanted:%Y-%m-%d %H:%M} is {at or 'left out: they are not free that week'}."
    return Issue("informational", text, severity="information")


def _length(wanted: Sequence[Wanted]) -> int:
    return max(one.offset + one.minutes for one in wanted)


def _home_visit(window: Window, one: Proposal, citizen: str, visit: Visit) -> dict[str, Any]:
    minutes = (one.end - one.start) // timedelta(minutes=1)
    made = home_visit(citizen, one.who, window, one.start, minutes)
    parties = [party | {"status": "needs-action"} for party in made["participant"]]
    told = {"serviceType": [visit.concept]} if visit.concept else {}
    return made | told | {"status": "proposed", "participant": parties}


def _said(waits: Waits) -> Issue:
    """Why nothing earlier fits."""
    who = (
        waits.any_of[0] if len(waits.any_of) == 1 else f"any of {len(waits.any_of)}, {waits.any_of[0]} first"
    )
    who = "the citizen" if who.startswith("Patient/") else who
    when = f"on {waits.first:%Y-%m-%d} at {waits.first:%H:%M}" if waits.first else "never in this time"
    return Issue("informational", f"Free first {when}: {who}.", severity="information")


def proposal(proposal: Proposal, wanted: Sequence[Wanted], visit: Visit) -> dict[str, Any]:
    """The Appointment that a time stands for."""
    told: dict[str, Any] = {"resourceType": "Appointment", "status": "proposed"}
    if visit.concept:
        told["serviceType"] = [visit.concept]
    whole = (proposal.end - proposal.start) // timedelta(minutes=1)
    times = {"start": instant(proposal.start), "end": instant(proposal.end), "minutesDuration": whole}
    parties: list[dict[str, Any]] = [
        {"actor": {"reference": who}, "status": "needs-action"} for who in proposal.who
    ]
    first = min(one.offset for one in wanted)
    if any((one.offset, one.minutes) != (first, wanted[0].minutes) for one in wanted):
        for party, one in zip(parties, wanted, strict=True):
            party["period"] = _period(proposal.start, one, first)
    return told | times | {"participant": parties}


def _period(start: datetime, one: Wanted, first: int) -> dict[str, str]:
    """When one who is not needed all the time takes part."""
    begins = start + timedelta(minutes=one.offset - first)
    return {"start": instant(begins), "end": instant(begins + timedelta(minutes=one.minutes))}
