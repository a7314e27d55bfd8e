"""Choosing the one role that is active, at sign-in and later."""

from zoneinfo import ZoneInfo

from starlette.responses import Response

from fellesjournal.access.sessions import Session
from fellesjournal.signin.admission import ME, with_place
from fellesjournal.signin.openid.refusal import Reason, Refused
from fellesjournal.signin.reception import Event
from fellesjournal.signin.visit import Visit

NORWAY = ZoneInfo("Europe/Oslo")


async def show(visit: Visit) -> Response:
    """The roles to choose among; the active one, or else the one used last, is chosen beforehand."""
    session = visit.session
    assert session is not None
    if session.person.kind == "citizen":
        return visit.redirect(ME)
    reception = visit.reception
    roles = await reception.people.roles(session.person)
    ended = session.practitioner_role not in ("", *(one.reference for one in roles))
    last = await reception.sessions.last_role(session.person)
    wanted = session.practitioner_role if not ended and session.practitioner_role else last
    known = [one.reference for one in roles]
    chosen = wanted if wanted in known else next(iter(known), "")
    return visit.page("role", roles=roles, chosen=chosen, ended=ended)


async def choose(visit: Visit) -> Response:
    """Put on a role. Raises Refused when it is not one of the person's own that are in force now."""
    session = visit.session
    assert session is not None
    wanted = visit.form.get("rolle", "")
    reception = visit.reception
    roles = await reception.people.roles(session.person)
    if wanted not in [one.reference for one in roles]:
        raise Refused(Reason.ROLE_ENDED, "That role is not in force for the one who is signed in.")
    await reception.sessions.put_on(session, wanted)
    await reception.tell(Event("role", session.person.reference, session.name, wanted))
    return visit.redirect(visit.place or ME)


async def me(visit: Visit) -> Response:
    """Who is signed in, and in which role."""
    session = visit.session
    assert session is not None
    try:
        actor = await visit.reception.actor(session)
    except Refused as refused:
        if refused.reason in (Reason.ROLE_ENDED, Reason.NO_ROLE):
            return visit.redirect(with_place("/logg-inn/rolle", visit.place))
        raise
    title = ""
    several = False
    if actor.practitioner_role:
        roles = await visit.reception.people.roles(session.person)
        several = len(roles) > 1
        title = next((one.title for one in roles if one.reference == actor.practitioner_role), "")
    idle = visit.reception.idle_minutes
    ends = session.expires.astimezone(NORWAY).strftime("%H.%M")
    others = [_told(one) for one in await visit.reception.sessions.others(session)]
    response = visit.page(
        "me", actor=actor, title=title, several=several, idle=idle, ends=ends, others=others
    )
    # Left alone, the page asks for itself again when the session has become idle, and is shown locked.
    response.headers["Refresh"] = str(idle * 60 + 5)
    return response


def _told(session: Session) -> tuple[str, str, str]:
    """Another session: its name, when it began and when it was used last, in Norway's time."""
    began, seen = (f"{one.astimezone(NORWAY):%d.%m %H.%M}" for one in (session.began, session.seen))
    return session.name, began, seen
