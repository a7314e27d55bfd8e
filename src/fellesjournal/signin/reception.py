"""What the pages of sign-in are made for: sessions, people, providers, and the address of the site."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple

from fellesjournal.access.actor import Actor
from fellesjournal.access.people import People, citizen_actor, health_worker_actor
from fellesjournal.access.sessions import Session, Sessions
from fellesjournal.access.sign_ins import SignIns
from fellesjournal.access.single_use import SingleUse
from fellesjournal.signin.openid.client import Client
from fellesjournal.signin.openid.refusal import Reason, Refused

log = logging.getLogger(__name__)


class Event(NamedTuple):
    """Something that happened at the entrance. `who` is a reference, `session` the name logs have for it."""

    what: str
    who: str = ""
    session: str = ""
    detail: str = ""


Tell = Callable[[Event], Awaitable[None]]
"""Takes note of an event, durably, before the answer is sent."""


async def into_log(event: Event) -> None:
    """Take note in the process's log: what a site has until the room for audit takes over."""
    log.info("sign-in: %s %s session=%s %s", *event)


@dataclass(frozen=True, slots=True)
class Reception:
    """The site's entrance.

    `address` is the site as browsers know it, such as "https://journal.example"; empty on a practice site
    that is called by whatever name of this machine. `practice`: people are picked from a list, and
    `practice_name` says in which base. `idle_minutes` are told to the person.
    """

    sessions: Sessions
    sign_ins: SignIns
    people: People
    once: SingleUse
    clients: Mapping[str, Client]
    address: str = ""
    practice: bool = False
    practice_name: str = ""
    idle_minutes: int = 10
    tell: Tell = into_log
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    @property
    def secure(self) -> bool:
        """Whether browsers reach the site over TLS: cookies are then marked so."""
        return self.address.startswith("https://")

    async def actor(self, session: Session) -> Actor:
        """The one who acts in a session. Raises Refused: it is locked, has no role, or its role has ended."""
        if session.locked is not None:
            raise Refused(
                Reason.LOCKED, "The session is locked: open it again.", person=session.person.reference
            )
        person = session.person
        if person.kind == "citizen":
            return citizen_actor(person, session=session.name)
        if not session.practitioner_role:
            sentence = "No role has been chosen in this session."
            raise Refused(Reason.NO_ROLE, sentence, person=person.reference)
        role = await self.people.role(person.reference, session.practitioner_role)
        if role is None:
            sentence = f"{session.practitioner_role} is no longer in force: choose another role."
            raise Refused(Reason.ROLE_ENDED, sentence, person=person.reference)
        return health_worker_actor(person, role, session=session.name)
