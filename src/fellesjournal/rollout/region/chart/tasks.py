"""Work that waits for somebody: a result to be seen and signed, an application to be decided."""

from datetime import datetime

from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import Json, reference
from fellesjournal.rollout.region.moments import written


def task(chart: Chart, what: str, focus: str, when: datetime, by: str, owner: str) -> str:
    """Write a task about a resource (`focus`), asked for by one and owned by a person or unit. Returns the
    reference."""
    body: Json = {
        "status": "requested",
        "intent": "order",
        "code": {"text": what},
        "focus": reference(focus),
        "for": chart.subject,
        "authoredOn": written(when),
        "lastModified": written(when),
        "requester": reference(by),
        "owner": reference(owner),
    }
    return chart.add("Task", body)
