"""Public holidays and working days.

Sources: lov om helligdager og helligdagsfred (1995-02-24-12) § 2, and lov om 1. og 17. mai som høgtidsdager
(1947-04-26-1) § 1, which makes those two days equal to Sundays. The law counts every Sunday as a holiday;
here a holiday is a day off that has a name. Christmas Eve and New Year's Eve are not holidays. A deadline
that would end on a Saturday or a holiday ends on the next working day (domstolloven § 149).
"""

from datetime import date, timedelta
from functools import lru_cache

_FIXED = (
    (1, 1, "nyttårsdag"),
    (5, 1, "arbeidernes dag"),
    (5, 17, "grunnlovsdagen"),
    (12, 25, "første juledag"),
    (12, 26, "annen juledag"),
)
_FROM_EASTER = (
    (-3, "skjærtorsdag"),
    (-2, "langfredag"),
    (0, "første påskedag"),
    (1, "annen påskedag"),
    (39, "Kristi himmelfartsdag"),
    (49, "første pinsedag"),
    (50, "annen pinsedag"),
)
_SATURDAY = 5
_DAY = timedelta(days=1)


def easter_sunday(year: int) -> date:
    """The first Sunday after the first full moon on or after 21 March, by the church's calendar.

    Meeus, Astronomical Algorithms, chapter 8: right for every year of the Gregorian calendar.
    """
    golden = year % 19
    century, of_century = divmod(year, 100)
    leaps, past_leap = divmod(century, 4)
    moon_shift = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leaps - moon_shift + 15) % 30
    to_sunday = (32 + 2 * past_leap + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (golden + 11 * moon + 22 * to_sunday) // 451
    month, day = divmod(moon + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


@lru_cache(maxsize=256)
def holidays(year: int) -> dict[date, str]:
    """The year's holidays with their Norwegian names, in order. Two on one day: the moveable one names it."""
    easter = easter_sunday(year)
    named = {date(year, month, day): name for month, day, name in _FIXED}
    named |= {easter + timedelta(days=days): name for days, name in _FROM_EASTER}
    return dict(sorted(named.items()))


def is_working_day(day: date) -> bool:
    """Monday to Friday, and no holiday."""
    return day.weekday() < _SATURDAY and day not in holidays(day.year)


def working_day_on_or_after(day: date) -> date:
    """The day itself when it is a working day, else the next one: where a deadline ends."""
    while not is_working_day(day):
        day += _DAY
    return day


def add_working_days(day: date, count: int) -> date:
    """The working day that is `count` of them after `day`, or before it when negative.

    The day itself is not counted, be it a working day or not. Zero gives the day itself.
    """
    step = _DAY if count > 0 else -_DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day
