"""Letting a person in: the session, and the role when there is only one."""

from urllib.parse import quote

from fellesjournal.access.people import Person
from fellesjournal.access.sessions import Origin, Session
from fellesjournal.signin.openid.refusal import Reason, Refused
from fellesjournal.signin.reception import Event, Reception

ME = "/logg-inn/meg"
ROLE = "/logg-inn/rolle"
OWN_RECORD = "/min"
"""Where citizens go who have not said where they want to."""


async def admit(
    reception: Reception, person: Person, origin: Origin, place: str, before: Session | None
) -> tuple[str, str]:
    """Begin a session; gives what its cookie holds, and the path to go on to.

    `before` is the session that the browser had: a browser has one, so it ends. Raises Refused for a health
    worker who has no role in force today.
    """
    roles = await reception.people.roles(person) if person.kind == "health-worker" else []
    if person.kind == "health-worker" and not roles:
        raise Refused(Reason.NO_ROLE, f"{person.reference} has no role in force today.")
    if before is not None:
        await reception.sessions.end(before, "replaced")
        await reception.tell(Event("signed-out", before.person.reference, before.name, "replaced"))
    cookie = await reception.sessions.begin(person, origin)
    session = await reception.sessions.find(cookie)
    assert session is not None
    await reception.tell(Event("signed-in", person.reference, session.name, origin.provider))
    if len(roles) == 1:
        await reception.sessions.put_on(session, roles[0].reference)
        await reception.tell(Event("role", person.reference, session.name, roles[0].reference))
    if len(roles) > 1:
        return cookie, with_place(ROLE, place)
    return cookie, place or (OWN_RECORD if person.kind == "citizen" else ME)


def with_place(path: str, place: str) -> str:
    """A path that remembers where the person wants to go afterwards."""
    return f"{path}?til={quote(place)}" if place else path
