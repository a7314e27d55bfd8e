"""Appointments: somebody is expected somewhere, or visited at home, at a time."""

from datetime import datetime, timedelta

from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import AT_HOME, HOME_SERVICES, Json, concept, reference
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.kinds_of_visit import HOME, Kind
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
    kind: Kind,
    comment: str = "",
    asked: str = "",
) -> str:
    """Write an appointment that is booked for a kind of visit; `asked` is the referral that it answers.
    Returns the reference."""
    body: Json = {
        "status": "booked",
        "serviceType": [{"coding": [kind.coding], "text": what}],
        "description": what,
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


def home_visit(
    chart: Chart, what: str, start: datetime, minutes: int, unit: Unit, *, asked: str = "", been: bool = False
) -> str:
    """Write a visit at home that the unit's team plans, or has made (`been`); `asked` is the application that
    the decision answers. Returns the reference."""
    team = {"reference": f"HealthcareService/{unit.id}", "display": unit.name}
    body: Json = {
        "status": "fulfilled" if been else "booked",
        "serviceCategory": [HOME_SERVICES],
        "appointmentType": AT_HOME,
        "serviceType": [{"coding": [HOME.coding], "text": HOME.text}],
        "description": what,
        "start": written(start),
        "end": written(start + timedelta(minutes=minutes)),
        "minutesDuration": minutes,
        "participant": [
            {"actor": one, "status": "accepted"}
            for one in (chart.subject, team, reference(f"Location/{unit.id}"))
        ],
    }
    if asked:
        body["basedOn"] = [reference(asked)]
    return chart.add("Appointment", body)
