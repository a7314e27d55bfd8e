"""The addresses of the authorization server: which function answers which."""

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from fellesjournal.errors import Fault, Gone, NotFound
from fellesjournal.signin import guard, lock
from fellesjournal.signin.admission import ROLE, with_place
from fellesjournal.signin.openid.refusal import Reason, Refused
from fellesjournal.signin.visit import HEADERS, Visit, arrive, read_form
from fellesjournal.smart import consent, introspection, launching, registry, token
from fellesjournal.smart.authorize import authorize
from fellesjournal.smart.client import Form
from fellesjournal.smart.client_keys import ClientKeys
from fellesjournal.smart.configuration import openid_configuration, smart_configuration
from fellesjournal.smart.pages import absent, wrong
from fellesjournal.smart.refusal import NO_STORE, Refusal
from fellesjournal.smart.server import (
    APPS,
    AUTHORIZE,
    CONSENT,
    INTROSPECT,
    KEYS,
    REGISTRY,
    REVOKE,
    TOKEN,
    Server,
)
from fellesjournal.smart.texts import TEXTS

Page = Callable[[Server, Visit], Awaitable[Response]]
Endpoint = Callable[[Server, ClientKeys, Form, str], Awaitable[dict[str, Any] | None]]


def routes(server: Server) -> list[BaseRoute]:
    """Every address that stands beside the FHIR service."""
    keys = ClientKeys(server.http)

    def page(path: str, handler: Page, method: str = "GET", *, signed: bool = True) -> Route:
        return Route(path, _page(server, handler, signed=signed), methods=[method])

    def endpoint(path: str, handler: Endpoint) -> Route:
        return Route(path, _endpoint(server, keys, handler), methods=["POST"])

    async def public_keys(request: Request) -> Response:
        return JSONResponse({"keys": await server.signing.public()}, headers={"Cache-Control": "max-age=300"})

    return [
        page(AUTHORIZE, authorize, signed=False),
        page(AUTHORIZE, authorize, "POST", signed=False),
        page(f"{CONSENT}/{{request}}", consent.show),
        page(f"{CONSENT}/{{request}}", consent.answer, "POST"),
        page(f"{CONSENT}/{{request}}/pasient", consent.choose, "POST"),
        page(APPS, launching.show),
        page(APPS, launching.launch, "POST"),
        page(f"{APPS}/tilbaketrekking", launching.withdraw, "POST"),
        page(REGISTRY, registry.show),
        page(REGISTRY, registry.register, "POST"),
        page(f"{REGISTRY}/stans", registry.suspend, "POST"),
        endpoint(TOKEN, token.exchange),
        endpoint(INTROSPECT, introspection.introspect),
        endpoint(REVOKE, introspection.revoke),
        Route(KEYS, public_keys, methods=["GET"]),
    ]


def well_known(server: Server) -> list[BaseRoute]:
    """The addresses below the FHIR base where the server is described; they come before the FHIR service."""

    def description(write: Callable[[str, str], dict[str, Any]]) -> Callable[[Request], Awaitable[Response]]:
        async def answer(request: Request) -> Response:
            try:
                origin = _origin(server, request)
            except Refused as refused:
                return PlainTextResponse(str(refused), 400, HEADERS)
            return JSONResponse(write(origin, server.base(origin)), headers={"Cache-Control": "no-cache"})

        return answer

    return [
        Route("/fhir/.well-known/smart-configuration", description(smart_configuration), methods=["GET"]),
        Route("/fhir/.well-known/openid-configuration", description(openid_configuration), methods=["GET"]),
    ]


def _origin(server: Server, request: Request) -> str:
    return guard.origin(server.reception.address, request.headers.get("host", ""))


def _endpoint(
    server: Server, keys: ClientKeys, handler: Endpoint
) -> Callable[[Request], Awaitable[Response]]:
    """What programs ask by form. Refusals are answered in OAuth's words, and told to the log."""

    async def answer(request: Request) -> Response:
        try:
            return JSONResponse(
                await handler(server, keys, await read_form(request), _origin(server, request)) or {},
                headers=NO_STORE,
            )
        except Refusal as refusal:
            await server.tell("app-refused", refusal.person, refusal.app, f"{refusal.error}: {refusal}")
            return refusal.answer()
        except Fault as fault:
            return Refusal("invalid_request", str(fault)).answer()

    return answer


def _page(server: Server, handler: Page, *, signed: bool) -> Callable[[Request], Awaitable[Response]]:
    """What people see. Whoever is not signed in, or has a locked session, is led there and back."""

    async def answer(request: Request) -> Response:
        try:
            visit = await arrive(server.reception, request)
        except Fault as fault:
            return PlainTextResponse(str(fault), 400, HEADERS)
        try:
            return (_way_in(visit) if signed else None) or await handler(server, visit)
        except Refused as refused:
            if refused.reason in (Reason.NO_ROLE, Reason.ROLE_ENDED) and request.method == "GET":
                return visit.redirect(with_place(ROLE, request.url.path))
            await server.tell("app-refused", "", "", f"{refused.reason}: {refused}")
            another = refused.reason is Reason.SUBJECT
            return wrong(visit, str(refused), TEXTS[visit.language].another if another else "")
        except (NotFound, Gone):
            return absent(visit)

    return answer


def _way_in(visit: Visit) -> Response | None:
    """Where the person must go first. Raises Refused for a form that is not from a page of ours."""
    path = visit.request.url.path
    if visit.session is None:
        place = path if visit.request.method == "GET" else ""
        return visit.redirect(with_place("/logg-inn", place))
    if visit.request.method == "POST":
        guard.check_origin(visit.request.headers, visit.origin)
        guard.check_token(visit.form.get(guard.FIELD, ""), visit.cookie)
    if visit.session.locked is not None:
        return visit.redirect(with_place(lock.LOCKED, path if visit.request.method == "GET" else ""))
    return None
