"""What an Appointment becomes when it is moved, marked or cancelled (FHIR R4 appointment.html). Pure."""

from datetime import datetime, timedelta
from typing import Any

from fellesjournal.errors import Invalid, Unprocessable
from fellesjournal.norway.codes.contacts import CANCELLED
from fellesjournal.ui.norwegian import OSLO

Json = dict[str, Any]

STATES = {"kommet": "arrived", "inne": "checked-in", "ferdig": "fulfilled", "ikke-mott": "noshow"}
"""What the reception marks, by the word in the address."""
_NEXT = {
    "booked": ("kommet", "ikke-mott"),
    "arrived": ("inne", "ferdig"),
    "checked-in": ("ferdig",),
    "pending": ("kommet",),
}
REASONS = {code: CANCELLED.find(code) for code in ("AAT", "AAI", "APVAI", "AIH")}
"""Why an appointment is cancelled (list 7621), the service's own reason first."""
LONGEST = 500


def next_states(appointment: Json) -> tuple[str, ...]:
    """What it can be marked as from where it is."""
    return _NEXT.get(appointment["status"], ())


def marked(appointment: Json, state: str) -> Json:
    """As it is when the reception has marked it."""
    return appointment | {"status": STATES[state]}


def cancelled(appointment: Json, reason: str, text: str) -> Json:
    """As it is when it is cancelled. Raises Unprocessable without one of REASONS."""
    listed = REASONS.get(reason)
    if listed is None:
        raise Unprocessable("Choose why the appointment is cancelled.")
    coding = {"system": CANCELLED.system, "code": reason, "display": listed.display}
    said = ": ".join(filter(None, (listed.display, text.strip()[:LONGEST])))
    return appointment | {"status": "cancelled", "cancelationReason": {"coding": [coding], "text": said}}


def moved(appointment: Json, start: datetime) -> Json:
    """As it is at another time, just as long; parts of it (participant.period) move as much."""
    by = start - datetime.fromisoformat(appointment["start"])
    parties = [_later(one, by) for one in appointment["participant"]]
    times = {name: _plus(appointment[name], by) for name in ("start", "end")}
    return appointment | times | {"participant": parties}


def exchanged(appointment: Json, leaves: str, takes: Json) -> Json:
    """With one party (a Reference) in the place of another ("Practitioner/7")."""
    parties = [
        one | {"actor": takes} if one.get("actor", {}).get("reference") == leaves else one
        for one in appointment["participant"]
    ]
    return appointment | {"participant": parties}


def moment(text: str) -> datetime:
    """A moment that a form names. Raises Invalid for what is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid(f"'{text[:40]}' is no moment.") from None
    if found.tzinfo is None:
        raise Invalid(f"'{text[:40]}' names no time zone.")
    return found.astimezone(OSLO)


def _later(party: Json, by: timedelta) -> Json:
    if "period" not in party:
        return party
    return party | {"period": {name: _plus(value, by) for name, value in party["period"].items()}}


def _plus(text: str, by: timedelta) -> str:
    return (datetime.fromisoformat(text) + by).astimezone(OSLO).isoformat()
