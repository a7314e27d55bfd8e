"""Emergency access (nødrett, blålys) and overridden blocks: taken with a reason, for some hours, followed up.

helsepersonelloven § 7 obliges to give help that is urgently needed, and Normen's guide to access lets people
authorise themselves with a reason, followed up. What is taken is a Task in the citizen's record (see
guard.grants): the citizen sees it, the privacy officer's list is a search for it, and it ends by itself.
"""

from datetime import datetime, timedelta

from fellesjournal.access.actor import Actor
from fellesjournal.access.guard import grants
from fellesjournal.access.policies import Policy, Right
from fellesjournal.errors import Forbidden, Invalid, NotFound
from fellesjournal.fhir import json
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.record.stored import Stored

LASTS = timedelta(hours=4)
SHORTEST_REASON = 5
LONGEST_REASON = 1_000


async def taken(
    record: Record, actor: Actor, policy: Policy | None, patient: str, reason: str, now: datetime, grant: str
) -> Stored:
    """Take emergency access to a citizen ("7"), or override the blocks of one, from now on for LASTS.

    Raises Forbidden when the role may not, Invalid for a reason that says nothing, NotFound when there is no
    such citizen: whoever takes emergency access may know of everybody that there is.
    """
    if policy is None or not _may(policy, grant) or not actor.practitioner_role:
        raise Forbidden("This role cannot take emergency access or override a block.")
    if not SHORTEST_REASON <= len(reason.strip()) <= LONGEST_REASON:
        raise Invalid(
            f"A reason is needed, of {SHORTEST_REASON} to {LONGEST_REASON} characters: "
            "it is read by those who follow up, and by the citizen."
        )
    if not await record.whose("Patient", patient):
        raise NotFound(f"There is no Patient/{patient}.")
    task = grants.task(
        grant,
        f"Patient/{patient}",
        actor.practitioner_role,
        actor.person,
        reason.strip(),
        now.isoformat(timespec="seconds"),
        (now + LASTS).isoformat(timespec="seconds"),
    )
    written = await record.create("Task", json.encode(task), scope=Scope.everyone())
    return written.stored


def _may(policy: Policy, grant: str) -> bool:
    return (Right.EMERGENCY if grant == grants.EMERGENCY else Right.OVERRIDE) in policy.rights
