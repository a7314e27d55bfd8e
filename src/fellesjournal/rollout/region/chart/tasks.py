"""Work that waits for somebody: a result to be seen and signed, an application to be decided, a form to be
answered."""

from datetime import date, datetime

from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import Json, reference
from fellesjournal.rollout.region.moments import written
from fellesjournal.rollout.region.units import Unit

_FORMS = "https://fellesjournal.no/fhir/Questionnaire/"
BEFORE_THE_VISIT, MEASUREMENTS = _FORMS + "for-timen", _FORMS + "egne-malinger"
"""Forms that come with the program (documentation/forms)."""


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


def form(chart: Chart, url: str, what: str, when: datetime, by: Unit, due: date) -> None:
    """Write a task for the citizen: to answer a form that a unit asks for, by a day."""
    body: Json = {
        "status": "requested",
        "intent": "order",
        "code": {"text": what},
        "for": chart.subject,
        "authoredOn": written(when),
        "lastModified": written(when),
        "requester": {"reference": by.reference, "display": by.name},
        "owner": chart.subject,
        "restriction": {"period": {"end": due.isoformat()}},
        "input": [{"type": {"text": "skjema"}, "valueCanonical": url}],
    }
    chart.add("Task", body)
