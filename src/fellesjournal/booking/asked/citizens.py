"""What a citizen, or a program that acts for one, may do with an appointment, held at the door itself."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from fellesjournal.access.actor import Actor
from fellesjournal.access.weighed import Known, Weighing
from fellesjournal.booking.asked import giving
from fellesjournal.booking.rules import TOO_LATE, choices, gives_up, places
from fellesjournal.booking.waitlist import earlier
from fellesjournal.booking.waitlist.entry import WAITING, actors, is_entry
from fellesjournal.errors import Forbidden, Issue, Unprocessable

Json = dict[str, Any]


def of_citizens(clock: Callable[[], datetime]) -> Callable[[Actor], tuple[tuple[str, Weighing], ...]]:
    """For an actor the rules that need more than the resource, by its type: none for those who work."""

    def weighed(actor: Actor) -> tuple[tuple[str, Weighing], ...]:
        if not actor.person.startswith("Patient/"):
            return ()
        patient = actor.represents or actor.person
        return (
            ("Appointment", _entry(patient, clock)),
            ("Appointment", _deadline(patient, clock)),
            giving.of_citizens(patient, clock),
        )

    return weighed


def _entry(patient: str, clock: Callable[[], datetime]) -> Weighing:
    """Who waits, since when and how urgently, is the service's to say. Raises Forbidden for anything that a
    citizen does to an entry of a waitlist, but to leave it, and to wish for an earlier time than one has.
    """

    async def rule(after: Json, before: Json | None, known: Known) -> None:
        if not is_entry(after) or (before is None and await _is_wish(after, patient, known, clock())):
            return
        raise Forbidden(
            "A citizen is put on a waitlist, and up on it, by the service: write to it. "
            "To leave a list, cancel the entry."
        )

    return rule


async def _is_wish(entry: Json, patient: str, known: Known, now: datetime) -> bool:
    """Whether a new entry is the first wish for an earlier time than a booked one of the citizen's, on the
    list of a service that gives it.
    """
    kind, _, id = earlier.instead(entry).partition("/")
    found = await known("Appointment", [("_id", id)]) if kind == "Appointment" and id else []
    if not found or not earlier.is_wish(entry, found[0], patient, now):
        return False
    rooms = places(found[0])
    given = await known("HealthcareService", [("location", ",".join(rooms))]) if rooms else []
    if not set(earlier.services(found[0], given)) & set(actors(entry)):
        return False
    waiting = await known("Appointment", [("patient", patient.partition("/")[2]), ("status", WAITING)])
    return not earlier.is_waiting(found[0], waiting)


def _deadline(patient: str, clock: Callable[[], datetime]) -> Weighing:
    """A time is given up before the service's deadline. Raises Unprocessable after it."""

    async def rule(after: Json, before: Json | None, known: Known) -> None:
        if before is None or not gives_up(after, before, patient):
            return
        rooms = places(before)
        services = await known("HealthcareService", [("location", ",".join(rooms))]) if rooms else []
        may = choices(before, patient, services, clock())
        if not may.cancel:
            until = f" The deadline was {may.until.isoformat()}." if may.until else ""
            raise Unprocessable(Issue("business-rule", TOO_LATE["en"] + until, "Appointment.status"))

    return rule
