"""Reports of tests: of those that were taken together, and of what grew."""

from collections.abc import Sequence
from datetime import datetime

from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import Json, coding, reference
from fellesjournal.rollout.region.moments import written

_SECTION = "http://terminology.hl7.org/CodeSystem/v2-0074"


def report(
    chart: Chart, results: Sequence[str], span: tuple[datetime, datetime], by: str, contact: Json
) -> str:
    """Write a laboratory's report over its results: when it was taken, and answered; `contact` is the element
    that tells at which, {} at none. Returns the reference."""
    when, answered = span
    body: Json = {
        "status": "final",
        "category": [coding(_SECTION, "LAB")],
        "code": {"text": "Laboratoriesvar"},
        "subject": chart.subject,
        "effectiveDateTime": written(when),
        "issued": written(answered),
        "performer": [reference(by)],
        "result": [reference(one) for one in results],
    } | contact
    return chart.add("DiagnosticReport", body)


def culture(
    chart: Chart, what: str, found: str, span: tuple[datetime, datetime], by: str, contact: str, section: str
) -> str:
    """Write an answer in words: `span` is when it was taken and answered, `section` the kind of laboratory in
    HL7's table 0074. Returns the reference."""
    when, answered = span
    body: Json = {
        "status": "final",
        "category": [coding(_SECTION, section)],
        "code": {"text": what},
        "subject": chart.subject,
        "encounter": reference(contact),
        "effectiveDateTime": written(when),
        "issued": written(answered),
        "performer": [reference(by)],
        "conclusion": found,
    }
    return chart.add("DiagnosticReport", body)
