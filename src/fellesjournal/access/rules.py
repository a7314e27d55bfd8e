"""What somebody may not write although the role writes such things: nobody opens a record, or a role with
records, for themselves; nobody signs or approves for another, or hides what another wrote; nobody overbooks
without the right; and a citizen answers in no other's name. Pure.
"""

from collections.abc import Iterable
from typing import Any

from fellesjournal.access.actor import Actor
from fellesjournal.access.approving import approving
from fellesjournal.access.countersigning import countersigning
from fellesjournal.access.guard.withdrawn import AUTHORS
from fellesjournal.access.overbooking import overbooking
from fellesjournal.access.policies import Act, Policies, Policy
from fellesjournal.access.policy_names import policy_name
from fellesjournal.access.withdrawing import withdrawing
from fellesjournal.errors import Forbidden
from fellesjournal.record.scope import Rule

Tree = dict[str, Any]

_PERSONS = ("Practitioner", "PractitionerRole")
_GIVEN = ("owner", "requester", "for", "authoredOn", "restriction", "executionPeriod")
"""What of a Task says whose record it opens, to whom, by whom and how long (access/guard/care.py)."""


def rules(actor: Actor, policies: Policies) -> tuple[tuple[str, Rule], ...]:
    """The rules of an actor, by resource type; none for systems."""
    appointments = ("Appointment", overbooking(policies.find(actor.role)))
    if actor.person.startswith("Patient/"):
        return (("QuestionnaireResponse", _answers(actor)), appointments)
    if not actor.practitioner_role:
        return ()
    return (
        appointments,
        ("Task", _task(actor)),
        ("PractitionerRole", _role(actor, policies)),
        ("Practitioner", _person(actor)),
        ("Composition", countersigning(actor, policies)),
        ("Questionnaire", approving(actor)),
        *((name, withdrawing(actor)) for name in AUTHORS),
    )


def _task(actor: Actor) -> Rule:
    """The requester of a Task for a person is the one who writes it: it is others who give a task."""
    selves = (actor.person, actor.practitioner_role)

    def rule(after: Tree, before: Tree | None) -> None:
        owner, requester = _reference(after, "owner"), _reference(after, "requester")
        if owner.partition("/")[0] not in _PERSONS or not requester:
            return
        if before is not None and all(after.get(name) == before.get(name) for name in _GIVEN):
            return
        if requester not in selves:
            raise Forbidden(
                f"Who gives a task is its requester: write {actor.person} in Task.requester, or leave it out."
            )
        if owner in selves and owner != requester:
            raise Forbidden("A task that you give yourself has the same reference as owner and as requester.")

    return rule


def _answers(actor: Actor) -> Rule:
    """A citizen, or who acts for them, sends answers in their own name and changes none that were sent: not
    their own, which a health worker may have acted on, and not what others have written."""

    def rule(after: Tree, before: Tree | None) -> None:
        if before is not None:
            raise Forbidden("Answers that were sent are not changed. Send new ones.")
        if _reference(after, "author") != actor.person:
            raise Forbidden(f"Who sends answers is their author: write {actor.person} in author.")

    return rule


def _role(actor: Actor, policies: Policies) -> Rule:
    def rule(after: Tree, before: Tree | None) -> None:
        if _reference(after, "practitioner") != actor.person:
            return
        policy = policies.find(policy_name(_codings(after.get("code", ()))))
        if policy is not None and _reads_of_citizens(policy, policies):
            raise Forbidden(
                f"Nobody gives themselves a role that reads of citizens ({policy.title['en']}): "
                "another administrator must do it."
            )

    return rule


def _person(actor: Actor) -> Rule:
    """Roles follow the numbers by which one signs in."""

    def rule(after: Tree, before: Tree | None) -> None:
        if before is None or f"Practitioner/{before['id']}" != actor.person:
            return
        if after.get("identifier") != before.get("identifier"):
            raise Forbidden("Nobody changes their own numbers: another administrator must do it.")

    return rule


def _reads_of_citizens(policy: Policy, policies: Policies) -> bool:
    """Whether a role reads anything but what is about no citizen; the log is about citizens."""
    return not policy.permitted[Act.READ] <= frozenset(policies.public_types)


def _reference(tree: Tree, name: str) -> str:
    return str(tree.get(name, {}).get("reference", "")).partition("/_history/")[0]


def _codings(concepts: Iterable[Tree]) -> Iterable[tuple[str, str]]:
    for concept in concepts:
        for one in concept.get("coding", ()):
            yield one.get("system", ""), one.get("code", "")
