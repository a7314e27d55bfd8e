"""What readers of whole records have found from the sixteenth round on, as rules for everybody."""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from fellesjournal.fhir.medicines import medicine
from rollout.region.conftest import Json, Record

DAY = timedelta(days=1)


def of_day(text: str) -> date:
    return date.fromisoformat(text[:10])


def told(note: Json, title: str) -> str:
    """What stands under a heading of a note."""
    found = [one["text"]["div"] for one in note["section"] if one["title"] == title]
    return re.sub("<[^>]+>", " ", found[0]).strip() if found else ""


def whole(note: Json) -> str:
    return re.sub("<[^>]+>", " ", " ".join(one["text"]["div"] for one in note["section"]))


def reasons(record: Record) -> dict[str, str]:
    """Why each contact was."""
    return {
        f"Encounter/{one['id']}": one["reasonCode"][0]["text"]
        for one in record.of("Encounter")
        if "reasonCode" in one
    }


def notes(records: dict[str, Record]) -> Iterator[tuple[Record, Json, str]]:
    """Every note with why the contact was."""
    for record in records.values():
        why = reasons(record)
        for one in record.of("Composition"):
            yield record, one, why.get(one.get("encounter", {}).get("reference", ""), "")


def test_no_newborn_has_coughed_for_a_week(records: dict[str, Record]) -> None:
    for record, note, why in notes(records):
        if why == "Forkjølelse":
            assert of_day(note["date"]) - of_day(record.born) >= 60 * DAY


def test_who_was_admitted_was_asked_about_allergies_and_the_note_tells_the_answer(
    records: dict[str, Record],
) -> None:
    admitted = 0
    for record in records.values():
        for note in record.of("Composition"):
            if not (said := told(note, "Allergier")):
                continue
            admitted += 1
            day = note["date"][:10]
            known = [one for one in record.of("AllergyIntolerance") if one["recordedDate"] <= day]
            names = {one["code"]["text"] for one in known}
            assert known or record.of("AllergyIntolerance"), note["id"]
            assert (said == "Ingen kjente.") is (names <= {"Ingen kjente allergier"}), (note["id"], names)
            assert all(name in said for name in names - {"Ingen kjente allergier"}), (note["id"], names)
    assert admitted > 50


def test_what_comes_again_is_told_in_other_words(records: dict[str, Record]) -> None:
    series: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for record, note, why in notes(records):
        if why in {"Kontakteksem", "Seboreisk eksem", "Omgangssyke", "Krystallsyke", "Slapphet"}:
            if said := told(note, "Aktuelt"):
                series[record.patient["id"], why].append(said)
        elif why == "Blærekatarr":
            said = told(note, "Vurdering")
            if said and not said.startswith("Mer urolig"):  # told of residents, once a year or so
                series[record.patient["id"], why].append(said)
        elif "demens" in why.lower() or "alzheimer" in why.lower():
            said = re.sub(r"MMSE \d+\. ", "", told(note, "Kontroll"))
            if said:
                series[record.patient["id"], why].append(said)
    assert any(len(one) > 2 for one in series.values())
    assert [pair for one in series.values() for pair in pairwise(one) if pair[0] == pair[1]] == []


def test_a_child_has_no_score_of_the_grown(records: dict[str, Record]) -> None:
    for record, note, _ in notes(records):
        if "NEWS" in whole(note):
            assert of_day(note["date"]).year - int(record.born[:4]) >= 16


def test_a_childs_belly_is_not_looked_into_with_rays(records: dict[str, Record]) -> None:
    for record in records.values():
        for one in record.of("DiagnosticReport"):
            if one["code"]["text"] == "CT abdomen":
                assert of_day(one["effectiveDateTime"]).year - int(record.born[:4]) >= 16


def test_sepsis_is_not_over_before_its_last_control(records: dict[str, Record]) -> None:
    seen = 0
    for record in records.values():
        ends = [one["abatementDateTime"] for one in _of(record, "Sepsis") if "abatementDateTime" in one]
        contacts = [one for one in record.of("Encounter") if _why(one) == "Sepsis"]
        seen += len(contacts)
        if ends:
            assert max(one["period"]["start"][:10] for one in contacts) <= max(ends)
    assert seen


def test_who_is_tired_has_blood_taken(records: dict[str, Record]) -> None:
    for record in records.values():
        tested = {one.get("encounter", {}).get("reference") for one in record.of("Observation")}
        first = [one for one in record.of("Encounter") if _why(one) == "Slapphet"]
        lists = {one["encounter"]["reference"] for one in _of(record, "Slapphet") if "encounter" in one}
        assert lists <= tested
        assert len(first) >= len(lists)


