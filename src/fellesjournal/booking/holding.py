"""Which time an Appointment or a Slot holds, and of whom (FHIR R4 appointment.html, slot.html). Pure."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from fellesjournal.access import overbooking
from fellesjournal.errors import Issue, Unprocessable
from fellesjournal.fhir.dates import date_span

Tree = Mapping[str, Any]

_BASE = "https://fellesjournal.no/fhir/StructureDefinition/"
HELD_UNTIL = f"{_BASE}held-until"
"""On an Appointment that is proposed or pending: when its time is given back by itself (dateTime)."""
BUFFER_BEFORE, BUFFER_AFTER = f"{_BASE}buffer-before", f"{_BASE}buffer-after"
"""Minutes that all but the citizen need before and after a visit (positiveInt): on a Schedule.serviceType
what a calendar always needs for this kind, on an Appointment what it needs instead.
"""
LONGEST_BUFFER = 240
"""In minutes."""
OVERBOOKED = overbooking.OVERBOOKED
"""On a participant: why one who is busy is booked all the same (string)."""
COMES_LATE = f"{_BASE}comes-late"
"""On a participant: how many minutes late they have said that they come (positiveInt)."""
CAPACITY = f"{_BASE}capacity"
"""On a Schedule: how many can be served at once (positiveInt); 1 where it does not say."""

HOLDING = overbooking.HOLDING
ASKED = ("proposed", "pending")
"""The states of what waits for an answer, and may be a hold."""
BY_SERVICE = "AAT"
"""Of list 7621: by whom what ended by itself is called off."""
BLOCKING = "busy-unavailable"
"""The status of a Slot that keeps its actors free of appointments. Other Slots only mirror Appointments."""
PEOPLE = ("Practitioner", "Patient")
"""Who is guarded without a calendar: nobody is in two places."""
ACTORS = (*PEOPLE, "PractitionerRole", "Location", "Device", "HealthcareService", "Organization", "CareTeam")


class Wish(NamedTuple):
    """Time of one actor ("Practitioner/7", roles as they are written) that is wanted, from start to before
    end; `until` is when it is given back by itself. `visit` is the kind for which the actor's calendar may
    need more before and after ("": the time is all).
    """

    actor: str
    start: datetime
    end: datetime
    until: datetime | None = None
    overbooked: bool = False
    visit: str = ""


def of_appointment(appointment: Tree) -> list[Wish]:
    """What an Appointment holds; nothing when it has no time or its status holds none.

    Raises Unprocessable for one that ends no later than it begins: what takes no time holds none.
    """
    if appointment.get("status") not in HOLDING or "start" not in appointment or "end" not in appointment:
        return []
    start, end = date_span(appointment["start"])[0], date_span(appointment["end"])[0]
    _check(start, end, "Appointment.end")
    if end == start:
        raise Unprocessable(
            Issue("value", f"This takes no time: it begins and ends {start}.", "Appointment.end")
        )
    until = held_until(appointment) if appointment["status"] in ASKED else None
    return list(_of_participants(appointment, start, end, until))


def _of_participants(
    appointment: Tree, start: datetime, end: datetime, until: datetime | None
) -> Iterator[Wish]:
    before, after = (_minutes(appointment, url) for url in (BUFFER_BEFORE, BUFFER_AFTER))
    visit = "" if before or after else _visit(appointment)
    for number, one in enumerate(appointment.get("participant", ())):
        actor = local(one.get("actor", {}))
        if not actor or one.get("status") == "declined" or one.get("required") == "information-only":
            continue
        first, last = start, end
        if period := one.get("period"):
            first = date_span(period["start"])[0] if "start" in period else start
            last = moment_of_end(period["end"]) if "end" in period else end
            _check(first, last, f"Appointment.participant[{number}].period")
        overbooked = False
        if not actor.startswith("Patient/"):
            first, last = first - before, last + after
            overbooked = bool(extension(one, OVERBOOKED).get("valueString"))
        if first < last:
            yield Wish(actor, first, last, until, overbooked, "" if actor.startswith("Patient/") else visit)


def moment_of_end(written: str) -> datetime:
    """When a period is over: at the time that is written, or with the day. FHIR counts the last second or
    millisecond in; then two who follow one another would overlap by it.
    """
    return date_span(written)[0 if "T" in written else 1]


def of_slot(slot: Tree, schedule: Tree) -> list[Wish]:
    """What a Slot keeps free for all actors of its Schedule. Raises Unprocessable as `of_appointment`."""
    if slot.get("status") != BLOCKING:
        return []
    start, end = date_span(slot["start"])[0], date_span(slot["end"])[0]
    _check(start, end, "Slot.end")
    return [Wish(actor, start, end) for actor in actors(schedule)] if start < end else []


def actors(schedule: Tree) -> list[str]:
    """The actors of a Schedule that is in use."""
    if schedule.get("active") is False:
        return []
    return [actor for one in schedule.get("actor", ()) if (actor := local(one))]


def capacity(schedule: Tree) -> int:
    """How many a Schedule's actors serve at once. Raises Unprocessable for more than 99."""
    found = int(extension(schedule, CAPACITY).get("valuePositiveInt", 1))
    if not 1 <= found <= 99:
        text = f"A calendar serves 1 to 99 at once, not {found}."
        raise Unprocessable(Issue("value", text, "Schedule.extension"))
    return found


