"""Days and hours as the region's resources write them: local time in Norway with its offset."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache

from fellesjournal.norway.days import is_working_day

SUMMER, WINTER = "+02:00", "+01:00"
HOUR = timedelta(hours=1)
EVES = ((12, 24), (12, 31))
"""Month and day of working days by law on which offices see nobody whom they have called in."""
DAWN = 7
"""The hour of the last day at which the records stop: what is later has not happened yet."""


def written(moment: datetime) -> str:
    """A local time as FHIR writes it; summer time as directive 2000/84/EC says."""
    start, end = _summer(moment.year)
    if start <= moment < end:
        return f"{shown(moment).isoformat(timespec='seconds')}{SUMMER}"
    return f"{moment.isoformat(timespec='seconds')}{WINTER}"


def shown(moment: datetime) -> datetime:
    """A local time as clocks show it: an hour later in the hour that none shows, when summer time begins. A
    contact that began in that hour could end before its beginning."""
    start, _ = _summer(moment.year)
    return moment + HOUR if start <= moment < start + HOUR else moment


def moment(text: str) -> datetime:
    """The local time of what `written` wrote."""
    return datetime.fromisoformat(text).replace(tzinfo=None)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A local time on a day."""
    return datetime.combine(day, time(hour, minute))


def dawn(day: date) -> datetime:
    """Until when something has happened, in records that end on the day."""
    return at(day, DAWN)


def working_day(day: date) -> date:
    """The day, or the next on which offices are open."""
    while not _is_working_day(day):
        day += timedelta(days=1)
    return day


def last_working_day(day: date) -> date:
    """The last day before this one on which offices were open."""
    day -= timedelta(days=1)
    while not _is_working_day(day):
        day -= timedelta(days=1)
    return day


def years_after(day: date, years: int) -> date:
    """The same day some years on (or back); 29 February becomes 1 March in ordinary years."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


@lru_cache(maxsize=5_000)
def _is_working_day(day: date) -> bool:
    return is_working_day(day) and (day.month, day.day) not in EVES


@lru_cache
def _summer(year: int) -> tuple[datetime, datetime]:
    return at(_last_sunday(year, 3), 2), at(_last_sunday(year, 10), 3)


def _last_sunday(year: int, month: int) -> date:
    last = date(year, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def month(day: date) -> str:
    """The month and the year, as letters name them."""
    return f"{MONTHS[day.month - 1]} {day.year}"


MONTHS = (
    *("januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober"),
    *("november", "desember"),
)
