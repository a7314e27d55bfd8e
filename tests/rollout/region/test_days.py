"""Who lies in hospital sees nobody else."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.rollout.region.days import Days

START = date(2020, 1, 1)
OFFSETS = st.integers(0, 300)
STAYS = st.lists(st.tuples(OFFSETS, st.integers(0, 12)), max_size=6)


def _days(stays: list[tuple[int, int]]) -> Days:
    days = Days()
    for offset, nights in stays:
        first = START + timedelta(days=offset)
        days.take(first, first + timedelta(days=nights))
    return days


@given(STAYS, OFFSETS)
def test_a_contact_is_moved_out_of_every_stay(stays: list[tuple[int, int]], offset: int) -> None:
    day = _days(stays).outside(START + timedelta(days=offset))
    assert day >= START + timedelta(days=offset)
    for first, nights in stays:
        assert not first <= (day - START).days <= first + nights


@given(STAYS, st.lists(OFFSETS, max_size=8), OFFSETS, st.integers(1, 10))
def test_a_stay_that_finds_room_touches_no_other_contact(
    stays: list[tuple[int, int]], visits: list[int], offset: int, nights: int
) -> None:
    days = _days(stays)
    for one in visits:
        days.visit(START + timedelta(days=one))
    wanted = START + timedelta(days=offset)
    found = (days.free(wanted, nights) - START).days
    assert offset <= found < offset + 365
    clear = all(last + 2 < found or found + nights < first - 2 for first, last in _spans(stays))
    calm = not any(found <= one <= found + nights for one in visits)
    assert (clear and calm) or found == offset


def _spans(stays: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(first, first + nights) for first, nights in stays]


def test_home_visits_reach_one_who_is_in_bed_at_home() -> None:
    days = Days()
    days.take(START, START + timedelta(days=20), at_home=True)
    inside = START + timedelta(days=5)
    assert days.outside(inside, home_visit=True) == inside
    assert days.outside(inside) > START + timedelta(days=20)


def test_nobody_sees_the_gp_twice_on_a_day() -> None:
    days = Days()
    days.visit(START)
    days.visit(START + timedelta(days=1))
    assert days.without_visit(START) == START + timedelta(days=2)
