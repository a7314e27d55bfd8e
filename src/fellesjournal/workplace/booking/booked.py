"""Booking what was proposed: the Appointment, and what it is refused for."""

from datetime import datetime, timedelta

from starlette.responses import Response

from fellesjournal.booking import acts
from fellesjournal.errors import Conflict, Invalid, Unprocessable
from fellesjournal.workplace.booking import asking, changes, clashes, parties, words
from fellesjournal.workplace.booking.appointment import page
from fellesjournal.workplace.booking.parties import Book
from fellesjournal.workplace.booking.proposing import Ask
from fellesjournal.workplace.desk import Desk, Json


async def book(desk: Desk) -> Response:
    """Book a time, or tell what it clashes with and propose others."""
    form = desk.form
    found = await parties.book(desk, form.get("bok", ""))
    wanted = asking.ask(desk, found, form)
    start, who = changes.moment(form.get("start", "")), form.get("med", "").split()
    if not who or any(found.party(one) is None for one in who):
        raise Invalid("Nobody is booked with: choose one of the times that are proposed.")
    if start <= desk.now:
        return await asking.proposed(desk, found, form, faults=(desk.t.timebok.past,))
    try:
        stored = await desk.create(await _appointment(desk, found, wanted, start, who))
    except Conflict as conflict:
        if already := await _same(desk, wanted, start):
            return await page(desk, already, said=desk.t.timebok.booked)
        time = clashes.Time([*who, wanted.citizen], start, start + timedelta(minutes=wanted.minutes))
        told = await clashes.clashes(desk, time, found.names()) or [str(conflict)]
        return await asking.proposed(desk, found, form, faults=tuple(told))
    except Unprocessable as fault:
        return await asking.proposed(desk, found, form, faults=(str(fault),))
    return await page(desk, stored, said=desk.t.timebok.booked, undoes=True)


async def _same(desk: Desk, wanted: Ask, start: datetime) -> Json | None:
    """What the citizen has at that very time for that very thing: a press that came twice."""
    asked = [("patient", wanted.citizen), ("date", start.isoformat()), ("status", "booked")]
    found = await desk.search("Appointment", asked)
    return next((one for one in found if words.what(one) == wanted.kind.text), None)


async def _appointment(desk: Desk, found: Book, wanted: Ask, start: datetime, who: list[str]) -> Json:
    """The Appointment. It names a place of the unit: by that the unit sees it."""
    names, taken = found.names(), [wanted.citizen, *who]
    if found.is_unit and not any(one.startswith(("Location/", "HealthcareService/")) for one in who):
        taken += [f"Location/{one['id']}" for one in (await parties.places(desk, found.reference))[:1]]
    more = {
        "serviceType": [wanted.kind.concept],
        "description": wanted.kind.text,
        "created": desk.now.isoformat(timespec="seconds"),
    }
    made = acts.proposed(taken, start, start + timedelta(minutes=wanted.minutes), desk.now, more)
    for one in made["participant"]:
        one["actor"] |= (
            {"display": names[one["actor"]["reference"]]} if one["actor"]["reference"] in names else {}
        )
    return acts.booked(made, desk.now)
