"""What readers of records found from the ninth round on: a note, and what the rest of the record says."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest

from fellesjournal.rollout.region.courses import emergencies
from fellesjournal.rollout.region.courses.cancers import KINDS
from fellesjournal.rollout.region.courses.everyday import WORKS_UNTIL
from fellesjournal.rollout.region.days import Days
from rollout.region.conftest import Json, Record

Records = dict[str, Record]
ONE_OF = ("A02BC", "A10BK", "C07AB", "C08CA", "C10AA", "N06AB")
"""How ATC codes begin of which nobody uses two at once."""
CHANGED = re.compile(
    r"(dosen økt|er økt|økt dose|justert behandling|redusert dose|lagt til om|opptrapping)", re.I
)


def _notes(record: Record) -> Iterator[tuple[Json, str]]:
    for one in record.of("Composition"):
        yield one, " ".join(section["text"]["div"] for section in one["section"])


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _contacts(record: Record, unit: str) -> list[Json]:
    return [one for one in record.of("Encounter") if unit in one["serviceProvider"]["reference"]]


def _reasons(contact: Json) -> list[str]:
    return [one["text"] for one in contact.get("reasonCode", ())]


def _used(record: Record) -> Iterator[tuple[str, str, str, str]]:
    """ATC code, name, first day and the day on which it is not used any more."""
    for one in record.of("MedicationStatement"):
        concept, period = one["medicationCodeableConcept"], one["effectivePeriod"]
        yield concept["coding"][0]["code"], concept["text"], period["start"], period.get("end", "9999-12-31")


def _measured(record: Record, name: str) -> list[tuple[str, float]]:
    return [
        (one["effectiveDateTime"], one["valueQuantity"]["value"])
        for one in record.of("Observation")
        if one["code"].get("text") == name
    ]


def test_a_heart_that_was_set_right_at_admission_beats_as_usual_afterwards(records: Records) -> None:
    seen = 0
    for record in records.values():
        for stay in record.of("Encounter"):
            if stay["class"]["code"] == "IMP" and "Supraventrikulær takykardi" in _reasons(stay):
                seen += 1
                start, end = stay["period"]["start"], stay["period"].get("end", "9999")
                later = (datetime.fromisoformat(start) + timedelta(hours=6)).isoformat()
                assert all(value < 110 for when, value in _measured(record, "Puls") if later < when < end)
    assert seen


def test_nobody_sleeps_badly_after_night_work_who_does_not_work(records: Records) -> None:
    for record in records.values():
        for note, said in _notes(record):
            if "nattarbeid" in said:
                assert _day(note["date"]).year - int(record.born[:4]) <= WORKS_UNTIL


def test_in_a_ward_its_own_physiotherapist_writes(records: Records) -> None:
    for record in records.values():
        units = {
            f"Encounter/{one['id']}": one["serviceProvider"]["reference"] for one in record.of("Encounter")
        }
        for note, _ in _notes(record):
            if "sykehus" in units.get(note.get("encounter", {}).get("reference", ""), ""):
                assert "-fysioterapi-" not in note["author"][0]["reference"]


def test_what_is_given_for_four_weeks_ends_after_four_weeks(records: Records) -> None:
    found = 0
    for record in records.values():
        for one in record.of("MedicationStatement"):
            period = one["effectivePeriod"]
            if "Dalteparin" in one["medicationCodeableConcept"]["text"] and one["status"] == "completed":
                found += 1
                assert _day(period["end"]) - _day(period["start"]) <= timedelta(days=28) or record.died
    assert found > 3


def test_who_walks_without_aids_on_leaving_the_ward_does_not_go_on_to_train(records: Records) -> None:
    for record in records.values():
        trains = {one["period"]["start"][:10] for one in _contacts(record, "helsehus")}
        for note, said in _notes(record):
            assert "Går uten hjelpemidler ved utskrivning" not in said or note["date"][:10] not in trains


def test_a_cancer_is_not_named_before_it_is_found(records: Records) -> None:
    found = 0
    for record in records.values():
        for kind in KINDS:
            name = kind.problem.text
            told = [one["recordedDate"] for one in record.of("Condition") if one["code"]["text"] == name]
            seen = [one["period"]["start"] for one in record.of("Encounter") if name in _reasons(one)]
            if told and seen:
                found += 1
                assert min(seen)[:10] >= min(told)[:10], (record.patient["id"], name)
    assert found > 10


def test_blood_is_not_low_on_one_day_of_chemotherapy_and_normal_some_days_later(records: Records) -> None:
    for record in records.values():
        cures = [note["date"][:10] for note, said in _notes(record) if "Kur nummer" in said]
        values = {when[:10]: value for when, value in _measured(record, "Hemoglobin")}
        for cure in cures:
            for when, value in values.items():
                if cure in values and abs(_day(when) - _day(cure)) < timedelta(days=30):
                    assert abs(value - values[cure]) < 2.2, (record.patient["id"], cure, when)


def test_no_note_changes_a_dose_that_the_list_keeps(records: Records) -> None:
    for record in records.values():
        days = {_day(day) for _, _, since, until in _used(record) for day in (since, until) if day < "9999"}
        for note, said in _notes(record):
            if CHANGED.search(said):
                near = {_day(note["date"]) + timedelta(days=one) for one in range(-7, 8)}
                assert near & days, (record.patient["id"], note["date"], said)


@pytest.mark.parametrize("prefix", ONE_OF)
def test_nobody_uses_two_medicines_of_a_class_of_which_one_is_enough(records: Records, prefix: str) -> None:
    for record in records.values():
        of_class = [one for one in _used(record) if one[0].startswith(prefix)]
        for one in of_class:
            for other in of_class:
                beside = one[2] < other[3] and other[2] < one[3]
                assert one is other or one[1] == other[1] or not beside, (record.patient["id"], one, other)


def test_what_is_asked_about_tests_follows_tests(records: Records) -> None:
    asked = 0
    for record in records.values():
        taken = [_day(one["issued"]) for one in record.of("DiagnosticReport")]
        taken += [_day(one["effectiveDateTime"]) for one in record.of("Observation")]
        told = [_day(one["sent"]) for one in record.of("Communication") if "prøvesvarene" in str(one)]
        told += [_day(note["date"]) for note, said in _notes(record) if "Svar på prøver gjennomgått" in said]
        for day in told:
            asked += 1
            assert any(timedelta() <= day - one <= timedelta(days=15) for one in taken), record.patient["id"]
    assert asked > 5


def test_accidents_happen_when_people_are_up(records: Records) -> None:
    awake = {one.problem.text: one.hours for one in emergencies.CASES}
    for record in records.values():
        for one in _contacts(record, "legevakt"):
            for name in _reasons(one):
                first, last = awake.get(name, (0, 24))
                assert first <= int(one["period"]["start"][11:13]) <= last + 1 or not _is_drawn(record, one)


def _is_drawn(record: Record, contact: Json) -> bool:
    """Whether the contact is one that emergencies.py tells: with urgency, finding and what was done."""
    of_it = [
        note
        for note, _ in _notes(record)
        if note.get("encounter", {}).get("reference", "").endswith(contact["id"])
    ]
    return any("Funn og tiltak" in [one["title"] for one in note["section"]] for note in of_it)


def test_the_school_nurse_sees_pupils_in_school_hours(records: Records) -> None:
    for record in records.values():
        for one in _contacts(record, "skolehelsetjeneste"):
            assert 8 <= int(one["period"]["start"][11:13]) <= 14


def test_hearing_that_is_lost_stays_lost_and_is_found_once(records: Records) -> None:
    for record in records.values():
        lost = [one for one in record.of("Condition") if one["code"]["text"] == "Nedsatt hørsel"]
        assert len(lost) <= 1
        assert all("abatementDateTime" not in one for one in lost)


def test_nothing_stands_twice_on_the_list_of_what_goes_on(records: Records) -> None:
    for record in records.values():
        open_ = Counter(
            one["code"]["text"] for one in record.of("Condition") if "abatementDateTime" not in one
        )
        assert not [name for name, times in open_.items() if times > 1], record.patient["id"]


def test_who_smokes_is_not_said_not_to(records: Records) -> None:
    for record in records.values():
        said = " ".join(text for _, text in _notes(record))
        assert not ("Røyker ikke" in said and "Røyker daglig" in said), record.patient["id"]


def test_who_never_could_be_cured_is_not_told_that_it_is_no_longer_so(records: Records) -> None:
    for record in records.values():
        said = " ".join(text for _, text in _notes(record))
        assert not ("Livsforlengende behandling" in said and "kan ikke lenger kureres" in said)


def test_who_wants_no_medicine_for_attention_is_not_said_to_try_one(records: Records) -> None:
    for record in records.values():
        said = " ".join(text for _, text in _notes(record))
        if "Ønsker ikke medisin nå" in said:
            assert not any(atc.startswith("N06BA") for atc, *_ in _used(record)), record.patient["id"]


def test_a_visit_stands_apart_from_others_when_there_is_room() -> None:
    days, monday = Days(), date(2026, 11, 23)
    days.visit(monday)
    assert days.apart(monday) == monday + timedelta(days=4)
    assert days.apart(monday - timedelta(days=4)) == monday - timedelta(days=4)
    assert days.apart(monday - timedelta(days=1)) == monday + timedelta(days=4)
