"""What illness adds to the line that a body follows: so many kilograms, or mmHg, for a while or for good."""

from datetime import date
from typing import NamedTuple


class Shift(NamedTuple):
    """Grows evenly to `amount` in so many days, and from `until` on wanes in `back` days."""

    amount: float
    since: date
    days: float
    until: date | None = None
    back: float = 60

    def on(self, day: date) -> float:
        """How much of it there is on a day."""
        if day <= self.since:
            return 0.0
        grown = min(1.0, (day - self.since).days / max(1.0, self.days))
        if self.until is None or day <= self.until:
            return self.amount * grown
        reached = min(1.0, (self.until - self.since).days / max(1.0, self.days))
        return self.amount * reached * max(0.0, 1 - (day - self.until).days / max(1.0, self.back))


def together(shifts: list[Shift], day: date) -> float:
    """The sum of them on a day."""
    return sum(one.on(day) for one in shifts) if shifts else 0.0
