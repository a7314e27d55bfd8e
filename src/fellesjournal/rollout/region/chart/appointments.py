"""Appointments: somebody is expected somewhere, or visited at home, at a time; or waits for one."""

from datetime import date, datetime, timedelta

from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import AT_HOME, HOME_SERVICES, Json, concept, reference
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.kinds_of_visit import HOME, Kind
from fellesjournal.rollout.region.moments import written
from fellesjournal.rollout.region.units import Unit, Worker

ENTRY = "https://fellesjournal.no/fhir/StructureDefinition/waitlist-entry"
"""On the Appointment of one who waits (docs/decisions/waitlist.md)."""


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


def waits(
    chart: Chart,
    since: datetime,
    deadline: date,
    unit: Unit,
    reason: Problem,
    *,
    kind: Kind,
    priority: int,
    notice: int,
    asked: str = "",
) -> str:
    """Write that the citizen waits on the list of a unit's service, with the last day by which help has to
    begin, a priority from 1 (first) to 9, and the shortest notice in hours; `asked` is the referral. Returns
    the reference."""
    told: list[Json] = [
        {"url": "since", "valueDateTime": written(since)},
        {"url": "deadline", "valueDate": deadline.isoformat()},
        {"url": "notice", "valueUnsignedInt": notice},
    ]
    list_of = {"reference": f"HealthcareService/{unit.id}", "display": unit.name}
    body: Json = {
        "extension": [{"url": ENTRY, "extension": told}],
        "status": "waitlist",
        "serviceType": [{"coding": [kind.coding], "text": kind.text}],
        "reasonCode": [concept(*reason.terms)],
        "priority": priority,
        "description": kind.text,
        "minutesDuration": kind.minutes,
        "created": written(since),
        "participant": [{"actor": one, "status": "accepted"} for one in (chart.subject, list_of)],
    }
    if asked:
        body["basedOn"] = [reference(asked)]
    return chart.add("Appointment", body)
