"""Several Appointments booked, held or called off at once, all or none: a series, or the stops of a day."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from fellesjournal.api.door import OpenJournal, Stored
from fellesjournal.api.operations.booking_asked import IDENTIFIER, MOST, PATIENT, Asked
from fellesjournal.booking import acts
from fellesjournal.booking.requests import Request
from fellesjournal.errors import Conflict, Invalid, Issue
from fellesjournal.fhir import json
from fellesjournal.fhir.dates import date_span

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
    try:
        return await _written(journal, entries)
    except Conflict:
        if before := await _before(journal, request):
            return before  # the same request came twice at once
        raise


async def called_off(journal: OpenJournal, given: Asked, act: Act) -> list[Stored]:
    """All to come that have an identifier in common, as they become: a series, a day, a course or one
    member's places in it. With a key of the request those that it called off before.

    Raises Invalid for an identifier that is none, Conflict when nothing is to come.
    """
    now, request, identifier = datetime.now(UTC), given.request, given.plain[IDENTIFIER]
    if not all(identifier.partition("|")[::2]) or "," in identifier:
        raise Invalid(f"'{IDENTIFIER}' is system|value: what all of them have, such as a series.")
    if before := await _before(journal, request):
        return before
    patient = [("patient", given.plain[PATIENT])] if PATIENT in given.plain else []
    asked = [("identifier", identifier), ("status", ",".join(acts.OPEN)), ("date", f"ge{now.isoformat()}")]
    page = await journal.search("Appointment", [*asked, *patient, ("_count", str(MOST)), ("_sort", "date")])
    trees = [json.parse(entry.stored.body or b"{}").tree for entry in page.entries]
    theirs = [one for one in trees if "start" in one and date_span(one["start"])[0] > now]
    if not theirs:
        raise Conflict(Issue("conflict", "None of them is still to come.", "Appointment.start"))
    if page.next is not None:
        raise Conflict(Issue("too-costly", f"More than {MOST} are to come: name one citizen's at a time."))
    return await _written(journal, [_over(one, request.signed(act(one, now))) for one in theirs])


def _over(one: Tree, becomes: Tree) -> Tree:
    request = {"method": "PUT", "url": f"Appointment/{one['id']}"}
    return {"resource": becomes, "request": request | {"ifMatch": f'W/"{one["meta"]["versionId"]}"'}}


async def _written(journal: OpenJournal, entries: list[Tree]) -> list[Stored]:
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
    _, answers = await journal.strict.transact(json.encode(bundle))
    return [one.stored for one in answers if one.stored is not None]


async def _before(journal: OpenJournal, request: Request) -> list[Stored]:
    if request.criteria is None:
        return []
    page = await journal.search("Appointment", [*request.criteria, ("_count", str(MOST)), ("_sort", "date")])
    found = [entry.stored for entry in page.entries]
    return [one for one in found if request.made(json.parse(one.body or b"{}").tree)]
