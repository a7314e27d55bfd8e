"""The same appointment again some weeks apart: what each time clashes with is told first, then those that fit
are booked, all or none.
"""

from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

from starlette.responses import Response

from fellesjournal.booking import series
from fellesjournal.booking.finding import Need
from fellesjournal.booking.grid import QUANTUM
from fellesjournal.booking.series import Occurrence, Rhythm
from fellesjournal.errors import Conflict, Invalid, PreconditionFailed
from fellesjournal.workplace.booking import appointment, words
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.directory import called


async def repeat(desk: Desk) -> Response:
    """Tell how a series would fit, or book it where that was answered."""
    one = await desk.read("Appointment", desk.part_of_path("time"))
    found = await _occurrences(desk, one, _number(desk, "ganger"), _number(desk, "uker"))
    fitting = [each.start for each in found if each.fits]
    if not desk.form.get("bekreft") or not fitting:
        return await _told(desk, one, found)
    made = series.series(one, fitting, str(uuid4()))
    try:
        await desk.transact([one | {"identifier": made[0]["identifier"]}, *made])
    except (Conflict, PreconditionFailed):
        again = await _occurrences(desk, one, _number(desk, "ganger"), _number(desk, "uker"))
        return await _told(desk, one, again, fault=desk.t.timebok.meanwhile)
    now = await desk.read("Appointment", one["id"])
    return await appointment.page(desk, now, said=desk.t.timebok.repeated.format(count=len(made)))


async def _occurrences(desk: Desk, one: Json, times: int, weeks: int) -> list[Occurrence]:
    """The times after the first. Raises Invalid for one without a time."""
    held = words.times(one)
    if held is None:
        raise Invalid("What has no time yet is not repeated.")
    start, end = held
    when = series.starts(start, Rhythm(times + 1, (start.weekday(),), weeks))[1:]
    free = await desk.calendars.free(words.comes(one))
    length = -((start - end) // QUANTUM)
    needs = [Need([party], length) for party, lanes in free.items() if lanes]
    return series.occurrences(free, needs, desk.calendars.grid(), when)


async def _told(desk: Desk, one: Json, found: Sequence[Occurrence], fault: str = "") -> Response:
    names = await called(desk, words.actors(one))
    length = timedelta()
    if held := words.times(one):
        length = held[1] - held[0]
    rows = [
        {
            "said": words.span(desk.t, each.start, each.start + length),
            "fits": each.fits,
            "busy": [
                desk.t.timebok.the_citizen if who.startswith("Patient/") else names.get(who, who)
                for who in each.busy or ()
            ],
        }
        for each in found
    ]
    return desk.page(
        "repeat.html",
        409 if fault else 200,
        one=one,
        what=words.what(one),
        rows=rows,
        fitting=sum(1 for row in rows if row["fits"]),
        times=desk.form["ganger"],
        weeks=desk.form["uker"],
        bok=desk.form.get("bok", ""),
        fault=fault,
    )


def _number(desk: Desk, name: str) -> int:
    written = desk.form.get(name, "")
    if not written.isascii() or not written.isdigit() or not 0 < int(written) < series.MOST:
        raise Invalid(f"A series has 1 to {series.MOST - 1} times, some weeks apart, not '{written[:20]}'.")
    return int(written)
