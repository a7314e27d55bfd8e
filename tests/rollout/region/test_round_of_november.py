"""What the twenty-third round of reading found, as rules for pockets of other seeds."""

import re
from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

from rollout.region.test_rules import Records, notes, on, problems, reasons, used

DAY = timedelta(days=1)
LAST = date(2026, 11, 26)
WEEKS = {"én uke": 7, "to uker": 14, "2 uker": 14, "4 uker": 28}


def test_who_goes_home_soon_after_birth_is_seen_two_days_later(pocket: Records) -> None:
    for record in pocket.values():
        for note in notes({"": record}):
            if re.search("om to dager", note.text) and note.day - on(record.born) < 3 * DAY:
                seen = [other.day for other in notes({"": record}) if "Nyfødtscreening tatt" in other.text]
                assert seen or note.day > LAST - 6 * DAY, record.patient["id"]


def test_the_family_of_a_heavy_child_is_met_when_that_is_offered(pocket: Records) -> None:
    for record in pocket.values():
        told = [(note.day, note.text) for note in notes({"": record})]
        for day, text in told:
            if "Tilbud om oppfølging av familien" in text and day < LAST - 80 * DAY:
                met = [one for one, said in told if said.startswith("Oppfølging av familien")]
                assert any(day < one < day + 120 * DAY for one in met), record.patient["id"]


def test_nobody_is_signed_off_twice_at_a_time(pocket: Records) -> None:
    notes_of_leave = twice = 0
    for record in pocket.values():
        why = {f"Encounter/{one['id']}": reasons(one) for one in record.of("Encounter")}
        leaves = []
        for note in notes({"": record}):
            found = re.search(r"Sykmeldt \d+ % i (én uke|to uker|2 uker|4 uker)", note.text)
            if found:
                about = why.get(note.body.get("encounter", {}).get("reference", ""), [])
                leaves.append((note.day, WEEKS[found[1]], about))
        leaves.sort(key=lambda one: one[0])
        notes_of_leave += len(leaves)
        for (day, lasts, about), (then, _, other) in pairwise(leaves):
            twice += then < day + lasts * DAY and about != other
    assert notes_of_leave > 30
    assert twice <= notes_of_leave / 50


def test_troponin_that_the_legevakt_tells_of_was_taken_twice(pocket: Records) -> None:
    seen = 0
    for note in notes(pocket):
        if re.search("roponin .*ved to målinger", note.text):
            seen += 1
            about = note.body["encounter"]
            taken = [
                one
                for one in note.record.of("Observation")
                if one.get("encounter") == about and one["code"]["text"] == "Troponin T"
            ]
            assert len(taken) == 2, note.body["id"]
    assert seen > 3


def test_a_picture_of_the_back_is_answered(pocket: Records) -> None:
    for record in pocket.values():
        told = [(note.day, note.text) for note in notes({"": record})]
        for one in record.of("DiagnosticReport"):
            day = on(one["effectiveDateTime"])
            if one.get("conclusion", "").startswith("Prolaps L5/S1 med") and day < LAST - 20 * DAY:
                said = [then for then, text in told if "MR viser prolaps" in text]
                assert any(day <= then < day + 25 * DAY for then in said), record.patient["id"]


def test_no_bronchitis_is_new_while_a_pneumonia_is_controlled(pocket: Records) -> None:
    for record in pocket.values():
        met = [(reasons(one), on(one["period"]["start"])) for one in record.of("Encounter")]
        pneumonias = [day for about, day in met if "Lungebetennelse" in about]
        others = [day for about, day in met if {"Akutt bronkitt", "Influensa"} & set(about)]
        assert not any(timedelta() < other - day < 30 * DAY for day in pneumonias for other in others)


def test_one_writes_that_a_medicine_works_when_it_is_new(pocket: Records) -> None:
    for record in pocket.values():
        for one in record.of("Communication"):
            if "Medisinen fungerer fint" in str(one["payload"]):
                day = on(one["sent"])
                begun = [on(since) for *_, since, _ in used(record)]
                assert any(day - 200 * DAY < since <= day for since in begun), record.patient["id"]


def test_who_hears_badly_is_not_scored_as_hearing_well(pocket: Records) -> None:
    for record in pocket.values():
        deaf = [on(since) for name, since, _ in problems(record) if name == "Nedsatt hørsel"]
        for one in record.of("Observation"):
            if deaf and one["code"].get("text") == "Hørsel" and on(one["effectiveDateTime"]) > min(deaf):
                assert "Ingen problem" not in str(one["valueCodeableConcept"]), record.patient["id"]


def test_a_planned_operation_was_asked_for(pocket: Records) -> None:
    for note in notes(pocket):
        if re.search(r"Aktuelt: Kommer til planlagt", note.text) and note.day > date(2017, 7, 1):
            about = reasons(
                next(
                    one
                    for one in note.record.of("Encounter")
                    if f"Encounter/{one['id']}" == note.body["encounter"]["reference"]
                )
            )
            asked = [
                on(one["authoredOn"])
                for one in note.record.of("ServiceRequest")
                if one["reasonCode"][0]["text"] in about
            ]
            assert any(one < note.day for one in asked), note.record.patient["id"]


def test_who_is_newly_confused_is_scored_so(pocket: Records) -> None:
    for note in notes(pocket):
        found = re.search(r"NEWS2 (\d+)", note.text)
        if found and re.search(r"siste dagen? forvirret|4AT 8|forvirret siden i morges", note.text):
            assert int(found[1]) >= 3, note.body["id"]


