"""How one walks home from hospital agrees with what is written of it after, and low spirits with
the talks."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from fellesjournal.rollout.region.courses import mood, stroke
from fellesjournal.rollout.region.courses.bones import NECK
from fellesjournal.rollout.region.courses.joints import KNEE
from fellesjournal.rollout.region.courses.mood import DEPRESSION
from fellesjournal.rollout.region.courses.municipal import therapy
from fellesjournal.rollout.region.courses.stroke import STROKE
from fellesjournal.rollout.region.formulary import SERTRALINE
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service
from rollout.region.conftest import Record
from rollout.region.test_rules import Records, notes, on

Lives = Callable[..., Life]
MONDAY = date(2024, 3, 4)
FREELY = "Går uten hjelpemidler"
WELL_ON_FOOT = f"{FREELY}|går med krykker, trapp klart"


def _trains_from(record: Record) -> set[date]:
    return {
        on(one["period"]["start"])
        for one in record.of("Encounter")
        if "helsehus" in str(one.get("serviceProvider"))
    }


def test_who_goes_on_to_train_after_an_infarction_is_not_well_on_the_feet(records: Records) -> None:
    told = {True: 0, False: 0}
    for record in records.values():
        trains = _trains_from(record)
        for note in notes({"": record}):
            if "NSTEMI behandlet med stent" in note.text:
                told[note.day in trains] += 1
                assert ("Mobilisert uten plager" in note.text) == (note.day not in trains), note.body["id"]
    assert told[False]


def test_who_walks_home_without_a_walker_is_given_none(records: Records) -> None:
    met = 0
    for record in records.values():
        free: date | None = None
        for note in notes({"": record}):
            free = note.day if re.search(WELL_ON_FOOT, note.text) else free
            if free and "hjelpemiddelsentralen" in note.text and note.day - free < timedelta(days=30):
                met += 1
                assert "Rullator, toalett" not in note.text, note.body["id"]
    assert met


def test_who_had_a_walker_before_a_stroke_goes_home_with_it(life: Lives) -> None:
    one = life(date(1944, 1, 1))
    stay = one.stay(Service.MEDICAL_WARD, "lege", MONDAY, 5, STROKE)
    assert stroke._walks(one, stay, 2) == FREELY
    assert stroke._walks(one, stay, 12) == "Går med rollator"
    assert therapy._walks_freely(one, stay, STROKE)
    one.decline.has_walker(MONDAY + timedelta(days=30))
    assert stroke._walks(one, stay, 2) == FREELY
    one.decline.has_walker(MONDAY - timedelta(days=30))
    assert stroke._walks(one, stay, 2) == "Går med rollator som før"
    one.decline.disabled_since = MONDAY
    assert not therapy._walks_freely(one, stay, STROKE)


def test_a_walker_is_for_a_broken_hip_and_not_for_a_new_joint(life: Lives) -> None:
    one = life(date(1944, 1, 1))
    for problem, freely in ((NECK, False), (KNEE.problem, True)):
        stay = one.stay(Service.ORTHOPAEDIC_WARD, "lege", MONDAY, 3, problem)
        assert therapy._walks_freely(one, stay, problem) is freely


def test_a_clinic_is_asked_of_whom_the_talks_call_little_better(records: Records) -> None:
    met = 0
    for record in records.values():
        talks = []
        for note in notes({"": record}):
            talks += [(note.day, int(points)) for points in re.findall(r"MADRS (\d+)", note.text)]
            if re.search("ikke nok bedring|ikkje nok betring", note.text) and talks:
                met += 1
                assert talks[-1][1] > 15, note.body["id"]
                assert "God bedring" not in note.text
    assert met


@pytest.mark.parametrize(("service", "tries"), [(Service.MEDICAL_WARD, True), (Service.MATERNITY, False)])
def test_who_has_just_lain_in_hospital_has_not_been_well_for_months(
    life: Lives, service: Service, *, tries: bool
) -> None:
    one = life(date(1980, 5, 3))
    one.uses(SERTRALINE, MONDAY - timedelta(days=300), DEPRESSION)
    one.stop(SERTRALINE, MONDAY, "Frisk")
    assert mood._over(one, MONDAY, mood._OVER[1]) == mood._OVER[1]
    assert not re.search("frisk siden|frisk sidan", " ".join(mood._OVER[1]))
    one.stay(service, "lege", MONDAY - timedelta(days=20), 3)
    assert (mood._over(one, MONDAY, mood._OVER[1]) == mood._OVER_BUT) is tries


def test_what_the_heart_clinic_sees_is_told_before_the_visit_is_over(records: Records) -> None:
    met = 0
    for record in records.values():
        contacts = {f"Encounter/{one['id']}": one for one in record.of("Encounter")}
        for one in record.of("DiagnosticReport"):
            contact = contacts.get(one.get("encounter", {}).get("reference", ""))
            if contact and "Ekko" in one["code"]["text"] and contact["class"]["code"] == "AMB":
                met += 1
                assert one["issued"] <= contact["period"]["end"], one["id"]
    assert met
