"""Those of other units who are to come too, found by the name of the unit or their own."""

import asyncio

from starlette.responses import Response

from fellesjournal.workplace.booking import parties
from fellesjournal.workplace.booking.parties import TYPES, Book, Party
from fellesjournal.workplace.desk import Desk

UNITS, PEOPLE, SHOWN = "3", "8", 40
"""How many are looked among, and told of."""


async def find(desk: Desk) -> Response:
    """All with a calendar in the units that fit what was typed, and the people."""
    typed = desk.asked("q").strip()[:100]
    rows = await _found(desk, typed) if len(typed) > 1 else []
    return desk.page("guests.html", citizen=desk.citizen, typed=typed, rows=rows[:SHOWN])


async def _found(desk: Desk, typed: str) -> list[tuple[Party, str]]:
    units, people = await asyncio.gather(
        desk.search("Organization", [("name:contains", typed), ("_count", UNITS)]),
        desk.search("Practitioner", [("name", typed), ("_count", PEOPLE)]),
    )
    books = await asyncio.gather(
        *(parties.book(desk, f"Organization-{one['id']}") for one in units),
        *(parties.book(desk, f"Practitioner-{one['id']}") for one in people),
    )
    rows = {one.reference: (one, _unit(book)) for book in books for one in book.parties}
    return sorted(rows.values(), key=lambda row: (row[1], TYPES.index(row[0].type), row[0].name))


def _unit(book: Book) -> str:
    return book.name if book.is_unit else ""
