"""What a citizen does not tolerate, and what happened."""

from datetime import date
from typing import NamedTuple

from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import ATC, Json, coding, reference

_SYSTEM = "http://terminology.hl7.org/CodeSystem/allergyintolerance-"


class Allergy(NamedTuple):
    """Against what: our words, FHIR's category, an ATC group for medicines ("" for others)."""

    text: str
    category: str
    atc: str = ""
    intolerance: bool = False


class Reaction(NamedTuple):
    """What happened: our words, and FHIR's severity."""

    text: str
    severity: str


def allergy(
    chart: Chart, allergy: Allergy, reaction: Reaction, since: date, told: date, by: str, *, grave: bool
) -> str:
    """Write an AllergyIntolerance. Returns the reference."""
    what: Json = {"text": allergy.text}
    if allergy.atc:
        what["coding"] = [{"system": ATC, "code": allergy.atc}]
    body: Json = {
        "clinicalStatus": coding(_SYSTEM + "clinical", "active"),
        "verificationStatus": coding(_SYSTEM + "verification", "confirmed"),
        "type": "intolerance" if allergy.intolerance else "allergy",
        "category": [allergy.category],
        "criticality": "high" if grave else "low",
        "code": what,
        "patient": chart.subject,
        "onsetDateTime": since.isoformat(),
        "recordedDate": told.isoformat(),
        "recorder": reference(by),
        "reaction": [{"manifestation": [{"text": reaction.text}], "severity": reaction.severity}],
    }
    return chart.add("AllergyIntolerance", body)
