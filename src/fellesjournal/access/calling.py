"""Who calls and is not known here yet is found by the whole identity number, to be given an appointment.

Whoever may begin care may register an appointment for anybody (Right.OPEN_CARE), and the record opens with
it. Before that only the name is told, so that nobody books for another by a wrong digit. The look-up is in
the citizen's log, with what it rests on: care that begins.
"""

from typing import NamedTuple

from fellesjournal.access import kin
from fellesjournal.access.policies import Act, Right
from fellesjournal.access.visit import Visit
from fellesjournal.errors import Forbidden, Invalid, NotFound
from fellesjournal.fhir import json
from fellesjournal.norway.identity.kinds import Kind
from fellesjournal.record.bounds import numbers_of
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.record.stored import Stored

_SYSTEMS = (Kind.BIRTH_NUMBER.system, Kind.D_NUMBER.system)


class Caller(NamedTuple):
    """A citizen by id, and what he or she is called: no more."""

    id: str
    name: str


async def found(record: Record, visit: Visit, number: str) -> Stored:
    """The citizen in use with a birth number or D-number of eleven digits. Raises Forbidden for a role that
    begins no care with appointments, Invalid for what is no such number, NotFound.
    """
    policy = visit.policy
    opens = policy is not None and Right.OPEN_CARE in policy.rights
    if not opens or visit.actor.granted is not None or not visit.actor.practitioner_role:
        raise Forbidden("This role begins no care: ask for the citizen where the care is given.")
    visit.permit(Act.CREATE, "Appointment")
    if len(number) != len("01018012345") or not number.isascii() or not number.isdigit():
        raise Invalid("A citizen is looked up by all eleven digits of the number.")
    asked = ",".join(f"{system}|{number}" for system in _SYSTEMS)
    page = await record.search("Patient", [("identifier", asked)], scope=Scope.everyone())
    matches = [one.stored for one in page.entries if _has(one.stored, number)]
    if len(matches) != 1:
        raise NotFound("No one citizen in use has this number.")
    return matches[0]


def told(patient: Stored) -> Caller:
    """What is told of one who was found."""
    return Caller(patient.id, kin.name(json.parse(patient.body or b"{}").tree))


def _has(patient: Stored, number: str) -> bool:
    tree = json.parse(patient.body or b"{}").tree
    return any(value == number for _, value in numbers_of(tree, frozenset(_SYSTEMS)))
