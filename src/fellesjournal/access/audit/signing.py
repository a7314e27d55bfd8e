"""Sign-in in the log: who signed in or out, and who was refused and why."""

from datetime import datetime
from typing import Literal

from fellesjournal.access.actor import Actor
from fellesjournal.access.audit.access import Access
from fellesjournal.access.decision import Basis, Decision

Signed = Literal["login", "logout", "refused"]


def signed(actor: Actor, what: Signed, moment: datetime, *, reason: str = "", request: str = "") -> Access:
    """The entry of a sign-in, for Log.write: it is no citizen's. Of one who was refused the actor is what
    they claimed to be (Actor("", "", "") when nothing is known), and the reason tells why.
    """
    refused = what == "refused"
    decision = Decision(not refused, Basis.FAILED if refused else Basis.SHARED, reason=reason)
    interaction = "login" if refused else what
    return Access(moment, actor, "E", interaction, 0, "", (), "", decision, request)
