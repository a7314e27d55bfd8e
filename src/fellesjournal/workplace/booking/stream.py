"""The stream of a book: what changes in the calendars that are shown, whoever books."""

from starlette.responses import Response

from fellesjournal.fhir.search.terms import key_of
from fellesjournal.workplace import streams
from fellesjournal.workplace.booking import parties
from fellesjournal.workplace.desk import Desk

SHOWN = ("Appointment", "Slot", "Schedule")
"""The types that a book is made of."""


async def of_book(desk: Desk) -> Response:
    """What changes for its parties. That something was booked shows in their free time already, which
    everybody who books sees."""
    found = await parties.book(desk, desk.part_of_path("bok"))
    references = [one.reference for one in found.parties]
    references += [f"Schedule/{id}" for one in found.parties for id in one.schedules]
    return streams.of_parties(desk, SHOWN, map(key_of, references))
