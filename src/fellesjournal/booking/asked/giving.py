"""A citizen's program books what services give to citizens, and nothing else: as the portal's pages do."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from fellesjournal.access.weighed import Known, Weighing
from fellesjournal.booking.asked.objecting import becomes_held, kinds
from fellesjournal.booking.holding import local
from fellesjournal.booking.offered import Offered, offered
from fellesjournal.booking.rules import places
from fellesjournal.errors import Forbidden
from fellesjournal.fhir.dates import date_span

Json = dict[str, Any]

_ROLES = ("active", "true")


def of_citizens(patient: str, clock: Callable[[], datetime]) -> tuple[str, Weighing]:
    """The rule for who books for a citizen ("Patient/3"). Raises Forbidden for a time that no service gives
    to citizens. What the service itself has proposed or booked is answered and given up freely, and
    moved with the place that it is at.
    """

    async def rule(after: Json, before: Json | None, known: Known) -> None:
        stood = before is not None and before.get("status") in ("proposed", "pending", "booked")
        confirmed = {**(before or {}), "status": after.get("status")} if stood else None
        if not becomes_held(after, confirmed):
            return
        stays = {patient, *(places(before) if stood and before else ())}
        others = [
            actor
            for one in after.get("participant", ())
            if (actor := str(one.get("actor", {}).get("reference", ""))) not in stays
        ]
        if len(others) != 1:
            raise _refused("It is with one who gives such visits, and with nobody else")
        starts, ends = (date_span(after[name])[0] for name in ("start", "end"))
        given = [
            one for one in await _given(others[0], patient, known) if (one.system, one.code) in kinds(after)
        ]
        if not given:
            raise _refused("No service gives such a visit (serviceType) with this one to citizens")
        notice = min(one.notice for one in given)
        if starts < clock() + notice:
            raise _refused(f"It begins {notice // timedelta(minutes=1)} minutes from now at the soonest")
        if ends - starts not in {timedelta(minutes=one.minutes) for one in given}:
            minutes = ", ".join(str(one.minutes) for one in given)
            raise _refused(f"It takes {minutes} minutes")
        if not await _is_meant(others[0], patient, given[0], known):
            raise _refused("Another is meant to take this citizen's visit: the own doctor, or the group")

    return "Appointment", rule


def _refused(why: str) -> Forbidden:
    return Forbidden(
        f"{why}. A citizen books what services give to citizens (HealthcareService.characteristic): "
        "take a time of these, or write to the service."
    )


async def _given(actor: str, patient: str, known: Known) -> list[Offered]:
    """What is given by one who can be booked, to this citizen."""
    if actor.startswith("HealthcareService/"):
        services = await known("HealthcareService", [("_id", actor.partition("/")[2])])
    else:
        units = await _units([actor], known) if actor.startswith("Practitioner/") else set()
        services = [
            one
            for unit in sorted(units)
            for one in await known("HealthcareService", [("organization", unit)])
        ]
    return offered(services, await _own_units(patient, known))


async def _is_meant(actor: str, patient: str, wanted: Offered, known: Known) -> bool:
    """Whether it is one whom the pages would propose: with a calendar for the kind; of a group the group, and
    the own doctor before colleagues.
    """
    group = f"HealthcareService/{wanted.service}"
    if await _takes(group, wanted, known):
        return actor == group
    if not await _takes(actor, wanted, known):
        return False
    doctors = [one for one in await _doctors(patient, known) if one.startswith("Practitioner/")]
    able = [
        one
        for one in doctors
        if wanted.unit in await _units([one], known) and await _takes(one, wanted, known)
    ]
    return not able or actor in able


async def _takes(actor: str, wanted: Offered, known: Known) -> bool:
    kind = f"{wanted.system}|{wanted.code}"
    return bool(await known("Schedule", [("actor", actor), ("service-type", kind)]))


async def _own_units(patient: str, known: Known) -> set[str]:
    """Where the citizen's doctor works."""
    told = await _doctors(patient, known)
    units = {one for one in told if one.startswith("Organization/")}
    roles = [one.partition("/")[2] for one in told if one.startswith("PractitionerRole/")]
    if roles:
        found = await known("PractitionerRole", [("_id", ",".join(roles)), _ROLES])
        units |= {local(one.get("organization", {})) for one in found}
    return units | await _units([one for one in told if one.startswith("Practitioner/")], known)


async def _units(people: list[str], known: Known) -> set[str]:
    """Where some people work."""
    found = [
        role for one in people for role in await known("PractitionerRole", [("practitioner", one), _ROLES])
    ]
    return {local(one.get("organization", {})) for one in found} - {""}


async def _doctors(patient: str, known: Known) -> list[str]:
    found = await known("Patient", [("_id", patient.partition("/")[2])])
    return [str(each.get("reference", "")) for one in found for each in one.get("generalPractitioner", ())]
