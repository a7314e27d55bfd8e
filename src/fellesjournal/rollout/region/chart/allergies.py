"""What a citizen does not tolerate, and what happened."""

from datetime import date
from typing import NamedTuple

from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import ATC, NOT_APPLICABLE, UNKNOWN, Json, coding, reference

NONE_KNOWN: Json = {
    "coding": [{"system": "http://snomed.info/sct", "code": "716186003"}],
    "text": "Ingen kjente allergier",
}
"""No known allergy (SNOMED CT, in FHIR's value set of AllergyIntolerance.code)."""
REACTIONS = "urn:uid:2.16.578.1.12.4.1.1.7497"
"""Volven 7497, as the profile writes it."""
_NO_REACTION: Json = {"system": REACTIONS, "_code": NOT_APPLICABLE, "_display": NOT_APPLICABLE}
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
        "reaction": [{"manifestation": [_coded(reaction)], "severity": reaction.severity}],
    }
    return chart.add("AllergyIntolerance", body)


def _coded(reaction: Reaction) -> Json:
    """As no-basis-AllergyIntolerance has it; of Volven's list 7497 the words are known here, not the code."""
    seen = {"system": REACTIONS, "_code": UNKNOWN, "display": reaction.text}
    return {"coding": [seen], "text": reaction.text}


def none_known(chart: Chart, told: date, by: str) -> None:
    """Write that somebody has asked, and that nothing is known: it is something else than silence. The
    profile asks every allergy for a reaction; here it says that there is none to tell of."""
    body: Json = {
        "clinicalStatus": coding(_SYSTEM + "clinical", "active"),
        "verificationStatus": coding(_SYSTEM + "verification", "confirmed"),
        "code": NONE_KNOWN,
        "patient": chart.subject,
        "recordedDate": told.isoformat(),
        "recorder": reference(by),
        "reaction": [{"manifestation": [{"coding": [_NO_REACTION]}]}],
    }
    chart.add("AllergyIntolerance", body)
