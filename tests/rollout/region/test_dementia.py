"""Dementia: how many have it, that it only grows worse, and what follows."""

from collections.abc import Callable
from datetime import date

import pytest

from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region.courses import dementia
from fellesjournal.rollout.region.courses.municipal import moving_in
from fellesjournal.rollout.region.decline import Decline, Dementia
from fellesjournal.rollout.region.endings import Cause, Ending, Place
from fellesjournal.rollout.region.life import Life
from rollout.region.conftest import bodies

Lives = Callable[..., Life]


def _begun(life: Life) -> Life:
    life.turn_to("dementia.begins")
    dementia.begins(life)
    life.turn_to("moving_in.decides")
    moving_in.decides(life)
    return life


def _share(life: Lives, born: date) -> float:
    lives = [_begun(life(born, Sex.FEMALE, seed=str(seed))) for seed in range(500)]
    return sum(one.decline.dementia is not None for one in lives) / len(lives)


@pytest.mark.parametrize(
    ("born", "low", "high"),
    [
        (date(1970, 1, 1), 0.0, 0.001),
        (date(1954, 1, 1), 0.02, 0.09),
        (date(1944, 1, 1), 0.12, 0.28),
        (date(1934, 1, 1), 0.36, 0.58),
    ],
)
def test_as_many_have_dementia_as_the_survey_found(life: Lives, born: date, low: float, high: float) -> None:
    assert low <= _share(life, born) <= high


def test_points_are_lost_year_by_year_and_stay_between_0_and_30() -> None:
    found = Dementia(date(2015, 1, 1), 24, 2.5)
    points = [found.mmse(date(year, 1, 1)) for year in range(2015, 2030)]
    assert points[0] == 24
    assert points == sorted(points, reverse=True)
    assert points[-1] == 0
    assert Decline(found).mmse(date(2014, 1, 1)) == Decline().mmse(date(2020, 1, 1)) == 29


def test_who_dies_of_dementia_had_it_for_years(life: Lives) -> None:
    for seed in range(50):
        one = life(date(1936, 1, 1), died=date(2024, 5, 5), seed=str(seed))
        one.ending = Ending(Cause.DEMENTIA, Place.NURSING_HOME, date(2024, 4, 1))
        found = _begun(one).decline.dementia
        assert found is not None
        assert found.since < date(2022, 1, 1)


def test_it_is_found_by_tests_and_followed_until_the_nursing_home(life: Lives) -> None:
    one = life(date(1940, 1, 1), Sex.FEMALE)
    one.decline = Decline(Dementia(date(2018, 3, 1), 23, 2.5), date(2023, 1, 1))
    one.turn_to("dementia.lives_with")
    dementia.lives_with(one)
    found = bodies(one)
    (problem,) = [body for body in found if body["resourceType"] == "Condition"]
    assert {coding["code"] for coding in problem["code"]["coding"]} & {"P70"}
    points = [
        body["valueQuantity"]["value"]
        for body in found
        if body["resourceType"] == "Observation" and body["code"]["text"] == "MMSE"
    ]
    assert points == sorted(points, reverse=True)
    visits = [body for body in found if body["resourceType"] == "Encounter" and "reasonCode" in body]
    assert visits
    assert all(body["period"]["start"] < "2023-01-01" for body in visits)


def test_who_dies_at_home_does_not_move_in(life: Lives) -> None:
    for seed in range(50):
        one = life(date(1930, 1, 1), died=date(2024, 5, 5), seed=str(seed))
        one.ending = Ending(Cause.HEART, Place.HOME, date(2024, 4, 1))
        assert _begun(one).decline.moves_in is None


def test_most_who_die_in_a_nursing_home_lived_there_before(life: Lives) -> None:
    days = []
    for seed in range(300):
        one = life(date(1936, 1, 1), died=date(2024, 5, 5), seed=str(seed))
        one.ending = Ending(Cause.FRAILTY, Place.NURSING_HOME, date(2024, 4, 1))
        moved = _begun(one).decline.moves_in
        if moved:
            days.append((date(2024, 5, 5) - moved).days)
    assert 0.7 < len(days) / 300 < 0.97
    assert 250 < sum(days) / len(days) < 1_100


def test_nobody_under_67_moves_in(life: Lives) -> None:
    for seed in range(300):
        one = _begun(life(date(1962, 1, 1), seed=str(seed)))
        assert one.decline.moves_in is None
