"""What one chooses between, each with the fields of the form that books it: single times, series, visits at
home within a window.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from fellesjournal.booking.free.proposals import Proposal
from fellesjournal.booking.free.several import first_series, first_visits
from fellesjournal.booking.free.weekly import Plan
from fellesjournal.workplace.booking import words
from fellesjournal.workplace.booking.parties import Book
from fellesjournal.workplace.booking.proposing import MOST, Ask
from fellesjournal.workplace.desk import Desk, Json


async def series(desk: Desk, book: Book, ask: Ask) -> list[Json]:
    """Series, the one with most times at the same hour first."""
    found = await first_series(desk.calendars, ask.question(book), ask.often, desk.now)
    return [_series(desk, book, ask, one) for one in found if one.starts]


async def home_visits(desk: Desk, book: Book, ask: Ask) -> list[Json]:
    """The days on which somebody can come within the window."""
    if ask.window is None:
        return []
    asked = ask.question(book)
    others = asked._replace(wanted=[one for one in asked.wanted if one.any_of != [ask.citizen]])
    found = await first_visits(desk.calendars, others, ask.citizen, ask.window, desk.now)
    return [
        _row(book, one.who, words.window(desk.t, *span), start=one.start.isoformat(), vindu=window(ask))
        for span, one in found
    ]


def times(desk: Desk, book: Book, found: Sequence[Proposal]) -> list[Json]:
    """Single times, each once."""
    rows = {
        one.start: _row(book, one.who, words.span(desk.t, one.start, one.end), start=one.start.isoformat())
        for one in reversed(found)
    }
    first = [one.start for one in found]
    return [rows[start] for start in dict.fromkeys(first)][:MOST]


def window(ask: Ask) -> str:
    """A window as a form has it."""
    return "-".join(f"{one:%H:%M}" for one in ask.window) if ask.window else ""


def _series(desk: Desk, book: Book, ask: Ask, plan: Plan) -> Json:
    t, length = desk.t, timedelta(minutes=ask.minutes)
    first = plan.starts[0]
    said = t.series.said.format(
        count=len(plan.starts), first=words.span(t, first, first + length), last=words.day(t, plan.starts[-1])
    )
    row = _row(
        book, plan.who, said, serie=" ".join(one.isoformat() for one in plan.starts), samling=str(uuid4())
    )
    return row | {"lines": [_off(desk, one.wanted, one.start) for one in plan.times if one.differs]}


def _off(desk: Desk, wanted: datetime, start: datetime | None) -> str:
    """That one time is not as the others."""
    t = desk.t
    if start is None:
        return str(t.series.none.format(when=words.day(t, wanted)))
    return str(t.series.other.format(when=words.moment(t, start), wanted=words.moment(t, wanted)))


def _row(book: Book, who: Sequence[str], said: str, **fields: str) -> Json:
    names = book.names()
    known = [one for one in who if one in names]
    return {
        "said": said,
        "names": list(dict.fromkeys(names[one] for one in known)),
        "fields": fields | {"med": " ".join(known)},
        "lines": [],
    }
