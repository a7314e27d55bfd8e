"""The authorization endpoint: what an app asks for is weighed, kept, and led on to the person's answer.

RFC 6749, 4.1.1; hl7.org/fhir/smart-app-launch/app-launch.html, "Obtain authorization code". The session's
cookie does not come along on a request that an app causes (SameSite=Strict), so nothing is asked of it here.
"""

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

from starlette.responses import RedirectResponse, Response

from fellesjournal.access.apps import App, Asked
from fellesjournal.access.granted import beyond, clinical, known
from fellesjournal.signin.visit import Visit
from fellesjournal.smart.pages import wrong
from fellesjournal.smart.refusal import Refusal
from fellesjournal.smart.server import CONSENT, Server

_CHALLENGE = re.compile(r"[A-Za-z0-9_\-]{43}")
_LONGEST = 2_000


async def authorize(server: Server, visit: Visit) -> Response:
    """Take a request: the app's own mistakes go back to it, once it is known that it is the app."""
    pairs = (
        list(visit.form.items())
        if visit.request.method == "POST"
        else parse_qsl(visit.request.url.query, keep_blank_values=True)
    )
    given = dict(pairs)
    if len(given) < len(pairs):
        return await _shown(server, visit, given, "A parameter is given twice (RFC 6749, 3.1).")
    app = await server.apps.find(given.get("client_id", ""))
    if app is None:
        return await _shown(server, visit, given, "There is no such app here (client_id).")
    target = given.get("redirect_uri", "")
    if target not in app.redirect_uris:
        sentence = f"'{target}' is not one of the addresses that {app.id} is registered with (redirect_uri)."
        return await _shown(server, visit, given, sentence)
    try:
        asked = await _asked(server, visit, app, given)
    except Refusal as refusal:
        await server.tell("app-refused", "", app.id, f"{refusal.error}: {refusal}")
        address = back(target, given, error=refusal.error, error_description=str(refusal))
        return visit.finished(RedirectResponse(address, 303))
    request = await server.apps.ask(asked)
    return visit.onward(f"{CONSENT}/{request}")


async def _shown(server: Server, visit: Visit, given: Mapping[str, str], sentence: str) -> Response:
    await server.tell("app-refused", "", given.get("client_id", "")[:100], sentence)
    return wrong(visit, sentence)


async def _asked(server: Server, visit: Visit, app: App, given: Mapping[str, str]) -> Asked:
    """What an app asks for, if it may. Raises Refusal."""
    state = given.get("state", "")
    if given.get("response_type") != "code":
        raise Refusal("unsupported_response_type", "response_type must be code.")
    if app.kind == "service":
        raise Refusal("unauthorized_client", "The app is a service: it asks at the token endpoint.")
    if not state or len(state) > _LONGEST:
        raise Refusal("invalid_request", f"state must be there, with at most {_LONGEST} characters.")
    challenge = given.get("code_challenge", "")
    if given.get("code_challenge_method") != "S256" or not _CHALLENGE.fullmatch(challenge):
        raise Refusal("invalid_request", "PKCE is required: code_challenge, code_challenge_method=S256.")
    base = server.base(visit.origin)
    if given.get("aud", "").rstrip("/") != base:
        raise Refusal("invalid_request", f"aud must be {base}: the access token is good for that alone.")
    scopes = _scopes(app, given.get("scope", ""))
    launcher, patient = await _launch(server, app, given.get("launch", ""), scopes)
    nonce = given.get("nonce", "")[:_LONGEST]
    redirect_uri = given["redirect_uri"]
    return Asked(app.id, redirect_uri, state, " ".join(scopes), challenge, nonce, launcher, patient)


def _scopes(app: App, asked: str) -> list[str]:
    """Scopes that mean nothing here are left out; those that the app is not registered for are refused."""
    scopes = known(asked.split())
    if strange := beyond(scopes, app.scopes):
        raise Refusal("invalid_scope", f"The app is not registered for {', '.join(strange)}.")
    if any(one.level == "system" for one in map(clinical, scopes) if one is not None):
        raise Refusal("invalid_scope", "system/ scopes are for services, at the token endpoint.")
    if not scopes:
        raise Refusal("invalid_scope", "None of the scopes means anything here.")
    return scopes


async def _launch(server: Server, app: App, launch: str, scopes: list[str]) -> tuple[str, str]:
    if not launch:
        if "launch" in scopes:
            raise Refusal("invalid_request", "The scope launch goes with the parameter launch.")
        return "", ""
    found = await server.apps.launched(launch, app)
    if found is None:
        raise Refusal("invalid_request", "The launch is not this app's, or was used, or is too old.")
    return found


def back(address: str, given: Mapping[str, str], **values: str) -> str:
    """The app's address with values for it, and its state."""
    if state := given.get("state", ""):
        values["state"] = state
    joint = "&" if urlsplit(address).query else "?"
    return f"{address}{joint}{urlencode(values)}"
