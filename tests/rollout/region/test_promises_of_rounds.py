"""What the twenty-fourth round of reading found, as rules for pockets of other seeds."""

import re
from datetime import date, timedelta
from itertools import pairwise

from rollout.region.test_rules import Records, notes, on, problems, reasons, used

DAY = timedelta(days=1)
LAST = date(2026, 11, 26)


def age(born: str, day: date) -> int:
    return (day - on(born)).days // 365


def test_a_child_with_a_bump_on_the_head_is_woken_by_its_parents(pocket: Records) -> None:
    for note in notes(pocket):
        if "hodeskaderåd" in note.text:
            child = age(note.record.born, note.day) < 16
            woken = re.search("(Foreldrene|Mor|Far) har fått hodeskaderåd", note.text)
            assert child is bool(woken), note.body["id"]


def test_the_body_mass_that_is_told_is_that_which_was_measured(pocket: Records) -> None:
    for note in notes(pocket):
        if found := re.search(r"KMI (\d+,\d)", note.text):
            taken = {
                one["code"]["text"]: one["valueQuantity"]["value"]
                for one in note.record.of("Observation")
                if one.get("encounter") == note.body["encounter"] and "valueQuantity" in one
            }
            mass = taken["Vekt"] / (taken["Høyde"] / 100) ** 2
            assert abs(mass - float(found[1].replace(",", "."))) < 0.11, note.body["id"]


def test_nobody_is_at_heavy_work_about_a_birth(pocket: Records) -> None:
    for record in pocket.values():
        carried = [(on(a), on(b)) for name, a, b in problems(record) if name == "Graviditet"]
        for note in notes({"": record}):
            if re.search("snekring|etter løft|uvant arbeid", note.text):
                assert not any(a <= note.day < b + 60 * DAY for a, b in carried if b > a), note.body["id"]


def test_who_hears_badly_is_not_certified_to_hear_well(pocket: Records) -> None:
    for record in pocket.values():
        deaf = [on(a) for name, a, _ in problems(record) if name == "Nedsatt hørsel"]
        for note in notes({"": record}):
            if deaf and "hørsel innenfor kravene" in note.text:
                assert note.day <= min(deaf)


def test_a_ward_knows_of_earlier_stays_for_the_same(pocket: Records) -> None:
    for record in pocket.values():
        stays = sorted(
            (one for one in record.of("Encounter") if one["class"]["code"] == "IMP" and reasons(one)),
            key=lambda one: str(one["period"]["start"]),
        )
        for place, one in enumerate(stays):
            before = [other for other in stays[:place] if reasons(other) == reasons(one)]
            mine = [
                note.text
                for note in notes({"": record})
                if note.contact == one and "Tidligere sykdommer:" in note.text
            ]
            if before and mine and reasons(one)[0] == "Gastrointestinal blødning":
                assert "Innlagt med det samme" in mine[0] or "Innlagt med gastro" in mine[0], one["id"]


def test_an_hour_in_three_weeks_is_kept(pocket: Records) -> None:
    promised = kept = 0
    for record in pocket.values():
        told = [(note.day, note.text) for note in notes({"": record})]
        for day, text in told:
            if "Ny time om tre uker" in text and day < LAST - 40 * DAY and not record.died:
                promised += 1
                met = [
                    on(one["period"]["start"])
                    for one in record.of("Encounter")
                    if reasons(one) == ["Depresjon"]
                ]
                kept += any(day < one <= day + 45 * DAY for one in met)
    assert promised
    assert kept >= promised - 1


def test_blood_does_not_clot_after_a_new_joint(pocket: Records) -> None:
    for note in notes(pocket):
        if "Ukomplisert protese i" in note.text:
            day = note.day.isoformat()
            assert any(code.startswith("B01A") and a <= day <= b for _, code, a, b in used(note.record))


def test_no_heart_is_known_before_it_was_found(pocket: Records) -> None:
    for note in notes(pocket):
        if "Kjent koronarsykdom" in note.text or "kjent koronarsykdom" in note.text:
            found = [on(a) for name, a, _ in problems(note.record) if "Koronar" in name or "Angina" in name]
            assert min(found) <= note.day, note.body["id"]


def test_a_stomach_that_was_looked_into_has_that_in_the_record(pocket: Records) -> None:
    for note in notes(pocket):
        if "ved gastroskopi" in note.text:
            about = note.body["encounter"]
            done = [one for one in note.record.of("Procedure") if one["encounter"] == about]
            assert any("Gastroskopi" in str(one["code"]) for one in done), note.body["id"]


