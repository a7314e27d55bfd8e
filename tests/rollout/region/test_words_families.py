"""Children, pregnancies, vaccines and allergies: what a note says and the rest of the record bears out."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from fellesjournal.fhir.medicines import medicine
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses import allergies, asthma, childhood, childhood_illness
from fellesjournal.rollout.region.courses.municipal.young import LEARNING, PALSY
from fellesjournal.rollout.region.courses.slow_milestones import at_school, at_visit
from fellesjournal.rollout.region.driving import drives, had_licence
from fellesjournal.rollout.region.life import Life
from rollout.region.conftest import Json, bodies
from rollout.region.test_rules import Note, Records, age, notes, on, problems

Lives = Callable[..., Life]
DAY = date(2020, 5, 12)


def _written(all_bodies: list[Json]) -> str:
    sections = [part for one in all_bodies for part in one.get("section", ())]
    return " ".join(part["text"]["div"] for part in sections)


def _pressures(note: Note) -> list[tuple[int, int]]:
    """Systolic and diastolic at the contact of a note."""
    contact = note.body["encounter"]["reference"]
    found: list[tuple[int, int]] = []
    for one in note.record.of("Observation"):
        if one["code"].get("text") == "Blodtrykk" and one["encounter"]["reference"] == contact:
            systolic, diastolic = (part["valueQuantity"]["value"] for part in one["component"])
            found.append((systolic, diastolic))
    return found


def _stays(note: Note) -> list[Json]:
    return [one for one in note.record.of("Encounter") if one["class"]["code"] == "IMP"]


def test_who_is_sent_for_preeclampsia_stays_until_the_child_is_born(records: Records) -> None:
    told = 0
    for note in notes(records):
        if "Mistanke om preeklampsi" in note.text:
            told += 1
            assert all(high >= 140 and low >= 90 for high, low in _pressures(note)), note.body["id"]
            same_day = [one for one in _stays(note) if on(one["period"]["start"]) == note.day]
            assert same_day, note.body["id"]
            later = [
                one
                for one in notes({"": note.record})
                if timedelta() < one.day - note.day < timedelta(days=60)
            ]
            assert not any("Ikke protein i urin" in one.text for one in later), note.body["id"]
            assert not any("Spontan" in one.text or "rier, klart" in one.text for one in later)
    assert told


def test_nobody_is_checked_by_the_midwife_in_the_stay_of_a_birth(records: Records) -> None:
    checked = 0
    for note in notes(records):
        if "Svangerskapskontroll" in note.text and note.contact.get("class", {}).get("code") == "AMB":
            checked += 1
            births = [one for one in _stays(note) if "ødsel" in str(one.get("reasonCode", ""))]
            spans = [(on(one["period"]["start"]), one["period"].get("end", "9999-01-01")) for one in births]
            assert not any(since <= note.day <= on(until) for since, until in spans), note.body["id"]
    assert checked


def test_who_is_followed_for_depression_is_not_in_fine_form_after_a_birth(records: Records) -> None:
    told = 0
    for note in notes(records):
        if "Etterkontroll:" in note.text and re.search("Fin form|Har det bra", note.text):
            told += 1
            day = note.day.isoformat()
            for one in note.record.of("Condition"):
                if one["code"]["text"] == "Depresjon":
                    over = one.get("abatementDateTime", "9999")
                    assert not one["recordedDate"] < day < over, note.body["id"]
    assert told


@pytest.mark.parametrize("problem", [PALSY, LEARNING])
def test_a_child_with_a_disability_is_not_told_of_as_others(problem: Problem, life: Lives) -> None:
    child = life(date(2015, 3, 1))
    assert at_visit(child, 740) is None
    assert at_school(child, 8) == ""
    child.problem(problem, date(2018, 1, 1))
    said = " ".join(text for days in (740, 1480) for text in at_visit(child, days) or ())
    assert "Hinker" not in said
    assert "Løper og klatrer. Leker" not in said
    assert all(at_school(child, years) for years in (6, 8, 13))


def test_children_with_a_disability_play_no_football(records: Records) -> None:
    told = 0
    for note in notes(records):
        if re.search("Skolestartundersøkelse|trinn:", note.text):
            told += 1
            if {PALSY.text, LEARNING.text} & {one[0] for one in problems(note.record)}:
                assert not re.search(
                    "fotball|gym\\.|ellers godt språk|reint", note.text.replace("Tilrettelagt gym.", "")
                ), note.body["id"]
    assert told


def test_who_is_called_by_telephone_has_an_interpreter_there_too(records: Records) -> None:
    told = 0
    for note in notes(records):
        if "Tolk:" in note.text and note.contact["class"]["code"] == "VR":
            told += 1
            assert "Tolk på telefon" in note.text, note.body["id"]
    assert told


def test_a_pressure_that_is_fine_today_is_so_in_both_numbers(records: Records) -> None:
    told = 0
    for note in notes(records):
        if "det er fint her i dag" in note.text:
            told += 1
            assert all(high < 140 and low < 90 for high, low in _pressures(note)), note.body["id"]
    assert told


def test_who_has_wheezed_is_not_said_never_to_have(life: Lives) -> None:
    one = life(date(2012, 1, 1))
    one.problem(asthma.ASTHMA, date(2019, 1, 1))
    allergies._first_season(one, one.gp(DAY, allergies.HAY_FEVER), "våren")
    said = _written(bodies(one))
    assert "Ikke pipende pust nå" in said
    assert "Aldri pipende pust" not in said


def test_nobody_with_a_learning_disability_is_told_of_driving(life: Lives) -> None:
    one = life(date(1990, 1, 1))
    assert drives(one, DAY)
    assert had_licence(one, DAY)
    one.problem(LEARNING, date(1993, 1, 1))
    assert not drives(one, DAY)
    assert not had_licence(one, DAY)


def test_a_child_has_two_homes_while_both_parents_live(life: Lives) -> None:
    child = life(date(2015, 3, 1))
    one, other = (life(date(1980, 1, 1)).person for _ in range(2))
    child.person.mother, child.person.father, child.person.lives_apart_from = one, other, other
    assert childhood._parted(child, DAY)
    other.died = DAY - timedelta(days=30)
    assert not childhood._parted(child, DAY)


def test_who_is_no_longer_overweight_is_not_so_again_as_before(records: Records) -> None:
    told = 0
    for record in records.values():
        below = False
        for note in notes({"": record}):
            if "KMI" in note.text:
                assert not (below and "for alderen, som før" in note.text), note.body["id"]
                below = "Regnes ikke lenger som overvekt" in note.text
                told += below
    assert told


def test_what_is_put_in_or_asked_for_is_on_the_list_from_that_day(records: Records) -> None:
    told = 0
    for note in notes(records):
        if "Ønsker prevensjon" in note.text:
            told += 1
            day = note.day.isoformat()
            for one in note.record.of("MedicationStatement"):
                span = one["effectivePeriod"]
                if medicine(one)["coding"][0]["code"].startswith(("G03AA", "G03AC", "G02BA")):
                    assert not span["start"] < day < span.get("end", "9999"), note.body["id"]
    assert told


def test_who_is_big_rubs_in_the_cream_alone(records: Records) -> None:
    told = 0
    for note in notes(records):
        if "Foreldrene smører" in note.text:
            told += 1
            assert age(note.record, note.day) < childhood_illness.SEES_TO_IT, note.body["id"]
    assert told


def test_those_who_meet_again_in_a_year_do(records: Records) -> None:
    told = 0
    for record in records.values():
        met = [one for one in notes({"": record}) if "Ansvarsgruppemøte:" in one.text]
        last = min(date(2026, 11, 26), on(record.died or "9999-01-01"))
        for note in met:
            if re.search("nytt møte om et år|møte igjen om et år|Neste møte om et år", note.text):
                told += 1
                until = note.day + timedelta(days=460)
                assert until > last or any(note.day < one.day < until for one in met), note.body["id"]
    assert told
