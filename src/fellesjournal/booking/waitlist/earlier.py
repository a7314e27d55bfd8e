"""Who has a time and wants an earlier one: an entry of the list that keeps the present time until a better is
taken. Pure.

The entry names the present Appointment (`instead` in its extension) and is asked for times before it only.
When one is booked for it, by whatever way, the present one is cancelled; the entry is left to a person, as
any other.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from fellesjournal.booking import acts
from fellesjournal.booking.holding import extension
from fellesjournal.booking.waitlist.entry import ENTRY, SERVICE, actors, is_entry, visits
from fellesjournal.booking.waitlist.placing import Wish, placed
from fellesjournal.errors import Conflict, Issue, Unprocessable
from fellesjournal.fhir.dates import date_span

Tree = Mapping[str, Any]
Made = dict[str, Any]

_JUST_NOW = timedelta(minutes=5)
_OF_THE_RECORD = ("id", "meta", "text")
LEAST = timedelta(hours=1)
"""How much earlier a better time is, at least."""


def wanted(appointment: Tree, service: str, citizen: str, now: datetime, notice_hours: int = 0) -> Made:
    """The entry of a citizen ("Patient/3") who wants an earlier time than an Appointment, on the list of a
    service. Raises Conflict for an Appointment that is not booked, or so near that nothing is earlier.
    """
    start = date_span(appointment["start"])[0] if "start" in appointment else now
    if appointment.get("status") != "booked" or citizen not in actors(appointment) or start <= now + LEAST:
        text = "Only who has a booked time, more than an hour ahead, can wait for an earlier one."
        raise Conflict(Issue("conflict", text, "Appointment.status"))
    visits = appointment.get("serviceType", ())
    made = placed(
        Wish(
            citizen=citizen,
            service=service,
            since=now,
            notice_hours=notice_hours,
            window=(now, start - LEAST),
            visit=visits[0] if visits else None,
            minutes=int(appointment.get("minutesDuration", 0)),
            instead=f"Appointment/{appointment['id']}",
        ),
        now,
    )
    carried = ("basedOn", "description", "priority", "reasonCode", "reasonReference")
    return made | {name: appointment[name] for name in carried if name in appointment}


def is_wish(entry: Tree, appointment: Tree, citizen: str, now: datetime) -> bool:
    """Whether a new entry is what a citizen ("Patient/3") may write: the wish for an earlier time than an
    Appointment of theirs, made now, and not a word more.
    """
    since = _since(entry)
    if since is None or abs(since - now) > _JUST_NOW:
        return False
    service = next((one for one in actors(entry) if one.startswith(SERVICE)), "")
    try:
        meant = wanted(appointment, service, citizen, since)
    except (Conflict, Unprocessable):
        return False
    return {name: value for name, value in entry.items() if name not in _OF_THE_RECORD} == meant


def _since(entry: Tree) -> datetime | None:
    for one in extension(entry, ENTRY).get("extension", ()):
        if one.get("url") == "since" and "valueDateTime" in one:
            return date_span(one["valueDateTime"])[0]
    return None


def instead(entry: Tree) -> str:
    """The Appointment that an entry has now ("Appointment/7"); "" for one that has none."""
    for one in extension(entry, ENTRY).get("extension", ()):
        if one.get("url") == "instead":
            return str(one.get("valueReference", {}).get("reference", ""))
    return ""


def is_waiting(appointment: Tree, entries: Sequence[Tree]) -> bool:
    """Whether one of some entries waits for an earlier time than an Appointment."""
    return any(is_entry(one) and instead(one) == f"Appointment/{appointment['id']}" for one in entries)


def given_up(present: Tree, taken: Tree) -> Made | None:
    """The present Appointment, cancelled as the citizen wished, now that another is booked; None where that
    one is not earlier, or the present one stands no more.
    """
    both = (present, taken)
    if any(one.get("status") != "booked" or "start" not in one for one in both):
        return None
    if date_span(taken["start"])[0] >= date_span(present["start"])[0]:
        return None
    return acts.cancelled(present, acts.BY_CITIZEN, "Byttet til en tidligere time.")


def services(appointment: Tree, at_the_places: Sequence[Tree] = ()) -> list[str]:
    """The services whose list one may wait on for an Appointment: those that take part in it, else of those
    `at_the_places` where it is the ones that give such visits.
    """
    own = [one for one in actors(appointment) if one.startswith(SERVICE)]
    kinds = visits(appointment)
    fit = [one for one in at_the_places if kinds & visits({"serviceType": one.get("type", ())})]
    return own or [f"{SERVICE}{one['id']}" for one in fit]
