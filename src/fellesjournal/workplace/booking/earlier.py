"""Waiting for an earlier time: who has a time is put on the list of its service, and keeps it till then."""

from starlette.responses import Response

from fellesjournal.booking.waitlist import earlier
from fellesjournal.booking.waitlist.entry import SERVICE, visits
from fellesjournal.errors import Conflict, Invalid
from fellesjournal.workplace.booking import appointment, parties, words
from fellesjournal.workplace.desk import Desk, Json

LONGEST_NOTICE = 4
"""Digits of a notice in hours."""


async def wait(desk: Desk) -> Response:
    """Put the citizen on the list, unless they wait so already."""
    one = await desk.read("Appointment", desk.part_of_path("time"))
    citizens, service = words.citizens(one), await _service(desk, one)
    if not citizens or not service:
        return await appointment.page(desk, one, faults=[desk.t.earlier.no_list])
    entries = await desk.search(
        "Appointment", [("patient", citizens[0]), ("status", "waitlist"), ("_count", "100")]
    )
    if earlier.is_waiting(one, entries):
        return await appointment.page(desk, one, said=desk.t.earlier.already)
    try:
        await desk.create(earlier.wanted(one, service, citizens[0], desk.now, _notice(desk)))
    except Conflict:
        return await appointment.page(desk, one, faults=[desk.t.earlier.cannot])
    return await appointment.page(desk, one, said=desk.t.earlier.added)


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
