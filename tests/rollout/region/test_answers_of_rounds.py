"""What the twenty-fifth round of reading found, as rules for pockets of other seeds."""

import re
from datetime import date, timedelta
from itertools import pairwise

from rollout.region.test_rules import Records, notes, on, reasons, used

DAY = timedelta(days=1)
LAST = date(2026, 11, 26)
USUAL = {"Hemoglobin": (11.7, 17.0), "Kreatinin": (45, 105), "Kalium": (3.5, 4.6), "TSH": (0.4, 4.0)}


def test_tests_that_are_called_fine_are_within_what_is_usual(pocket: Records) -> None:
    fine = 0
    for note in notes(pocket):
        if re.search("Prøvene uten (an)?merk|Prøvene viser ikke noe nytt", note.text):
            fine += 1
            for one in note.record.of("Observation"):
                low, high = USUAL.get(one["code"].get("text", ""), (0, 10**6))
                if one.get("encounter") == note.body["encounter"] and "valueQuantity" in one:
                    assert low <= one["valueQuantity"]["value"] <= high, (note.body["id"], one["code"])
    assert fine > 5


def test_nobody_comes_to_the_doctor_about_an_ache_the_day_after_another_visit(pocket: Records) -> None:
    near = visits = 0
    for record in pocket.values():
        met = sorted(
            on(one["period"]["start"])
            for one in record.of("Encounter")
            if "legekontor" in one["serviceProvider"]["reference"] and one["class"]["code"] == "AMB"
        )
        visits += len(met)
        near += sum(after - before == DAY for before, after in pairwise(met))
    assert near < visits / 100, (near, visits)


def test_pulses_of_one_who_takes_stimulants_differ(pocket: Records) -> None:
    for record in pocket.values():
        met = {f"Encounter/{one['id']}" for one in record.of("Encounter") if reasons(one) == ["ADHD"]}
        pulses = [
            one["valueQuantity"]["value"]
            for one in record.of("Observation")
            if one["code"].get("text") == "Puls" and one.get("encounter", {}).get("reference") in met
        ]
        assert len(pulses) < 4 or len(set(pulses)) > 1, record.patient["id"]


def test_a_broken_wrist_leads_to_a_thought_about_the_bones(pocket: Records) -> None:
    for note in notes(pocket):
        assert "Gips fjernet. Stiv" not in note.text or "FRAX" in note.text


def test_the_dying_are_not_trained_nor_seen_about_old_pains(pocket: Records) -> None:
    for record in pocket.values():
        told = [
            note.day for note in notes({"": record}) if "Lindrende behandling. Kontakt med kreft" in note.text
        ]
        for one in record.of("Encounter"):
            if told and reasons(one) == ["Fibromyalgi"]:
                assert on(one["period"]["start"]) < min(told), one["id"]


def test_who_still_walks_to_the_doctor_is_not_turned_in_bed(pocket: Records) -> None:
    for record in pocket.values():
        walked = [
            on(one["period"]["start"])
            for one in record.of("Encounter")
            if "legekontor" in one["serviceProvider"]["reference"] and one["class"]["code"] == "AMB"
        ]
        for note in notes({"": record}):
            if note.text.startswith("Palliasjon") and re.search("snuing|madrass|Sover mye", note.text):
                assert not any(note.day < one for one in walked), note.body["id"]


def test_blood_is_thinned_after_an_operation_for_cancer(pocket: Records) -> None:
    for note in notes(pocket):
        if "Planlagt innlagt til operasjon for" in note.text and "kreft" in note.text:
            day = note.day.isoformat()
            assert any(code.startswith("B01A") and a <= day <= b for _, code, a, b in used(note.record))


def test_a_pump_of_the_letter_is_on_the_list(pocket: Records) -> None:
    for note in notes(pocket):
        if "Smertepumpe og lindrende medisiner" in note.text and note.contact:
            first = on(note.contact["period"]["start"])
            if note.day - first > 3 * DAY:
                names = [name for name, _, a, b in used(note.record) if on(a) >= first]
                assert any("injeksjon" in one for one in names), note.record.patient["id"]


def test_what_is_outside_the_usual_is_taken_again(pocket: Records) -> None:
    for record in pocket.values():
        told = [(note.day, note.text) for note in notes({"": record})]
        for day, text in told:
            if "Tas igjen om noen måneder" in text and day < LAST - 200 * DAY and not record.died:
                again = any("er tatt igjen" in other and day < then for then, other in told)
                assert again or "sykehjem" in str(record.of("EpisodeOfCare")), record.patient["id"]


def test_values_of_a_series_are_not_the_same_each_time(pocket: Records) -> None:
    many = 0
    for record in pocket.values():
        low = [
            one["component"][1]["valueQuantity"]["value"]
            for one in record.of("Observation")
            if one["code"].get("text") == "Blodtrykk"
        ]
        filtered = [
            one["valueQuantity"]["value"]
            for one in record.of("Observation")
            if one["code"].get("text") == "Kreatinin"
        ]
        for series in (low, filtered):
            if len(series) >= 6:
                many += 1
                assert len(set(series)) > 1, (record.patient["id"], series)
    assert many > 20
