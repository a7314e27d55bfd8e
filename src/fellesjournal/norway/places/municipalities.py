"""Municipalities by number and day (national code list 3402, Statistics Norway's Klass 131).

The data are complete from 1 January 2016, as known in 2026; before that day every question is refused.
Numbers and whole municipalities are followed; parts of one that were moved to another without either
getting a new number are not.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from fellesjournal.errors import NotFound
from fellesjournal.norway.places.municipality_numbers import AT_START, CHANGES

SYSTEM = "urn:oid:2.16.578.1.12.4.1.1.3402"
COMPLETE_FROM = date(2016, 1, 1)


class Municipality(NamedTuple):
    """One municipality under one number. Both days are included; `valid_to` is None while it has the
    number."""

    number: str
    name: str
    valid_from: date
    """COMPLETE_FROM means: then or earlier."""
    valid_to: date | None = None
    became: tuple[str, ...] = ()
    """The numbers that took its place; more than one when it was divided."""

    @property
    def county(self) -> str:
        """The number of its county."""
        return self.number[:2]

    def is_valid(self, on: date) -> bool:
        """Whether it has this number on the day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def municipality(number: str, on: date) -> Municipality:
    """The municipality that has the number on the day. Raises NotFound; a former number is told its
    successor."""
    found = _by_number(number, on)
    if not found.is_valid(on):
        raise NotFound(_other_day(found, on))
    return found


def municipalities(on: date) -> list[Municipality]:
    """Every municipality on the day, by number. Raises NotFound before COMPLETE_FROM."""
    _check_day(on)
    return [one for one in _all().values() if one.is_valid(on)]


def every_municipality() -> list[Municipality]:
    """Every number a municipality has had since COMPLETE_FROM."""
    return list(_all().values())


def successors(number: str, on: date) -> tuple[Municipality, ...]:
    """What the number's municipality is on a day when it has the number, or later.

    Itself while it has the number, one when it got another or was joined with others, several when it was
    divided: then only the address tells which. Raises NotFound for a day before it had the number.
    """
    found = _by_number(number, on)
    if on < found.valid_from:
        raise NotFound(_other_day(found, on))
    if found.is_valid(on):
        return (found,)
    later = {one.number: one for became in found.became for one in successors(became, on)}
    return tuple(later[key] for key in sorted(later))


def _by_number(number: str, on: date) -> Municipality:
    _check_day(on)
    found = _all().get(number)
    if found is None:
        raise NotFound(f"No municipality has had '{number}' since {COMPLETE_FROM}: a number has four digits.")
    return found


def _check_day(on: date) -> None:
    if on < COMPLETE_FROM:
        raise NotFound(f"Municipalities are known from {COMPLETE_FROM}, not on {on}.")


def _other_day(found: Municipality, on: date) -> str:
    if on < found.valid_from:
        return f"{found.number} is {found.name} from {found.valid_from}, not yet on {on}."
    now = " and ".join(f"{one.number} {one.name}" for one in successors(found.number, on))
    return f"{found.number} was {found.name} until {found.valid_to}; on {on} it is {now}."


@cache
def _all() -> dict[str, Municipality]:
    known = {number: Municipality(number, name, COMPLETE_FROM) for number, name in _named(AT_START)}
    for day, lines in CHANGES.items():
        _change(known, date.fromisoformat(day), lines)
    return dict(sorted(known.items()))


def _change(known: dict[str, Municipality], day: date, lines: str) -> None:
    last = day - timedelta(days=1)
    for line in lines.split(";"):
        before, _, after = line.partition(">")
        new, _, name = after.strip().partition(" ")
        known.setdefault(new, Municipality(new, name, day))
        for old in before.split():
            if old != new:
                known[old] = known[old]._replace(valid_to=last, became=(*known[old].became, new))


def _named(text: str) -> Iterable[tuple[str, str]]:
    for entry in text.split(";"):
        number, _, name = entry.strip().partition(" ")
        yield number, name
