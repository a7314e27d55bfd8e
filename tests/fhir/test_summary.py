"""The summary's document and lines, made of resources alone."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.summary.document import NOTHING, Filled, chosen, document
from fellesjournal.fhir.summary.sections import SECTIONS
from fellesjournal.fhir.summary.telling import told
from fellesjournal.fhir.validation import Validator

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
PATIENT = {"resourceType": "Patient", "id": "p"}
BY_CODE = {one.code: one for one in SECTIONS}


def made(filled: list[Filled], language: str = "en") -> dict[str, Any]:
    return document("https://journal.example/fhir", PATIENT, filled, NOW, language, "Fellesjournal")


def observation(id: str, name: str, value: float, when: str, **members: Any) -> dict[str, Any]:
    return {
        "resourceType": "Observation",
        "id": id,
        "status": "final",
        "code": {"text": name},
        "effectiveDateTime": when,
        "valueQuantity": {"value": value, "unit": "mmol/L"},
    } | members


def test_every_section_has_a_code_of_its_own_and_a_title_in_every_language() -> None:
    assert len(BY_CODE) == len(SECTIONS)
    assert {"11450-4", "48765-2", "10160-0"} <= BY_CODE.keys()
    assert all(set(one.title) == {"nb", "nn", "en"} for one in SECTIONS)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_an_empty_summary_says_that_there_is_no_information(definitions: Definitions, language: str) -> None:
    bundle = made([Filled(one, ()) for one in SECTIONS], language)
    assert [one for one in Validator(definitions).validate(bundle) if one.severity == "error"] == []
    sections = bundle["entry"][0]["resource"]["section"]
    assert {one["emptyReason"]["coding"][0]["code"] for one in sections} == {"unavailable"}
    assert all(NOTHING[language] in one["text"]["div"] for one in sections)


def test_what_the_asker_does_not_read_is_withheld() -> None:
    bundle = made([Filled(SECTIONS[0], (), withheld=True)])
    [section] = bundle["entry"][0]["resource"]["section"]
    assert section["emptyReason"]["coding"][0]["code"] == "withheld"


def test_a_resource_in_two_sections_is_in_the_document_once() -> None:
    one = observation("o", "CRP", 5, "2026-11-01")
    bundle = made([Filled(BY_CODE["30954-2"], [one]), Filled(BY_CODE["8716-3"], [one])])
    urls = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(urls) == len(set(urls)) == 4


@given(st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc")), min_size=1))
def test_what_people_wrote_is_text_whatever_it_looks_like(name: str) -> None:
    bundle = made([Filled(BY_CODE["30954-2"], [observation("o", name, 1, "2026-11-01")])])
    div = bundle["entry"][0]["resource"]["section"][0]["text"]["div"]
    assert div.count("<") == len(("<div", "<ul", "<li", "</li", "</ul", "</div"))


def test_the_newest_of_each_kind_is_chosen_and_nothing_that_was_wrong() -> None:
    found = [
        observation("new", "CRP", 5, "2026-11-01"),
        observation("old", "CRP", 50, "2025-11-01"),
        observation("wrong", "Ferritin", 1, "2026-11-01", status="entered-in-error"),
        observation("other", "Natrium", 140, "2024-01-01"),
        {"resourceType": "Patient", "id": "p"},
    ]
    assert [one["id"] for one in chosen(BY_CODE["30954-2"], found)] == ["new", "other"]
    flags = [{"resourceType": "Flag", "id": status, "status": status} for status in ("active", "inactive")]
    assert [one["id"] for one in chosen(BY_CODE["104605-1"], flags)] == ["active"]
    refuted = {
        "verificationStatus": {"coding": [{"code": "refuted"}]},
        "resourceType": "Condition",
        "id": "c",
    }
    assert chosen(BY_CODE["11450-4"], [refuted]) == []


@pytest.mark.parametrize(
    ("resource", "line"),
    [
        (observation("o", "CRP", 5, "2026-11-01T08:00:00Z"), "CRP: 5 millimol per liter (01.11.2026)"),
        (
            {
                "resourceType": "MedicationStatement",
                "medicationCodeableConcept": {"coding": [{"code": "N02BE01", "display": "Paracetamol"}]},
                "dosage": [{"text": "1 g ved behov"}],
                "effectivePeriod": {"start": "2026-01-02"},
            },
            "Paracetamol, 1 g ved behov (02.01.2026)",
        ),
        (
            {
                "resourceType": "Observation",
                "code": {"text": "Blodtrykk"},
                "component": [
                    {"code": {"text": "over"}, "valueQuantity": {"value": 120}},
                    {"code": {"text": "under"}, "valueQuantity": {"value": 80}},
                ],
            },
            "Blodtrykk: over 120, under 80",
        ),
        (
            {
                "resourceType": "Observation",
                "code": {"text": "Røyk"},
                "valueCodeableConcept": {"text": "nei"},
            },
            "Røyk: nei",
        ),
        ({"resourceType": "DeviceUseStatement", "device": {"display": "Pacemaker"}}, "Pacemaker"),
        ({"resourceType": "CarePlan", "title": "Fallforebygging"}, "Fallforebygging"),
        ({"resourceType": "Flag"}, "Flag"),
    ],
)
def test_a_resource_is_told_in_a_line(resource: dict[str, Any], line: str) -> None:
    assert told(resource, "nb") == line
