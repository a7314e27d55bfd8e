"""Signing out: by the person, everywhere, and by the provider, behind the browser's back."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from fellesjournal.errors import Fault
from fellesjournal.signin import cookies
from fellesjournal.signin.admission import ME
from fellesjournal.signin.openid import logout_token, token
from fellesjournal.signin.openid.refusal import Reason, Refused
from fellesjournal.signin.reception import Event, Reception, log
from fellesjournal.signin.visit import Visit, read_form

OUT = "/logg-inn/ute"


async def sign_out(visit: Visit) -> Response:
    """End the session here, and then the one at the provider."""
    session, reception = visit.session, visit.reception
    assert session is not None
    await reception.sessions.end(session, "person")
    await reception.tell(Event("signed-out", session.person.reference, session.name))
    client = reception.clients.get(session.origin.provider)
    address = ""
    if client is not None:
        try:
            address = await client.sign_out_address(session.origin.id_token, f"{visit.origin}{OUT}")
        except Refused as refused:
            log.warning("sign-out at %s: %s", client.provider.issuer, refused)
    visit.session, visit.cookie = None, ""
    response = visit.onward(address, client.provider.title) if client and address else visit.redirect(OUT)
    cookies.take_session(response, secure=reception.secure)
    return response


async def elsewhere(visit: Visit) -> Response:
    """End another session of the same person, by its name, or all others ("alle")."""
    session, reception = visit.session, visit.reception
    assert session is not None
    wanted = visit.form.get("okt", "")
    for other in await reception.sessions.others(session):
        if wanted in ("alle", other.name):
            await reception.sessions.end(other, "from elsewhere")
            await reception.tell(Event("signed-out", session.person.reference, other.name, "from elsewhere"))
    return visit.redirect(ME)


async def show(visit: Visit) -> Response:
    """The page after signing out."""
    return visit.page("out")


async def back_channel(reception: Reception, request: Request) -> Response:
    """A provider says that someone has signed out there (Back-Channel Logout 1.0, sections 2.7 and 2.8)."""
    headers = {"Cache-Control": "no-store"}
    try:
        ended = await _ended(reception, (await read_form(request)).get("logout_token", ""))
    except Fault as refused:
        await reception.tell(Event("refused", detail=f"back-channel: {refused}"))
        body = {"error": "invalid_request", "error_description": str(refused)}
        return JSONResponse(body, 400, headers=headers)
    await reception.tell(Event("ended-by-provider", detail=f"{ended} sessions"))
    return Response(status_code=200, headers=headers)


async def _ended(reception: Reception, text: str) -> int:
    """End what the token names; gives how many sessions that were."""
    issuer = token.unverified_claims(text).get("iss")
    client = next((one for one in reception.clients.values() if one.provider.issuer == issuer), None)
    if client is None:
        raise Refused(Reason.ISSUER, "The token is from a provider that this site does not have.")
    found = await logout_token.read(
        text, client.discovery, client.provider.client_id, reception.clock(), reception.once
    )
    return await reception.sessions.end_at_provider(
        client.provider.issuer, subject=found.subject, session=found.session
    )
