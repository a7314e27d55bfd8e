"""What the thirty-sixth round of reading found at offices, clinics and arrivals, as rules for other seeds."""

import re
from collections import defaultdict
from datetime import date, datetime, timedelta

from fellesjournal.fhir.medicines import medicine
from rollout.region.conftest import TODAY, Record
from rollout.region.test_rules import Records, age, notes, on, reasons

READS_ECG = re.compile(r"EKG(?::| i dag| uten| normal| med| viser| tyder| som før| er )|[Uu]endr[ea]t? EKG")
WRITES_AGAIN = "Epikrise"
WEEKS = timedelta(days=45)
AGO = {
    "for et drøyt år siden": (350, 460),
    "for litt over et år siden": (350, 460),
    "halvannet år siden": (420, 670),
    "for et par år siden": (580, 1010),
}
"""Days within which words are true; what was over may have had a control later."""


def test_a_tracing_of_the_heart_that_a_note_reads_was_taken_there(pocket: Records) -> None:
    read = 0
    for note in notes(pocket):
        if READS_ECG.search(note.text) and note.body["title"] != WRITES_AGAIN:
            read += 1
            taken = [
                one
                for one in note.record.of("Observation")
                if one["code"]["text"] == "EKG"
                and one["encounter"]["reference"] == note.body["encounter"]["reference"]
            ]
            assert taken, note.body["id"]
            assert taken[0]["effectiveDateTime"] <= note.body["date"], note.body["id"]
    assert read


def test_urine_is_read_off_a_strip_where_a_midwife_speaks_of_it(pocket: Records) -> None:
    read = 0
    for note in notes(pocket):
        if "Svangerskapskontroll" in note.text and "protein" in note.text:
            read += 1
            found = {
                one["code"]["text"]: one["valueCodeableConcept"]["text"]
                for one in note.record.of("Observation")
                if one.get("encounter") == note.body["encounter"] and "valueCodeableConcept" in one
            }
            assert found.get("Protein i urin, stix") == "Ikke påvist", note.body["id"]
    assert read


def test_a_report_has_the_results_of_who_answers_it(pocket: Records) -> None:
    reports = 0
    for record in pocket.values():
        values = {f"Observation/{one['id']}": one for one in record.of("Observation")}
        for report in record.of("DiagnosticReport"):
            for one in report.get("result", ()):
                reports += 1
                assert values[one["reference"]]["performer"] == report["performer"], report["id"]
    assert reports


def test_exams_that_were_cancelled_press_nobody(pocket: Records, records: Records) -> None:
    for lives in (pocket, records):
        for note in notes(lives):
            if "før eksamen" in note.text:
                spring = note.day.year in (2020, 2021) and note.day.month <= 6
                assert not spring, note.body["id"]


def test_nobody_comes_drowsy_who_is_restless_with_pain(pocket: Records, records: Records) -> None:
    for lives in (pocket, records):
        pained = {
            note.body["encounter"]["reference"]
            for note in notes(lives)
            if "Status: Urolig" in note.text or "av smertene" in note.text
        }
        for note in notes(lives):
            if note.body["encounter"]["reference"] in pained:
                assert "Trøtt" not in note.text, note.body["id"]


def test_a_referral_has_its_letter(pocket: Records) -> None:
    sent = 0
    for record in pocket.values():
        letters = [
            (part["reference"], one["description"])
            for one in record.of("DocumentReference")
            for part in one.get("context", {}).get("encounter", ())
        ]
        for one in record.of("ServiceRequest"):
            if one["code"].get("text", "").startswith("Henvisning til "):
                sent += 1
                assert (one["encounter"]["reference"], "Henvisning") in letters, one["id"]
    assert sent


