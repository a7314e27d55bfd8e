"""A course for a group, such as diabetes school: sessions, and a place for each member in all of them. Pure.

No member sees who the others are: a session is an Appointment of those who hold it, without a citizen, and
each member has Appointments of their own. A place is a lane of the course's calendar (a Schedule with a
capacity, of its HealthcareService): the guard refuses whoever comes when all are taken.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from fellesjournal.booking.holding import local
from fellesjournal.errors import Issue, Unprocessable
from fellesjournal.fhir.bundle import instant

Tree = Mapping[str, Any]
Made = dict[str, Any]

COURSE = "https://fellesjournal.no/fhir/NamingSystem/course"
"""System of the identifier that all Appointments of one course have (Appointment?identifier=)."""


def session(course: str, holders: Sequence[str], start: datetime, end: datetime, id: str) -> Made:
    """One session of a course ("HealthcareService/7") with this id: who holds it, and its room, are busy."""
    parties = [{"actor": {"reference": one}, "status": "accepted"} for one in holders]
    parties.append({"actor": {"reference": course}, "required": "information-only", "status": "accepted"})
    return {
        "resourceType": "Appointment",
        "status": "booked",
        "identifier": [{"system": COURSE, "value": id}],
        "start": instant(start),
        "end": instant(end),
        "participant": parties,
    }


def joined(citizen: str, sessions: Sequence[Tree]) -> list[Made]:
    """The Appointments of a new member, one for each session; to be written in one transaction.

    Raises Unprocessable for an Appointment that is no session, or is over or called off.
    """
    made = [_place(citizen, one) for one in sessions]
    if not made:
        raise Unprocessable(Issue("required", "The course has no sessions to come."))
    return made


def is_session(tree: Tree) -> bool:
    """Whether an Appointment is a session of a course, and no member's place in it."""
    named = any(one.get("system") == COURSE for one in tree.get("identifier", ()))
    return named and not any(_actor(one).startswith("Patient/") for one in tree.get("participant", ()))


def _place(citizen: str, session: Tree) -> Made:
    if not is_session(session) or session.get("status") != "booked":
        text = f"Appointment/{session.get('id', '')} is no session of a course that is to come."
        raise Unprocessable(Issue("value", text))
    others = [
        {"actor": {"reference": _actor(one)}, "required": "information-only", "status": "accepted"}
        for one in session["participant"]
        if not _actor(one).startswith("HealthcareService/")
    ]
    course = [_actor(one) for one in session["participant"] if _actor(one).startswith("HealthcareService/")]
    mine = [
        {"actor": {"reference": one}, "required": "required", "status": "accepted"}
        for one in (citizen, *course)
    ]
    kept = ("identifier", "start", "end", "serviceType", "appointmentType", "patientInstruction")
    return {
        "resourceType": "Appointment",
        "status": "booked",
        **{name: session[name] for name in kept if name in session},
        "participant": [*mine, *others],
    }


def _actor(party: Tree) -> str:
    return local(party.get("actor", {}))
