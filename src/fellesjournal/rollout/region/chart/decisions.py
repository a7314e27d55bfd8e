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


class Granted(NamedTuple):
    """What a vedtak gives: how much of the service, from which day, and until which, if it says so."""

    extent: str
    since: date
    until: date | None


def application(
    chart: Chart, service: Provided, when: datetime, by: str, office: str, why: str, granted: Granted | None
) -> str:
    """Write an application by the citizen, with what it was granted. While it waits to be decided, it is an
    order that lets the office open the record (access/guard/care.py). Returns the reference."""
    body: Json = {
        "status": "completed" if granted else "active",
        "intent": "order",
        "code": service.concept,
        "subject": chart.subject,
        "authoredOn": written(when),
        "requester": reference(by),
        "performer": [reference(office)],
        "reasonCode": [{"text": why}],
    }
    if granted:
        body["orderDetail"] = [{"text": granted.extent}]
        body["occurrencePeriod"] = _period(granted.since, granted.until)
    return chart.add("ServiceRequest", body)


def care(
    chart: Chart,
    service: Provided,
    status: str,
    span: tuple[date, date | None],
    unit: str,
    manager: str,
    applied: str,
) -> str:
    """Write a service that was decided on, from day to day; one that goes on has the end of its decision, if
    it has one. Returns the reference."""
    body: Json = {
        "status": status,
        "type": [service.concept],
        "patient": chart.subject,
        "managingOrganization": reference(unit),
        "period": _period(*span),
        "careManager": reference(manager),
    }
    if applied:
        body["referralRequest"] = [reference(applied)]
    return chart.add("EpisodeOfCare", body)


def _period(since: date, until: date | None) -> Json:
    return {"start": since.isoformat()} | ({"end": until.isoformat()} if until else {})
