"""A rate over time."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from fellesjournal.errors import NotFound


class Rate(NamedTuple):
    """An amount in kroner for the days from `valid_from` to `valid_to`, both included."""

    amount: int
    valid_from: date
    valid_to: date
    source: str
    """A page, or a circular and the page that quotes it."""


class RateSeries(NamedTuple):
    """One rate with all that is known of it, oldest first. Between two rows there may be years nobody
    looked up."""

    title: str
    """What it is called in a sentence: "There is no <title> for 2026-06-01"."""
    place: str
    """The module where a row is added."""
    rows: Sequence[Rate]

    def on(self, day: date) -> Rate:
        """The rate of the day. Raises NotFound, with the days that are known: a rate is never guessed."""
        for row in self.rows:
            if row.valid_from <= day <= row.valid_to:
                return row
        known = "; ".join(f"{first} to {last}" for first, last in _spans(self.rows))
        raise NotFound(
            f"There is no {self.title} for {day}. It is known for {known}. "
            f"Add a row with its source to norway/rates/{self.place}.py."
        )


def year(number: int, amount: int, source: str) -> Rate:
    """A rate of a calendar year."""
    return Rate(amount, date(number, 1, 1), date(number, 12, 31), source)


def _spans(rows: Sequence[Rate]) -> list[tuple[date, date]]:
    spans: list[tuple[date, date]] = []
    for row in rows:
        if spans and (row.valid_from - spans[-1][1]).days == 1:
            spans[-1] = (spans[-1][0], row.valid_to)
        else:
            spans.append((row.valid_from, row.valid_to))
    return spans
