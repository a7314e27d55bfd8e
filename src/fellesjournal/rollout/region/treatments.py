"""Medicines in use: when each was begun and stopped, and how the list and its prescriptions are written."""

from dataclasses import dataclass
from datetime import date

from fellesjournal.rollout.region.chart import medicines
from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.medicines import Medicine
from fellesjournal.rollout.region.moments import years_after


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

    def on(self, day: date) -> bool:
        """Whether the medicine is used on the day."""
        return self.since <= day and (self.until is None or self.until > day)

    def write(self, chart: Chart, first: date, last: date, died: date | None, by: str) -> None:
        """A prescription a year between two days (of what is taken as needed, every second year), and a line
        of the list. Nothing of what ended before."""
        ended = self.until or died
        if ended and ended < first:
            return
        with chart.labelled(self.label):
            day = max(self.since, first)
            while day <= (ended or last):
                following = years_after(day, 2 if self.medicine.as_needed else 1)
                current = ended is None and following > last
                medicines.prescription(chart, self.medicine, day, by, reason=self.reason, current=current)
                day = following
            medicines.statement(chart, self.medicine, self.since, ended, reason=self.reason, why=self.why)
