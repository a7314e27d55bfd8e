"""What the municipality is asked for and gives: applications, and services as care that goes on for a
time."""

from datetime import date, datetime
from typing import NamedTuple

from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import SERVICE, Json, Term, concept, reference
from fellesjournal.rollout.region.moments import written


class Provided(NamedTuple):
    """A service by list 9151. The code is "" for a safety alarm: the list has given up its code for that, and
    welfare technology has none in it."""

    code: str
    text: str
    law: str
    """Where in helse- og omsorgstjenesteloven it stands; "" for what the municipality offers by itself."""

    @property
    def concept(self) -> Json:
        """CodeableConcept of the service."""
        return concept(Term(SERVICE, self.code, self.text)) if self.code else {"text": self.text}


def application(
    chart: Chart, service: Provided, when: datetime, by: str, office: str, why: str, *, decided: bool
) -> str:
    """Write an application by the citizen. While it waits to be decided, it is an order that lets the office
    open the record (access/guard/care.py). Returns the reference."""
    body: Json = {
        "status": "completed" if decided else "active",
        "intent": "order",
        "code": service.concept,
        "subject": chart.subject,
        "authoredOn": written(when),
        "requester": reference(by),
        "performer": [reference(office)],
        "reasonCode": [{"text": why}],
    }
    return chart.add("ServiceRequest", body)


def care(
    chart: Chart,
    service: Provided,
    since: date,
    until: date | None,
    unit: str,
    manager: str,
    applied: str,
) -> str:
    """Write a service that was decided on, from day to day; one without an end goes on. Returns the
    reference."""
    body: Json = {
        "status": "finished" if until else "active",
        "type": [service.concept],
        "patient": chart.subject,
        "managingOrganization": reference(unit),
        "period": {"start": since.isoformat()} | ({"end": until.isoformat()} if until else {}),
        "careManager": reference(manager),
    }
    if applied:
        body["referralRequest"] = [reference(applied)]
    return chart.add("EpisodeOfCare", body)
