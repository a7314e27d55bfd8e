"""The answers to examinations, and what is told beside the values of tests."""

from base64 import b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from portal.conftest import Home
from portal.people import CHILD, MOTHER, STRANGER
from workplace.people import laboratory, to

Json = dict[str, Any]
PDF = b"%PDF-1.4\n%%EOF\n"
WHEN = (datetime.now(UTC) - timedelta(days=1)).isoformat(timespec="seconds")
"""Lately: results are news for two weeks."""
XRAY: Json = {
    "resourceType": "DiagnosticReport",
    "id": "mild-xray",
    "status": "final",
    "category": [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0074", "code": "RAD"}]}],
    "code": {"text": "RTG venstre hånd"},
    "subject": to(MOTHER),
    "effectiveDateTime": WHEN,
    "performer": [{"reference": "Practitioner/lun-rogneber"}],
    "conclusion": "Ingen brudd.",
    "presentedForm": [{"contentType": "application/pdf", "data": b64encode(PDF).decode(), "title": "Svaret"}],
}


async def test_the_answer_to_an_x_ray_is_among_the_results_and_is_read(home: Home) -> None:
    await home.office.put(XRAY)
    async with home.visitor(MOTHER) as visitor:
        assert "/min/journal/prover" in (await visitor.get()).text
        area = (await visitor.get("/journal/prover")).text
        assert 'href="/min/journal/rapport/mild-xray"' in area
        page = (await visitor.get("/journal/rapport/mild-xray")).text
        assert "Ingen brudd." in page
        assert "Lun Rognebær" in page
        assert 'href="/min/journal/rapport/mild-xray/fil/0"' in page
        file = await visitor.get("/journal/rapport/mild-xray/fil/0")
        assert (file.content, file.headers["content-type"]) == (PDF, "application/pdf")
        assert (await visitor.get("/journal/rapport/mild-xray/fil/1")).status_code == 404
    async with home.visitor(STRANGER) as stranger:
        for path in ("", "/fil/0"):
            assert (await stranger.get(f"/journal/rapport/mild-xray{path}")).status_code == 404


async def test_a_report_that_only_gathers_results_is_neither_news_nor_a_row(home: Home) -> None:
    value = laboratory("mild-crp", "CRP", 3, "mg/L", WHEN, MOTHER)
    gathers = {name: each for name, each in XRAY.items() if name not in ("conclusion", "presentedForm")}
    await home.office.put(value, gathers | {"result": [{"reference": "Observation/mild-crp"}]})
    async with home.visitor(MOTHER) as visitor:
        first = (await visitor.get()).text
        assert '/min/journal/prover">Prøvesvar</a> <span class="value">1</span>' in first
        assert "mild-xray" not in (await visitor.get("/journal/prover")).text
        assert (await visitor.get("/journal/rapport/mild-xray")).status_code == 404


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        ({"high": {"value": 5}}, "Vanlig verdi: under 5"),
        ({"low": {"value": 0.5}}, "Vanlig verdi: over 0,5"),
        ({"low": {"value": 0.5}, "high": {"value": 5}}, "Vanlig verdi: 0,5–5"),
    ],
)
async def test_the_usual_values_are_told_in_words(home: Home, bounds: Json, said: str) -> None:
    value = laboratory("mild-crp", "CRP", 3, "mg/L", WHEN, MOTHER)
    await home.office.put(value | {"referenceRange": [bounds]})
    async with home.visitor(MOTHER) as visitor:
        assert said in (await visitor.get("/journal/prover")).text


async def test_a_value_that_was_written_by_mistake_is_not_told(home: Home) -> None:
    value = laboratory("mild-crp", "CRP", 3, "mg/L", WHEN, MOTHER)
    await home.office.put(value | {"status": "entered-in-error"})
    async with home.visitor(MOTHER) as visitor:
        assert "Det er ingen prøvesvar" in (await visitor.get("/journal/prover")).text


async def test_measures_of_the_plan_and_operations_are_told(home: Home) -> None:
    await home.office.put(
        {
            "resourceType": "Procedure",
            "id": "mild-operation",
            "status": "completed",
            "code": {"text": "Fjernet blindtarm"},
            "subject": to(MOTHER),
            "performedDateTime": WHEN,
        },
        {
            "resourceType": "CarePlan",
            "id": "mild-plan",
            "status": "active",
            "intent": "plan",
            "subject": to(MOTHER),
            "activity": [
                {
                    "detail": {
                        "code": {"text": "Dusj"},
                        "status": "in-progress",
                        "description": "Onsdager",
                    }
                },
                {"detail": {"code": {"text": "Sårstell"}, "status": "completed"}},
            ],
        },
    )
    async with home.visitor(MOTHER) as visitor:
        assert "Fjernet blindtarm" in (await visitor.get("/journal/inngrep")).text
        plan = (await visitor.get("/journal/plan")).text
    assert "Dusj" in plan
    assert "Onsdager" in plan
    assert "Sårstell" not in plan


async def test_who_acts_for_somebody_is_not_spoken_to_as_if_it_were_them(home: Home) -> None:
    async with home.visitor(MOTHER) as visitor:
        own, childs = await visitor.get("/journal"), await visitor.get(f"/for/{CHILD}/journal")
        assert "Alt som er skrevet om deg" in own.text
        assert "Alt som er skrevet, samlet" in childs.text
        for path in ("", "/journal/timer", "/journal/allergier", "/journal/tjenester", "/deling", "/skjema"):
            page = (await visitor.get(f"/for/{CHILD}{path}")).text
            assert "Du har ing" not in page, path
            assert "deg." not in page, path


async def test_the_rows_beyond_the_first_twenty_are_behind_one_press(home: Home) -> None:
    doses = [
        {
            "resourceType": "Immunization",
            "id": f"mild-dose-{number}",
            "status": "completed",
            "vaccineCode": {"text": f"Dose {number}"},
            "patient": to(MOTHER),
            "occurrenceDateTime": "2021-08-10",
        }
        for number in range(23)
    ]
    await home.office.put(*doses)
    async with home.visitor(MOTHER) as visitor:
        page = (await visitor.get("/journal/vaksiner")).text
    assert "Vis 3 til" in page
    assert all(f"Dose {number}<" in page for number in range(23))
