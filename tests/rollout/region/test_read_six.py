"""What is written of one who begins to forget, of values outside the usual, and of days away from home agrees
with what is known on that day."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import pairwise

from fellesjournal.rollout.region.chart.measures import CREATININE, POTASSIUM, VITAMIN_D
from fellesjournal.rollout.region.courses import checkups, everyday
from fellesjournal.rollout.region.courses.dementia import FORGETFUL
from fellesjournal.rollout.region.courses.kidney import KIDNEYS
from fellesjournal.rollout.region.courses.municipal import day_centre
from fellesjournal.rollout.region.courses.municipal.home_notes import told
from fellesjournal.rollout.region.courses.municipal.need import Level
from fellesjournal.rollout.region.courses.municipal.partings import _memory
from fellesjournal.rollout.region.days import Days
from fellesjournal.rollout.region.decline import Decline, Dementia
from fellesjournal.rollout.region.driving import DRIVES, drives
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.units import Service
from rollout.region.conftest import bodies
from rollout.region.test_rules import Records, notes, on, plain, reasons

Lives = Callable[..., Life]
CLEAR = "klar og orientert|våken og klar|god beskjed selv"


def test_who_is_looked_into_for_memory_is_not_called_clear(life: Lives) -> None:
    one = life(date(1940, 1, 1))
    one.decline = Decline(Dementia(date(2022, 5, 1), 22, 2, 60))
    said = []
    for day in (date(2022, 1, 10), date(2022, 4, 4), date(2022, 6, 6)):
        said.append(_memory(one, one.stay(Service.MEDICAL_WARD, "lege", day, 3)))
    assert [bool(re.search(CLEAR, text)) for text in said] == [True, False, False]
    assert "demens" not in said[1]
    assert "demens" in said[2]


def test_nobody_meets_the_demands_on_drivers_who_has_told_that_memory_fails(
    life: Lives, records: Records
) -> None:
    one = life(date(1940, 1, 1))
    one.decline = Decline(Dementia(date(2022, 5, 1), 25, 2, 60))
    assert drives(one, date(2022, 2, 1))
    assert not drives(one, date(2022, 3, 10))
    assert not drives(one, date(2022, 5, 10))
    assert one.decline.mmse(date(2022, 3, 10)) < DRIVES
    told_of = 0
    for record in records.values():
        forgets = [
            on(one["period"]["start"]) for one in record.of("Encounter") if FORGETFUL.text in reasons(one)
        ]
        for note in notes({"": record}) if forgets else ():
            told_of += 1
            met = "Helsekravene er oppfylt" in note.text and note.day >= forgets[0]
            assert not met, note.body["id"]
    assert told_of


def test_failing_kidneys_are_not_found_anew_at_a_check_up(records: Records) -> None:
    told_of = 0
    for record in records.values():
        known = [
            on(one["onsetDateTime"]) for one in record.of("Condition") if one["code"]["text"] == KIDNEYS.text
        ]
        for note in notes({"": record}):
            if "Blodprøvekontroll:" in note.text and known and known[0] < note.day:
                told_of += 1
                new = re.search(r"Kreatinin( og [\w -]+)? er litt ut[ea]nfor", note.text)
                assert not new, note.body["id"]
    assert told_of


def test_all_that_is_outside_the_usual_is_named(life: Lives) -> None:
    day = date(2022, 2, 2)
    values = {CREATININE: 150.0, POTASSIUM: 4.0, VITAMIN_D: 30.0}
    well, ill = life(), life()
    ill.problem(KIDNEYS, date(2015, 1, 1))
    assert checkups._outside(well, day, {POTASSIUM: 4.0}) is None
    for one, named in (
        (well, "Kreatinin og vitamin D er litt"),
        (ill, "ved nyresykdommen. Vitamin D er litt"),
    ):
        said = checkups._outside(one, day, values)
        assert said
        assert named in said[0]
    assert checkups._outside(ill, day, {CREATININE: 150.0, POTASSIUM: 4.0}) == checkups._AS_KNOWN


def test_who_needs_help_with_everything_plays_no_bingo(life: Lives) -> None:
    one, day = life(date(1940, 1, 1)), date(2024, 1, 1)
    for points, plays in ((20, True), (12, False), (5, False)):
        one.decline = Decline(Dementia(day, points, 0.1))
        texts = day_centre._texts(one, datetime(2024, 1, 1, 10))
        assert texts
        assert any("bingo" in text for text, _ in texts) == plays


def test_whose_bone_mends_has_not_been_out(life: Lives) -> None:
    day, said = date(2022, 6, 1), {True: "", False: ""}
    for seed in range(60):
        for hurt in said:
            one = life(date(1940, 1, 1), seed=str(seed))
            if hurt:
                one.body.mends.append((day - timedelta(days=20), day - timedelta(days=5), ""))
            visit = one.meet(Service.HOME_CARE, "sykepleier", day, hour=20)
            said[hurt] += told(one, visit, 20, Level.SOME)
    assert not re.search("vært ute|strikket", said[True])
    assert "vært ute" in said[False]


def test_a_nurse_comes_before_one_is_fetched() -> None:
    days, morning, lasts = Days(), datetime(2026, 11, 26, 8, 50), timedelta(minutes=20)
    assert days.before_going_out(morning, lasts) == morning
    days.take_hour(datetime(2026, 11, 26, 10), timedelta(hours=5), home=False)
    assert days.before_going_out(morning, lasts) == datetime(2026, 11, 26, 8, 40)
    evening = morning.replace(hour=20)
    assert days.before_going_out(evening, lasts) == evening
    early = datetime(2026, 11, 26, 8, 5)
    assert days.before_going_out(early, lasts) == early


def test_who_is_away_by_day_is_not_seen_twice_in_an_hour(records: Records) -> None:
    met = 0
    for record in records.values():
        away = {note.day for note in notes({"": record}) if "Dagsenter:" in note.text}
        for day in away:
            hours = sorted(
                datetime.fromisoformat(one["period"]["start"])
                for one in record.of("Encounter")
                if one["class"]["code"] == "HH"
                and on(one["period"]["start"]) == day
                and "hjemmetjeneste" in one["serviceProvider"]["reference"]
            )
            met += len(hours) > 1
            gaps = [later - earlier for earlier, later in pairwise(hours)]
            assert all(gap >= timedelta(hours=1) for gap in gaps), (record.all[0]["id"], day)
    assert met


def test_who_forgets_much_does_not_call_the_doctor(life: Lives) -> None:
    day = date(2024, 3, 4)
    for points, by_others in ((22, False), (10, True)):
        one = life(date(1940, 1, 1))
        one.decline = Decline(Dementia(date(2020, 1, 1), points, 0.1))
        everyday._calls(one, day)
        (note,) = (body for body in bodies(one) if body["resourceType"] == "Composition")
        assert plain(note["section"][0]).startswith("Pårørende ringer.") == by_others


def test_who_has_nurses_at_home_is_not_sore_of_stairs(records: Records) -> None:
    told_of = 0
    for note in notes(records):
        told_of += "Litt støl i lårene" in note.text
        assert "støl i lårene etter trapper" not in note.text, note.body["id"]
    assert told_of
