"""A citizen who says that they come late: for the reception to see, before anybody is called. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from fellesjournal.booking.holding import COMES_LATE, extension, with_extension
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
    start = datetime.fromisoformat(appointment["start"])
    return start - SOON <= now < datetime.fromisoformat(appointment.get("end", appointment["start"]))


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
    told = {"url": COMES_LATE, "valuePositiveInt": minutes}
    parties = [
        with_extension(one, told) if one.get("actor", {}).get("reference") == patient else one
        for one in appointment["participant"]
    ]
    return dict(appointment) | {"participant": parties}
