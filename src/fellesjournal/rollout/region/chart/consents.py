"""Blocks (sperring): whom a citizen keeps the record from, as the door reads it (access/guard/blocks.py)."""

from datetime import datetime

from fellesjournal.norway.identity.kinds import OID
from fellesjournal.rollout.region.chart.chart import Chart
from fellesjournal.rollout.region.chart.coding import Json, coding, reference
from fellesjournal.rollout.region.moments import written

_RESTRICTION = OID + "1.9603"


def block(chart: Chart, party: str, when: datetime) -> str:
    """Write a block of the whole record from a unit or a person. Returns the reference."""
    role = coding("http://terminology.hl7.org/CodeSystem/v3-ParticipationType", "IRCP")
    body: Json = {
        "status": "active",
        "scope": coding("http://terminology.hl7.org/CodeSystem/consentscope", "patient-privacy"),
        "category": [coding(_RESTRICTION, "NORS")],
        "patient": chart.subject,
        "dateTime": written(when),
        "policyRule": {"text": "pasient- og brukerrettighetsloven § 5-3"},
        "provision": {
            "type": "deny",
            "period": {"start": written(when)},
            "actor": [{"role": role, "reference": reference(party)}],
        },
    }
    return chart.add("Consent", body)