def test_who_asks_for_an_hour_says_what_it_is_about(pocket: Records) -> None:
    asked = 0
    for record in pocket.values():
        for one in record.of("Communication"):
            said = " ".join(part.get("contentString", "") for part in one["payload"])
            if "jeg trenger en time hos fastlegen" in said:
                asked += 1
                about = [other.get("comment", "").lower() for other in record.of("Appointment")]
                assert any(words and words in said for words in about), one["id"]
    assert asked


def test_harm_of_high_pressure_is_spoken_of_when_it_is_looked_for(pocket: Records) -> None:
    spoken = 0
    for note in notes(pocket):
        if "tegn til organskade" in note.text or "teikn til organskade" in note.text:
            spoken += 1
            since, day = (note.day - WEEKS).isoformat(), note.day.isoformat()
            before = [
                one["code"]["text"]
                for one in note.record.of("Observation")
                if since <= one["effectiveDateTime"][:10] < day
            ]
            assert {"Blodtrykk", "EKG", "Kreatinin"} <= set(before), note.body["id"]
    assert spoken


def test_a_second_medicine_against_pressure_follows_a_high_value(pocket: Records, records: Records) -> None:
    begun = 0
    for record in (*pocket.values(), *records.values()):
        taken = [
            (one["code"]["text"], one["effectiveDateTime"][:10], one) for one in record.of("Observation")
        ]
        for one in record.of("MedicationStatement"):
            since, until = one["effectivePeriod"]["start"], one["effectivePeriod"].get("end", "9999")
            name = medicine(one)["text"]
            if not name.startswith("Losartan/hydroklortiazid") or since < record_from(record):
                continue
            if not any("Prøver på salt" in note.text for note in notes({"": record})):
                continue
            begun += 1
            pressures = [found for what, day, found in taken if what == "Blodtrykk" and day == since]
            assert any(part["component"][0]["valueQuantity"]["value"] >= 140 for part in pressures), one["id"]
            last = (on(since) + WEEKS).isoformat()
            salts = {what for what, day, _ in taken if since < day <= last}
            over = until < last or last > TODAY.isoformat() or record.died
            assert over or {"Natrium", "Kalium", "Kreatinin"} <= salts, one["id"]
    assert begun


def record_from(record: Record) -> str:
    return min(str(one["period"]["start"])[:10] for one in record.of("Encounter"))


def test_the_words_for_how_long_ago_it_was_are_counted_from_its_end(
    pocket: Records, records: Records
) -> None:
    said = 0
    for record in (*pocket.values(), *records.values()):
        ends: dict[str, list[date]] = defaultdict(list)
        for one in record.of("Condition"):
            if "abatementDateTime" in one:
                ends[one["code"]["text"]].append(on(one["abatementDateTime"]))
        for note in notes({"": record}):
            for words, (least, most) in AGO.items():
                if words in note.text:
                    before = [one for one in ends[reasons(note.contact)[0]] if one < note.day]
                    if before:
                        said += 1
                        assert least <= (note.day - max(before)).days <= most, note.body["id"]
    assert said


def test_a_sick_note_is_prolonged_while_it_runs(pocket: Records) -> None:
    weeks = {"én": 1, "to": 2, "2": 2, "4": 4}
    prolonged = 0
    for record in pocket.values():
        until, grade = date.min, ""
        for note in notes({"": record}):
            given = re.search(r"Sykmeld(t|ingen forlenges).*?(\d+) % i (én|to|2|4) uke", note.text)
            if not given:
                continue
            if "forlenges" in note.text:
                prolonged += 1
                assert note.day < until, note.body["id"]
                assert ("uker til" in note.text) == (given[2] == grade), note.body["id"]
            starts = until if "forlenges" in note.text else note.day
            until, grade = starts + timedelta(weeks=weeks[given[3]]), given[2]
    assert prolonged


