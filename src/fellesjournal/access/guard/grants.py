"""What the door itself writes: emergency access and overridden blocks, as Tasks to be followed up.

A Task with a code of the system GRANTS opens a record for its owner (a PractitionerRole) while its
executionPeriod lasts. Nobody but the door writes, changes or deletes a resource that holds that system's URL.
"""

from typing import Any

from fellesjournal.fhir.search.terms import key_of

Tree = dict[str, Any]

GRANTS = "https://fellesjournal.no/fhir/CodeSystem/tilgang"
EMERGENCY = "emergency-access"
OVERRIDE = "block-override"


def grant_of(task: Tree) -> str:
    """EMERGENCY or OVERRIDE when the Task grants that, else ""."""
    codings = task.get("code", {}).get("coding", ())
    return next((one.get("code", "") for one in codings if one.get("system") == GRANTS), "")


def override_party(owner: str) -> int:
    """As whom the owner ("PractitionerRole/9") of an override stands in the index of care."""
    return key_of(f"override/{owner}")


def task(grant: str, patient: str, owner: str, requester: str, reason: str, start: str, end: str) -> Tree:
    """The Task of one grant: references of all three, the reason in the person's words, instants."""
    return {
        "resourceType": "Task",
        "status": "in-progress",
        "intent": "order",
        "code": {"coding": [{"system": GRANTS, "code": grant}]},
        "for": {"reference": patient},
        "owner": {"reference": owner},
        "requester": {"reference": requester},
        "reasonCode": {"text": reason},
        "authoredOn": start,
        "executionPeriod": {"start": start, "end": end},
    }