def buffers(schedule: Tree) -> dict[str, tuple[int, int]]:
    """The minutes that a Schedule's actors need before and after a visit, by the code of its kind. Raises
    Unprocessable for more than LONGEST_BUFFER.
    """
    found: dict[str, tuple[int, int]] = {}
    for number, concept in enumerate(schedule.get("serviceType", ())):
        told = [
            int(extension(concept, url).get("valuePositiveInt", 0)) for url in (BUFFER_BEFORE, BUFFER_AFTER)
        ]
        if max(told) > LONGEST_BUFFER:
            text = f"Before or after a visit at most {LONGEST_BUFFER} minutes are needed, not {max(told)}."
            raise Unprocessable(Issue("value", text, f"Schedule.serviceType[{number}].extension"))
        if any(told):
            found |= {one["code"]: (told[0], told[1]) for one in concept.get("coding", ()) if "code" in one}
    return found


def held_until(appointment: Tree) -> datetime | None:
    """When an Appointment's hold ends; None for one that is not held."""
    until = extension(appointment, HELD_UNTIL).get("valueDateTime")
    return date_span(until)[0] if until else None


def given_back(appointment: Tree, now: datetime) -> datetime | None:
    """When the time was given back that an Appointment only held; None for one that stands or was never held.

    Whoever asks whether an Appointment is there to be met, answered or marked asks this: it has no end in its
    status until that is written down (waitlist/ended.py).
    """
    until = held_until(appointment)
    if until is None or until > now:
        return None
    codings = appointment.get("cancelationReason", {}).get("coding", ())
    by_itself = appointment.get("status") == "cancelled" and any(
        one.get("code") == BY_SERVICE for one in codings
    )
    return until if by_itself or appointment.get("status") in ASKED else None


def extension(element: Tree, url: str) -> Tree:
    """The first extension of an element with a URL; an empty one where there is none."""
    return next((one for one in element.get("extension", ()) if one.get("url") == url), {})


def with_extension(element: Tree, added: Tree) -> dict[str, Any]:
    """An element with an extension in the place of those with its URL."""
    kept = [one for one in element.get("extension", ()) if one.get("url") != added["url"]]
    return dict(element) | {"extension": [*kept, added]}


def without_extension(element: Tree, url: str) -> dict[str, Any]:
    """An element without the extensions of a URL."""
    rest = [one for one in element.get("extension", ()) if one.get("url") != url]
    made = {name: value for name, value in element.items() if name != "extension"}
    return made | ({"extension": rest} if rest else {})


def local(reference: Tree) -> str:
    """The reference of one who can be busy, without a version; "" for any other."""
    parts = str(reference.get("reference", "")).split("/")
    return "/".join(parts[:2]) if len(parts) in (2, 4) and parts[0] in ACTORS else ""


def _check(start: datetime, end: datetime, where: str) -> None:
    if end < start:
        raise Unprocessable(Issue("value", f"This ends ({end}) before it begins ({start}).", where))


def _minutes(appointment: Tree, url: str) -> timedelta:
    return timedelta(minutes=int(extension(appointment, url).get("valuePositiveInt", 0)))


def _visit(appointment: Tree) -> str:
    codings = [one for kind in appointment.get("serviceType", ()) for one in kind.get("coding", ())]
    return next((str(one["code"]) for one in codings if "code" in one), "")
