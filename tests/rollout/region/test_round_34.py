"""What the thirty-fourth round of reading found, ten records by lot; as rules for pockets of other seeds."""

from datetime import date, timedelta

from fellesjournal.rollout.region.formulary import DALTEPARIN
from fellesjournal.rollout.region.medication import Medication
from rollout.region.test_rules import Records, notes, used


def test_treatment_that_is_started_begins_then(pocket: Records) -> None:
    """A word of a start is the list's, and what is begun against high pressure was not there before."""
    started = 0
    for note in notes(pocket):
        if "Starter behandling." in note.text or "Startar behandling." in note.text:
            started += 1
            begun = {date.fromisoformat(since[:10]) for _, _, since, _ in used(note.record)}
            assert any(note.day <= day <= note.day + timedelta(days=14) for day in begun), note.body["id"]
    assert started


def test_high_pressure_is_found_before_it_is_treated(pocket: Records) -> None:
    seen = 0
    for record in pocket.values():
        for one in record.of("Condition"):
            if one["code"]["text"] != "Høyt blodtrykk" or not one.get("encounter"):
                continue
            seen += 1
            treated = [
                line["effectivePeriod"]["start"][:10]
                for line in record.of("MedicationStatement")
                if {"reference": f"Condition/{one['id']}"} in line.get("reasonReference", ())
            ]
            assert all(day >= one["onsetDateTime"][:10] for day in treated), one["id"]
    assert seen


def test_clots_are_prevented_by_a_medicine_where_it_is_told(pocket: Records) -> None:
    for note in notes(pocket):
        if "Blodproppforebyggende i fire uker" in note.text:
            day = note.day.isoformat()
            taken = [code for _, code, since, until in used(note.record) if since <= day < until]
            assert any(code.startswith("B01A") for code in taken), note.body["id"]


def test_a_second_course_of_a_medicine_is_kept_whichever_was_told_first() -> None:
    told = Medication(date(2026, 11, 26))
    for since in (date(2025, 1, 17), date(2020, 6, 15)):
        told.begin(DALTEPARIN, since, "", "")
        told.stop(DALTEPARIN, since + timedelta(days=28), full=True)
    assert [one.since.year for one in told.treatments] == [2020, 2025]
    told.begin(DALTEPARIN, date(2019, 1, 1), "", "")
    assert [one.since.year for one in told.treatments] == [2019], "one that goes on needs no second"


def test_nothing_is_measured_of_who_sleeps(pocket: Records) -> None:
    seen = 0
    for note in notes(pocket):
        if note.text.startswith("Nattpatrulje") and "Sov" in note.text:
            seen += 1
            contact = note.body["encounter"]["reference"]
            measured = [
                it
                for it in note.record.of("Observation")
                if it.get("encounter", {}).get("reference") == contact
            ]
            assert not measured, note.body["id"]
    assert seen
