"""Appointments: somebody is expected somewhere, at a time."""

from datetime import datetime, timedelta

from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import Json, concept, reference
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.moments import written
from fellesjournal.rollout.region.units import Unit, Worker


def appointment(
    chart: Chart,
    what: str,
    start: datetime,
    minutes: int,
    unit: Unit,
    by: Worker,
    reason: Problem | None = None,
    *,
    comment: str = "",
    asked: str = "",
) -> str:
    """Write an appointment that is booked; `asked` is the referral that it answers. Returns the reference."""
    body: Json = {
        "status": "booked",
        "serviceType": [{"text": what}],
        "start": written(start),
        "end": written(start + timedelta(minutes=minutes)),
        "minutesDuration": minutes,
        "participant": [
            {"actor": one, "status": "accepted"}
            for one in (chart.subject, reference(by.reference), reference(f"Location/{unit.id}"))
        ],
    }
    if reason:
        body["reasonCode"] = [concept(*reason.terms)]
    if comment:
        body["comment"] = comment
    if asked:
        body["basedOn"] = [reference(asked)]
    return chart.add("Appointment", body)
