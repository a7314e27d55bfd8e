"""Several new Appointments booked or held at once, all or none: a series, or all the stops of a day."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from fellesjournal.api.door import OpenJournal, Stored
from fellesjournal.api.operations.booking_asked import MOST, Asked
from fellesjournal.booking.requests import Request
from fellesjournal.errors import Conflict
from fellesjournal.fhir import json

Tree = dict[str, Any]
Act = Callable[[Tree, datetime], Tree]


async def together(journal: OpenJournal, given: Asked, act: Act) -> list[Stored]:
    """Those that were sent along, as they become; with a key of the request those that it made before.

    Raises Conflict or Unprocessable when one of them cannot be: then none is.
    """
    now, request = datetime.now(UTC), given.request
    if before := await _before(journal, request):
        return before
    made = [act(given.new(one), now) for one in given.several]
    entries = [
        {"resource": request.signed(one), "request": {"method": "POST", "url": "Appointment"}} for one in made
    ]
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
    try:
        _, answers = await journal.strict.transact(json.encode(bundle))
    except Conflict:
        if before := await _before(journal, request):
            return before  # the same request came twice at once
        raise
    return [one.stored for one in answers if one.stored is not None]


async def _before(journal: OpenJournal, request: Request) -> list[Stored]:
    if request.criteria is None:
        return []
    page = await journal.search("Appointment", [*request.criteria, ("_count", str(MOST)), ("_sort", "date")])
    found = [entry.stored for entry in page.entries]
    return [one for one in found if request.made(json.parse(one.body or b"{}").tree)]
