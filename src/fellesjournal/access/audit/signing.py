"""Sign-in in the log: who signed in or out, and who was refused and why."""

from datetime import datetime

from fellesjournal.access.actor import Actor
from fellesjournal.access.audit.access import Access
from fellesjournal.access.decision import Basis, Decision
from fellesjournal.fhir.search.terms import key_of

_INTERACTIONS = {
    "signed-in": "login",
    "signed-out": "logout",
    "ended-by-provider": "logout",
    "refused": "login",
}
_REFUSED = frozenset({"refused", "app-refused", "too-many"})


def is_refusal(what: str) -> bool:
    """Whether an event is that somebody was turned away."""
    return what in _REFUSED


def signed(actor: Actor, what: str, moment: datetime, *, reason: str = "") -> Access:
    """The entry of an event at the entrance, for Log.write; a citizen's own stands in the citizen's record.

    Of one who was refused the actor is what is known of them (Actor("", "", "") when nothing is).
    """
    citizen = actor.person if actor.person.startswith("Patient/") else ""
    refused = is_refusal(what)
    decision = Decision(not refused, Basis.FAILED if refused else Basis.SELF, reason=reason)
    key = key_of(citizen) if citizen else 0
    return Access(moment, actor, "E", _INTERACTIONS.get(what, what), key, citizen, (), "", decision, "")
