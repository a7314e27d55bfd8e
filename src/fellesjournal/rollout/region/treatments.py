"""Medicines in use: when each was begun and stopped."""

from dataclasses import dataclass
from datetime import date

from fellesjournal.rollout.region.chart.medicines import Medicine


@dataclass(slots=True)
class Treatment:
    """A medicine in use, until it is stopped."""

    medicine: Medicine
    since: date
    until: date | None = None
    reason: str = ""
    """Reference to the problem."""
    why: str = ""
    """Why it was stopped."""
    label: str = ""
    """The security label of what is written."""
    full: bool = False
    """Given for so long from the beginning: its end is on the prescription, and nobody is met about it."""

    def on(self, day: date) -> bool:
        """Whether the medicine is used on the day."""
        return self.since <= day and (self.until is None or self.until > day)
