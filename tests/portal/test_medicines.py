"""What a citizen uses: which medicine, how it is taken, and what it is for."""

from portal.conftest import Home
from workplace.people import ADA, to

GOUT = {
    "resourceType": "Condition",
    "id": "gout",
    "clinicalStatus": {
        "coding": [{"system": "http://terminology.hl7.org/CodeSystem/condition-clinical", "code": "active"}]
    },
    "code": {"text": "Urinsyregikt"},
    "subject": to(ADA),
    "recordedDate": "2026-05-04",
}
ALLOPURINOL = {
    "resourceType": "MedicationStatement",
    "id": "allopurinol",
    "contained": [{"resourceType": "Medication", "id": "m", "code": {"text": "Allopurinol 300 mg tablett"}}],
    "status": "active",
    "medicationReference": {"reference": "#m"},
    "subject": to(ADA),
    "effectivePeriod": {"start": "2026-05-04"},
    "dosage": [{"text": "1 tablett daglig"}],
    "reasonReference": [{"reference": "Condition/gout"}],
}


async def test_what_a_medicine_is_for_is_said(home: Home) -> None:
    await home.office.put(GOUT, ALLOPURINOL)
    async with home.visitor(ADA) as visitor:
        page = (await visitor.get("/journal/legemidler")).text
    row = page[page.index("Allopurinol 300 mg tablett") :]
    assert row.index("1 tablett daglig") < row.index("Urinsyregikt") < row.index("Siden 04.05.2026")
