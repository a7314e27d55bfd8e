"""What stands against an Appointment is asked at the door itself, by whatever way somebody writes it.

Only what becomes held is asked: proposed, pending or booked anew, at another time or with others. What stood
already may be marked and commented, and what systems bring in is as it was; what they book is asked as what
anybody books (docs/decisions/booking.md).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from fellesjournal.access.weighed import Known, Weighing
from fellesjournal.booking import holding
from fellesjournal.booking.asked import objections
from fellesjournal.booking.asked.objections import Objected, Objection, World
from fellesjournal.booking.holding import ASKED, HOLDING
from fellesjournal.fhir.dates import date_span

Json = dict[str, Any]

_WANTED = (*ASKED, "booked")
_KEPT_FOR_NOTHING = ("fulfilled", "noshow")
"""What becomes of one that was held to the end."""
_LOOKED_AT = ("Patient", "Practitioner", "PractitionerRole", "Location", "HealthcareService")
"""Those of whom it is seen whether they can come; of a citizen's own things nothing is told."""
_CALENDARS = 10
"""How many of one actor are looked at."""


def of_writers(clock: Callable[[], datetime]) -> tuple[str, Weighing]:
    """The rule for whoever writes Appointments. Raises Objected with all that stands against one."""

    async def rule(after: Json, before: Json | None, known: Known) -> None:
        now = clock()
        if until := _ended(after, before, now):
            raise Objected(Objection("ended", "", "Appointment.status", start=until))
        stood = None if before and holding.given_back(before, now) else before
        if not becomes_held(after, stood):
            return
        if holding.moment_of_end(after["end"]) <= now:
            if before is None and after["status"] == "booked":
                return  # written down afterwards
            raise Objected(Objection("over", "", "Appointment.start"))
        objections.require(after, await _world(after, known), now)

    return "Appointment", rule


def of_answers(clock: Callable[[], datetime]) -> tuple[str, Weighing]:
    """The rule for whoever answers: time that is given back is nothing to say yes to. Raises Objected."""

    async def rule(after: Json, before: Json | None, known: Known) -> None:
        if after.get("participantStatus") == "declined":
            return
        name = str(after.get("appointment", {}).get("reference", "")).partition("/_history/")[0]
        told = (await known.named([name])).get(name)
        if told and told.seen and (until := holding.given_back(told.tree, clock())):
            raise Objected(Objection("ended", "", "AppointmentResponse.appointment", start=until))

    return "AppointmentResponse", rule


def _ended(after: Json, before: Json | None, now: datetime) -> datetime | None:
    """When the hold ended that somebody goes on as if there was. It may be called off, and it may be held or
    booked anew: then the guard says whether the time is still there.
    """
    if after.get("status") not in (*ASKED, *_KEPT_FOR_NOTHING):
        return None
    return holding.given_back(after, now) or (
        holding.given_back(before or {}, now) if after["status"] in _KEPT_FOR_NOTHING else None
    )


def becomes_held(after: Json, before: Json | None) -> bool:
    """Whether time is asked for that was not held so before: by others, then, or as much as it is now."""
    if after.get("status") not in _WANTED or "start" not in after or "end" not in after:
        return False
    if before is None or (before.get("status") in ASKED and after["status"] == "booked"):
        return True
    stood = before.get("status") in (*HOLDING, "noshow", "fulfilled")
    return not stood or _what(before) != _what(after)


def _what(appointment: Json) -> tuple[object, ...]:
    """When, for what and with whom it is."""
    parties = appointment.get("participant", ())
    times = [date_span(appointment[name])[0] if name in appointment else None for name in ("start", "end")]
    return (
        *times,
        sorted(kinds(appointment)),
        sorted(holding.local(one.get("actor", {})) for one in parties if one.get("status") != "declined"),
    )


def kinds(appointment: Json) -> set[tuple[str, str]]:
    """The kinds of visit that it is for: (system, code)."""
    concepts = appointment.get("serviceType", ())
    codings = (coding for concept in concepts for coding in concept.get("coding", ()))
    return {(str(one.get("system", "")), str(one["code"])) for one in codings if "code" in one}


async def _world(appointment: Json, known: Known) -> World:
    """Those who take part, and their calendars. Of several citizens those are looked at whom the writer
    reaches: of the others nothing may be told. One who is not there is for the door to tell.
    """
    asked = [holding.local(one.get("actor", {})) for one in appointment.get("participant", ())]
    actors = dict.fromkeys(filter(None, asked))
    citizens = [one for one in actors if one.startswith("Patient/")]
    told = await known.named(filter(_is_looked_at, actors))
    there = {one: {"resourceType": one.partition("/")[0]} for one in actors if not _is_looked_at(one)}
    there |= {one: {"resourceType": "Patient"} for one in citizens}
    hidden = citizens if len(citizens) > 1 else []
    there |= {one: each.tree for one, each in told.items() if each.seen or one not in hidden}
    others = [one for one in actors if one in there and one not in citizens]
    calendars = [("actor", ",".join(others))]
    schedules = await known("Schedule", calendars, most=_CALENDARS * len(others)) if others else []
    return World(there, schedules)


def _is_looked_at(actor: str) -> bool:
    return actor.partition("/")[0] in _LOOKED_AT
