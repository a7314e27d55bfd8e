"""Who takes something out of the wrong citizen's record: the one who wrote it there, and once. Pure.

What bears the label of access/guard/withdrawn.py has earlier versions that few may read, so nobody can hide
in that way what another wrote, nor write it anew.
"""

from typing import Any

from fellesjournal.access.actor import Actor
from fellesjournal.access.guard.withdrawn import authors_of, is_withdrawn
from fellesjournal.errors import Forbidden
from fellesjournal.record.scope import Rule

Tree = dict[str, Any]

_ABOUT = ("subject", "patient")


def withdrawing(actor: Actor) -> Rule:
    """The rule for each of the types guard.withdrawn.AUTHORS."""

    def rule(after: Tree, before: Tree | None) -> None:
        earlier = before or {}
        if is_withdrawn(earlier):
            raise Forbidden("This was written on the wrong citizen and withdrawn: it is not written again.")
        if not is_withdrawn(after):
            return
        if before is None or authors_of(before).isdisjoint((actor.person, actor.practitioner_role)):
            raise Forbidden(
                "What was written on the wrong citizen is withdrawn by who wrote it: leave the label "
                "'feil-innbygger' out, and ask its author, or who is responsible for the record."
            )
        if any(after.get(name) != earlier.get(name) for name in _ABOUT):
            raise Forbidden(
                "What is withdrawn stays in the record where it was written: leave its subject as it is."
            )

    return rule
