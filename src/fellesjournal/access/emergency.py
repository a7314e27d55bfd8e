"""Emergency access (nødrett, blålys) and overridden blocks: taken with a reason, for some hours, followed up.

helsepersonelloven § 7 obliges to give help that is urgently needed, and Normen's guide to access lets people
authorise themselves with a reason, followed up. What is taken is a Task in the citizen's record (see
guard.grants): the citizen sees it, the privacy officer's list is a search for it, and it ends by itself.
"""

from datetime import timedelta

from fellesjournal.access.guard import grants
from fellesjournal.access.policies import Policy, Right
from fellesjournal.access.visit import Visit
from fellesjournal.errors import Conflict, Forbidden, Invalid, NotFound
from fellesjournal.fhir import json
from fellesjournal.record.bounds import numbers_of
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.record.stored import Stored

LASTS = timedelta(hours=4)
SHORTEST_REASON = 5
LONGEST_REASON = 1_000


async def taken(record: Record, visit: Visit, grant: str, id: str, identifier: str, reason: str) -> Stored:
    """Take emergency access to a citizen, or override the blocks of one, from now on for LASTS.

    The citizen is Patient/[id], or the one with an identifier ("system|value"). Raises Forbidden when the
    role may not, Invalid for a reason that says nothing, NotFound when there is no such citizen, Conflict
    when several in use have the identifier: whoever may take emergency access may know of everybody.
    """
    actor, now = visit.actor, visit.now()
    if visit.policy is None or not _may(visit.policy, grant) or not actor.practitioner_role:
        raise Forbidden("This role cannot take emergency access or override a block.")
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        raise Invalid(
            f"A reason is needed, of {SHORTEST_REASON} to {LONGEST_REASON} characters: "
            "it is read by those who follow up, and by the citizen."
        )
    task = grants.task(
        grant,
        f"Patient/{await _citizen(record, id, identifier)}",
        actor.practitioner_role,
        actor.person,
        reason.strip(),
        now.isoformat(timespec="seconds"),
        (now + LASTS).isoformat(timespec="seconds"),
    )
    written = await record.create("Task", json.encode(task), scope=Scope.everyone())
    return written.stored


async def _citizen(record: Record, id: str, identifier: str) -> str:
    if id:
        await record.read("Patient", id, scope=Scope.everyone())
        return id
    page = await record.search("Patient", [("identifier", identifier)], scope=Scope.everyone())
    values = {one.rpartition("|")[2] for one in identifier.split(",")}
    found = [one.stored.id for one in page.entries if values & _values(one.stored)]
    if not found:
        raise NotFound(f"No citizen in use has the identifier {identifier}.")
    if len(found) > 1:
        raise Conflict(f"Several citizens in use have the identifier {identifier}: name one by id.")
    return found[0]


def _values(patient: Stored) -> set[str]:
    """The values of a citizen's identifiers now: none of one who is out of use or was replaced."""
    tree = json.parse(patient.body or b"{}").tree
    systems = frozenset(one["system"] for one in tree.get("identifier", ()) if "system" in one)
    return {value for _, value in numbers_of(tree, systems)}


def _may(policy: Policy, grant: str) -> bool:
    return (Right.EMERGENCY if grant == grants.EMERGENCY else Right.OVERRIDE) in policy.rights
