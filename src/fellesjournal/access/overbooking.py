"""Who may book somebody who is busy: a right of its own (docs/roles.md), and always with a reason. Pure."""

from typing import Any

from fellesjournal.access.policies import Policy, Right
from fellesjournal.errors import Forbidden, Issue, Unprocessable
from fellesjournal.record.scope import Rule

Tree = dict[str, Any]

OVERBOOKED = "https://fellesjournal.no/fhir/StructureDefinition/overbooked"
"""On a participant of an Appointment: why one who is busy is booked all the same (string)."""
HOLDING = frozenset(("proposed", "pending", "booked", "arrived", "checked-in"))
"""The states of an Appointment that hold time, also what is not agreed yet: two who wait for an answer cannot
both get it.
"""


def overbooking(policy: Policy | None) -> Rule:
    """The rule for an Appointment: nobody is overbooked anew by a role without the right, or without a
    reason; and no citizen is by anybody.
    """
    may = policy is not None and Right.OVERBOOK in policy.rights

    def rule(after: Tree, before: Tree | None) -> None:
        if not _holds_time(after):
            return
        stays = before is not None and _holds_time(before) and _time(before) == _time(after)
        anew = _overbooked(after) - (_overbooked(before) if before and stays else set())
        if anew and not may:
            title = policy.title["en"] if policy else "nobody"
            who = ", ".join(sorted(actor for actor, _ in anew))
            raise Forbidden(
                f"The role '{title}' does not overbook {who}. Choose a time when all are free, or ask one "
                "whose role overbooks."
            )
        if any(actor.startswith("Patient/") for actor, _ in anew):
            text = "A citizen cannot be in two places: only those who help are overbooked."
            raise Unprocessable(Issue("business-rule", text, "Appointment.participant"))
        if any(not reason.strip() for _, reason in anew):
            text = "Who overbooks says why, in the extension 'overbooked'."
            raise Unprocessable(Issue("required", text, "Appointment.participant.extension"))

    return rule


def _overbooked(appointment: Tree) -> set[tuple[str, str]]:
    """Who is overbooked, and why."""
    return {
        (str(party.get("actor", {}).get("reference", "")), str(one.get("valueString", "")))
        for party in appointment.get("participant", ())
        for one in party.get("extension", ())
        if one.get("url") == OVERBOOKED
    }


def _time(appointment: Tree) -> tuple[Any, Any]:
    return appointment.get("start"), appointment.get("end")


def _holds_time(appointment: Tree) -> bool:
    return appointment.get("status") in HOLDING
