"""What a citizen may do with an appointment at a moment. Pure.

Helsenorge's hn-basis-appointment (CC0) lets a service say in flags what the citizen may do (cancel,
canAcknowledge, ...). Here it follows from the status, the answer so far and the service's deadline.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from fellesjournal.booking.acts import OPEN
from fellesjournal.booking.holding import ASKED
from fellesjournal.norway.codes.contacts import APPOINTMENT

Json = dict[str, Any]

DEADLINE = "https://fellesjournal.no/fhir/StructureDefinition/avbestillingsfrist"
"""HealthcareService.extension with a Duration in hours: until how long before the start one cancels."""
USUAL = timedelta(hours=24)
"""The deadline of a service that says nothing: who tells later than that often pays for not coming."""
AT_HOME = "Hjemmebesok"
TOO_LATE = {
    "nb": "Det er for sent å avlyse her. Ring dem som venter deg.",
    "nn": "Det er for seint å avlyse her. Ring dei som ventar deg.",
    "en": "It is too late to cancel here. Call those who expect you.",
}


class Choices(NamedTuple):
    """What may be done; `until` is the last moment to cancel, None when there is no start."""

    confirm: bool
    cancel: bool
    until: datetime | None


def choices(appointment: Json, patient: str, services: Iterable[Json], now: datetime) -> Choices:
    """What a citizen ("Patient/3") may do with an appointment, by the services that give it. What is only
    offered, and not answered, is refused until it begins: nobody has counted on it.
    """
    start = appointment.get("start")
    if appointment["status"] not in OPEN:
        return Choices(confirm=False, cancel=False, until=None)
    if start is None:
        return Choices(confirm=_waits(appointment, patient), cancel=True, until=None)
    begins = datetime.fromisoformat(start)
    waits = _waits(appointment, patient)
    is_offer = waits and appointment["status"] in ASKED
    until = begins if is_offer else begins - deadline(appointment, services)
    return Choices(waits and now < begins, now <= until, until)


def deadline(appointment: Json, services: Iterable[Json]) -> timedelta:
    """How long before the start one cancels at the latest: what a service says, the longest of several; else
    a day, and for a visit at home until it begins.
    """
    said = [
        timedelta(hours=float(one["valueDuration"]["value"]))
        for service in services
        for one in service.get("extension", ())
        if one.get("url") == DEADLINE and "value" in one.get("valueDuration", {})
    ]
    if said:
        return max(said)
    return timedelta() if is_at_home(appointment) else USUAL


def is_at_home(appointment: Mapping[str, Any]) -> bool:
    """Whether it is a visit at the citizen's home (list 7617)."""
    return any(
        one.get("code") == AT_HOME and one.get("system") == APPOINTMENT.system
        for one in appointment.get("appointmentType", {}).get("coding", ())
    )


def gives_up(after: Json, before: Json, patient: str) -> bool:
    """Whether a change by a citizen gives up the time that stood: cancelled somehow, declined, or moved."""
    if before["status"] not in OPEN:
        return False
    moved = any(after.get(name) != before.get(name) for name in ("start", "end"))
    return after["status"] not in OPEN or moved or _declines(after, patient) > _declines(before, patient)


def _declines(appointment: Json, patient: str) -> bool:
    own = [
        one for one in appointment.get("participant", ()) if one.get("actor", {}).get("reference") == patient
    ]
    return not own or any(one.get("status") == "declined" for one in own)


def places(appointment: Json) -> list[str]:
    """The places that take part in it: what is there is given by their services."""
    actors = (one.get("actor", {}).get("reference", "") for one in appointment.get("participant", ()))
    return sorted(one for one in actors if one.startswith("Location/"))


def _waits(appointment: Json, patient: str) -> bool:
    """Whether the citizen has not answered."""
    return any(
        party.get("status") in ("needs-action", "tentative")
        and party.get("actor", {}).get("reference") == patient
        for party in appointment.get("participant", ())
    )
