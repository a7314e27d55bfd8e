"""The first times that suit everybody: asked of the calendars, answered in time of day."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import NamedTuple

from fellesjournal.booking.free import finding
from fellesjournal.booking.free.calendars import DAYS, Calendars
from fellesjournal.booking.free.finding import Need
from fellesjournal.booking.free.grid import QUANTUM, Grid, fit
from fellesjournal.errors import Invalid

MOST_MINUTES = 24 * 60
THOUGHT = timedelta(minutes=2)
"""How long what is proposed can be thought over before it has begun, at least."""


class Wanted(NamedTuple):
    """One who is needed: any of some ("Practitioner/7"), the preferred first; for how many minutes, and how
    many after the others begin (before: less than 0).
    """

    any_of: Sequence[str]
    minutes: int
    offset: int = 0


class Question(NamedTuple):
    """What is looked for: all who are needed, between two moments, for a kind of visit (code; "": any)."""

    wanted: Sequence[Wanted]
    start: datetime
    end: datetime
    visit: str = ""
    most: int = 3


class Proposal(NamedTuple):
    """A time that suits: when the first has to come and the last is done, and who comes for each need."""

    start: datetime
    end: datetime
    who: tuple[str, ...]


class Waits(NamedTuple):
    """When one who is needed could come if it went by that one alone; None: not in this time."""

    any_of: Sequence[str]
    first: datetime | None


class Found(NamedTuple):
    """Proposals, the earliest first; and what nothing earlier is for: those who are free last."""

    proposals: list[Proposal]
    waits: list[Waits]


async def first_times(calendars: Calendars, question: Question, now: datetime) -> Found:
    """The first times, at most question.most, none that has begun before it can be chosen.

    Raises Invalid for a length that is none, an end before the start, or nobody who is needed.
    """
    grid = calendars.grid()
    check(question, grid)
    parties = list(dict.fromkeys(chain.from_iterable(wanted.any_of for wanted in question.wanted)))
    free = await calendars.free(parties, question.visit)
    needs = in_bits(question.wanted)
    whole = max(need.offset + need.length for need in needs)
    within = fit(grid.inside(soonest(question, now), question.end), whole)
    offers, alone = finding.find(free, needs, within, question.most)
    proposals = [Proposal(grid.moment(at), grid.moment(at + whole), who) for at, who in offers]
    return Found(proposals, _waits(grid, alone))


def soonest(question: Question, now: datetime) -> datetime:
    """From when times are proposed: one that begins while it is read would be refused when it is chosen."""
    return max(now + THOUGHT, question.start)


def check(question: Question, grid: Grid) -> None:
    """Raise Invalid for a length that is none, an end before the start, or nobody who is needed."""
    if not question.wanted or not all(one.any_of for one in question.wanted):
        raise Invalid("Nobody is asked for: name those who are needed.")
    for one in question.wanted:
        if not 0 < one.minutes <= MOST_MINUTES or abs(one.offset) > MOST_MINUTES:
            raise Invalid(f"An appointment takes 1 to {MOST_MINUTES} minutes, not {one.minutes}.")
    if question.end <= question.start:
        raise Invalid(f"The end ({question.end}) is not after the start ({question.start}).")
    last = grid.moment(grid.length)
    if question.start >= last:
        text = f"Times can be found for {DAYS} days, before {last:%Y-%m-%d}; this begins {question.start}."
        raise Invalid(text)


def in_bits(wanted: Sequence[Wanted]) -> list[Need]:
    """In bits; the whole begins when the first comes."""
    first = min(one.offset for one in wanted)
    return [
        Need(
            one.any_of,
            -(timedelta(minutes=-one.minutes) // QUANTUM),
            timedelta(minutes=one.offset - first) // QUANTUM,
        )
        for one in wanted
    ]


def _waits(grid: Grid, alone: Sequence[finding.Alone]) -> list[Waits]:
    """Of those who are free later than others, the latest; all who never are."""
    never = [one for one in alone if one.start is None]
    times = sorted({one.start for one in alone if one.start is not None})
    last = [one for one in alone if len(times) > 1 and one.start == times[-1]]
    told = never or last
    return [Waits(one.need.pool, None if one.start is None else grid.moment(one.start)) for one in told]
