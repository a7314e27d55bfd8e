"""What the staff can make of an Appointment, by the words in addresses and forms. Pure."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from fellesjournal.booking import acts
from fellesjournal.norway.codes.contacts import CANCELLED
from fellesjournal.ui import asked
from fellesjournal.ui.norwegian import OSLO

Json = dict[str, Any]

Act = Callable[[Json], Json]
"""What is done with an Appointment; refuses with Conflict or Unprocessable."""

STATES = ("kommet", "inne", "ferdig", "ikke-mott")
"""What the reception marks, by the word in the address."""
STATUSES = dict(zip(STATES, ("arrived", "checked-in", "fulfilled", "noshow"), strict=True))
"""What an Appointment is when it is marked so."""
_NEXT = {"booked": ("kommet", "ikke-mott"), "arrived": ("inne", "ferdig"), "checked-in": ("ferdig",)}
REASONS = {
    code: CANCELLED.find(code)
    for code in (acts.BY_SERVICE, acts.BY_CITIZEN, acts.ON_BEHALF, acts.NOT_AT_HOME)
}
"""Why an appointment is cancelled (list 7621), the service's own reason first."""
LONGEST = 500
"""Letters of a reason in one's own words."""
moment = asked.moment
"""A moment that a form names."""


def next_states(appointment: Json, now: datetime) -> tuple[str, ...]:
    """What it can be marked as from where it is: nobody has come before the day, or failed to come before it
    begins.
    """
    start = datetime.fromisoformat(appointment.get("start", now.isoformat()))
    if now.astimezone(OSLO).date() < start.astimezone(OSLO).date():
        return ()
    offered = _NEXT.get(appointment["status"], ())
    return tuple(one for one in offered if start <= now or one != "ikke-mott")


def marking(state: str, now: datetime) -> Act:
    """The act that one of STATES stands for."""
    found: dict[str, Act] = {
        "kommet": acts.arrived,
        "inne": acts.in_room,
        "ferdig": acts.done,
        "ikke-mott": lambda one: acts.not_met(one, now),
    }
    return found[state]


def exchanged(appointment: Json, leaves: str, takes: Json) -> Json:
    """With one party (a Reference) in the place of another ("Practitioner/7")."""
    parties = [
        one | {"actor": takes} if one.get("actor", {}).get("reference") == leaves else one
        for one in appointment["participant"]
    ]
    return appointment | {"participant": parties}