def test_nobody_is_referred_for_fear_who_is_treated_for_it(pocket: Records, records: Records) -> None:
    for note in (*notes(pocket), *notes(records)):
        if "Selvhjelp har ikke vært nok" in note.text:
            day = note.day.isoformat()
            used = [
                one["id"]
                for one in note.record.of("MedicationStatement")
                if medicine(one)["coding"][0]["code"].startswith("N06A")
                and one["effectivePeriod"]["start"] <= day <= one["effectivePeriod"].get("end", "9999")
            ]
            ill = [
                one["id"]
                for one in note.record.of("Condition")
                if one["code"]["text"] == "Depresjon"
                and one["onsetDateTime"] <= day <= one.get("abatementDateTime", "9999")
            ]
            assert not used, note.body["id"]
            assert not ill, note.body["id"]


def test_a_psychologist_knows_who_lives_there(pocket: Records, records: Records) -> None:
    met = 0
    for note in (*notes(pocket), *notes(records)):
        if "Henvist av fastlege. Bor" in note.text:
            met += 1
            nearest = {one["relationship"][0]["text"] for one in note.record.of("RelatedPerson")}
            if nearest & {"Samboer", "Ektefelle"} and not note.record.died:
                assert "Bor med" in note.text, note.body["id"]
    assert met


def test_tired_without_a_cause_is_not_said_within_a_reaction_to_strain(pocket: Records) -> None:
    for record in pocket.values():
        about: dict[str, list[date]] = defaultdict(list)
        for one in record.of("Encounter"):
            for why in reasons(one):
                about[why].append(on(one["period"]["start"]))
        for tired in about["Slapphet"]:
            strained = about["Situasjonsbetinget psykisk belastning"]
            assert all(abs(tired - one) > WEEKS for one in strained), record.patient["id"]


def test_midwives_of_a_birth_work_in_shifts(pocket: Records) -> None:
    written = 0
    for record in pocket.values():
        by: dict[str, set[tuple[str, int]]] = defaultdict(set)
        for one in record.of("Composition"):
            if "jordmor" in one["author"][0]["reference"] and "fodeavdeling" in one["custodian"]["reference"]:
                when = datetime.fromisoformat(one["date"])
                shift = 3 * when.toordinal() + sum(
                    begins <= when.hour + when.minute / 60 for begins in (7.5, 15, 22)
                )
                by[one["encounter"]["reference"]].add((one["author"][0]["reference"], shift))
        for workers in by.values():
            written += len(workers) > 1
            assert len({who for who, _ in workers}) == len({shift for _, shift in workers}), workers
    assert written


def test_much_blood_at_a_birth_is_spoken_of_and_measured(pocket: Records, records: Records) -> None:
    bled = 0
    for note in (*notes(pocket), *notes(records)):
        lost = re.search(r"Blødning (\d+) ml", note.text)
        if lost and int(lost[1]) > 500:
            bled += 1
            assert re.search("Hb (i morgen|klokka 7)", note.text), note.body["id"]
            blood = [
                one
                for one in note.record.of("Observation")
                if one["code"]["text"] == "Hemoglobin" and one.get("encounter") == note.body["encounter"]
            ]
            assert blood or note.day >= TODAY - timedelta(days=2), note.body["id"]
    assert bled


def test_a_newborn_weighs_what_one_of_that_week_can(pocket: Records, records: Records) -> None:
    most = {35: 3300, 36: 3600, 37: 3900, 38: 4200, 39: 4500}
    born = 0
    for note in (*notes(pocket), *notes(records)):
        told = re.search(r"i uke (\d+)\+\d klokka.* (\d{4}) g,", note.text)
        if told:
            born += 1
            assert int(told[2]) <= most.get(int(told[1]), 6000), note.body["id"]
    assert born


def test_a_head_of_a_grown_one_who_was_gone_is_pictured(pocket: Records) -> None:
    for note in notes(pocket):
        gone = "bevisstløs, kvalm" in note.text or "husker ikke selve fallet" in note.text
        if gone and age(note.record, note.day) >= 18 and note.contact["class"]["code"] == "EMER":
            about = note.body["encounter"]
            assert any(one["encounter"] == about for one in note.record.of("ImagingStudy")), note.body["id"]


