"""Children with a disability, pupils, and backs that are trained: what is written of them agrees."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses import backs, childhood, everyday
from fellesjournal.rollout.region.courses.municipal import therapy
from fellesjournal.rollout.region.courses.municipal.need import Level
from fellesjournal.rollout.region.courses.municipal.scores import CARED_FOR, DONE_FOR_ALL, scores
from fellesjournal.rollout.region.courses.municipal.young import AUTISM, LEARNING, PALSY
from fellesjournal.rollout.region.life import Life
from rollout.region.conftest import bodies
from rollout.region.test_rules import Note, Records, age, notes, on, reasons

Lives = Callable[..., Life]
DAY = date(2024, 4, 22)
ACHES = {problem.text for problem, _ in backs.KINDS}


def test_what_a_child_has_is_not_said_to_be_from_childhood(records: Records) -> None:
    grown = children = 0
    for record in records.values():
        for one in record.of("ServiceRequest"):
            why = str(one.get("reasonCode", ""))
            if "fra barneårene" in why:
                grown += 1
                assert age(record, on(one["occurrencePeriod"]["start"])) >= 18, one["id"]
            children += "Familien trenger avlastning" in why
    assert grown
    assert children


def test_what_is_said_with_a_family_fits_one_in_which_a_parent_has_died(records: Records) -> None:
    met = 0
    for note in notes(records):
        if re.search("Vekst:|Oppfølging av familien:|avlastning", note.text):
            met += 1
            assert not re.search("Foreldre og barn|foreldrene om mat|Foreldrene trenger", note.text), (
                note.body["id"]
            )
    assert met


@pytest.mark.parametrize("seed", ["prøve", "regel", "unntak", "en til"])
def test_a_child_who_is_slow_to_learn_is_scored_as_one_who_is_helped_to_dress(seed: str, life: Lives) -> None:
    child = life(date(2018, 8, 21), seed=seed)
    child.problem(LEARNING, date(2020, 7, 17))
    found = dict(scores(child, DAY, Level.SOME, of_mind=True))
    assert all(3 <= found[one] <= 5 for one in CARED_FOR)


@pytest.mark.parametrize("problem", [LEARNING, AUTISM, PALSY])
def test_a_child_is_not_scored_for_housework_shopping_or_cooking(problem: Problem, life: Lives) -> None:
    child, adult, soon = life(date(2018, 8, 21)), life(date(1998, 8, 21)), life(date(2006, 5, 5))
    for one in (child, adult, soon):
        one.problem(problem, one.person.born + timedelta(days=700))
    of_mind = problem is not PALSY
    found = dict(scores(child, DAY, Level.SOME, of_mind=of_mind))
    assert all(found[one] == 9 for one in DONE_FOR_ALL)
    for grown in (adult, soon):
        manages = dict(scores(grown, DAY, Level.SOME, of_mind=of_mind))
        assert all(manages[one] <= 5 for one in DONE_FOR_ALL)


def test_nobody_is_lovesick_who_lives_with_somebody(life: Lives) -> None:
    young, other = life(date(2006, 1, 3)), life(date(2006, 2, 4))
    assert everyday._LOVESICK in everyday._strains(young, DAY, set(), away=False)
    young.person.partner = other.person
    assert everyday._LOVESICK not in everyday._strains(young, DAY, set(), away=False)


def test_nobody_trains_after_school_before_school_has_begun(records: Records, life: Lives) -> None:
    child = life(date(2018, 8, 21))
    assert childhood._just_begins(child, date(2024, 8, 20))
    assert not childhood._just_begins(child, date(2024, 11, 5))
    met = 0
    for note in notes(records):
        if "trening etter skolen" in note.text:
            met += 1
            begins = date(int(note.record.born[:4]) + childhood.SCHOOL_BEGINS, 8, 15)
            assert note.day > begins + timedelta(days=30), note.body["id"]
    assert met


def _until(note: Note, problem: str) -> date:
    """When what is trained at a contact is over on the list."""
    ends = [
        on(one.get("abatementDateTime", "9999-01-01"))
        for one in note.record.of("Condition")
        if one["code"]["text"] == problem and on(one["recordedDate"]) <= note.day
    ]
    return max(ends)


def test_an_ache_is_over_when_its_training_is(records: Records) -> None:
    met = 0
    for note in notes(records):
        about = ACHES.intersection(reasons(note.contact))
        if "Fysioterapi:" not in note.text or "vsluttes" not in note.text or not about:
            continue
        later = [
            one
            for one in note.record.of("Encounter")
            if about & set(reasons(one)) and note.day < on(one["period"]["start"])
        ]
        if not later:
            met += 1
            assert _until(note, *about) <= note.day + timedelta(days=16), note.body["id"]
    assert met


def test_who_is_helped_with_all_reads_no_paper_and_knits_no_socks(records: Records) -> None:
    met = 0
    for record in records.values():
        with_all = False
        for note in notes({"": record}):
            if with_all and "Hjemmebesøk:" in note.text:
                met += 1
                assert not re.search(
                    "alt oppe|avis(en|a) er|strikk|nyhe|avtal(ene|ane)|Telefonen lig|Deltok sj?e?lv"
                    "|Inhalerte (rik|rett)|ringer ved behov",
                    note.text,
                ), note.body["id"]
            with_all |= bool(re.search("hjelp til alt. Kjenner|tar ikke initiativ|Må stelles", note.text))
    assert met


def test_nobody_is_trained_for_a_back_that_hurts_by_a_sciatica(life: Lives) -> None:
    trained = 0
    for number in range(40):
        for pain in (backs.SCIATICA, backs.ELBOW):
            one = life(date(1990, 1, 1), seed=f"rygg {number}")
            for year in range(2017, 2026):
                for month in (1, 4, 7, 10):
                    visit = one.gp(date(year, month, 3), pain)
                    one.episode(pain, visit, 80)
            therapy.trains(one)
            found = [one["code"]["text"] for one in bodies(one) if one["resourceType"] == "Condition"]
            assert pain is backs.ELBOW or backs.BACK.text not in found
            trained += backs.BACK.text in found
    assert trained
