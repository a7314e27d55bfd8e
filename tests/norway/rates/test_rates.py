"""Rates on a day, and the days that have none."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fellesjournal.errors import NotFound
from fellesjournal.norway.rates import basic_amount, doctor_fees, exemption_card, municipal_fees
from fellesjournal.norway.rates.series import RateSeries

ALL = [
    value
    for module in (basic_amount, doctor_fees, exemption_card, municipal_fees)
    for value in vars(module).values()
    if isinstance(value, RateSeries)
]


@pytest.mark.parametrize(
    ("series", "on", "amount"),
    [
        (basic_amount.BASIC_AMOUNT, "2026-04-30", 130_160),
        (basic_amount.BASIC_AMOUNT, "2025-05-01", 130_160),
        (basic_amount.BASIC_AMOUNT, "2025-04-30", 124_028),
        (basic_amount.BASIC_AMOUNT, "2010-05-01", 75_641),
        (exemption_card.CEILING, "2026-11-25", 3278),
        (exemption_card.CEILING, "2025-01-01", 3278),
        (exemption_card.CEILING, "2023-01-01", 3040),
        (municipal_fees.SHORT_STAY, "2025-12-31", 200),
        (municipal_fees.SHORT_STAY, "2020-06-01", 170),
        (municipal_fees.DAY_OR_NIGHT_STAY, "2013-06-01", 72),
        (municipal_fees.PRACTICAL_HELP, "2026-11-25", 245),
        (municipal_fees.ALLOWANCE, "2023-06-01", 9400),
        (municipal_fees.ALLOWANCE_DOUBLE_ROOM, "2015-06-01", 36_200),
        (doctor_fees.CONSULTATION_DAY, "2026-06-30", 179),
        (doctor_fees.CONSULTATION_EVENING, "2023-07-01", 288),
        (doctor_fees.NOT_COMING, "2025-07-01", 194),
    ],
)
def test_a_rate_holds_on_its_days(series: RateSeries, on: str, amount: int) -> None:
    assert series.on(date.fromisoformat(on)).amount == amount


@pytest.mark.parametrize(
    ("series", "on", "message"),
    [
        (
            basic_amount.BASIC_AMOUNT,
            "2026-05-01",
            "There is no grunnbeløp for 2026-05-01. It is known for 2010-05-01 to 2026-04-30. "
            "Add a row with its source to norway/rates/basic_amount.py.",
        ),
        (
            municipal_fees.SHORT_STAY,
            "2014-03-01",
            "It is known for 2013-01-01 to 2013-12-31; 2015-01-01 to",
        ),
        (exemption_card.CEILING, "2020-12-31", "no egenandelstak for 2020-12-31"),
        (doctor_fees.CONSULTATION_DAY, "2026-07-01", "norway/rates/doctor_fees.py"),
    ],
)
def test_a_day_without_a_rate_is_an_error_that_says_what_is_known(
    series: RateSeries, on: str, message: str
) -> None:
    with pytest.raises(NotFound) as caught:
        series.on(date.fromisoformat(on))
    assert message in str(caught.value)


@pytest.mark.parametrize("series", ALL, ids=lambda series: series.title)
def test_rows_follow_each_other_and_have_a_source(series: RateSeries) -> None:
    assert series.rows
    for row in series.rows:
        assert row.valid_from <= row.valid_to
        assert row.amount > 0
        assert row.source
    for earlier, later in pairwise(series.rows):
        assert earlier.valid_to < later.valid_from
        assert earlier.amount <= later.amount, "no rate of these has been lowered: a typing error"


@given(st.sampled_from(ALL), st.dates(date(2005, 1, 1), date(2035, 12, 31)))
def test_a_day_has_one_rate_or_none_and_never_the_neighbour_s(series: RateSeries, day: date) -> None:
    holding = [row for row in series.rows if row.valid_from <= day <= row.valid_to]
    if holding:
        assert series.on(day) == holding[0]
        assert len(holding) == 1
    else:
        with pytest.raises(NotFound):
            series.on(day)


@pytest.mark.parametrize(
    ("fee", "addition", "on", "printed"),
    [
        (doctor_fees.CONSULTATION_DAY, doctor_fees.SPECIALIST_CONSULTATION, "2021-09-01", 212),
        (doctor_fees.CONSULTATION_EVENING, doctor_fees.SPECIALIST_CONSULTATION, "2021-09-01", 332),
        (doctor_fees.VISIT_DAY, doctor_fees.SPECIALIST_VISIT, "2021-09-01", 261),
        (doctor_fees.VISIT_EVENING, doctor_fees.SPECIALIST_VISIT, "2021-09-01", 395),
        (doctor_fees.CONSULTATION_DAY, doctor_fees.SPECIALIST_CONSULTATION, "2023-09-01", 224),
        (doctor_fees.CONSULTATION_EVENING, doctor_fees.SPECIALIST_CONSULTATION, "2023-09-01", 342),
    ],
)
def test_what_a_specialist_takes_is_the_sum_that_other_price_lists_print(
    fee: RateSeries, addition: RateSeries, on: str, printed: int
) -> None:
    day = date.fromisoformat(on)
    assert fee.on(day).amount + addition.on(day).amount == printed


def test_a_year_in_which_price_lists_disagree_has_no_rate() -> None:
    with pytest.raises(NotFound, match="no fee for a home visit by day for 2023-09-01"):
        doctor_fees.VISIT_DAY.on(date(2023, 9, 1))


def test_there_is_a_rate_of_every_sort() -> None:
    assert len(ALL) == 18
