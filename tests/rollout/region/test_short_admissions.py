"""Short stays at hospital: who has them, and that what is told hangs together."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from fellesjournal.norway.identity.kinds import Sex
from fellesjournal.rollout.region.courses import short_admissions
from fellesjournal.rollout.region.courses.short_cases import CASES, Case
from fellesjournal.rollout.region.life import Life
from rollout.region.conftest import TODAY, Json, Record, bodies

Lives = Callable[..., Life]
LATELY = (TODAY - timedelta(days=40)).isoformat()
NAMES = {case.problem.text: case for case in CASES}


def _stays(record: Record) -> list[tuple[Json, Case]]:
    """But for those of the last weeks, which the last day's courses tell."""
    return [
        (one, NAMES[one["reasonCode"][0]["text"]])
        for one in record.of("Encounter")
        if one["class"]["code"] == "IMP"
        and one["period"]["start"] < LATELY
        and one.get("reasonCode", [{}])[0].get("text") in NAMES
    ]


def test_nobody_has_a_stay_that_their_age_or_sex_forbids(records: dict[str, Record]) -> None:
    told = 0
    for record in records.values():
        born = date.fromisoformat(record.born)
        for stay, case in _stays(record):
            first = date.fromisoformat(stay["period"]["start"][:10])
            assert case.youngest - 0.1 <= (first - born).days / 365.25 < case.oldest + 1.1, stay["id"]
            woman = record.patient["gender"] == "female"
            assert case.women in (None, woman), stay["id"]
            told += 1
    assert 600 < told < 1300


def test_only_planned_stays_have_operations_and_begin_in_the_morning(records: dict[str, Record]) -> None:
    for record in records.values():
        done = [one for one in record.of("Procedure") if one["code"]["text"] != "Gastroskopi"]
        operated = {one["encounter"]["reference"] for one in done}
        for stay, case in _stays(record):
            assert (f"Encounter/{stay['id']}" in operated) == (case.operation is not None)
            if case.operation:
                assert stay["period"]["start"][11:13] == "07"


def test_home_nursing_of_a_wound_follows_an_operation(records: dict[str, Record]) -> None:
    for record in records.values():
        if any(
            "Operasjonssår" in str(one) or "operasjonssår" in str(one) for one in record.of("Composition")
        ):
            assert record.of("Procedure"), record.patient["id"]


@pytest.mark.parametrize("age", [*range(16, 111)])
def test_there_is_a_reason_at_every_age(age: int) -> None:
    assert any(case.fits(age, woman=True) for case in CASES)
    assert any(case.fits(age, woman=False) for case in CASES)


def test_children_have_none_and_the_old_more_than_the_young(life: Lives) -> None:
    def stays(born: date) -> int:
        found = 0
        for seed in range(60):
            one = life(born, Sex.FEMALE, seed=str(seed))
            one.turn_to("short_admissions.come")
            short_admissions.come(one)
            found += sum(body["resourceType"] == "Encounter" for body in bodies(one))
        return found

    assert stays(date(2012, 1, 1)) == 0
    assert stays(date(1938, 1, 1)) > 3 * stays(date(1985, 1, 1)) > 0