def test_controls_of_the_heart_and_of_a_stroke_are_weeks_apart(pocket: Records) -> None:
    for record in pocket.values():
        met = sorted(
            on(one["period"]["start"])
            for one in record.of("Encounter")
            if "legekontor" in one["serviceProvider"]["reference"]
            and one["class"]["code"] == "AMB"
            and reasons(one)
            and re.search("hjerteinfarkt|Hjerneinfarkt|Angina|Diabetes type 2|KOLS$", reasons(one)[0])
        )
        near = [pair for pair in pairwise(met) if pair[1] - pair[0] < 3 * DAY]
        assert len(near) <= 1, (record.patient["id"], near)


def test_each_control_after_a_stroke_says_how_it_is(pocket: Records) -> None:
    for record in pocket.values():
        wrote = {note.body["encounter"]["reference"] for note in notes({"": record}) if note.contact}
        for one in record.of("Encounter"):
            if reasons(one) == ["Hjerneinfarkt"] and "legekontor" in one["serviceProvider"]["reference"]:
                assert f"Encounter/{one['id']}" in wrote or one["class"]["code"] != "AMB", one["id"]


def test_nobody_drives_in_the_week_after_a_stay(pocket: Records) -> None:
    for record in pocket.values():
        home = [
            on(one["period"]["end"])
            for one in record.of("Encounter")
            if one["class"]["code"] == "IMP" and "end" in one["period"] and "sengepost" in str(one)
        ]
        for note in notes({"": record}):
            if "Helsekravene er oppfylt, attest for to år" in note.text:
                assert not any(timedelta() <= note.day - one < 7 * DAY for one in home), note.body["id"]


def test_what_a_stay_asks_for_after_fibrillation_is_done(pocket: Records) -> None:
    for note in notes(pocket):
        if "Ekko er bestilt poliklinisk. Kontroll av puls" in note.text and note.day < LAST - 90 * DAY:
            met = [
                (on(one["period"]["start"]), one["serviceProvider"]["reference"])
                for one in note.record.of("Encounter")
                if reasons(one) == ["Atrieflimmer"] and one["class"]["code"] == "AMB"
            ]
            soon = [place for day, place in met if note.day < day < note.day + 90 * DAY]
            assert note.record.died or any("legekontor" in one or "sykehjem" in one for one in soon)
            assert note.record.died or any("poliklinikk" in one for one in soon), note.record.patient["id"]


def test_a_plan_is_not_older_than_the_illness_it_is_for(pocket: Records) -> None:
    for record in pocket.values():
        for plan in record.of("CarePlan"):
            what = {one["detail"]["code"]["text"] for one in plan["activity"]}
            for measure, problem in (("Hjertesvikt", "Hjertesvikt"), ("Kols", "KOLS")):
                since = [a for name, a, _ in problems(record) if name == problem]
                assert measure not in what or min(since) <= plan["created"], record.patient["id"]


def test_lungs_that_are_ill_have_no_plain_bronchitis(pocket: Records) -> None:
    for record in pocket.values():
        found = [a for name, a, _ in problems(record) if name == "KOLS"]
        for name, since, _ in problems(record):
            assert not (found and name in {"Akutt bronkitt", "Influensa"} and since > min(found))


def test_pressure_that_is_high_again_and_again_in_diabetes_is_treated(pocket: Records) -> None:
    for record in pocket.values():
        met = {
            f"Encounter/{one['id']}"
            for one in record.of("Encounter")
            if reasons(one) == ["Diabetes type 2"] and "legekontor" in str(one["serviceProvider"])
        }
        high = sorted(
            on(one["effectiveDateTime"])
            for one in record.of("Observation")
            if one["code"].get("text") == "Blodtrykk"
            and one.get("encounter", {}).get("reference") in met
            and one["component"][0]["valueQuantity"]["value"] >= 150
        )
        for (first, second), (_, third) in pairwise(pairwise(high)):
            if third - first < 800 * DAY and third < LAST - 60 * DAY:
                taken = [c for _, c, a, b in used(record) if c.startswith(("C08", "C09")) and a <= str(third)]
                told = [note for note in notes({"": record}) if "under 135/85 i snitt" in note.text]
                assert taken or any(second <= note.day <= third for note in told), record.patient["id"]
