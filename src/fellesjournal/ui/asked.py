"""What forms and addresses name, read: refused in a sentence where it is none."""

from datetime import date, datetime

from fellesjournal.errors import Invalid
from fellesjournal.norway.writing import day_typed
from fellesjournal.ui.norwegian import OSLO


def day(text: str) -> date:
    """A day as people here write it, 24.12.2026, or as addresses do, 2026-12-24. Raises Invalid for what is
    none."""
    try:
        return date.fromisoformat(day_typed(text) or text.strip())
    except ValueError:
        raise Invalid(f"'{text[:20]}' is no day: write it as 24.12.2026.") from None


def moment(text: str) -> datetime:
    """A moment with its zone, as local time. Raises Invalid for what is none."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Invalid(f"'{text[:40]}' is no moment.") from None
    if found.tzinfo is None:
        raise Invalid(f"'{text[:40]}' names no time zone.")
    return found.astimezone(OSLO)
