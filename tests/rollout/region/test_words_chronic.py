"""What controls of lasting illness say, asked of everything else in the record."""

import re
from datetime import date, timedelta
from itertools import pairwise

from fellesjournal.fhir.medicines import medicine
from fellesjournal.rollout.region.courses import remission
from rollout.region.test_round_40 import used
from rollout.region.test_rules import Note, Records, notes, on, reasons

ADMITTED = "IMP"


def changes(note: Note, *codes: str) -> set[str]:
    """The days on which a line of the list begins or ends, of medicines whose code begins so."""
    days = set[str]()
    for one in note.record.of("MedicationStatement"):
        if any(coded.get("code", "").startswith(codes) for coded in medicine(one)["coding"]):
            days |= {one["effectivePeriod"]["start"], one["effectivePeriod"].get("end", "")}
    return days


def since(note: Note, code: str) -> date | None:
    """The day on which a problem was written on the list, by its ICPC-2 code."""
    return min(
        (
            on(one["recordedDate"])
            for one in note.record.of("Condition")
            if any(coded["code"] == code for coded in one["code"]["coding"])
        ),
        default=None,
    )


def test_a_heart_that_flutters_has_no_tracing_with_another_rhythm(records: Records) -> None:
    traced = 0
    for record in records.values():
        known = [
            on(one["recordedDate"]) for one in record.of("Condition") if one["code"]["text"] == "Atrieflimmer"
        ]
        for one in record.of("Observation"):
            if known and one["code"]["text"] == "EKG" and on(one["effectiveDateTime"]) > min(known):
                traced += 1
                assert not re.match("Sinusrytme|Normalt", one["valueString"]), one["id"]
    assert traced


def test_no_dose_is_the_same_on_the_day_on_which_a_medicine_is_begun(records: Records) -> None:
    told = 0
    for note in notes(records):
        if re.search("samme doser|dosene beholdes|Samme inhalasjoner|Inhalasjonene fortsetter", note.text):
            told += 1
            assert note.day.isoformat() not in changes(note, "C", "R03"), note.body["id"]
    assert told


def test_what_is_begun_against_high_pressure_is_on_the_list(records: Records) -> None:
    told = 0
    for note in notes(records):
        if found := re.search(r"Blodtrykket er høyt (?:også hjemme|igjen)\. Begynner med (\w+)\.", note.text):
            told += 1
            code = {"losartan": "C09", "amlodipin": "C08CA01"}[found[1]]
            assert used(note.record, code, note.day.isoformat()), note.body["id"]
    assert told


def test_nobody_is_well_of_the_heart_days_before_lying_in_for_it(records: Records) -> None:
    stays = 0
    for record in records.values():
        days = [
            on(one["period"]["start"])
            for one in record.of("Encounter")
            if one["class"]["code"] == ADMITTED and "Hjertesvikt" in reasons(one)
        ]
        stays += len(days)
        for note in notes({"": record}):
            if "Hjertesvikt" in reasons(note.contact) and note.contact["class"]["code"] != ADMITTED:
                soon = any(timedelta() < day - note.day <= timedelta(days=9) for day in days)
                assert not (soon and re.search("Stabil|går til butikken|Klarer trapp", note.text)), note.body[
                    "id"
                ]
    assert stays


def test_a_heart_that_pumps_weakly_does_not_pump_well_afterwards(records: Records) -> None:
    for record in records.values():
        weak = date.max
        for note in notes({"": record}):
            if (found := re.search(r"ejeksjonsfraksjon (\d+)", note.text)) and int(found[1]) < 40:
                weak = min(weak, note.day)
            if re.search("(god|normal|[Bb]evart) pumpefunksjon|pumpefunksjon innen", note.text):
                assert note.day < weak, note.body["id"]


def test_kidneys_that_fail_do_so_in_tests_of_three_months(records: Records) -> None:
    found = 0
    for note in notes(records):
        if "Redusert nyrefunksjon ved gjentatte prøver" in note.text:
            values = {
                on(one["effectiveDateTime"]): one["valueQuantity"]["value"]
                for one in note.record.of("Observation")
                if one["code"]["text"] == "eGFR" and on(one["effectiveDateTime"]) <= note.day
            }
            found += 1
            assert values[max(values)] < 60, note.body["id"]
            if note.day - on(note.record.all[0].get("recordedDate", "2016-11-26")) > timedelta(days=150):
                assert any(note.day - day > timedelta(days=80) for day in values), note.body["id"]
    assert found


