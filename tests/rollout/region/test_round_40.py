"""What the fortieth round of reading found, ten records by lot without a contradiction; as rules."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from fellesjournal.fhir.medicines import medicine
from fellesjournal.rollout.region.courses import lately
from fellesjournal.rollout.region.life import Life
from rollout.region.conftest import Record
from rollout.region.test_rules import Records, notes

GOAL = 1.8
MONDAY = date(2024, 3, 4)
LEAVE = "Sykmeldt 100 % i én uke."


def used(record: Record, atc: str, day: str) -> bool:
    """Whether a medicine whose code begins so is on the list on the day."""
    for one in record.of("MedicationStatement"):
        span = one["effectivePeriod"]
        codes = [coded.get("code", "") for coded in medicine(one)["coding"]]
        if span["start"] <= day <= span.get("end", "9999") and any(code.startswith(atc) for code in codes):
            return True
    return False


def test_a_triptan_that_helps_is_on_the_list(records: Records) -> None:
    told = 0
    for note in notes(records):
        if "triptan" in note.text:
            told += 1
            assert used(note.record, "N02CC", note.day.isoformat()), note.body["id"]
    assert told


def test_units_of_a_dose_keep_their_capital(records: Records) -> None:
    lists = [note.text for note in notes(records) if "Faste legemidler" in note.text]
    assert not [text for text in lists if " e under huden" in text]
    assert any(" E under huden" in text for text in lists)


def test_cholesterol_with_ill_vessels_and_a_statin_is_as_the_controls_say(records: Records) -> None:
    told = 0
    for note in notes(records):
        if "LDL i mål" in note.text or "Kolesterolet er i mål" in note.text:
            before = [
                one["valueQuantity"]["value"]
                for one in note.record.of("Observation")
                if one["code"]["text"] == "LDL-kolesterol"
                and 0 <= (note.day - date.fromisoformat(one["effectiveDateTime"][:10])).days < 21
            ]
            told += 1
            assert all(value <= GOAL for value in before), note.body["id"]
    assert told


@pytest.mark.parametrize(("days", "said"), [(3, "Er sykmeldt fra før."), (7, LEAVE)])
def test_a_sick_note_of_a_week_is_over_on_its_eighth_day(
    days: int, said: str, life: Callable[..., Life]
) -> None:
    one = life(date(1980, 1, 1))
    assert lately.signed_off(one, MONDAY, LEAVE) == LEAVE
    assert lately.signed_off(one, MONDAY + timedelta(days=days), LEAVE) == said
