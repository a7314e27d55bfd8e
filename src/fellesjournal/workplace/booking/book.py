"""The day and the week of a unit, a team, a person or a room, live while others book."""

from datetime import date, timedelta
from urllib.parse import urlencode

from starlette.responses import Response

from fellesjournal.booking.free.grid import Grid, fit
from fellesjournal.errors import Invalid
from fellesjournal.workplace.booking import parties, words
from fellesjournal.workplace.booking.days import column, span
from fellesjournal.workplace.booking.filled import Filled, filled
from fellesjournal.workplace.booking.parties import Book, Party
from fellesjournal.workplace.booking.stream import SHOWN
from fellesjournal.workplace.desk import Desk, Json

HERE = "/arbeid/timebok"
WIDE = 10
"""Columns that a screen has room for: of more, people and teams are shown, and rooms when asked for."""
GROUPS = {"folk": ("Practitioner", "HealthcareService"), "rom": ("Location", "Device")}
_HALF_HOUR = 6
"""In bits."""


async def own(desk: Desk) -> Response:
    """To the book of the reader's unit."""
    return desk.redirect(f"{HERE}/{desk.actor.unit.replace('/', '-', 1)}")


async def show(desk: Desk) -> Response:
    """The page: the book on a day, and a pane beside it."""
    return await _page(desk, "book.html")


async def part(desk: Desk) -> Response:
    """The table as it is now."""
    return await _page(desk, "table.html")


async def _page(desk: Desk, template: str) -> Response:
    book = await parties.book(desk, desk.part_of_path("bok"))
    day, is_week = _day(desk), desk.asked("vis") == "uke"
    group = desk.asked("gruppe") or ("folk" if len(book.parties) > WIDE else "")
    shown = book._replace(parties=[one for one in book.parties if one.type in GROUPS.get(group, (one.type,))])
    days = _week(day) if is_week else [day]
    known = await filled(desk, shown, days[0], len(days))
    is_summary = is_week and len(shown.parties) > 1
    table = _summary(desk, shown, known, days) if is_summary else _grid(desk, shown, known, days)
    return desk.page(
        template,
        book=book,
        day=day,
        is_week=is_week,
        is_summary=is_summary,
        group=group,
        groups=GROUPS,
        said=words.day(desk.t, days[0]) + (f"–{words.day(desk.t, days[-1])}" if is_week else ""),
        shows=SHOWN,
        at=_asked(day, desk.asked("vis"), desk.asked("gruppe")),
        before=_asked(day - timedelta(days=7 if is_week else 1), desk.asked("vis"), group),
        after=_asked(day + timedelta(days=7 if is_week else 1), desk.asked("vis"), group),
        may=desk.writes("Appointment"),
        **table,
    )


def _grid(desk: Desk, book: Book, known: Filled, days: list[date]) -> Json:
    """Columns of who is booked with, or of the days of one."""
    items = {(one.reference, day): known.items(one, day) for one in book.parties for day in days}
    met = [item for some in items.values() for item in some if item.facts["kind"] == "appointment"]
    lengths = {one.minutes for one in book.kinds}
    shown = span(days, [one.hours for one in book.parties], met, lengths)
    ahead = known.grid.inside(desk.now, known.grid.moment(known.grid.length))
    columns = []
    for one in book.parties:
        free, open_ = known.free(one) & ahead, known.open(one)
        for day in days:
            cells = column(shown, day, items[one.reference, day], free, open_, known.grid)
            title = one.name if len(days) == 1 else words.day(desk.t, day)
            columns.append({"title": title, "party": one, "cells": {cell.row: cell for cell in cells}})
    rows = [words.clock(shown.moment(days[0], row)) for row in range(shown.rows)]
    now = shown.row(desk.today, desk.now) if days == [desk.today] else -1
    return {"columns": columns, "rows": rows, "now_row": now}


def _summary(desk: Desk, book: Book, known: Filled, days: list[date]) -> Json:
    """The week of a unit: for each party and day how many come, how much is free, and when first."""
    rows = [{"party": one, "cells": [_sum(desk, known, one, day) for day in days]} for one in book.parties]
    return {"columns": [words.day(desk.t, day) for day in days], "rows": rows, "now_row": -1}


def _sum(desk: Desk, known: Filled, party: Party, day: date) -> Json:
    grid = Grid(day, 1)
    today = known.grid.inside(max(desk.now, grid.moment(0)), grid.moment(grid.length))
    open_, free = known.open(party) & today, known.free(party) & today
    first = fit(free, _HALF_HOUR)
    return {
        "day": day,
        "booked": sum(1 for one in known.items(party, day) if one.facts["kind"] == "appointment"),
        "free": round(100 * free.bit_count() / open_.bit_count()) if open_ else None,
        "first": words.clock(known.grid.moment((first & -first).bit_length() - 1)) if first else "",
    }


def _day(desk: Desk) -> date:
    try:
        return date.fromisoformat(desk.asked("dag")) if desk.asked("dag") else desk.today
    except ValueError:
        raise Invalid(f"'{desk.asked('dag')[:20]}' is no day: write it as 2026-12-24.") from None


def _week(day: date) -> list[date]:
    """Monday to Friday of a day's week; all of it from a Saturday or Sunday."""
    monday = day - timedelta(days=day.weekday())
    return [monday + timedelta(days=number) for number in range(7 if day.weekday() > 4 else 5)]


def _asked(day: date, view: str, group: str) -> str:
    """What is asked for in an address: a day, with the view that is open."""
    asked = {"dag": day.isoformat(), "vis": view, "gruppe": group}
    return urlencode({name: value for name, value in asked.items() if value})
