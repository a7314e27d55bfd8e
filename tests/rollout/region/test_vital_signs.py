"""NEWS2 as published, and signs that return to what is usual."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region import sickrooms
from fellesjournal.rollout.region.chart.problems import Problem
from fellesjournal.rollout.region.life import Life
from fellesjournal.rollout.region.people import Person
from fellesjournal.rollout.region.places import Places
from fellesjournal.rollout.region.units import Service
from fellesjournal.rollout.region.vitals import Ill, Signs, news2, rounds, signs
from fellesjournal.workplace.vitals.rules import PARAMETERS
from fellesjournal.workplace.vitals.signs import NEWS2, OWN, SNOMED
from rollout.region.conftest import bodies

WELL = Signs(70, 15, 98, 36.8, 125, 75)
ANY = st.builds(
    Signs,
    st.integers(30, 170),
    st.integers(4, 45),
    st.integers(60, 100),
    st.floats(33, 42).map(lambda value: round(value, 1)),
    st.integers(50, 260),
    st.integers(30, 140),
)
PNEUMONIA = Problem("Lungebetennelse", "R81", "J189")


@pytest.mark.parametrize(
    ("changed", "points"),
    [
        ({}, 0),
        ({"breaths": 8}, 3),
        ({"breaths": 11}, 1),
        ({"breaths": 21}, 2),
        ({"breaths": 25}, 3),
        ({"saturation": 95}, 1),
        ({"saturation": 93}, 2),
        ({"saturation": 91}, 3),
        ({"systolic": 90}, 3),
        ({"systolic": 100}, 2),
        ({"systolic": 110}, 1),
        ({"systolic": 220}, 3),
        ({"pulse": 40}, 3),
        ({"pulse": 91}, 1),
        ({"pulse": 111}, 2),
        ({"pulse": 131}, 3),
        ({"temperature": 35.0}, 3),
        ({"temperature": 36.0}, 1),
        ({"temperature": 38.1}, 1),
        ({"temperature": 39.1}, 2),
    ],
)
def test_each_sign_scores_as_the_table_of_news2_says(changed: dict[str, float], points: int) -> None:
    assert news2(WELL._replace(**changed)) == points  # type: ignore[arg-type]  # whole numbers but temperature


def test_those_who_retain_carbon_dioxide_are_scored_by_the_second_scale() -> None:
    low = WELL._replace(saturation=89)
    assert news2(low) == 3
    assert news2(low, retains=True) == 0
    assert [news2(WELL._replace(saturation=one), retains=True) for one in (83, 85, 87, 88)] == [3, 2, 1, 0]


@given(ANY)
def test_a_score_is_never_outside_what_six_signs_can_give(measured: Signs) -> None:
    assert 0 <= news2(measured) <= 18
    assert 0 <= news2(measured, retains=True) <= 18


def test_signs_follow_how_much_of_the_illness_is_left(life: Callable[..., Life]) -> None:
    one, ill = life(), Ill(pulse=40, breaths=12, saturation=-9, temperature=2, systolic=-30)
    day = date(2020, 3, 3)
    worst = [signs(one, day, ill) for _ in range(30)]
    well = [signs(one, day, ill, 0) for _ in range(30)]
    assert min(sign.pulse for sign in worst) > max(sign.pulse for sign in well)
    assert max(sign.saturation for sign in worst) < min(sign.saturation for sign in well)
    assert max(sign.saturation for sign in well) <= 100


def test_rounds_are_daily_at_first_and_never_after_the_stay(life: Callable[..., Life]) -> None:
    one = life()
    stay = one.stay(Service.MEDICAL_WARD, "lege", date(2020, 3, 3), 6, PNEUMONIA)
    rounds(one, stay, Ill(pulse=30))
    taken = [
        body["effectiveDateTime"]
        for body in bodies(one)
        if body["resourceType"] == "Observation" and body["code"]["text"] == "Puls"
    ]
    first_days = [when[:10] for when in taken if when < "2020-03-06"]
    assert len(first_days) == len(set(first_days)) >= 2
    assert 3 <= len(taken) <= 5
    assert max(taken) < stay.end.isoformat()


def test_who_lies_in_a_ward_has_a_room_and_a_score_as_the_workplace_writes_it(
    life: Callable[..., Life],
) -> None:
    one = life()
    stay = one.stay(Service.MEDICAL_WARD, "lege", date(2026, 11, 23), 6, PNEUMONIA, going_on=True)
    rounds(one, stay, Ill(pulse=70, halves=300))
    found = bodies(one)
    scores = [body for body in found if body.get("code") == _coded(NEWS2, "NEWS2")]
    pulses = [body for body in found if body.get("code", {}).get("text") == "Puls"]
    assert [body["effectiveDateTime"] for body in scores] == [body["effectiveDateTime"] for body in pulses]
    for body in scores:
        codes = [part["code"]["coding"][0] for part in body["component"]]
        assert codes == [{"system": OWN, "code": f"news2-{name}"} for name in PARAMETERS]
        assert body["valueInteger"] == sum(part["valueInteger"] for part in body["component"])
    (lies,) = [body for body in found if body["resourceType"] == "Encounter"]
    rooms = {f"Location/{room['id']}" for room in sickrooms.of_unit(stay.unit)}
    assert lies["location"][0]["location"]["reference"] in rooms


def test_what_is_over_has_neither(life: Callable[..., Life]) -> None:
    one = life()
    rounds(one, one.stay(Service.MEDICAL_WARD, "lege", date(2026, 11, 3), 6, PNEUMONIA), Ill(pulse=70))
    found = bodies(one)
    assert not [body for body in found if body.get("code", {}).get("text") == "NEWS2" or "location" in body]


WARDS = [one for one in Places(200).units if one.service in sickrooms.ROOMS]


@given(st.builds(Person, st.integers(0, 900_000), st.sampled_from(Sex), st.just(date(1950, 1, 1)), st.none()))
def test_women_and_men_do_not_share_a_room(person: Person) -> None:
    for unit in WARDS:
        room = sickrooms.room_of(unit, person, date(2026, 11, 26))
        assert room in {f"Location/{one['id']}" for one in sickrooms.of_unit(unit)}
        assert (int(room.rpartition("-")[2]) % 2 == 0) == person.is_woman


def _coded(code: str, text: str) -> dict[str, object]:
    return {"coding": [{"system": SNOMED, "code": code}], "text": text}


def test_a_stay_that_is_not_recorded_has_no_rounds(life: Callable[..., Life]) -> None:
    one = life()
    stay = one.stay(Service.MEDICAL_WARD, "lege", date(2010, 3, 3), 6, PNEUMONIA)
    rounds(one, stay, Ill(pulse=30))
    assert bodies(one) == []
