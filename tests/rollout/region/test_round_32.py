"""What the thirty-second round of reading found, ten records by lot; as rules for pockets of other seeds."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from fellesjournal.fhir.medicines import medicine
from fellesjournal.rollout.region.openings import school_day
from rollout.region.conftest import Json, Record
from rollout.region.test_rules import ENDLESS, Records, age, notes, on, reasons, used

DAY = timedelta(days=1)
SINCE = {
    r"lenge siden|på flere år": (900, 5000),
    r"et drøyt år siden|litt over et år siden": (300, 640),
    r"et par år siden": (440, 1200),
}
"""Words about the last time, and between how many days ago it was."""
BY_A_CULTURE = {"J01CA08", "J01EE01", "J01MA02"}
WELL = "Ingen plager|Føler seg frisk|Kjenner seg (fin|frisk)|Frisk[.]"
TOLD_OTHERWISE = ("S", "O", "Z")
"""Letters of ICD-10 of what has nothing to do with being well: an injury, a child that is carried."""
MOVES, SITS = "går tur de fleste|Mosjonerer|Går en time hver dag", "lite mosjon"


def test_how_long_ago_it_was_follows_the_last_time(pocket: Records) -> None:
    told = 0
    for record in pocket.values():
        seen = [(on(one["recordedDate"]), [one["code"]["text"]]) for one in record.of("Condition")]
        for note in notes({"": record}):
            for words, (least, most) in SINCE.items():
                if note.text.startswith("Aktuelt") and re.search(words, note.text):
                    before = [day for day, why in seen if why == reasons(note.contact)]
                    last = max(day for day in before if day < note.day)
                    told += 1
                    assert least <= (note.day - last).days <= most, (note.body["id"], note.text)
    assert told


def test_tests_that_an_anxious_one_hears_of_were_taken(pocket: Records) -> None:
    for note in notes(pocket):
        assert "Normale prøver" not in note.text
        if "Blodprøvene fra sist" in note.text:
            taken = [
                on(one["effectiveDateTime"])
                for one in note.record.of("Observation")
                if one["code"]["text"] == "Hemoglobin"
            ]
            assert any(note.day - 60 * DAY < day < note.day for day in taken), note.body["id"]


def test_one_lives_alike_at_every_visit(pocket: Records) -> None:
    moves, sits = set[str](), set[str]()
    for note in notes(pocket):
        if re.search(MOVES, note.text):
            moves.add(note.record.patient["id"])
            mends = [
                one
                for one in note.record.of("Condition")
                if one["code"]["text"] in ("Brudd i ankel", "Brudd i håndledd")
                and one["recordedDate"] <= note.day.isoformat() < one.get("abatementDateTime", ENDLESS)
            ]
            assert "går tur" not in note.text or not mends, note.body["id"]
        elif SITS in note.text and "Levevaner" in note.text:
            sits.add(note.record.patient["id"])
    assert moves
    assert sits
    assert not moves & sits


def test_school_is_spoken_of_when_there_is_school(pocket: Records) -> None:
    for note in notes(pocket):
        if "før eksamen" in note.text:
            assert note.day.month in (4, 5, 11, 12)
            assert age(note.record, note.day) <= 19
        if re.search("kan gå på sk[ou]len", note.text):
            assert school_day(note.day) == note.day, note.body["id"]
        if "Leker og svarer" in note.text:
            assert age(note.record, note.day) < 10, note.body["id"]


def test_nobody_is_well_in_the_middle_of_a_complaint(pocket: Records) -> None:
    for record in pocket.values():
        passing = [
            (one["recordedDate"], one["abatementDateTime"])
            for one in record.of("Condition")
            if "abatementDateTime" in one and "security" not in one.get("meta", {}) and not _is_other(one)
        ]
        for note in notes({"": record}):
            day = note.day.isoformat()
            if re.search(WELL, note.text) and reasons(note.contact) == ["Helsekontroll"]:
                assert not any(since < day <= until for since, until in passing), note.body["id"]


def _is_other(condition: Json) -> bool:
    return any(one["code"].startswith(TOLD_OTHERWISE) for one in condition["code"]["coding"][-1:])


def test_kidneys_are_treated_by_what_the_culture_says(pocket: Records) -> None:
    stays = 0
    for record in pocket.values():
        for stay in _stays(record, "Nyrebekkenbetennelse"):
            found = {one["code"]["text"] for one in _of(record, "Observation", stay)}
            assert "Kreatinin" in found, stay["id"]
            given = {medicine(one)["coding"][0]["code"] for one in _of(record, "MedicationRequest", stay)}
            antibiotics = {code for code in given if code.startswith("J01")}
            allowed = BY_A_CULTURE if record.patient["gender"] == "female" else BY_A_CULTURE - {"J01CA08"}
            assert antibiotics <= allowed, (stay["id"], antibiotics)
            stays += bool(antibiotics)
    assert stays


def test_what_only_a_doctor_of_seamen_can_give_no_gp_does(pocket: Records) -> None:
    assert not any("Sjømannsattest" in note.text for note in notes(pocket))


def test_weight_that_is_lost_at_a_ward_is_what_was_weighed(pocket: Records) -> None:
    told = 0
    for note in notes(pocket):
        assert "Oksygen kunne avsluttes" not in note.text
        if found := re.search(r"Vekttap (\d+),(\d) kg", note.text):
            told += 1
            weighed = sorted(
                (one["effectiveDateTime"], one["valueQuantity"]["value"])
                for one in _of(note.record, "Observation", note.contact)
                if one["code"]["text"] == "Vekt"
            )
            lost = weighed[0][1] - weighed[-1][1]
            assert round(lost, 1) == float(f"{found[1]}.{found[2]}"), note.body["id"]
            days = (on(note.contact["period"]["end"]) - on(note.contact["period"]["start"])).days
            assert len(weighed) > days
    assert told


def test_who_is_gravely_ill_is_measured_again_soon(pocket: Records) -> None:
    for note in notes(pocket):
        score = re.search(r"temperatur [\d,]+\. NEWS2 (\d+)", note.text)
        if score and int(score[1]) >= 5 and note.day > on("2026-09-01"):
            hours = [hour for hour, _ in _measured(note.record, note.contact)]
            assert max(hours) < 2.5 or any(2.4 < hour < 5.6 for hour in hours), note.body["id"]


def test_no_nurse_is_at_work_day_and_night(pocket: Records) -> None:
    nights = 0
    for record in pocket.values():
        for stay in record.of("Encounter"):
            if stay["class"]["code"] != "IMP":
                continue
            by: dict[str, list[float]] = {}
            for hour, nurse in _measured(record, stay):
                by.setdefault(nurse, []).append(hour)
            nights += len(by) > 2
            for hours in by.values():
                apart = [later - hour for hour in hours for later in hours if later > hour]
                assert not any(9 < one < 20 for one in apart), stay["id"]
    assert nights


def test_who_fainted_had_blood_taken(pocket: Records) -> None:
    fainted = 0
    for record in pocket.values():
        for stay in _stays(record, "Synkope"):
            found = {one["code"]["text"] for one in _of(record, "Observation", stay)}
            if "Ortostatisk" not in str(stay) and "end" in stay["period"]:
                fainted += 1
                assert {"Hemoglobin", "Natrium", "Kalium", "Glukose", "Troponin T"} <= found, stay["id"]
        for stay in _stays(record, "Divertikkelsykdom i tykktarm"):
            values = [one for one in _of(record, "Observation", stay) if one["code"]["text"] == "CRP"]
            assert len(values) > 1 or "end" not in stay["period"], stay["id"]
    assert fainted


def test_nobody_is_expected_about_language_that_is_good(pocket: Records) -> None:
    for record in pocket.values():
        good = [note.day for note in notes({"": record}) if "God språkutvikling" in note.text]
        for one in record.of("Appointment"):
            if one.get("comment") == "Språk og samspill":
                assert not any(day < on(one["start"]) for day in good), one["id"]


def test_cures_begin_when_they_were_said_to(pocket: Records) -> None:
    told = [note for note in notes(pocket) if "oppstart innen to uker" in note.text]
    for note in told:
        begun = [
            other.day
            for other in notes({"": note.record})
            if "Kur nummer 1." in other.text and other.day > note.day
        ]
        assert not begun or min(begun) - note.day <= 16 * DAY, note.body["id"]


def test_a_head_that_was_hit_is_asked_about_at_a_cold(pocket: Records) -> None:
    for record in pocket.values():
        hit = [
            on(one["recordedDate"])
            for one in record.of("Condition")
            if one["code"]["text"] == "Hjernerystelse"
        ]
        for note in notes({"": record}):
            if reasons(note.contact) == ["Forkjølelse"] and any(
                DAY < note.day - one < 12 * DAY for one in hit
            ):
                assert "hjernerysti" in note.text or "hjernerystelsen" in note.text, note.body["id"]


def test_a_statin_works_whoever_asks_for_the_test(pocket: Records) -> None:
    pairs = 0
    for record in pocket.values():
        statins = [(on(since), until) for _, atc, since, until in used(record) if atc.startswith("C10")]
        values = sorted(
            (on(one["effectiveDateTime"]), one["valueQuantity"]["value"])
            for one in record.of("Observation")
            if one["code"]["text"] == "LDL-kolesterol"
        )
        for (first, before), (day, value) in pairwise(values):
            treated = any(since + 40 * DAY <= first and day.isoformat() < until for since, until in statins)
            if treated and day - first < 200 * DAY:
                pairs += 1
                assert abs(value - before) < 1, (record.patient["id"], day)
    assert pairs


def test_weight_is_spoken_of_at_a_check_up(pocket: Records) -> None:
    spoken = 0
    for record in pocket.values():
        tall = [
            one["valueQuantity"]["value"]
            for one in record.of("Observation")
            if one["code"]["text"] == "Høyde" and age(record, on(one["effectiveDateTime"])) >= 18
        ]
        for note in notes({"": record}):
            if tall and reasons(note.contact) == ["Helsekontroll"]:
                weighed = [
                    one["valueQuantity"]["value"]
                    for one in _of(record, "Observation", note.contact)
                    if one["code"]["text"] == "Vekt"
                ]
                if weighed and weighed[0] / (tall[0] / 100) ** 2 >= 32:
                    spoken += 1
                    assert "KMI" in note.text, note.body["id"]
    assert spoken


def test_a_bleeding_in_the_brain_is_seen_on_pictures(records: Records) -> None:
    bled = 0
    for record in records.values():
        for stay in _stays(record, "Hjerneblødning"):
            if not stay["serviceProvider"]["reference"].endswith("sykehjem"):
                bled += 1
                assert [*_of(record, "ImagingStudy", stay)], stay["id"]
    assert bled
    assert not any("Svært slapp ved ankomst" in note.text for note in notes(records))


def test_shoulders_of_the_young_do_not_freeze(pocket: Records) -> None:
    for note in notes(pocket):
        if "utoverrotasjon" in note.text:
            assert age(note.record, note.day) >= 40, note.body["id"]


def _stays(record: Record, why: str) -> Iterator[Json]:
    for one in record.of("Encounter"):
        if one["class"]["code"] == "IMP" and reasons(one) == [why]:
            yield one


def _of(record: Record, kind: str, contact: Json) -> Iterator[Json]:
    for one in record.of(kind):
        if one.get("encounter", {}).get("reference") == f"Encounter/{contact['id']}":
            yield one


def _measured(record: Record, stay: Json) -> Iterator[tuple[float, str]]:
    """Hours after arrival at which the pulse was counted, and by whom."""
    began = datetime.fromisoformat(stay["period"]["start"])
    for one in _of(record, "Observation", stay):
        if one["code"]["text"] == "Puls":
            after = datetime.fromisoformat(one["effectiveDateTime"]) - began
            yield after.total_seconds() / 3600, one["performer"][0]["reference"]
