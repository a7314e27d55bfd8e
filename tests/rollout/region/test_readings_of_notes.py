"""What readers of records found from the ninth round on: a note, and what the rest of the record says."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest

from fellesjournal.fhir.medicines import medicine
from fellesjournal.rollout.region.courses.cancer_kinds import KINDS
from fellesjournal.rollout.region.courses.emergency_cases import CASES
from fellesjournal.rollout.region.courses.lately import WORKS_UNTIL
from fellesjournal.rollout.region.days import Days
from fellesjournal.rollout.region.life import Life
from rollout.region.conftest import TODAY, Json, Record

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
        concept, period = medicine(one), one["effectivePeriod"]
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
            if "Dalteparin" in medicine(one)["text"] and one["status"] == "completed":
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
        told += [_day(note["date"]) for note, said in _notes(record) if "Spør om svarene på prøvene" in said]
        for day in told:
            asked += 1
            assert any(timedelta() <= day - one <= timedelta(days=15) for one in taken), record.patient["id"]
    assert asked > 3


def test_accidents_happen_when_people_are_up(records: Records) -> None:
    awake = {one.problem.text: one.hours for one in CASES}
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


def test_who_goes_on_to_train_is_not_up_most_of_the_day_and_asking_to_leave(records: Records) -> None:
    for record in records.values():
        trains = {one["period"]["start"][:10] for one in _contacts(record, "helsehus")}
        ends = {
            f"Encounter/{one['id']}": one["period"].get("end", "")[:10]
            for one in _contacts(record, "sengepost")
        }
        for note, said in _notes(record):
            if "Spør om utreise" in said:
                assert ends[note["encounter"]["reference"]] not in trains, (
                    record.patient["id"],
                    note["date"],
                )


def test_a_control_that_the_hospital_was_promised_is_done(records: Records) -> None:
    promised = 0
    for record in records.values():
        taken = [_day(one["effectiveDateTime"]) for one in record.of("DiagnosticReport")]
        for one in record.of("Communication"):
            if "pasienten har fått time" in str(one["payload"]):
                promised += 1
                sent = _day(one["sent"])
                soon = any(sent < day <= sent + timedelta(days=35) for day in taken)
                assert soon or record.died or TODAY - sent < timedelta(days=40), record.patient["id"]
    assert promised > 3


def test_nobody_writes_about_travel_from_a_bed(records: Records) -> None:
    for record in records.values():
        stays = [one["period"] for one in record.of("Encounter") if one["class"]["code"] == "IMP"]
        for one in record.of("Communication"):
            if "sender" in one and one["sender"]["reference"].startswith("Patient/"):
                assert not any(stay["start"] < one["sent"] < stay.get("end", "9999") for stay in stays)


def test_who_has_an_illness_is_not_told_to_be_healthy_at_a_check_up(records: Records) -> None:
    for record in records.values():
        seen = [one for one in record.of("Condition") if "security" not in one.get("meta", {})]
        since = [one["recordedDate"] for one in seen if "abatementDateTime" not in one]
        for note, said in _notes(record):
            if "blodprøver. Føler seg frisk" in said or "mosjon. Frisk" in said:
                assert not [one for one in since if one < note["date"][:10]], (
                    record.patient["id"],
                    note["date"],
                )


def test_training_is_counted_from_the_first_time(records: Records) -> None:
    for record in records.values():
        said = [text for _, text in _notes(record) if "økt nummer" in text]
        assert not said or any("økt nummer 1" in one for one in said), record.patient["id"]


def test_children_fall_in_class_on_school_days_alone(records: Records) -> None:
    fell = 0
    for record in records.values():
        for note, said in _notes(record):
            if "i gymtimen" in said:
                fell += 1
                day = _day(note["date"])
                assert day.weekday() < 5
                assert day.month != 7
                assert int(note["date"][11:13]) <= 16
    assert fell > 2


def test_who_has_failing_kidneys_has_less_blood(life: Callable[..., Life]) -> None:
    body = life(date(1950, 1, 1)).body
    well = body.haemoglobin_on(TODAY)
    body.kidneys_fail = (date(TODAY.year - 30, 1, 1), 8)
    assert body.creatinine_on(TODAY) > 300
    assert well - 2.5 <= body.haemoglobin_on(TODAY) < well - 1.5


def test_what_the_doctor_says_on_the_telephone_of_a_medicine_is_on_the_list(records: Records) -> None:
    told = 0
    for record in records.values():
        begun, ended = ({period[place] for period in _periods(record)} for place in (0, 1))
        for note, said in _notes(record):
            day = note["date"][:10]
            if "Gått gjennom medisinene. Starter med" in said:
                told += 1
                assert day in begun, (record.patient["id"], day)
            if "Gått gjennom medisinene. Slutter med" in said:
                assert day in ended, (record.patient["id"], day)
            if "Gått gjennom medisinene. Endret" in said:
                assert day in begun & ended, (record.patient["id"], day)
    assert told > 20


def _periods(record: Record) -> list[tuple[str, str]]:
    return [(since, until) for _, _, since, until in _used(record)]


def test_what_is_put_in_is_taken_out_by_somebody_who_is_met(records: Records) -> None:
    taken = 0
    for record in records.values():
        visits = {
            one["period"]["start"][:10] for one in record.of("Encounter") if one["class"]["code"] != "VR"
        }
        for one in record.of("MedicationStatement"):
            device = any(word in medicine(one)["text"] for word in ("implantat", "innlegg"))
            end = one["effectivePeriod"].get("end")
            if device and one["status"] == "stopped":
                taken += 1
                assert end in visits, (record.patient["id"], end)
    assert taken > 3


def test_who_dies_first_leaves_a_spouse_and_is_not_widowed(records: Records) -> None:
    for record in records.values():
        if record.died:
            for one in record.of("RelatedPerson"):
                end = one.get("period", {}).get("end", "")
                assert end <= record.died or "begin" in end, (record.patient["id"], end)


def test_a_mother_on_leave_is_not_put_on_sick_leave(records: Records) -> None:
    for record in records.values():
        births = [
            _day(one["period"]["start"])
            for one in record.of("Encounter")
            if any("levende født barn" in name for name in _reasons(one)) and one["class"]["code"] == "IMP"
        ]
        for note, said in _notes(record):
            if "Sykmeldt" in said or "på jobben" in said:
                day = _day(note["date"])
                assert not any(timedelta() < day - born < timedelta(days=330) for born in births)


def test_whom_one_lives_with_is_called_the_same_in_notes_and_relations(records: Records) -> None:
    lived = 0
    for record in records.values():
        near = {one["relationship"][0]["text"] for one in record.of("RelatedPerson")}
        for _, said in _notes(record):
            for word in ("Ektefelle", "Samboer"):
                if f"Bor med {word.lower()}" in said:
                    lived += 1
                    assert word in near, record.patient["id"]
    assert lived > 5


def test_a_schoolchild_does_not_cry_and_point_at_the_legevakt(records: Records) -> None:
    for record in records.values():
        for note, said in _notes(record):
            if "Gråter og tar seg til" in said or "Falt fra huske" in said:
                assert _day(note["date"]).year - int(record.born[:4]) <= 7, record.patient["id"]


def test_who_is_better_does_not_begin_to_train_the_day_after(records: Records) -> None:
    for record in records.values():
        better = [
            _day(note["date"]) for note, said in _notes(record) if "Klart bedre, nesten som før" in said
        ]
        begins = [_day(note["date"]) for note, said in _notes(record) if "Startet med rolig trening" in said]
        assert not [day for day in better for other in begins if 0 <= (other - day).days < 10]


def test_controls_that_a_discharge_promises_are_held(records: Records) -> None:
    promised = 0
    for record in records.values():
        controls = [_day(one["effectiveDateTime"]) for one in record.of("Observation")]
        for note, said in _notes(record):
            weeks = 1 if "blodprosent hos fastlege om en uke" in said else 2
            if weeks == 1 or "kontrollerer prøver om to uker" in said:
                promised += 1
                left = _day(note["date"])
                after = [left < day <= left + timedelta(days=7 * weeks + 30) for day in controls]
                late = TODAY - left < timedelta(days=40)
                assert any(after) or record.died or late or _in_home(record), record.patient["id"]
    assert promised > 5


def _in_home(record: Record) -> bool:
    """Whether a nursing home's own doctor sees to what was promised."""
    return any("Langtids" in str(one["type"]) for one in record.of("EpisodeOfCare"))


def test_who_is_helped_at_the_toilet_is_helped_to_wash(records: Records) -> None:
    for record in records.values():
        for note, said in _notes(record):
            if "Trenger hjelp til" in said and "toalettbesøk" in said:
                assert "personlig hygiene" in said, (record.patient["id"], note["date"])


def test_who_asks_for_a_paper_about_an_illness_has_seen_a_doctor(records: Records) -> None:
    for record in records.values():
        seen = [_day(one["period"].get("end", TODAY.isoformat())) for one in record.of("Encounter")]
        for one in record.of("Communication"):
            if "bekreftelse til trening" in str(one["payload"]):
                sent = _day(one["sent"])
                assert any(timedelta() < sent - day <= timedelta(days=16) for day in seen), record.patient[
                    "id"
                ]
