"""Booking what was proposed: the Appointment, and what it is refused for."""

from datetime import datetime, timedelta

from starlette.responses import Response

from fellesjournal.access.policies import Right
from fellesjournal.booking import acts
from fellesjournal.booking.free import series
from fellesjournal.booking.free.grid import NORWAY
from fellesjournal.booking.free.windows import by_contact, home_visit
from fellesjournal.errors import Conflict, Invalid, Unprocessable
from fellesjournal.ui import naming
from fellesjournal.workplace.booking import (
    asking,
    changes,
    choices,
    clashes,
    parties,
    refusals,
    together,
    waiting,
    words,
)
from fellesjournal.workplace.booking.appointment import page
from fellesjournal.workplace.booking.parties import Book
from fellesjournal.workplace.booking.proposing import Ask
from fellesjournal.workplace.desk import Desk, Json

LONGEST = 200
"""Letters of why somebody is overbooked."""


async def book(desk: Desk) -> Response:
    """Book a time, or tell what it clashes with and propose others. One who may overbook can book it all the
    same, with a reason.
    """
    form = desk.form
    found = await asking.with_guests(desk, form)
    wanted = choices.ask(desk, found, form)
    who = form.get("med", "").split()
    if not who or any(found.party(one) is None for one in who):
        raise Invalid("Nobody is booked with: choose one of the times that are proposed.")
    if form.get("serie"):
        return await _series(desk, found, wanted, who)
    start = changes.moment(form.get("start", ""))
    if start <= desk.now:
        return await asking.proposed(desk, found, form, faults=(desk.t.timebok.past,))
    end = start + timedelta(minutes=wanted.minutes)
    time = clashes.Time([*who, wanted.citizen], start, end, wanted.kind.code)
    made = await _appointment(desk, found, wanted, start, who)
    if _is_tentative(desk):
        made = acts.tentative(made)
    if reason := form.get("likevel", "").strip()[:LONGEST]:
        for one in await clashes.busy(desk, time):
            made = acts.overbooked(made, one, reason)
    try:
        stored = await desk.create(made)
    except (Conflict, Unprocessable) as fault:
        if already := await _same(desk, wanted, start):
            return await page(desk, already, said=_said(desk), undoes=together.is_untouched(already))
        told = await clashes.clashes(desk, time, found.names())
        over = form if Right.OVERBOOK in desk.policy.rights and told else None
        return await asking.proposed(
            desk, found, form, faults=tuple(told or refusals.told(desk, fault, found.names())), over=over
        )
    return await page(desk, stored, said=_said(desk), undoes=True)


def _said(desk: Desk) -> str:
    return str(desk.t.tentative.held if _is_tentative(desk) else desk.t.timebok.booked)


def _is_tentative(desk: Desk) -> bool:
    return desk.form.get("forelopig") == "ja"


async def _series(desk: Desk, found: Book, wanted: Ask, who: list[str]) -> Response:
    """Book all times of a series, or none and propose again."""
    when = [changes.moment(one) for one in desk.form["serie"].split()]
    if min(when) <= desk.now or len(when) > series.MOST:
        return await asking.proposed(desk, found, desk.form, faults=(desk.t.timebok.past,))
    id = desk.form.get("samling", "")
    said = desk.t.series.booked.format(count=len(when))
    if await together.members(desk, together.SERIES, id):
        return await together.page(desk, together.SERIES, id, said=said)
    made = series.series(await _appointment(desk, found, wanted, when[0], who), when, id)
    if _is_tentative(desk):
        made = [acts.tentative(one) for one in made]
    if fault := await together.stored(desk, made):
        return await asking.proposed(desk, found, desk.form, faults=(desk.t.series.taken, *fault))
    return await together.page(desk, together.SERIES, id, said=said)


async def _same(desk: Desk, wanted: Ask, start: datetime) -> Json | None:
    """What the citizen has at that very time for that very thing: a press that came twice."""
    status = "pending" if _is_tentative(desk) else "booked"
    asked = [("patient", wanted.citizen), ("date", start.isoformat()), ("status", status)]
    found = await desk.search("Appointment", asked)
    return next((one for one in found if words.what(one) == wanted.kind.text), None)


async def _appointment(desk: Desk, found: Book, wanted: Ask, start: datetime, who: list[str]) -> Json:
    """The Appointment. It names a place of the unit: by that the unit sees it; and the citizen, whose record
    may not be open to the unit for months.
    """
    citizen = await desk.read("Patient", wanted.citizen.removeprefix("Patient/"))
    names = found.names() | {wanted.citizen: naming.person(citizen)}
    taken = [wanted.citizen, *who]
    if found.is_unit and not any(one.startswith(("Location/", "HealthcareService/")) for one in who):
        taken += [f"Location/{one['id']}" for one in (await parties.places(desk, found.reference))[:1]]
    more = {
        "serviceType": [wanted.kind.concept],
        "description": wanted.kind.text,
        "created": desk.now.isoformat(timespec="seconds"),
        **await waiting.for_entry(desk, desk.form.get("venter", ""), wanted.citizen),
    }
    if wanted.window:
        opens, closes = (datetime.combine(start.date(), one, NORWAY) for one in wanted.window)
        made = home_visit(taken[0], taken[1:], (opens, closes), start, wanted.minutes) | more
    else:
        made = acts.proposed(taken, start, start + timedelta(minutes=wanted.minutes), desk.now, more)
        made = acts.booked(made, desk.now)
    if wanted.contact:
        made = by_contact(made, wanted.contact)
    return acts.named(made, names)
