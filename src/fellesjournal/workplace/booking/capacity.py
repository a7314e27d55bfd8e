"""Capacity and waiting time of a unit: for each kind of visit the first free time, how much of the next weeks
is free, and how many wait.
"""

from collections.abc import Sequence
from datetime import timedelta

from starlette.responses import Response

from fellesjournal.booking.free.grid import Grid
from fellesjournal.booking.free.proposals import Question, Wanted, first_times
from fellesjournal.workplace.booking import parties, proposing, words
from fellesjournal.workplace.booking.filled import Filled, filled
from fellesjournal.workplace.booking.parties import Book, Kind, Party
from fellesjournal.workplace.desk import Desk, Json

WEEKS = 4
MOST = 500


async def show(desk: Desk) -> Response:
    """The page."""
    book = await parties.book(desk, desk.actor.unit.replace("/", "-", 1))
    known = await filled(desk, book, desk.today, 7 * WEEKS)
    waiting = await _waiting(desk, book)
    monday = desk.today - timedelta(days=desk.today.weekday())
    weeks = [Grid(monday + timedelta(days=7 * number), 7) for number in range(WEEKS)]
    rows = [await _row(desk, book, known, weeks, one, waiting.get(one.code, 0)) for one in book.kinds]
    numbers = [one.first.isocalendar().week for one in weeks]
    return desk.page("capacity.html", book=book, rows=rows, weeks=numbers)


async def _row(desk: Desk, book: Book, known: Filled, weeks: Sequence[Grid], kind: Kind, waits: int) -> Json:
    ask = proposing.Ask(kind, kind.minutes, {}, desk.now, proposing.last_moment(desk))
    wanted = [Wanted(pool, kind.minutes) for pool in ask.pools(book)]
    found = await first_times(desk.calendars, Question(wanted, ask.start, ask.end, kind.code, 1), desk.now)
    first = found.proposals[0].start if found.proposals else None
    serve = [one for pool in book.needs(kind.code).values() for one in pool]
    return {
        "kind": kind,
        "first": words.moment(desk.t, first) if first else "",
        "days": (first.date() - desk.today).days if first else None,
        "free": [_share(desk, known, serve, week) for week in weeks],
        "waits": waits,
    }


def _share(desk: Desk, known: Filled, serve: Sequence[Party], week: Grid) -> int | None:
    """The part of the open time that is free, in percent, from now on; None when nobody works."""
    within = known.grid.inside(max(desk.now, week.moment(0)), week.moment(week.length))
    open_ = sum((known.open(one) & within).bit_count() for one in serve)
    free = sum((known.free(one) & within).bit_count() for one in serve)
    return round(100 * free / open_) if open_ else None


async def _waiting(desk: Desk, book: Book) -> dict[str, int]:
    """How many wait for each kind of visit (code), as far as the reader reaches."""
    at = [*await parties.places(desk, book.reference), *await parties.services(desk, book.reference)]
    actors = {f"{one['resourceType']}/{one['id']}" for one in at} | {one.reference for one in book.parties}
    if not actors:
        return {}
    asked = [("status", "waitlist"), ("actor", ",".join(sorted(actors))), ("_count", str(MOST))]
    found: dict[str, int] = {}
    for one in await desk.search("Appointment", asked):
        codes = {
            each.get("code", "") for kind in one.get("serviceType", ()) for each in kind.get("coding", ())
        }
        for code in codes:
            found[code] = found.get(code, 0) + 1
    return found
