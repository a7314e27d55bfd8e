"""Referrals: somebody is asked to see the citizen."""

from datetime import datetime

from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import Json, concept, reference
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.moments import written


def referral(
    chart: Chart, what: str, reason: Problem, when: datetime, by: str, to: str, contact: str, *, status: str
) -> str:
    """Write a ServiceRequest from one who met the citizen to a unit. Returns the reference."""
    body: Json = {
        "status": status,
        "intent": "order",
        "code": {"text": what},
        "subject": chart.subject,
        "encounter": reference(contact),
        "authoredOn": written(when),
        "requester": reference(by),
        "performer": [reference(to)],
        "reasonCode": [concept(*reason.terms)],
    }
    return chart.add("ServiceRequest", body)
