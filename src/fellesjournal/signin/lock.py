"""Locking the screen, and opening it again where one was."""

from starlette.responses import Response

from fellesjournal.signin import cookies, entrance, guard
from fellesjournal.signin.admission import ME
from fellesjournal.signin.openid.refusal import Reason, Refused
from fellesjournal.signin.reception import Event
from fellesjournal.signin.visit import Visit

LOCKED = "/logg-inn/last"


async def lock(visit: Visit) -> Response:
    """Lock now; the form's field "her" is the path that the person was at."""
    session = visit.session
    assert session is not None
    if session.locked is None:
        place = guard.own_place(visit.form.get("her", ""), ME)
        await visit.reception.sessions.lock(session, place)
        await visit.reception.tell(Event("locked", session.person.reference, session.name))
    return visit.redirect(LOCKED)


async def show(visit: Visit) -> Response:
    """The locked screen: whose it is, and nothing else."""
    session = visit.session
    assert session is not None
    if session.locked is None:
        return visit.redirect(visit.place or ME)
    return visit.page("locked", name=session.person.display, place=visit.place or session.place)


async def reopen(visit: Visit) -> Response:
    """Open it again: at the provider, which asks who it is; on a practice site, at once."""
    session, reception = visit.session, visit.reception
    assert session is not None
    place = visit.place or session.place or ME
    if session.locked is None:
        return visit.redirect(place)
    client = reception.clients.get(session.origin.provider)
    if client is not None:
        return await entrance.send(visit, client, place, reopens=session)
    if not reception.practice:
        raise Refused(Reason.SESSION, "This site no longer has the provider that the session came from.")
    cookie = await reception.sessions.reopen(session)
    if cookie is None:
        return visit.redirect("/logg-inn")
    await reception.tell(Event("reopened", session.person.reference, session.name))
    response = visit.redirect(place)
    cookies.hand_session(response, cookie, secure=reception.secure)
    return response
