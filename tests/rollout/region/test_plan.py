"""Which regions can be built, and that a plan is all that decides what is in one."""

from dataclasses import replace
from datetime import date

import pytest

from fellesjournal.errors import Invalid
from fellesjournal.rollout.region.region import POCKET, SEED, Plan, Region, plan
from rollout.region import telling

TODAY = date(2026, 11, 26)


DEMONSTRATED = Plan(POCKET, SEED, date(2016, 11, 26), 10)


def foundation(made: Plan) -> list[bytes]:
    return list(Region(made).foundation())


def built(made: Plan, number: int) -> list[bytes]:
    region = Region(made)
    return list(region.block(number, telling.part_of(region.census(), number)))


def test_the_same_plan_gives_the_same_bytes_and_another_seed_others() -> None:
    another = replace(DEMONSTRATED, seed="annet")
    assert foundation(DEMONSTRATED) == foundation(DEMONSTRATED)
    for number in range(DEMONSTRATED.blocks):
        assert built(DEMONSTRATED, number) == telling.block(DEMONSTRATED, number)
    assert built(another, 1) != telling.block(DEMONSTRATED, 1)


def test_a_block_is_the_same_whichever_was_built_before() -> None:
    made = Plan(250, "frø", date(2016, 1, 1), 3)
    after = Region(made)
    census = after.census()
    list(after.block(0, telling.part_of(census, 0)))
    assert list(after.block(2, telling.part_of(census, 2))) == built(made, 2)


@pytest.mark.parametrize(
    ("citizens", "start", "years", "said"),
    [
        (3, None, 10, "from 20 to 720,000 citizens"),
        (800_000, None, 10, "from 20 to 720,000 citizens"),
        (200, None, 0, "1 to 30 years"),
        (200, date(2027, 1, 1), 10, "in the future"),
        (200, date(2020, 1, 1), 10, "end in the future"),
        (200, date(1970, 1, 1), 10, "the earliest is 1990"),
    ],
)
def test_what_cannot_be_built_is_refused_with_the_reason(
    citizens: int, start: date | None, years: int, said: str
) -> None:
    with pytest.raises(Invalid, match=said):
        plan(citizens, "frø", start, years, TODAY)


def test_without_a_start_the_records_end_today() -> None:
    assert plan(200, "frø", None, 10, TODAY).era == (date(2016, 11, 26), TODAY)
