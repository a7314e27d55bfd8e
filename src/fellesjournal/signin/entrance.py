"""The sign-in page, the way out to a provider, and the way back."""

from starlette.responses import Response

from fellesjournal.access import secret
from fellesjournal.access.people import Person
from fellesjournal.access.sessions import Origin, Session
from fellesjournal.access.sign_ins import SignIn
from fellesjournal.errors import NotFound
from fellesjournal.signin import cookies
from fellesjournal.signin.admission import ME, ROLE, admit, with_place
from fellesjournal.signin.openid.client import Client, SignedIn
from fellesjournal.signin.openid.refusal import Reason, Refused
from fellesjournal.signin.reception import Event
from fellesjournal.signin.visit import Visit


async def show(visit: Visit) -> Response:
    """How one can sign in; whoever has done so is led on."""
    session = visit.session
    if session is None:
        return visit.page("entrance", clients=[one.provider for one in visit.reception.clients.values()])
    if session.locked is not None:
        return visit.redirect(with_place("/logg-inn/last", visit.place))
    if session.person.kind == "health-worker" and not session.practitioner_role:
        return visit.redirect(with_place(ROLE, visit.place))
    return visit.redirect(visit.place or ME)


async def begin(visit: Visit) -> Response:
    """Send the browser to a provider."""
    name = visit.request.url.path.rsplit("/", 1)[-1]
    return await send(visit, _client(visit, name), visit.place)


async def send(visit: Visit, client: Client, place: str, reopens: Session | None = None) -> Response:
    """Begin a sign-in at a provider, or one that opens a locked session again."""
    begun = await client.begin(again=reopens is not None)
    browser = secret.make()
    sign_ins = visit.reception.sign_ins
    key = reopens.key if reopens else None
    kept = SignIn(
        client.provider.name, begun.nonce, begun.verifier, begun.proof_key, place, key, sign_ins.clock()
    )
    await sign_ins.begin(begun.state, browser, kept)
    response = visit.onward(begun.address, client.provider.title)
    cookies.hand_sign_in(response, browser, secure=visit.reception.secure)
    return response


async def come_back(visit: Visit) -> Response:
    """The browser is back from a provider: let the person in, or open the session that was locked."""
    answer = dict(visit.request.query_params)
    browser = visit.cookies.get(cookies.sign_in_name(secure=visit.reception.secure), "")
    kept = await visit.reception.sign_ins.take(answer.get("state", ""), browser)
    if kept is None:
        raise Refused(
            Reason.STALE_SIGN_IN, "No sign-in of this browser waits for this answer: it took too long."
        )
    client = _client(visit, kept.provider)
    shown_after = kept.began if kept.reopens else None
    found = await client.finish(answer, kept.nonce, kept.verifier, kept.proof_key, shown_after)
    if kept.reopens:
        cookie, place = await _reopened(visit, kept, client, found)
    else:
        person = await _person(visit, client, found)
        cookie, place = await admit(visit.reception, person, _origin(client, found), kept.place)
    response = visit.onward(place)
    cookies.take_sign_in(response, secure=visit.reception.secure)
    cookies.hand_session(response, cookie, secure=visit.reception.secure)
    return response


async def _reopened(visit: Visit, kept: SignIn, client: Client, found: SignedIn) -> tuple[str, str]:
    """The locked session under a new cookie, when the same person has come back."""
    reception = visit.reception
    assert kept.reopens is not None
    session = await reception.sessions.at(kept.reopens)
    came = (client.provider.issuer, found.claims["sub"])
    if session is None or (session.origin.issuer, session.origin.subject) != came:
        raise Refused(Reason.SUBJECT, "Another person has signed in than the one whose session is locked.")
    cookie = await reception.sessions.reopen(session)
    if cookie is None:
        raise Refused(Reason.SESSION, "The session ended while it was locked.")
    await reception.tell(Event("reopened", session.person.reference, session.name))
    return cookie, kept.place or ME


async def _person(visit: Visit, client: Client, found: SignedIn) -> Person:
    """Whom the claims belong to in the record."""
    provider, people = client.provider, visit.reception.people
    pid = str(found.claims.get(provider.pid_claim, ""))
    try:
        if provider.kind == "citizen":
            return await people.citizen(pid)
        hpr = str(found.claims.get(provider.hpr_claim, "") or "")
        return await people.health_worker(hpr=hpr, pid=pid)
    except NotFound as unknown:
        raise Refused(Reason.UNKNOWN_PERSON, str(unknown)) from unknown


def _origin(client: Client, found: SignedIn) -> Origin:
    claims, provider = found.claims, client.provider
    return Origin(provider.name, provider.issuer, claims["sub"], str(claims.get("sid", "")), found.id_token)


def _client(visit: Visit, name: str) -> Client:
    client = visit.reception.clients.get(name)
    if client is None:
        raise NotFound(f"This site has no sign-in with {name}.")
    return client
