"""The NEWS2 of a set of vital signs, in the codes in which the workplace writes it: a test compares them.

Code: SNOMED CT's, as HL7 Norway's VitalSigns and the NHS's FHIR-NEWS2 have it.
"""

from collections.abc import Mapping
from datetime import datetime

from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import CATEGORY, Json, Term, coding, concept
from fellesjournal.rollout.region.moments import written

NEWS2 = Term("http://snomed.info/sct", "1104051000000101", "NEWS2")
_PARTS = "https://fellesjournal.no/fhir/CodeSystem/maling"


def news2(chart: Chart, points: Mapping[str, int], when: datetime, about: Json, scale: str) -> str:
    """Write a score with the points of each part; `about` is what goes with it (encounter, performer).
    Returns the reference."""
    body: Json = {
        "status": "final",
        "category": [coding(CATEGORY, "vital-signs")],
        "code": concept(NEWS2),
        "subject": chart.subject,
        "effectiveDateTime": written(when),
        "valueInteger": sum(points.values()),
        "method": {"text": scale},
        "component": [
            {"code": concept(Term(_PARTS, f"news2-{name}", f"NEWS2: {name}")), "valueInteger": number}
            for name, number in points.items()
        ],
    }
    return chart.add("Observation", body | about)
