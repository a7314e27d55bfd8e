"""Ages on a day, and who decides at which age."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.errors import Invalid
from fellesjournal.norway.ages import ADULT, HEALTH_MAJORITY, HEARD, STEPS, Parents, age_on, reaches, step_on

births = st.dates(date(1900, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        ("2010-11-25", "2026-11-24", 15),
        ("2010-11-25", "2026-11-25", 16),
        ("2026-11-25", "2026-11-25", 0),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
        ("2008-02-29", "2024-02-29", 16),
        ("2008-02-29", "2024-02-28", 15),
        ("2008-02-28", "2026-02-28", 18),
        ("1926-12-31", "2026-12-30", 99),
    ],
)
def test_age_is_counted_in_full_years(born: str, on: str, age: int) -> None:
    assert age_on(date.fromisoformat(born), date.fromisoformat(on)) == age


def test_nobody_has_an_age_before_the_birth() -> None:
    with pytest.raises(Invalid, match="no age on 2026-11-24: the birth date is 2026-11-25"):
        age_on(date(2026, 11, 25), date(2026, 11, 24))


@pytest.mark.parametrize(
    ("on", "decides", "alone", "parents"),
    [
        ("2021-11-24", False, False, Parents.EVERYTHING),
        ("2022-11-24", False, False, Parents.EVERYTHING),
        ("2022-11-25", False, True, Parents.UNLESS_WITHHELD),
        ("2026-11-24", False, True, Parents.UNLESS_WITHHELD),
        ("2026-11-25", True, True, Parents.NECESSARY),
        ("2028-11-24", True, True, Parents.NECESSARY),
        ("2028-11-25", True, True, Parents.NOTHING),
        ("2090-01-01", True, True, Parents.NOTHING),
    ],
)
def test_who_decides_changes_on_the_birthday(on: str, decides: bool, alone: bool, parents: Parents) -> None:
    step = step_on(date(2010, 11, 25), date.fromisoformat(on))
    assert (step.patient_decides, step.may_decide_alone, step.parents_learn) == (decides, alone, parents)
    assert step.law.startswith("pbrl § 4-")


def test_the_steps_are_twelve_sixteen_and_eighteen() -> None:
    assert [step.from_age for step in STEPS] == [0, HEARD, HEALTH_MAJORITY, ADULT] == [0, 12, 16, 18]


@given(births, st.integers(0, 110))
def test_an_age_is_reached_on_its_day_and_not_the_day_before(born: date, age: int) -> None:
    day = reaches(born, age)
    assert age_on(born, day) == age
    if age:
        assert age_on(born, day - timedelta(days=1)) == age - 1


@given(births, st.integers(0, 40_000), st.integers(0, 400))
def test_nobody_grows_younger_and_no_right_is_lost_with_age(born: date, days: int, more: int) -> None:
    first, later = born + timedelta(days=days), born + timedelta(days=days + more)
    assert age_on(born, later) >= age_on(born, first)
    before, after = step_on(born, first), step_on(born, later)
    assert (after.patient_decides, after.may_decide_alone) >= (
        before.patient_decides,
        before.may_decide_alone,
    )


def test_one_born_on_leap_day_comes_of_age_on_the_first_of_march() -> None:
    assert reaches(date(2008, 2, 29), ADULT) == date(2026, 3, 1)
    assert reaches(date(2008, 2, 29), HEALTH_MAJORITY) == date(2024, 2, 29)
