"""The control list: who lacks a next step. Pure.

Nobody leaves a waitlist by itself, so whoever is lost can be seen: an entry without an offer or appointment,
with a deadline that is near or passed, of a citizen who is dead; a referral that nobody has put on the list.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from fellesjournal.booking.free.grid import NORWAY
from fellesjournal.booking.holding import ASKED, given_back
from fellesjournal.booking.waitlist import earlier
from fellesjournal.booking.waitlist.entry import Entry, entry
from fellesjournal.booking.waitlist.offers import entries_of
from fellesjournal.booking.waitlist.rules import Rules
from fellesjournal.errors import Fault
from fellesjournal.fhir.dates import date_span

Tree = Mapping[str, Any]

AHEAD = timedelta(days=42)
"""How long before an entry begins to wait (a recall) it is due to be given a time."""
_TAKEN = ("booked", "arrived", "checked-in")
_BEGUN = ("fulfilled",)


class Lack(StrEnum):
    """What is to be done about an entry or a referral, the most urgent first."""

    DEADLINE_PASSED = "deadline-passed"
    DEADLINE_NEAR = "deadline-near"
    LATE = "appointment-after-deadline"
    TO_CLOSE = "to-close"
    """Help has begun, an earlier time is taken, or the citizen is dead: a person closes the entry."""
    NO_STEP = "no-next-step"
    NO_ENTRY = "no-entry"
    FAULTY = "faulty"


class Step(NamedTuple):
    """The nearest that is arranged for an entry: the appointment, its status and its start."""

    appointment: str
    status: str
    start: datetime


class Row(NamedTuple):
    """One line of the list. `reference` is an entry's or a referral's; who has all has no `lacks`."""

    reference: str
    entry: Entry | None
    step: Step | None
    lacks: tuple[Lack, ...]


def rows(
    entries: Iterable[Tree],
    appointments: Sequence[Tree],
    referrals: Iterable[Tree],
    by: Rules,
    now: datetime,
    dead: frozenset[str] = frozenset(),
    kept: Mapping[str, Tree] = MappingProxyType({}),
) -> list[Row]:
    """A row for every entry, and for every referral without one; `appointments` are all that are for entries,
    `dead` are citizens, `kept` by reference the times of those who want an earlier one.
    """
    for_entry: dict[str, list[Tree]] = {}
    for one in appointments:
        for reference in entries_of(one):
            for_entry.setdefault(reference, []).append(one)
    trees = list(entries)
    found = []
    for tree in trees:
        given = for_entry.get(f"Appointment/{tree['id']}", [])
        found.append(_row(tree, given, _kept(tree, kept), by, now, dead))
    listed = {one.get("reference", "") for tree in [*trees, *appointments] for one in tree.get("basedOn", ())}
    waiting = [f"ServiceRequest/{one['id']}" for one in referrals]
    found += [Row(one, None, None, (Lack.NO_ENTRY,)) for one in waiting if one not in listed]
    return sorted(found, key=_urgency)


def next_step(appointments: Iterable[Tree], now: datetime) -> Step | None:
    """What of an entry's appointments is to come, the earliest."""
    coming = [
        Step(f"Appointment/{one['id']}", one["status"], start)
        for one in appointments
        if (one.get("status") in _TAKEN or (one.get("status") in ASKED and not given_back(one, now)))
        and (start := date_span(one["start"])[0]) + timedelta(days=1) > now
    ]
    return min(coming, key=lambda step: step.start, default=None)


def _kept(tree: Tree, kept: Mapping[str, Tree]) -> list[Tree]:
    """The time that one who wants an earlier one has: a step, as long as it stands."""
    present = kept.get(earlier.instead(tree))
    return [present] if present else []


def _row(
    tree: Tree,
    given: Sequence[Tree],
    kept: Sequence[Tree],
    by: Rules,
    now: datetime,
    dead: frozenset[str],
) -> Row:
    reference = f"Appointment/{tree['id']}"
    try:
        one = entry(tree)
    except Fault:
        return Row(reference, None, None, (Lack.FAULTY,))
    theirs = [*given, *kept]
    step = next_step(theirs, now)
    begun = any(each.get("status") in _BEGUN for each in theirs)
    has_earlier = bool(one.instead) and any(each.get("status") in _TAKEN for each in given)
    if begun or has_earlier or one.citizen in dead:
        return Row(reference, one, step, (Lack.TO_CLOSE,))
    return Row(reference, one, step, tuple(_lacks(one, step, by, now)))


def _lacks(one: Entry, step: Step | None, by: Rules, now: datetime) -> Iterable[Lack]:
    today = now.astimezone(NORWAY).date()
    if one.deadline is not None:
        secured = step is not None and step.status in _TAKEN
        if today > one.deadline:
            yield Lack.DEADLINE_PASSED
        elif not secured and today + by.near >= one.deadline:
            yield Lack.DEADLINE_NEAR
        if step is not None and step.start.astimezone(NORWAY).date() > one.deadline:
            yield Lack.LATE
    if step is None and now + AHEAD >= one.earliest:
        yield Lack.NO_STEP


def _urgency(row: Row) -> tuple[int, date, int, str]:
    order = list(Lack)
    first = min((order.index(one) for one in row.lacks), default=len(order))
    if row.entry is None:
        return first, date.max, 0, row.reference
    return first, row.entry.deadline or date.max, row.entry.priority, row.reference
