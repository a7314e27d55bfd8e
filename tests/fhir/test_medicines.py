"""Which medicine a resource is about."""

from typing import Any

import pytest

from fellesjournal.fhir.medicines import medicine

PARACETAMOL = {"coding": [{"system": "http://www.whocc.no/atc", "code": "N02BE01"}], "text": "Paracetamol"}
CONTAINED = {"resourceType": "Medication", "id": "m", "code": PARACETAMOL}


@pytest.mark.parametrize(
    ("resource", "expected"),
    [
        ({"medicationCodeableConcept": PARACETAMOL}, PARACETAMOL),
        ({"contained": [CONTAINED], "medicationReference": {"reference": "#m", "display": "x"}}, PARACETAMOL),
        (
            {
                "contained": [{"resourceType": "Medication", "id": "n", "code": {"text": "Another"}}],
                "medicationReference": {"reference": "Medication/7", "display": "Ibuprofen"},
            },
            {"text": "Ibuprofen"},
        ),
        ({"medicationReference": {"reference": "Medication/7"}}, {}),
        ({"code": PARACETAMOL}, {}),
    ],
    ids=["in place", "contained", "elsewhere", "elsewhere without a name", "no medicine"],
)
def test_the_medicine_of_a_resource(resource: dict[str, Any], expected: dict[str, Any]) -> None:
    assert medicine(resource) == expected
