"""A part of the chart that shows no more than some says that there are more, and where."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from fellesjournal.norway.writing import OSLO
from workplace.conftest import Office
from workplace.people import ADA, to

NURSE = "varm-lyngmo"
NOW = datetime.now(OSLO)


def contact(number: int) -> dict[str, Any]:
    return {
        "resourceType": "Encounter",
        "id": f"contact-{number}",
        "status": "finished",
        "class": {"system": "http://terminology.hl7.org/CodeSystem/v3-ActCode", "code": "AMB"},
        "subject": to(ADA),
        "reasonCode": [{"text": f"Grunn {number}"}],
        "period": {"start": (NOW - timedelta(days=number)).isoformat()},
    }


def result(number: int) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": f"result-{number}",
        "status": "final",
        "category": [
            {
                "coding": [
                    {
                        "system": "http://terminology.hl7.org/CodeSystem/observation-category",
                        "code": "laboratory",
                    }
                ]
            }
        ],
        "code": {"text": f"Prøve {number}"},
        "subject": to(ADA),
        "effectiveDateTime": (NOW - timedelta(days=number)).isoformat(),
        "valueString": "ja",
    }


def stopped(number: int) -> dict[str, Any]:
    return {
        "resourceType": "MedicationStatement",
        "id": f"stopped-{number}",
        "status": "stopped",
        "medicationReference": {"reference": f"Medication/{number}", "display": f"Legemiddel {number}"},
        "subject": to(ADA),
        "effectivePeriod": {"start": (NOW - timedelta(days=100 + number)).isoformat()},
    }


def coming(number: int) -> dict[str, Any]:
    start = NOW + timedelta(days=number)
    return {
        "resourceType": "Appointment",
        "id": f"coming-{number}",
        "status": "booked",
        "description": f"Time {number}",
        "start": start.isoformat(),
        "end": (start + timedelta(minutes=20)).isoformat(),
        "participant": [{"actor": to(ADA), "status": "accepted"}],
    }


@pytest.mark.parametrize(
    ("part", "made", "most", "said"),
    [
        ("contacts", contact, 10, "Flere står i"),
        ("results", result, 14, "Flere står i"),
        ("medicines", stopped, 5, "Flere står i"),
        ("plan", coming, 6, "Flere timer er avtalt."),
    ],
)
async def test_that_there_are_more_is_said(
    office: Office, part: str, made: Any, most: int, said: str
) -> None:
    at = f"/innbygger/{ADA}/del/{part}"
    async with office.worker(NURSE) as nurse:
        assert said not in (await nurse.get(at)).text
        await office.put(*map(made, range(1, most + 3)))
        page = (await nurse.get(at)).text
    assert said in page
    assert page.count("<tr") <= most + 8


async def test_what_was_stopped_last_stands_first(office: Office) -> None:
    def ended(name: str, start: int, end: int) -> dict[str, Any]:
        days = {"start": start, "end": end}
        period = {which: (NOW - timedelta(days=ago)).date().isoformat() for which, ago in days.items()}
        return stopped(start) | {
            "medicationReference": {"reference": f"Medication/{start}", "display": name},
            "effectivePeriod": period,
        }

    await office.put(ended("Penicillin", 30, 23), ended("Ramipril", 4000, 2))
    async with office.worker(NURSE) as nurse:
        page = (await nurse.get(f"/innbygger/{ADA}/del/medicines")).text
    assert page.index("Ramipril") < page.index("Penicillin")