def test_sugar_is_not_usual_in_the_year_before_diabetes_is_found(records: Records) -> None:
    found = 0
    for record in records.values():
        sugar = sorted(
            (on(one["effectiveDateTime"]), one["valueQuantity"]["value"])
            for one in record.of("Observation")
            if one["code"]["text"] == "HbA1c"
        )
        for note in notes({"": record}):
            if "Diabetes type 2. Føttene er uten funn" in note.text:
                found += 1
                before = [value for day, value in sugar if timedelta() < note.day - day < timedelta(days=400)]
                assert all(value > 45 for value in before), note.body["id"]
    assert found


def test_three_months_after_a_heart_attack_are_three_months(records: Records) -> None:
    told = 0
    for note in notes(records):
        if "tre måneder etter infarkt" in note.text and (attack := since(note, "K75")):
            told += 1
            assert note.day - attack >= timedelta(days=80), note.body["id"]
    assert told


def test_who_has_just_been_in_hospital_is_not_in_good_form(records: Records) -> None:
    told = 0
    for record in records.values():
        home = [
            on(one["period"]["end"])
            for one in record.of("Encounter")
            if one["class"]["code"] == ADMITTED
            and "sengepost" in one["serviceProvider"]["reference"]
            and "end" in one["period"]
        ]
        for note in notes({"": record}):
            if any(text in note.text for text in remission.LONG_FREE):
                told += 1
                assert not any(timedelta() < note.day - day < timedelta(days=45) for day in home), note.body[
                    "id"
                ]
    assert told


def test_what_is_new_is_not_unchanged_since_the_last_check_up(records: Records) -> None:
    told = 0
    for record in records.values():
        last = None
        for note in notes({"": record}):
            if "Helsekontroll" in reasons(note.contact):
                if "Uendret siden sist" in note.text and last:
                    told += 1
                    days = changes(note, "C", "A10", "H03")
                    begun = [one for one in days if last.isoformat() < one < note.day.isoformat()]
                    assert not begun or note.day - last > timedelta(days=430), note.body["id"]
                last = note.day
    assert told


def test_who_is_helped_outdoors_does_not_go_about_alone(records: Records) -> None:
    told = 0
    for record in records.values():
        scores = [
            (on(one["effectiveDateTime"]), one["valueCodeableConcept"]["coding"][0]["code"])
            for one in record.of("Observation")
            if one["code"]["text"] == "Bevege seg utendørs"
        ]
        for note in notes({"": record}):
            if re.search(
                "går til butikken|Klarer trapp|Går en time hver|går tur de fleste|Mosjonerer", note.text
            ):
                told += 1
                before = sorted(
                    one for one in scores if timedelta() <= note.day - one[0] < timedelta(days=300)
                )
                assert not before or before[-1][1] < "3", note.body["id"]
    assert told


def test_who_is_measured_high_by_nurses_has_not_measured_low(records: Records) -> None:
    for record in records.values():
        high = [
            note.day
            for note in notes({"": record})
            if re.search("Hjemmebesøk:.*(målt to ganger|ved to målinger|ti minutters hvile)", note.text)
        ]
        for note in notes({"": record}):
            if re.search("under 140 hjemme|Hjemmemålinger stort sett", note.text):
                assert not any(timedelta() <= note.day - day < timedelta(days=365) for day in high), (
                    note.body["id"]
                )


def test_gout_is_over_before_it_comes_again(records: Records) -> None:
    told = 0
    for record in records.values():
        days = [note.day for note in notes({"": record}) if "Akutt rød og svært øm" in note.text]
        told += len(days)
        assert all(later - day >= timedelta(days=30) for day, later in pairwise(days)), record.patient["id"]
    assert told


def test_a_resident_with_heart_failure_is_not_weighed_at_home(records: Records) -> None:
    for record in records.values():
        moved = [
            (on(one["period"]["start"]), one["period"].get("end", "9999")[:10])
            for one in record.of("Encounter")
            if one["class"]["code"] == ADMITTED and "sykehjem" in one["serviceProvider"]["reference"]
        ]
        for note in notes({"": record}):
            if "Dagsvekt hjemme" in note.text:
                day = note.day
                assert not any(since < day and day.isoformat() < until for since, until in moved), note.body[
                    "id"
                ]
