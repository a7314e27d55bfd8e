"""What eight readers of eighty records found, by lot; as rules."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from fellesjournal.fhir.medicines import medicine
from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region.courses.short_admissions import _can_be
from fellesjournal.rollout.region.courses.short_cases import CASES, FAINTED
from fellesjournal.rollout.region.decline import Dementia
from fellesjournal.rollout.region.kin import the_parents
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.people import Person
from rollout.region.test_round_40 import used
from rollout.region.test_rules import Records, notes, on

DAY = date(2024, 3, 4)


def test_hay_fever_is_found_when_it_is_found(records: Records) -> None:
    told = 0
    for note in notes(records):
        if "Prikktest bekrefter det" in note.text:
            told += 1
            since = [
                one["onsetDateTime"]
                for one in note.record.of("Condition")
                if one["code"]["text"] == "Pollenallergi"
            ]
            assert since == [note.day.isoformat()], note.body["id"]
    assert told


def test_what_is_shown_by_the_heart_clinic_is_pictured_there(records: Records) -> None:
    told = 0
    for note in notes(records):
        shown = re.search(r"CT koronar: |etter infarkt\. Ekko: |Ekko: normal pumpefunksjon", note.text)
        if shown and note.body["type"]["coding"][0]["code"] != "A03-2":
            told += 1
            pictured = {one["started"][:10] for one in note.record.of("ImagingStudy")}
            assert note.day.isoformat() in pictured, note.body["id"]
    assert told


def test_nobody_slips_on_ice_in_summer(records: Records) -> None:
    for note in notes(records):
        if "Falt på glatt underlag" in note.text:
            assert note.day.month not in range(4, 11), note.body["id"]


def test_no_visitors_come_to_a_home_that_is_shut(records: Records) -> None:
    told = 0
    for note in notes(records):
        if "hver søndag" in note.text:
            told += 1
            assert not date(2020, 3, 12) <= note.day < date(2020, 6, 15), note.body["id"]
    assert told


def test_who_is_said_to_need_help_with_clothes_is_scored_so(records: Records) -> None:
    told = 0
    for record in records.values():
        helped = [
            note.day
            for note in notes({"": record})
            if re.search("hjelp til stell|hjelp med klærne|Må stelles", note.text) and "MMSE" in note.text
        ]
        for one in record.of("Observation"):
            if one["code"]["text"] in ("Personlig hygiene", "På- og avkledning") and helped:
                told += 1
                scored = int(one["valueCodeableConcept"]["coding"][0]["code"])
                assert scored >= 3 or on(one["effectiveDateTime"]) < min(helped), one["id"]
    assert told


def test_yearly_tests_are_of_medicines_that_are_taken_every_day(records: Records) -> None:
    for note in notes(records):
        if "Årlige prøver ved faste medisiner" in note.text:
            day = note.day.isoformat()
            assert any(
                not one["dosage"][0].get("asNeededBoolean")
                for one in note.record.of("MedicationStatement")
                if one["effectivePeriod"]["start"] <= day <= one["effectivePeriod"].get("end", "9999")
            ), note.body["id"]


def test_what_is_changed_to_is_on_the_list(records: Records) -> None:
    for record in records.values():
        for one in record.of("MedicationStatement"):
            if "Byttet til klopidogrel" in str(one.get("statusReason")):
                assert used(record, "B01AC04", one["effectivePeriod"]["end"]), medicine(one)["text"]


def test_nobody_faints_standing_who_does_not_stand(life: Callable[..., Life]) -> None:
    one = life(date(1938, 5, 5))
    case = next(case for case in CASES if case.problem is FAINTED)
    assert _can_be(one, case, DAY)
    one.decline.dementia = Dementia(DAY - timedelta(days=1000), 6, 1)
    assert not _can_be(one, case, DAY)


def test_one_parent_sees_to_a_child_whose_other_is_dead(life: Callable[..., Life]) -> None:
    child = life(date(2016, 5, 5)).person
    child.mother = Person(1, Sex.FEMALE, date(1986, 1, 1), child.household)
    child.father = Person(2, Sex.MALE, date(1985, 1, 1), child.household)
    assert the_parents(child, DAY) == "Foreldrene"
    child.father.died = DAY - timedelta(days=1)
    assert the_parents(child, DAY) == "Mor"
