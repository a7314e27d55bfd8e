"""What forms and addresses name, read: refused in a sentence where it is none."""

import re
from datetime import date, datetime

from fellesjournal.errors import Invalid
from fellesjournal.ui.norwegian import OSLO

_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


def day(text: str) -> date:
    """A day as people here write it, 24.12.2026, or as addresses do, 2026-12-24. Raises Invalid for what is
    none."""
    found = _DAY.fullmatch(text.strip())
    parts = f"{found[3]}-{found[2]:0>2}-{found[1]:0>2}" if found else text.strip()
    try:
        return date.fromisoformat(parts)
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
