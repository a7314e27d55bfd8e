"""Controls of several illnesses, broken bones that mend, and lungs before they are found ill."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest

from fellesjournal.rollout.region.courses import series
from fellesjournal.rollout.region.courses.diabetes import DIABETES
from fellesjournal.rollout.region.courses.heart_failure import FAILURE
from fellesjournal.rollout.region.courses.kidney import KIDNEYS
from fellesjournal.rollout.region.days import CONTROLS, Days
from fellesjournal.rollout.region.life import Life
from rollout.region.conftest import Record

LASTING = {"Hjertesvikt", "Kronisk nyresykdom", "Diabetes type 2", "Høyt blodtrykk", "Hypotyreose"}
PLASTER = {"Håndleddsbrudd", "Brudd i håndledd", "Brudd nederst i underarmen", "Kragebeinsbrudd"}
ARMS = {"Skuldersmerter", "Tennisalbue"}


def at_the_gps(record: Record) -> list[tuple[date, str]]:
    """Days of visits at the GP's, and the first reason of each."""
    return sorted(
        (date.fromisoformat(one["period"]["start"][:10]), one["reasonCode"][0]["text"])
        for one in record.of("Encounter")
        if "legekontor" in one["serviceProvider"]["reference"]
        and one["class"]["code"] == "AMB"
        and "reasonCode" in one
    )


def test_controls_of_several_illnesses_stand_apart(life: Callable[..., Life]) -> None:
    one = life(date(1948, 3, 3))
    one.turn_to("controls")
    held: list[date] = []
    for problem in (KIDNEYS, FAILURE, DIABETES):
        held += [series.control(one, day, problem).day for day in one.every(4, one.era.since)]
    held.sort()
    assert len(held) > 70
    assert all(later - earlier >= CONTROLS - timedelta(days=5) for earlier, later in pairwise(held))


@pytest.mark.parametrize("late", [0, 1, 20])
def test_a_control_waits_until_three_weeks_after_the_one_before(late: int) -> None:
    days, first = Days(), date(2026, 3, 2)
    days.control(first)
    assert days.between_controls(first + timedelta(days=late)) == first + CONTROLS
    assert days.between_controls(first + CONTROLS) == first + CONTROLS


def test_nobody_is_called_in_for_two_illnesses_in_one_week(records: dict[str, Record]) -> None:
    near = several = 0
    for record in records.values():
        seen = [(day, why) for day, why in at_the_gps(record) if why in LASTING]
        several += len({why for _, why in seen}) > 1
        first = {why: min(day for day, about in seen if about == why) for _, why in seen}
        for (before, one), (after, other) in pairwise(seen):
            begins = first[one] == before or first[other] == after
            near += one != other and after - before < timedelta(days=7) and not begins
    assert several > 30
    assert near <= several / 10  # after a stay one is seen soon, whatever else is planned


def test_no_shoulder_is_looked_at_while_an_arm_is_in_plaster(records: dict[str, Record]) -> None:
    broken = 0
    for record in records.values():
        fell = [
            date.fromisoformat(one["onsetDateTime"])
            for one in record.of("Condition")
            if one["code"]["text"] in PLASTER
        ]
        broken += len(fell)
        aches = [
            date.fromisoformat(one["onsetDateTime"])
            for one in record.of("Condition")
            if one["code"]["text"] in ARMS
        ]
        assert not [day for day in fell for ache in aches if timedelta() <= ache - day < timedelta(days=30)]
    assert broken > 20


def test_lungs_lose_oxygen_after_they_are_found_ill(life: Callable[..., Life]) -> None:
    body, found = life(date(1955, 2, 2)).body, date(2020, 2, 2)
    body.lungs_fail = (found, 5)
    lost = [97.5 - body.saturation_on(found + timedelta(days=365 * years)) for years in (-3, 0, 2, 9)]
    assert lost == sorted(lost)
    assert lost[0] <= 1
    assert 1 < lost[1] < 3
    assert lost[-1] == 5
