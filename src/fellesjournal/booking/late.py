"""A citizen who says that they come late: for the reception to see, before anybody is called. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from fellesjournal.booking.acts import in_time
from fellesjournal.booking.holding import COMES_LATE, extension
from fellesjournal.booking.rules import is_at_home
from fellesjournal.errors import Invalid

Tree = Mapping[str, Any]

MINUTES = (5, 10, 15, 20, 30)
"""What can be said; who is later than that rings, or moves it."""
SOON = timedelta(hours=3)
"""So long before it begins it can be said."""


def may_say(appointment: Tree, now: datetime) -> bool:
    """Whether a citizen can say it now: of what they come to, that is near and not over."""
    if appointment.get("status") != "booked" or "start" not in appointment or is_at_home(appointment):
        return False
    start, end = (
        datetime.fromisoformat(appointment.get(one, appointment["start"])) for one in ("start", "end")
    )
    return start - SOON <= now < max(start, end)


def said(appointment: Tree) -> int:
    """How many minutes late somebody has said that they come to this time; 0 where nobody has."""
    told = (extension(one, COMES_LATE) for one in appointment.get("participant", ()))
    return max((int(one.get("valuePositiveInt", 0)) for one in told), default=0)


def saying(appointment: Tree, patient: str, minutes: int) -> dict[str, Any]:
    """With what a citizen ("Patient/3") says, in the place of what they said before. Raises Invalid for
    minutes that are none of MINUTES.
    """
    if minutes not in MINUTES:
        raise Invalid(f"One comes {', '.join(map(str, MINUTES))} minutes late, not {minutes}.")
    parties = [
        _with(one, minutes) if one.get("actor", {}).get("reference") == patient else one
        for one in appointment["participant"]
    ]
    return dict(appointment) | {"participant": parties}


def _with(party: Tree, minutes: int) -> dict[str, Any]:
    made = in_time(party)
    return made | {
        "extension": [*made.get("extension", ()), {"url": COMES_LATE, "valuePositiveInt": minutes}]
    }
