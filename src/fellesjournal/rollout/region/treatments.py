"""Medicines in use."""

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
    why: str = ""
    label: str = ""
