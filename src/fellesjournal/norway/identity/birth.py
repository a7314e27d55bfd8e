"""Birth dates and sexes as eleven-digit numbers tell them.

Sources: folkeregisterforskriften § 2-2-1 as Skatteetaten explains it (the series of individual numbers), and
Skatteetaten "Utvidelse av D-nummerserien" (from 17 November 2021 D-numbers have series of their own).
"""

from datetime import date
from typing import NamedTuple

from fellesjournal.norway.identity.kinds import Sex


class _Series(NamedTuple):
    """Individual numbers `low` to `high`, for those whose two-digit year is from `first` to `last`."""

    low: int
    high: int
    first: int
    last: int
    century: int


_BIRTH_NUMBERS = (
    _Series(0, 499, 0, 99, 1900),
    _Series(500, 749, 54, 99, 1800),
    _Series(500, 999, 0, 39, 2000),
    _Series(900, 999, 40, 99, 1900),
)
_D_NUMBERS = (
    _Series(500, 599, 58, 99, 1800),
    _Series(0, 199, 0, 39, 1900),
    _Series(0, 499, 40, 99, 1900),
    _Series(600, 999, 40, 99, 1900),
    _Series(200, 999, 0, 39, 2000),
    _Series(200, 499, 0, 39, 1900),  # given out before the change: told by a birth that else lay ahead
)


def days(two_digits: int, month: int, day: int, individual: int, *, d_number: bool) -> list[date]:
    """The days on which the bearer may be born, the likeliest first; [] when there is none."""
    years = (
        series.century + two_digits
        for series in (_D_NUMBERS if d_number else _BIRTH_NUMBERS)
        if series.low <= individual <= series.high and series.first <= two_digits <= series.last
    )
    return [date(year, month, day) for year in years if _exists(year, month, day)]


def sex(individual: int) -> Sex:
    """Odd for men, even for women."""
    return Sex.MALE if individual % 2 else Sex.FEMALE


def is_a_day(two_digits: int, month: int, day: int) -> bool:
    """Whether some century has this day: all that can be asked of a number that does not tell the century."""
    return any(_exists(century + two_digits, month, day) for century in (1800, 1900, 2000))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
