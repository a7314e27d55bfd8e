"""Questions that are answered with more than one time, or with a window: asked of the calendars."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from fellesjournal.booking.free import programme, weekly
from fellesjournal.booking.free.calendars import Calendars
from fellesjournal.booking.free.grid import NORWAY, QUANTUM, Grid, fit, midnight
from fellesjournal.booking.free.lanes import Lanes
from fellesjournal.booking.free.programme import Stop, Visit
from fellesjournal.booking.free.proposals import Proposal, Question, check, in_bits, soonest
from fellesjournal.booking.free.weekly import Often, Plan
from fellesjournal.booking.free.windows import first_home_visit
from fellesjournal.errors import Invalid

Window = tuple[datetime, datetime]


class Asked(NamedTuple):
    """A stop of a day programme as it is asked for: one of each pool, for so many minutes, for a kind of
    visit (code); `least` to `most` minutes after the stop before.
    """

    pools: Sequence[Sequence[str]]
    minutes: int
    visit: str = ""
    least: int = 0
    most: int = 0


async def first_series(calendars: Calendars, question: Question, often: Often, now: datetime) -> list[Plan]:
    """Series whose first time answers the question, at most question.most. Raises Invalid as first_times."""
    grid = calendars.grid()
    check(question, grid)
    free = await calendars.free(_parties(question), question.visit)
    needs = in_bits(question.wanted)
    whole = max(need.offset + need.length for need in needs)
    within = fit(grid.inside(soonest(question, now), question.end), whole)
    return weekly.plans(free, needs, grid, often, within, question.most)


async def first_visits(
    calendars: Calendars, question: Question, citizen: str, window: tuple[time, time], now: datetime
) -> list[tuple[Window, Proposal]]:
    """The windows, one a day, at most question.most, in which those who are needed can come to the citizen's
    home between two times of day; the proposal says when who comes. Raises Invalid as first_times, or for a
    window that ends before it begins.
    """
    grid = calendars.grid()
    check(question, grid)
    if window[1] <= window[0]:
        raise Invalid(f"A window ends after it begins, not {window[0]:%H:%M} to {window[1]:%H:%M}.")
    free = await calendars.free([*_parties(question), citizen], question.visit)
    needs = in_bits(question.wanted)
    length = max(need.offset + need.length for need in needs) * QUANTUM
    found: list[tuple[Window, Proposal]] = []
    for day in _days(grid, soonest(question, now), question.end):
        span = (datetime.combine(day, window[0], NORWAY), datetime.combine(day, window[1], NORWAY))
        if span[0] < soonest(question, now) or span[1] > question.end:
            continue
        if len(found) == question.most:
            break
        if visit := first_home_visit(free, needs, free[citizen][0], grid, span):
            found.append((span, Proposal(visit[0], visit[0] + length, visit[1])))
    return found


async def first_days(
    calendars: Calendars, stops: Sequence[Asked], citizen: str, span: tuple[datetime, datetime], most: int = 3
) -> list[list[Proposal]]:
    """The programmes of the first days on which all stops can be reached in their order, one a day (that in
    which the citizen waits least), at most `most`, between two moments; the citizen is free at all of them.
    Raises Invalid for a stop that nobody serves.
    """
    if not stops or not all(stop.pools and all(stop.pools) for stop in stops):
        raise Invalid("A stop of the programme is served by nobody: see that a calendar names its visit.")
    grid = calendars.grid()
    free: dict[str, Lanes] = {}
    for visit in dict.fromkeys(stop.visit for stop in stops):
        here = {one for stop in stops if stop.visit == visit for pool in stop.pools for one in pool}
        lanes = await calendars.free(sorted(here), visit)
        free |= {_at(one, visit): bits for one, bits in lanes.items()}
    own = (await calendars.free([citizen]))[citizen][0]
    in_order = [_stop(one) for one in stops]
    found: list[list[Proposal]] = []
    for day in _days(grid, *span):
        if len(found) == most:
            break
        start, end = max(span[0], midnight(day)), min(span[1], midnight(day + timedelta(days=1)))
        visits = programme.shortest(free, in_order, own, grid.inside(start, end))
        if visits is not None:
            found.append([_proposal(grid, *each) for each in zip(visits, in_order, strict=True)])
    return found


def _proposal(grid: Grid, visit: Visit, stop: Stop) -> Proposal:
    begins, ends = grid.moment(visit.start), grid.moment(visit.start + stop.length)
    return Proposal(begins, ends, tuple(one.partition("|")[0] for one in visit.who))


def _stop(asked: Asked) -> Stop:
    pools = [[_at(one, asked.visit) for one in pool] for pool in asked.pools]
    pauses = (timedelta(minutes=minutes) // QUANTUM for minutes in (asked.least, asked.most))
    return Stop(pools, -(timedelta(minutes=-asked.minutes) // QUANTUM), *pauses)


def _at(one: str, visit: str) -> str:
    """Whose hours they are: one may be open for one kind of visit and not for another."""
    return f"{one}|{visit}"


def _parties(question: Question) -> list[str]:
    return list(dict.fromkeys(one for wanted in question.wanted for one in wanted.any_of))


def _days(grid: Grid, start: datetime, end: datetime) -> list[date]:
    first = max(start.astimezone(NORWAY).date(), grid.first)
    last = min(end.astimezone(NORWAY).date(), grid.first + timedelta(days=grid.days - 1))
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]
