"""From an appointment onto the list of its service: for an earlier time, with the present one kept till then,
or to be called in again in some months (a recall: a time is found nearer the date).
"""

from calendar import monthrange
from datetime import date, timedelta

from starlette.responses import Response

from fellesjournal.booking.free.grid import midnight
from fellesjournal.booking.waitlist import earlier
from fellesjournal.booking.waitlist.entry import SERVICE, visits
from fellesjournal.booking.waitlist.placing import Wish, placed
from fellesjournal.errors import Conflict, Invalid
from fellesjournal.ui.norwegian import OSLO
from fellesjournal.workplace.booking import appointment, parties, words
from fellesjournal.workplace.desk import Desk, Json

LONGEST_NOTICE = 4
"""Digits of a notice in hours."""
MOST_MONTHS = 120
RECALLED = timedelta(weeks=6)
"""For how long from its date somebody is called in."""


async def earlier_time(desk: Desk) -> Response:
    """Put the citizen on the list, unless they wait so already."""
    one = await desk.read("Appointment", desk.part_of_path("time"))
    try:
        notice = _notice(desk)
    except Invalid:
        return await _refused(desk, one, "varsel", 0, 9_999)
    citizens, service = words.citizens(one), await _service(desk, one)
    if not citizens or not service:
        return await appointment.page(desk, one, faults=[desk.t.earlier.no_list])
    entries = await desk.search(
        "Appointment", [("patient", citizens[0]), ("status", "waitlist"), ("_count", "100")]
    )
    if earlier.is_waiting(one, entries):
        return await appointment.page(desk, one, said=desk.t.earlier.already)
    try:
        await desk.create(earlier.wanted(one, service, citizens[0], desk.now, notice))
    except Conflict:
        return await appointment.page(desk, one, faults=[desk.t.earlier.cannot])
    return await appointment.page(desk, one, said=desk.t.earlier.added)


async def recall(desk: Desk) -> Response:
    """Put the citizen on the list to be called in some months after the appointment."""
    one = await desk.read("Appointment", desk.part_of_path("time"))
    try:
        months = _months(desk)
    except Invalid:
        return await _refused(desk, one, "maneder", 1, MOST_MONTHS)
    citizens, service, held = words.citizens(one), await _service(desk, one), words.times(one)
    if not citizens or not service:
        return await appointment.page(desk, one, faults=[desk.t.earlier.no_list])
    begins = midnight(_months_after((held[0] if held else desk.now).date(), months))
    kinds = one.get("serviceType", ())
    wish = Wish(
        citizens[0],
        service,
        desk.now,
        window=(begins, begins + RECALLED),
        visit=kinds[0] if kinds else None,
        minutes=int(one.get("minutesDuration", 0)),
    )
    await desk.create(placed(wish, desk.now) | {"description": words.what(one) or desk.t.timebok.unnamed})
    said = desk.t.recall.added.format(day=words.day(desk.t, begins.astimezone(OSLO).date()))
    return await appointment.page(desk, one, said=said)


async def _refused(desk: Desk, one: Json, name: str, least: int, most: int) -> Response:
    """The appointment, with what was typed that is no such number."""
    typed = desk.form.get(name, "")[:20]
    said = desk.t.wrong.number.format(typed=typed, least=least, most=most)
    return await appointment.page(desk, one, faults=[said], status=400)


def _months(desk: Desk) -> int:
    written = desk.form.get("maneder", "")
    if not written.isascii() or not written.isdigit() or not 0 < int(written[:4]) <= MOST_MONTHS:
        raise Invalid(f"One is called in again in 1 to {MOST_MONTHS} months, not '{written[:20]}'.")
    return int(written)


def _months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last."""
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))


def _notice(desk: Desk) -> int:
    written = desk.form.get("varsel", "") or "0"
    if not written.isascii() or not written.isdigit() or len(written) > LONGEST_NOTICE:
        raise Invalid(f"A notice is a number of hours, not '{written[:20]}'.")
    return int(written)


async def _service(desk: Desk, one: Json) -> str:
    """Whose list it is: a service that takes part, else one at the places, else the unit's that gives it."""
    if named := earlier.services(one):
        return named[0]
    places = [each for each in words.comes(one) if each.startswith("Location/")]
    found = await desk.search("HealthcareService", [("location", ",".join(places))]) if places else []
    offered = found or await parties.services(desk, desk.actor.unit)
    kinds = visits(one)
    fit = [each for each in offered if kinds & visits({"serviceType": each.get("type", ())})]
    return next((f"{SERVICE}{each['id']}" for each in (*fit, *offered)), "")