def test_who_forgets_much_measures_no_pressure_at_home(records: dict[str, Record]) -> None:
    for record, forgets, note in _forgetting(records):
        said = told(note, "Vurdering")
        assert not re.search("apparat hjem|hjemmemåling|fint hjemme|mosjonerer", said, re.IGNORECASE), (
            record.patient["id"],
            forgets,
        )


def test_who_forgets_much_is_not_left_to_train_alone(records: dict[str, Record]) -> None:
    for _, _, note in _forgetting(records):
        assert "fortsetter øvelser selv" not in told(note, "Sammenfatning")


def test_who_forgets_much_neither_walks_out_alone_nor_looks_back_on_fear(records: dict[str, Record]) -> None:
    for _, _, note in _forgetting(records):
        assert "går tur" not in told(note, "Levevaner")
        assert "Klarer hverdagen" not in told(note, "Samtale")


def test_a_bladder_in_pregnancy_is_cultured(records: dict[str, Record]) -> None:
    for record in records.values():
        why = reasons(record)
        carried = [
            (of_day(one["onsetDateTime"]), of_day(one.get("abatementDateTime", "2100-01-01")))
            for one in _of(record, "Graviditet")
        ]
        for note in record.of("Composition"):
            if why.get(note.get("encounter", {}).get("reference", "")) != "Blærekatarr":
                continue
            if any(first <= of_day(note["date"]) < last for first, last in carried):
                assert "dyrk" in told(note, "Vurdering")


def test_no_pupil_has_trouble_at_work_or_restores_a_house(records: dict[str, Record]) -> None:
    for record, note, why in notes(records):
        if why.startswith("Situasjonsbetinget") and of_day(note["date"]).year - int(record.born[:4]) < 20:
            assert not re.search("jobb|oppussing", told(note, "Aktuelt"))


def _forgetting(records: dict[str, Record]) -> Iterator[tuple[Record, date, Json]]:
    """Notes after the day on which MMSE was found below twenty."""
    for record in records.values():
        low = [
            of_day(one["effectiveDateTime"])
            for one in record.of("Observation")
            if "MMSE" in one["code"]["text"].upper() and one.get("valueQuantity", {}).get("value", 30) < 19
        ]
        for note in record.of("Composition") if low else ():
            if of_day(note["date"]) > min(low):
                yield record, min(low), note


def _of(record: Record, problem: str) -> list[Json]:
    return [one for one in record.of("Condition") if one["code"]["text"] == problem]


def _why(encounter: Json) -> str:
    return str(encounter["reasonCode"][0]["text"]) if "reasonCode" in encounter else ""


def test_stones_are_named_when_they_have_been_seen(records: dict[str, Record]) -> None:
    found = 0
    for record in records.values():
        seen = [one["effectiveDateTime"] for one in record.of("DiagnosticReport") if "galle" in whole_of(one)]
        for one in record.of("Encounter"):
            if seen and one.get("reasonCode", [{}])[0].get("text") == "Gallestein":
                found += 1
                assert one["period"]["start"] > min(seen)
    assert found


def whole_of(report: Json) -> str:
    return f"{report['code']['text']} {report.get('conclusion', '')}".lower()


def test_a_diagnosis_is_not_over_before_the_stay_for_it(records: dict[str, Record]) -> None:
    found = 0
    for record in records.values():
        for stay in record.of("Encounter"):
            if stay["class"]["code"] != "IMP" or "end" not in stay["period"]:
                continue
            about = {f"Encounter/{stay['id']}"}
            why = {one["text"] for one in stay.get("reasonCode", [])}
            for one in record.of("Condition"):
                same = one.get("encounter", {}).get("reference") in about and one["code"]["text"] in why
                if same and "abatementDateTime" in one:
                    found += 1
                    assert one["abatementDateTime"][:10] >= stay["period"]["end"][:10]
    assert found


def test_a_mans_kidneys_are_looked_into_and_controlled(records: dict[str, Record]) -> None:
    for record in records.values():
        if record.patient["gender"] != "male":
            continue
        stays = [
            one
            for one in record.of("Encounter")
            if one["class"]["code"] == "IMP"
            and "end" in one["period"]
            and one.get("reasonCode", [{}])[0].get("text") == "Nyrebekkenbetennelse"
        ]
        assert len(stays) <= 1
        assert not stays or "UL urinveier" in {one["code"]["text"] for one in record.of("DiagnosticReport")}


def test_what_is_put_in_against_pregnancy_is_changed_when_its_years_have_gone(
    records: dict[str, Record],
) -> None:
    lasts, found = {"G02BA03": 8, "G03AC08": 3}, 0
    for record in records.values():
        for one in record.of("MedicationStatement"):
            years = lasts.get(medicine(one)["coding"][0]["code"])
            start, end = one["effectivePeriod"]["start"], one["effectivePeriod"].get("end", "2026-11-26")
            if years:
                found += 1
                assert (of_day(end) - of_day(start)).days <= years * 365.25 + 90
    assert found


