"""Which regions can be built, and that a plan is all that decides what is in one."""

from datetime import date
from hashlib import blake2b

import pytest

from fellesjournal.errors import Invalid
from fellesjournal.rollout.region.region import BLOCK, Plan, Region, plan

TODAY = date(2026, 11, 26)


def built(made: Plan, blocks: int) -> bytes:
    region = Region(made)
    serials = memoryview(region.census())
    digest = blake2b(b"\n".join(region.foundation()))
    for number in range(blocks):
        part = bytes(serials[2 * BLOCK * number : 2 * BLOCK * (number + 1)])
        digest.update(b"\n".join(region.block(number, part)))
    return digest.digest()


def test_the_same_plan_gives_the_same_bytes_and_another_seed_others() -> None:
    made = Plan(250, "frø", date(2016, 1, 1), 10)
    assert built(made, 3) == built(made, 3)
    assert built(made, 3) != built(Plan(250, "annet frø", date(2016, 1, 1), 10), 3)


def test_a_block_is_the_same_whichever_was_built_before() -> None:
    made = Plan(300, "frø", date(2016, 1, 1), 3)
    serials = Region(made).census()
    first, last = serials[: 2 * BLOCK], serials[4 * BLOCK : 6 * BLOCK]
    alone = list(Region(made).block(2, last))
    after = Region(made)
    list(after.block(0, first))
    assert list(after.block(2, last)) == alone


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