def test_nobody_sees_the_doctor_about_a_trifle_when_the_spouse_dies(pocket: Records) -> None:
    for record in pocket.values():
        lost = [
            on(one["period"]["end"])
            for one in record.of("RelatedPerson")
            if one.get("period", {}).get("end") and one["relationship"][0]["text"] in ("Ektefelle", "Samboer")
        ]
        for one in record.of("Encounter"):
            if lost and one["class"]["code"] == "AMB" and "legekontor" in str(one["serviceProvider"]):
                assert not timedelta() <= on(one["period"]["start"]) - lost[0] < 5 * DAY, one["id"]


def test_nobody_is_cured_on_when_pictures_have_shown_that_it_does_not_help(pocket: Records) -> None:
    for record in pocket.values():
        told = [(note.day, note.text) for note in notes({"": record})]
        spread = [day for day, text in told if "Lindrende behandling. Kontakt med kreftsykepleier" in text]
        cures = [day for day, text in told if "Prøvene tillater kur" in text]
        assert not spread or not cures or max(cures) < min(spread) - 7 * DAY, record.patient["id"]


def test_weight_lost_in_cures_is_spoken_of(pocket: Records) -> None:
    for record in pocket.values():
        first = 0.0
        for note in sorted(notes({"": record}), key=lambda one: one.day):
            if "Prøvene tillater kur" in note.text:
                weights = [
                    one["valueQuantity"]["value"]
                    for one in record.of("Observation")
                    if one.get("encounter") == note.body["encounter"] and one["code"]["text"] == "Vekt"
                ]
                first = first or weights[0]
                assert first - weights[0] < 7 or "kg ned siden" in note.text, note.body["id"]


def test_who_dies_at_home_has_the_medicines_that_ease(pocket: Records) -> None:
    for note in notes(pocket):
        if re.search("skrin er på plass|Surklete pust, fått medisin", note.text):
            day = note.day.isoformat()
            codes = {code for _, code, a, b in used(note.record) if a <= day <= b}
            assert {"N02AA01", "N05CD08", "A03AB02"} <= codes, note.record.patient["id"]
            kept = {code for _, code, a, b in used(note.record) if a <= day < b}
            assert not any(code.startswith(("M01", "C10", "N02C")) for code in kept), kept


def test_nurses_of_the_dying_do_not_write_the_same_within_a_week(pocket: Records) -> None:
    for record in pocket.values():
        said: defaultdict[str, list[date]] = defaultdict(list)
        for note in notes({"": record}):
            if note.text.startswith("Palliasjon"):
                said[note.text].append(note.day)
        again = sum(then - day < 2 * DAY for days in said.values() for day, then in pairwise(sorted(days)))
        assert again <= 1, record.patient["id"]


def test_what_is_begun_against_fear_and_sadness_is_named(pocket: Records) -> None:
    for note in notes(pocket):
        if re.search("Bekymrer seg for alt|MADRS .* Ingen selvmordsplaner", note.text):
            day = note.day.isoformat()
            names = [name for name, code, a, b in used(note.record) if code.startswith("N06A") and a == day]
            assert all(one.split()[0].lower() in note.text for one in names), note.body["id"]


def test_who_begins_to_be_treated_for_fear_is_seen_within_two_months(pocket: Records) -> None:
    for record in pocket.values():
        told = [(note.day, note.text) for note in notes({"": record})]
        for day, text in told:
            if "Bekymrer seg for alt" in text and day < LAST - 70 * DAY and not record.died:
                met = [on(o["period"]["start"]) for o in record.of("Encounter") if "Angst" in str(reasons(o))]
                assert any(day < one < day + 65 * DAY for one in met), record.patient["id"]


def test_a_wound_does_not_heal_backwards(pocket: Records) -> None:
    for record in pocket.values():
        told = sorted((note.day, note.text) for note in notes({"": record}) if "veke" in note.text)
        over = [day for day, text in told if "Trenger ikke veke" in text]
        assert not over or max(day for day, _ in told) <= min(over)


def test_a_high_pressure_is_spoken_of_at_controls_of_sugar_and_of_the_heart(pocket: Records) -> None:
    high = 0
    for record in pocket.values():
        said = {
            note.body["encounter"]["reference"]: note.text
            for note in notes({"": record})
            if "encounter" in note.body
        }
        met = {f"Encounter/{one['id']}": reasons(one) for one in record.of("Encounter")}
        for one in record.of("Observation"):
            about = one.get("encounter", {}).get("reference", "")
            why = " ".join(met.get(about, []))
            told = re.search("Diabetes type 2|Høyt blodtrykk|hjerteinfarkt|Angina", why)
            at_gp = "legekontor" in str(one.get("performer"))
            if not (told and at_gp and one["code"].get("text") == "Blodtrykk"):
                continue
            if one["component"][0]["valueQuantity"]["value"] >= 150:
                high += 1
                words = said.get(about, "")
                assert re.search("[Hh]øy|[Hh]øg|140|egynner med", words), (record.patient["id"], one["id"])
    assert high


def test_lungs_that_poison_the_blood_are_looked_at(pocket: Records) -> None:
    for note in notes(pocket):
        if "Mistenkt utgangspunkt: lungene" in note.text:
            about = note.body["encounter"]
            assert any(one.get("encounter") == about for one in note.record.of("ImagingStudy"))


def test_a_recommended_rehabilitation_is_spoken_of(pocket: Records) -> None:
    for note in notes(pocket):
        if "KOLS-forverring" in note.text and re.search(
            "[Kk]ontroll etter innleggelse|Etter oppholdet", note.text
        ):
            assert "ehabilitering" in note.text
