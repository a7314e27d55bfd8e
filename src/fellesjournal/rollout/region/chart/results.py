"""Reports of tests that were taken together."""

from collections.abc import Sequence
from datetime import datetime

from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import Json, coding, reference
from fellesjournal.rollout.region.moments import written

_SECTION = "http://terminology.hl7.org/CodeSystem/v2-0074"


def report(chart: Chart, results: Sequence[str], when: datetime, unit: str, contact: str) -> str:
    """Write a laboratory report over its results. Returns the reference."""
    body: Json = {
        "status": "final",
        "category": [coding(_SECTION, "LAB")],
        "code": {"text": "Laboratoriesvar"},
        "subject": chart.subject,
        "encounter": reference(contact),
        "effectiveDateTime": written(when),
        "issued": written(when),
        "performer": [reference(unit)],
        "result": [reference(one) for one in results],
    }
    return chart.add("DiagnosticReport", body)
