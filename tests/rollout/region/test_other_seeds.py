"""What regions of other seeds, and readers of them, have shown; as rules for pockets."""

import re
from datetime import date, timedelta

from fellesjournal.fhir.medicines import medicine
from fellesjournal.rollout.region.courses.municipal import young
from fellesjournal.rollout.region.devices import DEVICES
from fellesjournal.rollout.region.formulary import DALTEPARIN
from fellesjournal.rollout.region.medication import Medication
from fellesjournal.rollout.region.moments import working_day
from fellesjournal.rollout.region.origins import SCHOOLED
from rollout.region.conftest import TODAY
from rollout.region.test_rules import Records, age, notes, on

DECLINED, STANDS = "Ønsker ikke sykmelding", timedelta(days=15)
BUCKLES, SMALL = 12, 6
OFTEN = 70
"""U/L of ALT below which one can be sober."""


def test_what_is_followed_by_the_same_was_not_ended(pocket: Records) -> None:
    put_in = tuple(one.word for one in DEVICES)
    for record in pocket.values():
        begun = {
            (str(medicine(one)), str(one["dosage"]), one["effectivePeriod"]["start"]): one
            for one in record.of("MedicationStatement")
            if not any(word in str(medicine(one)) for word in put_in)
        }
        for one in record.of("MedicationStatement"):
            what, ended = str(medicine(one)), one["effectivePeriod"].get("end")
            lasting = " i " not in str(one["dosage"])
            after = begun.get((what, str(one["dosage"]), ended))
            assert not lasting or after in (None, one), (one["id"], what)


def test_a_laboratory_answers_gps_before_the_weekend_or_after_it(pocket: Records) -> None:
    answered = 0
    for record in pocket.values():
        for one in record.of("Observation"):
            by = str(one.get("performer"))
            taken = one.get("effectiveDateTime", "")[:10]
            at_gp = any(
                "legekontor" in contact["serviceProvider"]["reference"]
                for contact in record.of("Encounter")
                if one.get("encounter", {}).get("reference") == f"Encounter/{contact['id']}"
            )
            if at_gp and "laboratorium" in by and taken and on(taken).weekday() < 5:
                if working_day(on(taken) + timedelta(days=2)) - on(taken) > timedelta(days=4):
                    continue  # an answer that takes two days, before a long weekend
                answered += 1
                assert on(one["issued"]).weekday() < 5, one["id"]
    assert answered


def test_bone_buckles_in_children_only_and_a_finger_is_no_arm(pocket: Records) -> None:
    for note in notes(pocket):
        years = age(note.record, note.day)
        assert "Torusbrudd" not in note.text or years < BUCKLES, note.body["id"]
        if "vil ikke bruke armen" in note.text:
            assert years <= SMALL, note.body["id"]
            assert "Fingerbrudd" not in str(note.contact["reasonCode"]), note.body["id"]


def test_who_is_sober_has_a_liver_that_shows_it(pocket: Records) -> None:
    for note in notes(pocket):
        if "Avholdende siden sist" in note.text:
            for one in note.record.of("Observation"):
                if one.get("encounter") == note.body["encounter"] and one["code"].get("text") == "ALAT":
                    assert one["valueQuantity"]["value"] < OFTEN, one["id"]


def test_who_wished_for_no_sick_note_is_not_signed_off_in_the_next_weeks(pocket: Records) -> None:
    for record in pocket.values():
        written = list(notes({"": record}))
        declined = [note.day for note in written if DECLINED in note.text]
        for note in written:
            if "Sykmeldt" in note.text:
                near = [day for day in declined if abs(note.day - day) < STANDS]
                assert not near, note.body["id"]


def test_who_went_to_school_here_needs_no_interpreter(pocket: Records) -> None:
    for record in pocket.values():
        came_lately = "2.16.578.1.12.4.1.4.2" in str(record.patient)
        if int(record.born[:4]) >= SCHOOLED and not came_lately:
            assert "interpreterRequired" not in str(record.patient), record.patient["id"]


def test_multiple_sclerosis_is_found_with_pictures_and_treated(pocket: Records) -> None:
    for record in pocket.values():
        for note in notes({"": record}):
            if "Attakkpreget MS" in note.text:
                taken = [on(one["started"]) for one in record.of("ImagingStudy")]
                assert any(day < note.day for day in taken) or note.day < TODAY.replace(year=2017)
                assert "Dimetylfumarat" in str(record.of("MedicationStatement")), note.body["id"]
                found = [one for one in record.of("Condition") if one["code"]["text"] == young.SCLEROSIS.text]
                assert on(found[0]["onsetDateTime"]) < note.day - timedelta(days=60), note.body["id"]
                assert "Poliklinisk epikrise" in str(record.of("DocumentReference")), note.body["id"]


def test_what_is_given_for_some_weeks_is_not_lost_when_an_earlier_time_is_told_of() -> None:
    told = Medication(TODAY)
    for year in (2026, 2025):
        told.begin(DALTEPARIN, date(year, 9, 5), "", "")
        told.stop(DALTEPARIN, date(year, 10, 3), full=True)
    assert [(one.since.year, one.until is not None) for one in told.treatments] == [
        (2025, True),
        (2026, True),
    ]


def test_a_ward_that_is_not_told_of_a_problem_says_of_the_body_alone_that_it_is_well(pocket: Records) -> None:
    for note in notes(pocket):
        if "Tidligere stort sett frisk" in note.text:
            hidden = [
                one["id"]
                for one in note.record.of("Condition")
                if one.get("meta", {}).get("security") and on(one["onsetDateTime"]) < note.day
            ]
            assert not hidden, note.body["id"]


def test_who_lies_there_again_for_what_lasts_is_known_to_have_lain_there(pocket: Records) -> None:
    for record in pocket.values():
        for note in notes({"": record}):
            if found := re.search(r"Sist innlagt med det samme i \w+ (\d{4})\.", note.text):
                assert int(found[1]) in (note.day.year, note.day.year - 1), note.body["id"]