def test_the_yearly_control_of_diabetes_is_not_told_in_the_same_words(records: dict[str, Record]) -> None:
    said: defaultdict[str, list[str]] = defaultdict(list)
    for record, note, why in notes(records):
        if why == "Diabetes type 2" and (words := told(note, "Årskontroll")):
            said[record.patient["id"]].append(words)
    assert any(len(one) > 3 for one in said.values())
    assert [pair for one in said.values() for pair in pairwise(one) if pair[0] == pair[1]] == []


def test_who_is_stout_is_not_fed_up(records: dict[str, Record]) -> None:
    for record, note, _ in notes(records):
        if "næringsdrikk" in told(note, "Månedsnotat"):
            weights = [
                one["valueQuantity"]["value"]
                for one in record.of("Observation")
                if one["code"].get("text") == "Vekt" and one["effectiveDateTime"][:10] == note["date"][:10]
            ]
            assert all(one < 95 for one in weights)


def test_in_the_last_days_only_what_eases_is_taken(records: dict[str, Record]) -> None:
    found = 0
    for record, note, _ in notes(records):
        if "Livets siste dager-plan" not in told(note, "Plan"):
            continue
        begun = of_day(note["date"])
        for one in record.of("MedicationStatement"):
            code = medicine(one)["coding"][0]["code"]
            if code.startswith("C10"):
                found += 1
                assert of_day(one["effectivePeriod"]["end"]) <= begun + 2 * DAY
    assert found


def test_nobody_who_talks_at_home_is_promised_an_hour_that_is_not_booked(records: dict[str, Record]) -> None:
    for _, note, _ in notes(records):
        assert "avtalt time hos fastlegen" not in told(note, "Hjemmebesøk psykisk helse")


def test_a_high_pressure_is_not_said_to_change_nothing(records: dict[str, Record]) -> None:
    high = {
        one["encounter"]["reference"]
        for record in records.values()
        for one in record.of("Observation")
        if one["code"]["text"] == "Blodtrykk" and one["component"][0]["valueQuantity"]["value"] >= 150
    }
    met = [note for _, note, why in notes(records) if why == "Helsekontroll"]
    spoken = [
        one for one in met if one.get("encounter", {}).get("reference") in high and told(one, "Kontroll")
    ]
    assert spoken
    assert all("høy" in told(one, "Kontroll") or "høg" in told(one, "Kontroll") for one in spoken)


def test_a_heavy_childs_parents_are_told(records: dict[str, Record]) -> None:
    found = 0
    for record, note, _ in notes(records):
        at_four, at_five = told(note, "Helsekontroll"), told(note, "Skolestartundersøkelse")
        age = (of_day(note["date"]) - of_day(record.born)).days
        if (at_four and age > 1400) or at_five:
            taken = {
                one["code"]["text"]: one["valueQuantity"]["value"]
                for one in record.of("Observation")
                if one.get("encounter") == note["encounter"] and "valueQuantity" in one
            }
            if {"Vekt", "Høyde"} <= taken.keys() and taken["Vekt"] / (taken["Høyde"] / 100) ** 2 > 18:
                found += 1
                assert "KMI" in told(note, "Vekst")
    assert found


def test_no_child_is_called_in_for_eyes_that_see(records: dict[str, Record]) -> None:
    for record in records.values():
        assert all("synsprøve" not in one.get("comment", "") for one in record.of("Appointment"))


def test_who_takes_medicine_for_attention_is_controlled(records: dict[str, Record]) -> None:
    found = 0
    for record in records.values():
        for one in record.of("MedicationStatement"):
            start = one["effectivePeriod"]["start"]
            code = medicine(one)["coding"][0]["code"]
            if code.startswith("N06BA") and one["status"] == "active" and start < "2024":
                found += 1
                met = [at for at, why in reasons_at(record) if why == "ADHD"]
                assert max(met, default="") > "2024"
                assert code != "N06BA12" or start >= "2013"
    assert found


def reasons_at(record: Record) -> list[tuple[str, str]]:
    return [
        (one["period"]["start"], one["reasonCode"][0]["text"])
        for one in record.of("Encounter")
        if "reasonCode" in one
    ]


def test_the_days_of_a_cure_for_gout_are_those_of_the_note(records: dict[str, Record]) -> None:
    found = 0
    for record, note, why in notes(records):
        plan = told(note, "Plan")
        if why == "Urinsyregikt" and "Betennelsesdempende" in plan:
            for one in record.of("MedicationStatement"):
                period = one["effectivePeriod"]
                if period["start"] == note["date"][:10] and "i 5 dager" in one["dosage"][0]["text"]:
                    found += 1
                    assert "fem dager" in plan
    assert found
