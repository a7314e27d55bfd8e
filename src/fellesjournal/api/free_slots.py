"""What a client is told that looks for free Slots, of which none are stored (docs/decisions/booking.md)."""

from collections.abc import Iterator

from fellesjournal.api.door import Page
from fellesjournal.errors import Issue

_FREE = "free"


def advice(kind: str, page: Page) -> Iterator[Issue]:
    """Where free time is found, for a search of free Slots that found none."""
    statuses = [value for name, value in page.asked if name == "status"]
    wants_free = any(one.rpartition("|")[2] == _FREE for value in statuses for one in value.split(","))
    if kind == "Slot" and wants_free and not page.entries:
        yield Issue(
            "informational",
            "Free time is not stored as Slots: it is worked out from the calendars when it is asked for. "
            "Ask Appointment/$find with start, end and practitioner, location-reference or organization, and "
            "give one of its proposals to Appointment/$hold or $book.",
            severity="information",
        )
