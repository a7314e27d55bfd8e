"""What the twenty-eighth and twenty-ninth rounds of reading found of medicines, wards and old age; as rules
for pockets of other seeds."""

import itertools
import re
from datetime import date, timedelta

import pytest

from fellesjournal.fhir.medicines import medicine
from fellesjournal.rollout.region.formulary import APIXABAN, LINAGLIPTIN, WARFARIN
from fellesjournal.rollout.region.moments import MONTHS
from fellesjournal.rollout.region.sold import NOVELTIES, Novelty, available, novelty
from rollout.region.conftest import TODAY
from rollout.region.test_rules import Records, notes, on, under

DAY = timedelta(days=1)


def test_no_list_has_a_medicine_before_it_was_sold(pocket: Records) -> None:
    lines = 0
    for record in pocket.values():
        for one in record.of("MedicationStatement"):
            atc = medicine(one)["coding"][0]["code"]
            for new in NOVELTIES:
                if atc.startswith(new.atc):
                    lines += 1
                    assert on(one["effectivePeriod"]["start"]) >= new.since, one["id"]
    assert lines > 50


@pytest.mark.parametrize("new", NOVELTIES)
def test_what_was_used_before_was_sold_then(new: Novelty) -> None:
    before = available(new.before, new.since - DAY)
    assert before is None or novelty(before, new.since - DAY) is None
    assert available(APIXABAN, date(2012, 1, 1)) == WARFARIN
    assert available(LINAGLIPTIN, date(2012, 1, 1)) == LINAGLIPTIN


def test_a_coil_is_put_in_for_the_years_of_its_day(pocket: Records) -> None:
    coils = 0
    for record in pocket.values():
        for one in record.of("MedicationStatement"):
            if "intrauterint" in medicine(one)["text"]:
                coils += 1
                years = 8 if one["effectivePeriod"]["start"] >= "2024" else 5
                said = {5: "femte", 8: "åttende"}[years]
                assert said in one["dosage"][0]["text"], one["id"]
    assert coils > 3


def test_a_cure_lasts_for_as_many_days_as_its_dose_says(pocket: Records) -> None:
    cures = 0
    for record in pocket.values():
        lines = record.of("MedicationStatement")
        for one in lines:
            said = re.search(r"i (\d+) dager", one["dosage"][0]["text"])
            period = one["effectivePeriod"]
            if said and one["status"] == "completed" and "p-pille" not in str(one) and not record.died:
                cures += 1
                days = (on(period["end"]) - on(period["start"])).days
                again = [other for other in lines if other["effectivePeriod"]["start"] == period["end"]]
                assert days == int(said[1]) or again or on(period["end"]) >= TODAY - DAY, one["id"]
    assert cures > 50


def test_a_picture_of_the_head_that_is_ordered_is_taken_and_told_of(pocket: Records) -> None:
    ordered = 0
    for note in notes(pocket):
        if "MR caput er bestilt" in note.text and note.day < TODAY - 80 * DAY and not note.record.died:
            ordered += 1
            asked = [one for one in note.record.of("ServiceRequest") if one["code"]["text"] == "MR caput"]
            assert [on(one["authoredOn"]) for one in asked] == [note.day], note.body["id"]
            taken = [on(one["started"]) for one in note.record.of("ImagingStudy")]
            assert any(note.day < day < note.day + 80 * DAY for day in taken), note.body["id"]
    assert ordered > 0


def test_the_letter_after_a_heart_attack_names_what_the_list_has(pocket: Records) -> None:
    for note in notes(pocket):
        for said, name in (("ASA livet ut", "Acetylsalisylsyre"), ("Tikagrelor i ett år", "Tikagrelor")):
            if said in note.text:
                assert name in under(note.body, "Legemidler ved utskrivning"), note.body["id"]


def test_who_does_not_drive_is_not_advised_on_driving(pocket: Records) -> None:
    for record in pocket.values():
        handed_in = date.max
        for note in notes({"": record}):
            if "leverer førerkortet" in note.text or "Anbefales å slutte å kjøre" in note.text:
                handed_in = min(handed_in, note.day)
        for note in notes({"": record}):
            if re.search("bilkjøring|kjøreforbud|Førerkort avventes|kjøre igjen", note.text):
                assert note.day <= handed_in, note.body["id"]
                known = [one for one in record.of("Condition") if "emens" in one["code"]["text"]]
                assert all(on(one["onsetDateTime"]) > note.day for one in known), note.body["id"]


def test_nurses_do_not_measure_during_an_operation(pocket: Records) -> None:
    operations = 0
    for record in pocket.values():
        when = [one["effectiveDateTime"] for one in record.of("Observation") if "effectiveDateTime" in one]
        for one in record.of("Procedure"):
            operations += 1
            lasts = one["performedPeriod"]
            assert not any(lasts["start"] < moment < lasts["end"] for moment in when), one["id"]
    assert operations > 10


def test_an_application_knows_of_nothing_that_is_found_later(pocket: Records) -> None:
    asked = 0
    for record in pocket.values():
        found = {one["code"]["text"].lower(): on(one["recordedDate"]) for one in record.of("Condition")}
        for one in record.of("ServiceRequest"):
            why = str(one.get("reasonCode"))
            if "kjent med" in why:
                asked += 1
                for text, day in found.items():
                    if text in why.lower().split("kjent med")[1]:
                        assert day <= on(one["authoredOn"]), one["id"]
    assert asked > 5


