"""The day as a table: every row of a column is covered once, and nothing that fills time is lost."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fellesjournal.booking.free.grid import NORWAY, Grid
from fellesjournal.workplace.booking.days import Item, Span, column, runs, span

DAY = date(2027, 3, 2)
GRID = Grid(DAY, 1)
SHOWN = Span(8 * 60, 32, 15)
SUMMER, WINTER = date(2027, 3, 28), date(2027, 10, 31)


def item(start: int, minutes: int) -> Item:
    begins = datetime(2027, 3, 2, tzinfo=NORWAY) + timedelta(minutes=start)
    return Item(begins, begins + timedelta(minutes=minutes), {"id": f"{start}-{minutes}"})


items = st.lists(st.builds(item, st.integers(6 * 60, 17 * 60), st.integers(5, 240)), max_size=12)


@settings(deadline=None)
@given(items)
def test_every_row_is_covered_once_and_every_item_stands_somewhere(some: list[Item]) -> None:
    cells = column(SHOWN, DAY, some, GRID.all, GRID.all, GRID)
    rows = [row for cell in cells for row in range(cell.row, cell.row + cell.rows)]
    assert rows == list(range(SHOWN.rows))
    assert sorted(one.facts["id"] for cell in cells for one in cell.items) == sorted(
        one.facts["id"] for one in some
    )
    for cell in cells:
        for one in cell.items:
            assert SHOWN.moment(DAY, cell.row) <= one.start or cell.row == 0 or cell.row == SHOWN.rows - 1


@given(st.integers(0, (1 << 60) - 1))
def test_the_runs_of_bits_are_those_bits_again(bits: int) -> None:
    again = 0
    for start, end in runs(bits, GRID):
        again |= GRID.inside(start, end)
    assert again == bits


@pytest.mark.parametrize("day", [SUMMER, WINTER])
def test_rows_go_by_the_clock_on_days_when_it_is_changed(day: date) -> None:
    assert f"{SHOWN.moment(day, 4):%H:%M}" == "09:00"
    assert SHOWN.row(day, SHOWN.moment(day, 4)) == 4


@pytest.mark.parametrize(
    ("lengths", "step"),
    [((20, 40), 20), ((20, 30, 60), 10), ((30, 60), 30), ((45, 60), 15), ((7, 20), 15), ((), 15)],
)
def test_rows_begin_where_visits_do(lengths: tuple[int, ...], step: int) -> None:
    assert span([DAY], [], [], lengths).step == step
    assert span([DAY], [], [item(6 * 60, 13 * 60)], lengths).step == 30
