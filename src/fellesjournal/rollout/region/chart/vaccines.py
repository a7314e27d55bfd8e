"""Vaccinations: what was given, by ATC code."""

from datetime import datetime
from typing import NamedTuple

from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import ATC, Json, Term, concept, reference
from fellesjournal.rollout.region.moments import written


class Vaccine(NamedTuple):
    """A vaccine by what it protects against."""

    atc: str
    text: str


def immunization(
    chart: Chart, vaccine: Vaccine, when: datetime, dose: int | None, by: str, unit: str, contact: str = ""
) -> str:
    """Write one dose, None where those before are not known; `contact` is "" for one that was given in
    passing. Returns the reference."""
    chart.vaccinated.append((when.date(), vaccine.text))
    body: Json = {
        "status": "completed",
        "vaccineCode": concept(Term(ATC, vaccine.atc, vaccine.text)),
        "patient": chart.subject,
        "occurrenceDateTime": written(when),
        "primarySource": contact != "",
        "performer": [{"actor": reference(by)}, {"actor": reference(unit)}],
    }
    if dose:
        body["protocolApplied"] = [{"doseNumberPositiveInt": dose}]
    return chart.add("Immunization", body | ({"encounter": reference(contact)} if contact else {}))
