"""What is said by nurses at home, on arrival at a ward and by those who train agrees with what others find in
the same days."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.courses import copd
from fellesjournal.rollout.region.courses.municipal import home_care, planning
from fellesjournal.rollout.region.courses.municipal.home_notes import is_found_ill, told
from fellesjournal.rollout.region.courses.municipal.need import Level
from fellesjournal.rollout.region.courses.stroke import STROKE
from fellesjournal.rollout.region.courses.today import trained
from fellesjournal.rollout.region.helped import FORGOTTEN, afterwards, on_arrival
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service
from rollout.region.conftest import Record, bodies
from rollout.region.test_rules import Note, Records, notes, on, plain

Lives = Callable[..., Life]
MONDAY, DAY = date(2022, 6, 13), timedelta(days=1)
BORN = date(1940, 1, 1)
TRAINS = "habilitering/rehabilitering"
WELL = "ikke mer tungpusten|ingen tung pust|Fin form|Alt i orden|Godt humør|God stemning"
ASKED = "Kontroll hos fastlegen om to uker. Ny blodprosent hos fastlege om en uke. Dagsvekt hjemme."


def _at_home(record: Record) -> list[Note]:
    return [note for note in notes({"": record}) if note.text.startswith("Hjemmebesøk: ")]


def test_nobody_is_well_at_home_whose_lungs_a_doctor_finds_ill_the_same_days(
    records: Records, pocket: Records
) -> None:
    breathed = 0
    for record in (*records.values(), *pocket.values()):
        found = [
            note.day
            for note in notes({"": record})
            if re.search("KOLS-forverring, kan behandles|Knatrelyder basalt på", note.text)
        ]
        for note in _at_home(record):
            breathed += "tung pust" in note.text or "tungpust" in note.text
            near = any(abs(day - note.day) <= 3 * DAY for day in found)
            assert not (near and re.search(WELL, note.text)), note.body["id"]
    assert breathed


@pytest.mark.parametrize(
    ("about", "days", "ill"),
    [
        (copd.WORSE, 0, True),
        (copd.WORSE, 3, True),
        (copd.WORSE, -3, True),
        (copd.WORSE, 4, False),
        (copd.COPD, 0, False),
    ],
)
def test_lungs_are_found_ill_when_they_have_become_worse(
    life: Lives, about: Problem, days: int, *, ill: bool
) -> None:
    one = life(BORN)
    one.gp(MONDAY, about)
    assert is_found_ill(one, MONDAY - days * DAY) is ill


@pytest.mark.parametrize("worse", [True, False])
def test_a_nurse_hears_the_cough_for_which_a_doctor_is_seen(life: Lives, *, worse: bool) -> None:
    said = ""
    for seed in range(40):
        one = life(BORN, seed=str(seed))
        one.body.lungs_fail = MONDAY - 3000 * DAY, 6.5
        if worse:
            one.gp(MONDAY, copd.WORSE)
        said += home_care._measured(one, one.meet(Service.HOME_CARE, "sykepleier", MONDAY, hour=8))
    assert ("hoster mer enn vanlig" in said) is worse
    assert ("ikke mer tungpusten enn vanlig" in said) is not worse


def test_who_has_had_a_stroke_lately_does_not_knit(life: Lives) -> None:
    said = {True: "", False: ""}
    for seed in range(60):
        for struck in said:
            one = life(BORN, seed=str(seed))
            if struck:
                one.problem(STROKE, MONDAY - 45 * DAY)
            visit = one.meet(Service.HOME_CARE, "sykepleier", MONDAY, hour=20)
            said[struck] += told(one, visit, 20, Level.SOME)
    assert "strikket" not in said[True]
    assert "strikket" in said[False]


@pytest.mark.parametrize(("nursed", "forgets"), [(True, False), (False, True)])
def test_nobody_forgets_the_tablets_that_nurses_bring(life: Lives, *, nursed: bool, forgets: bool) -> None:
    one = life(BORN)
    one.decline.helped_at_home.append((MONDAY - 90 * DAY, date.max, nursed))
    assert (FORGOTTEN in on_arrival(one, MONDAY, f"Tungpust.{FORGOTTEN}")) is forgets


def test_who_trains_after_a_stay_is_seen_by_the_gp_when_that_is_over(life: Lives) -> None:
    one = life(BORN)
    stay = one.gp(MONDAY)
    assert afterwards(one, stay, ASKED) == ASKED
    one.trains_until[stay.reference] = MONDAY + 20 * DAY
    assert afterwards(one, stay, ASKED) == (
        "Kontroll hos fastlegen etter oppholdet ved helsehuset. "
        "Ny blodprosent hos fastlege etter oppholdet ved helsehuset. Daglig vekt."
    )
    one.decline.moves_in = MONDAY
    assert "sykehjemslegen om to uker" in afterwards(one, stay, ASKED)


def test_no_ward_asks_the_gp_to_see_one_who_goes_on_to_train(records: Records, pocket: Records) -> None:
    trains = 0
    for record in (*records.values(), *pocket.values()):
        begins = {
            one["period"]["start"][:10] for one in record.of("EpisodeOfCare") if TRAINS in str(one["type"])
        }
        for note in notes({"": record}):
            if note.day.isoformat() in begins and "Legemidler ved utskrivning" in note.text:
                trains += 1
                assert not re.search("hos fastlegen? om (en uke|to uker)", note.text), note.body["id"]
    assert trains


@pytest.mark.parametrize(("ago", "steady"), [(5, True), (300, False), (None, False)])
def test_who_comes_home_from_training_walks_as_when_it_was_over(
    life: Lives, ago: int | None, *, steady: bool
) -> None:
    one = life(BORN)
    one.decline.has_plan, one.decline.helped_since = True, one.era.until - 200 * DAY
    if ago is not None:
        one.trains_until["Encounter/1"] = planning.first_training(one) - ago * DAY
    trained.at_home(one)
    found = [note for note in bodies(one) if note["resourceType"] == "Composition"]
    said = [plain(part) for note in found for part in note["section"]]
    assert len(said) >= 3
    assert ("går fritt inne" in said[0]) is steady
    assert ("12 meter" in said[0]) is not steady


def test_no_plan_of_care_at_home_is_made_of_one_who_is_away(records: Records, pocket: Records) -> None:
    made = 0
    for record in (*records.values(), *pocket.values()):
        away = [
            (on(one["period"]["start"]), on(one["period"].get("end", "9999-12-31")))
            for one in record.of("Encounter")
            if one["class"]["code"] == "IMP"
        ]
        for plan in record.of("CarePlan"):
            made += 1
            day = on(plan["created"])
            assert not any(since <= day < until for since, until in away), plan["id"]
    assert made
