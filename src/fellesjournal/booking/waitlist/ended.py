"""A hold that has ended is nothing that anybody has: it reads as called off, and is so written down. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from fellesjournal.booking import holding
from fellesjournal.booking.free.grid import NORWAY
from fellesjournal.booking.waitlist import offers
from fellesjournal.norway.codes.contacts import CANCELLED
from fellesjournal.norway.writing import hour

Tree = Mapping[str, Any]

A_LITTLE_LATE = timedelta(minutes=15)
"""For how long a hold that has ended is not yet written down as called off: who confirms a little late gets
the time after all, when the guard still finds it free."""


def as_it_stands(tree: dict[str, Any], now: datetime) -> dict[str, Any]:
    """An Appointment as it is at a moment: with a hold that has ended, called off. Any other resource, and
    what is called off already, as it is.
    """
    if tree.get("resourceType") != "Appointment" or tree.get("status") not in holding.ASKED:
        return tree
    return called_off(tree) if holding.given_back(tree, now) else tree


def called_off(tree: Tree) -> dict[str, Any]:
    """A hold that has ended as the record keeps it: still with when that was, and why."""
    listed = CANCELLED.find(holding.BY_SERVICE)
    assert listed is not None
    coding = {"system": CANCELLED.system, "code": holding.BY_SERVICE, "display": listed.display}
    return {**tree, "status": "cancelled", "cancelationReason": {"coding": [coding], "text": _why(tree)}}


def called_off_from(tree: Tree) -> datetime | None:
    """From when on that is to be written down: of an offer, which others wait for, at once. None for what is
    not held.
    """
    until = holding.held_until(tree)
    if until is None or tree.get("status") not in holding.ASKED:
        return None
    return until if offers.is_offer(tree) else until + A_LITTLE_LATE


def _why(tree: Tree) -> str:
    until = holding.held_until(tree)
    if offers.is_offer(tree) or until is None:
        return "Tilbudet ble ikke besvart i tide."
    return f"Tiden ble holdt av til {hour(until.astimezone(NORWAY))} og er gitt tilbake."
