"""When something comes again (RFC 5545 3.3.10): by day, week, month or year, as the clock shows it. Pure."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple

from fellesjournal.booking.icalendar.lines import Line
from fellesjournal.booking.icalendar.times import Moment, moment

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NTH = ("1", "2", "3", "4", "5")
_KNOWN = ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "WKST")
_EVERY = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
MOST = 1000
"""The highest COUNT, INTERVAL or number of a day that is read."""


class Rule(NamedTuple):
    """A rule: `days` are pairs of which one in the month (0: each, -1: the last) and the day of the week."""

    every: str
    interval: int
    times: int | None
    until: Moment | None
    days: tuple[tuple[int, int], ...]
    month_days: tuple[int, ...]
    months: tuple[int, ...]
    week_begins: int


def rule(line: Line, start: Moment) -> Rule:
    """The rule of a line for what begins at `start`. Raises Unprocessable for what it cannot read."""
    parts = dict(part.partition("=")[::2] for part in line.value.upper().rstrip(";").split(";"))
    if strange := [name for name in parts if name not in _KNOWN]:
        raise line.fault("strange-rule", value=strange[0])
    every = parts.get("FREQ", "")
    if every not in _EVERY:
        raise line.fault("frequency", known=", ".join(_EVERY), value=every[:20])
    found = Rule(
        every,
        _number(line, parts, "INTERVAL") or 1,
        _number(line, parts, "COUNT"),
        moment(Line(line.number, line.name, {}, parts["UNTIL"])) if "UNTIL" in parts else None,
        tuple(_day(line, one) for one in parts.get("BYDAY", "").split(",") if one),
        tuple(_numbers(line, parts, "BYMONTHDAY", -31, 31)),
        tuple(_numbers(line, parts, "BYMONTH", 1, 12)),
        _day(line, parts.get("WKST", "MO"))[1],
    )
    _check(line, found)
    first = start.wall.date()
    if first not in next(_steps(found, first, first)):
        raise line.fault("not-first")
    return found


def walls(found: Rule, start: Moment, since: datetime, before: datetime) -> Iterator[Moment]:
    """The times of a rule that begin between two moments, in order, the first of all counted."""
    first = start.wall.date()
    near = max(first, since.date() - timedelta(days=2))
    for number, day in enumerate(_days(found, first, first if found.times else near)):
        if found.times and number >= found.times:
            return
        if day < near:
            continue
        one = start._replace(wall=datetime.combine(day, start.wall.time()))
        if one.instant >= before or _is_over(found, one):
            return
        if one.instant >= since:
            yield one


def _is_over(found: Rule, one: Moment) -> bool:
    if found.until is None:
        return False
    if found.until.whole:
        return one.wall.date() > found.until.wall.date()
    return one.instant > found.until.instant


def _days(found: Rule, first: date, since: date) -> Iterator[date]:
    """The days of a rule that begins on a day, from another on; without an end but that of the calendar."""
    for days in _steps(found, first, since):
        yield from (day for day in sorted(days) if day >= first and day >= since)


def _steps(found: Rule, first: date, since: date) -> Iterator[list[date]]:
    """The days of each step: a day, a week, a month or a year, so many after one another."""
    if found.every in ("DAILY", "WEEKLY"):
        length = found.interval * (1 if found.every == "DAILY" else 7)
        begins = first
        if found.every == "WEEKLY":
            begins -= timedelta(days=(first.weekday() - found.week_begins) % 7)
        at = begins + timedelta(days=max(0, (since - begins).days // length) * length)
        while at.year < date.max.year - 1:
            yield [day for day in _within(found, at, first) if _is_meant(found, day)]
            at += timedelta(days=length)
        return
    length = found.interval * (1 if found.every == "MONTHLY" else 12)
    month = first.year * 12 + first.month - 1
    while month // 12 < date.max.year:
        months = [month // 12 * 12 + one - 1 for one in found.months or (first.month,)]
        yield [day for one in (months if length % 12 == 0 else [month]) for day in _of(found, one, first)]
        month += length


def _within(found: Rule, at: date, first: date) -> list[date]:
    if found.every == "DAILY":
        return [at]
    wanted = {day for _, day in found.days} or {first.weekday()}
    return [day for day in (at + timedelta(days=number) for number in range(7)) if day.weekday() in wanted]


def _is_meant(found: Rule, day: date) -> bool:
    last = monthrange(day.year, day.month)[1]
    return (
        (not found.months or day.month in found.months)
        and (not found.month_days or bool({day.day, day.day - last - 1} & {*found.month_days}))
        and (not found.days or day.weekday() in {one for _, one in found.days})
    )


def _of(found: Rule, month: int, first: date) -> list[date]:
    """The days of a month, which is counted from the year 0."""
    year, number = month // 12, month % 12 + 1
    last = monthrange(year, number)[1]
    days = [date(year, number, day) for day in range(1, last + 1)]
    if not found.days and not found.month_days:
        days = [day for day in days if day.day == first.day]
    plain = found._replace(days=())
    return [day for day in days if _is_meant(plain, day) and _is_nth(found, day, last)]


def _is_nth(found: Rule, day: date, last: int) -> bool:
    ahead, behind = (day.day - 1) // 7 + 1, -((last - day.day) // 7 + 1)
    wanted = {nth for nth, weekday in found.days if weekday == day.weekday()}
    return not found.days or bool(wanted & {0, ahead, behind})


def _check(line: Line, found: Rule) -> None:
    if found.times is not None and found.until is not None:
        raise line.fault("two-ends")
    weekly = found.every in ("DAILY", "WEEKLY")
    if weekly and any(nth for nth, _ in found.days):
        raise line.fault("nth-day")
    if found.every == "WEEKLY" and found.month_days:
        raise line.fault("month-days")
    if found.every == "YEARLY" and (found.days or found.month_days) and not found.months:
        raise line.fault("months")


def _number(line: Line, parts: Mapping[str, str], name: str) -> int | None:
    found = _numbers(line, parts, name, 1, MOST)
    return found[0] if found else None


def _numbers(line: Line, parts: Mapping[str, str], name: str, least: int, most: int) -> list[int]:
    found = []
    for text in filter(None, parts.get(name, "").split(",")):
        digits = text.lstrip("+-")
        number = int(text) if digits.isascii() and digits.isdigit() and len(digits) < 5 else 0
        if not number or not least <= number <= most:
            raise line.fault("number", name=name, least=least, most=most, value=text[:20])
        found.append(number)
    return found


def _day(line: Line, text: str) -> tuple[int, int]:
    nth, day = text[:-2], text[-2:]
    if day not in _DAYS or (nth and nth.lstrip("+-") not in _NTH):
        raise line.fault("weekday", value=text[:20])
    return int(nth or 0), _DAYS.index(day)
