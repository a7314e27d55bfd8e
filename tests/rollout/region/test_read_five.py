"""What a reader of twelve records by lot found, with what follows; as rules."""

from collections.abc import Iterator
from datetime import date, datetime

from rollout.region.conftest import Record
from rollout.region.test_round_40 import used
from rollout.region.test_rules import Note, Records, notes, on, reasons

SLOW = 110
"""Beats a minute below which a fluttering heart is called controlled (ESC)."""
LOW, FEAR, STRAIN = "Depresjon", "Angstlidelse", "Situasjonsbetinget psykisk belastning"
WEEKS = 50


def _pulses(note: Note) -> list[int]:
    """What is counted during the stay of the note, in the order of time."""
    there = f"Encounter/{note.contact['id']}"
    found = [
        (datetime.fromisoformat(one["effectiveDateTime"]), one["valueQuantity"]["value"])
        for one in note.record.of("Observation")
        if one["code"].get("text") == "Puls" and one.get("encounter", {}).get("reference") == there
    ]
    return [value for _, value in sorted(found)]


def _met(record: Record, about: str) -> Iterator[date]:
    """Days on which somebody is met about it."""
    return (on(one["period"]["start"]) for one in record.of("Encounter") if about in reasons(one))


def test_a_heart_that_is_slowed_beats_slowly_before_one_goes_home(records: Records) -> None:
    told = 0
    for note in notes(records):
        if "Frekvensen ble kontrollert" in note.text:
            told += 1
            assert _pulses(note)[-1] < SLOW, note.body["id"]
    assert told


def test_who_is_to_have_thinner_blood_goes_home_with_what_thins_it(records: Records) -> None:
    planned = 0
    for note in notes(records):
        if "Nyoppstått atrieflimmer" in note.text and "end" in note.contact["period"]:
            planned += 1
            thinned = used(note.record, "B01A", note.contact["period"]["end"][:10])
            assert thinned == ("antikoagulasjon" in note.text), note.body["id"]
    assert planned


def test_who_is_treated_for_depression_is_not_met_about_strain_too(records: Records) -> None:
    strained = 0
    for record in records.values():
        low = [*_met(record, LOW)]
        for day in _met(record, STRAIN):
            first = any(on(one["recordedDate"]) == day for one in record.of("Condition"))
            strained += first
            assert not first or all(abs((day - one).days) > WEEKS for one in low), record.patient["id"]
    assert strained


def test_fear_has_no_calm_spell_amid_talks_about_low_spirits(records: Records) -> None:
    told = 0
    for note in notes(records):
        if FEAR in reasons(note.contact) and note.text.startswith("Samtale"):
            near = [day for day in _met(note.record, LOW) if abs((note.day - day).days) < WEEKS]
            told += 1
            assert not near or "rolig periode" not in note.text, note.body["id"]
            assert not near or "Stabil." not in note.text, note.body["id"]
    assert told


def test_what_grows_in_the_blood_yields_to_what_is_given_on(records: Records) -> None:
    """Klebsiella never yields to amoxicillin (EUCAST, expected resistant phenotypes)."""
    grown = 0
    for record in records.values():
        for one in record.of("DiagnosticReport"):
            if "Vekst av" in one.get("conclusion", ""):
                grown += 1
                given = any(
                    used(record, "J01CA04", each["authoredOn"])
                    for each in record.of("MedicationRequest")
                    if each.get("encounter") == one.get("encounter")
                )
                assert not (given and "Klebsiella" in one["conclusion"]), one["id"]
    assert grown


def test_nobody_still_declines_what_has_not_been_offered(records: Records) -> None:
    attacks = 0
    for note in notes(records):
        if "Urinsyregikt" in reasons(note.contact) and "svært øm" in note.text:
            attacks += 1
            assert "Fortsatt ikke ønske" not in note.text, note.body["id"]
    assert attacks


def test_who_has_told_of_good_sleep_has_not_slept_badly_for_weeks(records: Records) -> None:
    tired = 0
    for record in records.values():
        worse = [*_met(record, "Søvnproblemer")][:1]
        for note in notes({"": record}):
            if "sover greit" in note.text:
                tired += 1
                assert all(abs((note.day - day).days) > WEEKS for day in worse), note.body["id"]
    assert tired