def test_injections_of_b12_are_frequent_at_first_and_then_each_third_month(pocket: Records) -> None:
    series = 0
    for record in pocket.values():
        found = [note.day for note in notes({"": record}) if "Første injeksjon er satt" in note.text]
        given = sorted(
            note.day for note in notes({"": record}) if note.body["section"][0].get("title") == "Injeksjon"
        )
        lives_at_home = "sykehjem" not in str(record.of("Encounter"))
        for day in found:
            if day < TODAY - 40 * DAY and not record.died and lives_at_home:
                series += 1
                assert len([one for one in given if day < one < day + 35 * DAY]) == 4, record.patient["id"]
        for before, after in itertools.pairwise(given if lives_at_home else []):
            assert (after - before).days < 125, record.patient["id"]
    assert series < 20


def test_the_four_medicines_of_the_last_days_are_on_the_list_and_little_else(pocket: Records) -> None:
    died = 0
    for record in pocket.values():
        for note in notes({"": record}):
            if "Livets siste dager-plan" in note.text:
                died += 1
                lines = [
                    one
                    for one in record.of("MedicationStatement")
                    if one["effectivePeriod"].get("end", "9999") > note.day.isoformat()
                ]
                codes = {medicine(one)["coding"][0]["code"] for one in lines}
                assert {"N02AA01", "N05CD08", "N05AD01", "A03AB02"} <= codes, record.patient["id"]
                assert not any(one.startswith(("R03", "C", "A10", "B01")) for one in codes)
                assert "-lege-" in note.body["author"][0]["reference"] or "Slutter" in note.text
    assert died > 0


def test_the_homes_doctor_comes_after_the_nurse_has_called(pocket: Records) -> None:
    for record in pocket.values():
        called = [one for one in notes({"": record}) if "Lege er varslet" in one.text]
        for nurse in called:
            found = [one for one in notes({"": record}) if "Ventet dødsfall" in one.text]
            assert all(one.body["date"] > nurse.body["date"] for one in found), record.patient["id"]
            assert all(one.day == nurse.day for one in found), record.patient["id"]


def test_a_letter_about_a_resident_asks_the_homes_doctor(pocket: Records) -> None:
    for record in pocket.values():
        homes = [
            (on(one["period"]["start"]), on(one["period"].get("end", TODAY.isoformat())))
            for one in record.of("EpisodeOfCare")
            if "Langtidsopphold" in str(one["type"])
        ]
        for note in notes({"": record}):
            if any(since <= note.day <= until for since, until in homes):
                assert "astlege" not in under(note.body, "Oppfølging"), note.body["id"]


def test_nobody_is_signed_off_who_is_lastingly_disabled(pocket: Records) -> None:
    for record in pocket.values():
        disabled = [note.day for note in notes({"": record}) if "mRS 3" in note.text]
        for note in notes({"": record}):
            if "ykmeld" in note.text:
                assert not any(day < note.day for day in disabled), note.body["id"]


def test_a_stay_is_told_of_in_the_month_in_which_it_began(pocket: Records) -> None:
    told = 0
    for record in pocket.values():
        begun = {
            one["period"]["start"][:7] for one in record.of("Encounter") if one["class"]["code"] == "IMP"
        }
        for note in notes({"": record}):
            for month, year in re.findall(r"Innlagt med [^.]* i ([a-z]+) (\d{4})\.", note.text):
                told += 1
                assert f"{year}-{MONTHS.index(month) + 1:02d}" in begun, note.body["id"]
    assert told > 3


def test_a_cancer_that_tissue_confirms_has_the_pathologists_answer(pocket: Records) -> None:
    confirmed = 0
    for note in notes(pocket):
        if "bekreftet ved vevsprøve" in note.text:
            confirmed += 1
            answers = [
                on(one["issued"])
                for one in note.record.of("DiagnosticReport")
                if one["code"]["text"] == "Histologi"
            ]
            assert any(note.day - 25 * DAY < day <= note.day for day in answers), note.body["id"]
            if "Tykktarmskreft" in note.text:
                scoped = [one["code"]["text"] for one in note.record.of("Procedure")]
                assert "Koloskopi med biopsi" in scoped, note.body["id"]
    assert confirmed > 0


def test_blood_in_the_stool_that_is_spoken_of_was_looked_for(pocket: Records) -> None:
    for note in notes(pocket):
        tested = [
            on(one["effectiveDateTime"])
            for one in note.record.of("Observation")
            if one["code"]["text"] == "Blod i avføring"
        ]
        if "positiv prøve for blod" in note.text:
            assert any(note.day - 10 * DAY < day < note.day for day in tested), note.body["id"]
        if "Prøve på blod i avføringen" in note.text and note.day < TODAY - 10 * DAY:
            assert any(note.day < day < note.day + 10 * DAY for day in tested), note.body["id"]


def test_a_wards_own_nurses_measure(pocket: Records) -> None:
    measured = 0
    for record in pocket.values():
        stays = {f"Encounter/{one['id']}": one for one in record.of("Encounter")}
        for one in record.of("Observation"):
            stay = stays.get(one.get("encounter", {}).get("reference", ""))
            by = str(one.get("performer", [{}])[0].get("reference", ""))
            if stay and "-sykepleier-" in by and "sengepost" in stay["serviceProvider"]["reference"]:
                measured += 1
                ward = stay["serviceProvider"]["reference"].split("/")[-1]
                assert by.rsplit("/", maxsplit=1)[-1].startswith(f"{ward}-sykepleier-"), one["id"]
    assert measured > 100


def test_training_at_home_is_in_the_plan(pocket: Records) -> None:
    for note in notes(pocket):
        if note.body["section"][0].get("title") == "Hverdagsrehabilitering":
            assert "Hverdagsrehabilitering" in str(note.record.of("CarePlan")), note.body["id"]
