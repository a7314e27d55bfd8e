"""The same appointment again some weeks apart: what each time clashes with is told first, and when it could
be instead that week; then all are booked, or none.
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple
from uuid import uuid4

from starlette.responses import Response

from fellesjournal.booking.free import series
from fellesjournal.booking.free.finding import Need
from fellesjournal.booking.free.grid import QUANTUM
from fellesjournal.booking.free.series import Occurrence
from fellesjournal.booking.free.weekly import Often, Time, following
from fellesjournal.errors import Invalid
from fellesjournal.workplace.booking import appointment, together, words
from fellesjournal.workplace.booking.choices import number_of_times
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.directory import called


class Again(NamedTuple):
    """One time after the first: who is busy at the hour, and when it can be."""

    at: Occurrence
    time: Time


async def repeat(desk: Desk) -> Response:
    """Tell how a series would fit, or book it where that was answered; a press that comes twice books once,
    by the identifier that the series has had since it was told of.
    """
    one = await desk.read("Appointment", desk.part_of_path("time"))
    most, id = series.MOST - 1, desk.form.get("samling", "") or str(uuid4())
    try:
        times, weeks = (number_of_times(desk.form.get(name, ""), most) for name in ("ganger", "uker"))
    except Invalid:
        said = desk.t.wrong.times.format(most=most)
        return await appointment.page(desk, one, faults=[said], status=400)
    if desk.form.get("bekreft") and (already := await together.members(desk, together.SERIES, id)):
        return await _booked(desk, id, len(already) - 1)
    found = await _times(desk, one, Often(times + 1, weeks))
    fitting = [each.time.start for each in found if each.time.start is not None]
    if not desk.form.get("bekreft") or not fitting:
        return await _told(desk, one, found, id)
    made = series.series(one, fitting, id)
    if fault := await together.stored(desk, [one | {"identifier": made[0]["identifier"]}, *made]):
        again = await _times(desk, one, Often(times + 1, weeks))
        return await _told(desk, one, again, id, fault=" ".join((desk.t.series.taken, *fault)))
    return await _booked(desk, id, len(made))


async def _booked(desk: Desk, id: str, count: int) -> Response:
    said = desk.t.timebok.repeated.format(count=count)
    return await together.page(desk, together.SERIES, id, said=said)


async def _times(desk: Desk, one: Json, often: Often) -> list[Again]:
    """The times after the first. Raises Invalid for one without a time."""
    held = words.times(one)
    if held is None:
        raise Invalid("What has no time yet is not repeated.")
    start, end = held
    free = await desk.calendars.free(words.comes(one), words.kind(one))
    length, grid = -((start - end) // QUANTUM), desk.calendars.grid()
    needs = [Need([party], length) for party, lanes in free.items() if lanes]
    plan = following(free, needs, grid, often, start).times[1:]
    at = series.occurrences(free, needs, grid, [each.wanted for each in plan])
    return [Again(*each) for each in zip(at, plan, strict=True)]


async def _told(desk: Desk, one: Json, found: Sequence[Again], id: str, *, fault: str = "") -> Response:
    names = await called(desk, words.actors(one))
    length = timedelta()
    if held := words.times(one):
        length = held[1] - held[0]
    rows = [
        {
            "said": words.span(desk.t, at.start, at.start + length),
            "fits": at.fits,
            "other": words.moment(desk.t, time.start) if time.start and time.differs else "",
            "busy": [
                desk.t.timebok.the_citizen if who.startswith("Patient/") else names.get(who, who)
                for who in at.busy or ()
            ],
        }
        for at, time in found
    ]
    return desk.page(
        "repeat.html",
        409 if fault else 200,
        one=one,
        what=words.what(one),
        rows=rows,
        fitting=sum(1 for row in rows if row["fits"] or row["other"]),
        times=desk.form["ganger"],
        weeks=desk.form["uker"],
        bok=desk.form.get("bok", ""),
        samling=id,
        fault=fault,
    )
