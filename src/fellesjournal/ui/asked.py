"""What forms and addresses name, read: refused in a sentence where it is none."""

from datetime import datetime

from fellesjournal.errors import Invalid
from fellesjournal.ui.norwegian import OSLO


def moment(text: str) -> datetime:
    """A moment with its zone, as local time. Raises Invalid for what is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid(f"'{text[:40]}' is no moment.") from None
    if found.tzinfo is None:
        raise Invalid(f"'{text[:40]}' names no time zone.")
    return found.astimezone(OSLO)