def test_who_begins_with_tablets_for_low_mood_is_seen_again_soon(pocket: Records) -> None:
    begun = late = 0
    for record in pocket.values():
        met = [
            (on(one["period"]["start"]), one["class"]["code"])
            for one in record.of("Encounter")
            if "Depresjon" in reasons(one)
        ]
        for note in notes({"": record}):
            if "Depresjon" in reasons(note.contact) and re.search(
                r"(Starter|Byrjar) med (sertralin|escitalopram|mirtazapin)", note.text
            ):
                soon = [day for day, _ in met if timedelta(10) < day - note.day <= timedelta(32)]
                begun += 1
                late += not soon and note.day < TODAY - timedelta(32)
    assert begun
    assert late <= begun / 10


def test_what_stops_migraine_is_not_renewed_by_one_with_child(pocket: Records) -> None:
    for record in pocket.values():
        carried = [
            (one["onsetDateTime"], one.get("abatementDateTime", "9999"))
            for one in record.of("Condition")
            if one["code"]["text"] == "Graviditet"
        ]
        for one in record.of("MedicationRequest"):
            if medicine(one)["text"].startswith("Sumatriptan"):
                day = one["authoredOn"][:10]
                assert not any(since <= day <= until for since, until in carried), one["id"]


def test_the_gp_knows_who_is_with_child(pocket: Records, records: Records) -> None:
    known = 0
    for record in (*pocket.values(), *records.values()):
        carried = [
            (on(one["onsetDateTime"]), on(one["abatementDateTime"]))
            for one in record.of("Condition")
            if one["code"]["text"] == "Graviditet" and "abatementDateTime" in one
        ]
        for note in notes({"": record}):
            aches = "Holde seg i gang, forklaring" in note.text
            if aches and any(since <= note.day < until for since, until in carried):
                known += 1
                assert "Er gravid" in note.text, note.body["id"]
    assert known


def test_a_pressure_that_is_said_to_be_fine_was_measured(pocket: Records) -> None:
    fine = 0
    for note in notes(pocket):
        if "Blodtrykk fint" in note.text or "Blodtrykk i mål" in note.text:
            fine += 1
            about = note.body["encounter"]
            assert any(
                one.get("encounter") == about and one["code"]["text"] == "Blodtrykk"
                for one in note.record.of("Observation")
            ), note.body["id"]
    assert fine


def test_what_is_put_in_is_said_to_be_put_in(pocket: Records) -> None:
    wanted = 0
    for note in notes(pocket):
        if "Ønsker prevensjon" in note.text or "Ønskjer prevensjon" in note.text:
            wanted += 1
            put_in = any(why.endswith(("spiral", "p-stav")) for why in reasons(note.contact))
            assert put_in == bool(re.search(r"(Spiralen|P-staven) er s[ae]tt inn", note.text)), note.body[
                "id"
            ]
    assert wanted


def test_a_broken_arm_holds_no_walker(pocket: Records, records: Records) -> None:
    for note in (*notes(pocket), *notes(records)):
        if "Brudd i overarm" in reasons(note.contact):
            assert "rollator" not in note.text, note.body["id"]


def test_a_goal_has_no_date_that_has_passed(pocket: Records) -> None:
    for record in pocket.values():
        for one in record.of("Goal"):
            assert "neste halve året" not in one["description"]["text"], one["id"]


def test_talks_at_home_that_are_over_have_been_ended(pocket: Records, records: Records) -> None:
    ended = 0
    for record in (*pocket.values(), *records.values()):
        talks = [note for note in notes({"": record}) if "Hjemmebesøk psykisk helse" in note.text]
        over = [note for note in talks if "Enige om å avslutte i dag" in note.text]
        ended += bool(over)
        assert not over or over[-1] is talks[-1], record.patient["id"]
    assert ended
