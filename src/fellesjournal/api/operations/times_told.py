"""What $find answers: proposals, and why there is nothing earlier."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from fellesjournal.booking.proposals import Found, Proposal, Waits, Wanted
from fellesjournal.errors import Issue
from fellesjournal.fhir import outcome
from fellesjournal.fhir.bundle import instant


def bundle(found: Found, wanted: Sequence[Wanted], visits: Sequence[str]) -> dict[str, Any]:
    """A searchset of proposals, with what nothing earlier is for."""
    told = [_said(one) for one in found.waits]
    entries: list[dict[str, Any]] = []
    if told or not found.proposals:
        issues = told or [Issue("informational", "They are never all free at once.", severity="information")]
        entries.append({"resource": outcome.as_tree(issues), "search": {"mode": "outcome"}})
    for one in found.proposals:
        entries.append({"resource": _appointment(one, wanted, visits), "search": {"mode": "match"}})
    told_of = {"resourceType": "Bundle", "type": "searchset", "total": len(found.proposals)}
    return told_of | ({"entry": entries} if entries else {})


def _said(waits: Waits) -> Issue:
    """Why nothing earlier fits."""
    who = (
        waits.any_of[0] if len(waits.any_of) == 1 else f"any of {len(waits.any_of)}, {waits.any_of[0]} first"
    )
    who = "the citizen" if who.startswith("Patient/") else who
    when = f"on {waits.first:%Y-%m-%d} at {waits.first:%H:%M}" if waits.first else "never in this time"
    return Issue("informational", f"Free first {when}: {who}.", severity="information")


def _appointment(proposal: Proposal, wanted: Sequence[Wanted], visits: Sequence[str]) -> dict[str, Any]:
    told: dict[str, Any] = {"resourceType": "Appointment", "status": "proposed"}
    if visits:
        system, _, code = visits[0].rpartition("|")
        told["serviceType"] = [{"coding": [({"system": system} if system else {}) | {"code": code}]}]
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
