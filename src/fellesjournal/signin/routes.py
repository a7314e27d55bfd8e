"""The addresses of sign-in: which function answers which, and what is asked of the visitor first."""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from fellesjournal.errors import Conflict, Fault, Gone, NotFound
from fellesjournal.signin import entrance, guard, idle, leaving, lock, practice, role, style
from fellesjournal.signin.admission import with_place
from fellesjournal.signin.openid.refusal import Reason, Refused
from fellesjournal.signin.reception import Event, Reception, log
from fellesjournal.signin.visit import HEADERS, Visit, arrive

Handler = Callable[[Visit], Awaitable[Response]]


def routes(reception: Reception) -> list[BaseRoute]:
    """Every address. Practice sign-in has addresses on practice sites only."""

    def page(path: str, handler: Handler, *, signed: bool = False, locked: bool = False) -> Route:
        return Route(path, _guarded(reception, handler, signed, locked), methods=["GET"])

    def form(path: str, handler: Handler, *, signed: bool = False, locked: bool = False) -> Route:
        return Route(path, _guarded(reception, handler, signed, locked), methods=["POST"])

    async def back_channel(request: Request) -> Response:
        return await leaving.back_channel(reception, request)

    practised: list[BaseRoute] = [
        page("/logg-inn/ovelse", practice.show),
        form("/logg-inn/ovelse", practice.pick),
    ]
    return [
        page("/logg-inn", entrance.show),
        page("/logg-inn/retur", entrance.come_back),
        page("/logg-inn/meg", role.me, signed=True),
        page("/logg-inn/rolle", role.show, signed=True),
        form("/logg-inn/rolle", role.choose, signed=True),
        form("/logg-inn/las", lock.lock, signed=True, locked=True),
        page(idle.USE, idle.left),
        page("/logg-inn/last", lock.show, signed=True, locked=True),
        form("/logg-inn/apne", lock.reopen, signed=True, locked=True),
        form("/logg-inn/ut", leaving.sign_out, signed=True, locked=True),
        form("/logg-inn/andre", leaving.elsewhere, signed=True),
        page("/logg-inn/ute", leaving.show),
        Route("/logg-inn/bakkanal", back_channel, methods=["POST"]),
        Route(style.PATH, style.answer, methods=["GET"]),
        *(practised if reception.practice else []),
        *(form(f"/logg-inn/til/{name}", entrance.begin) for name in reception.clients),
    ]


def _guarded(
    reception: Reception, handler: Handler, signed: bool, locked: bool
) -> Callable[[Request], Awaitable[Response]]:
    """Nobody comes to a `signed` page without a session, nor to other than `locked` pages with a locked one.

    A form is taken from pages of our own only and, with a session, only with the session's token.
    """

    async def answer(request: Request) -> Response:
        try:
            visit = await arrive(reception, request)
        except Fault as fault:
            return PlainTextResponse(str(fault), 400, HEADERS)
        try:
            return await _led(visit, handler, signed, locked)
        except Fault as fault:
            return await _refused(visit, fault)

    return answer


async def _led(visit: Visit, handler: Handler, signed: bool, locked: bool) -> Response:
    if visit.request.method == "POST":
        guard.check_origin(visit.request.headers, visit.origin)
        if signed and visit.session is not None:
            guard.check_token(visit.form.get(guard.FIELD, ""), visit.cookie)
    if signed and visit.session is None:
        return visit.redirect("/logg-inn")
    if signed and not locked and visit.session is not None and visit.session.locked is not None:
        asked = visit.request.url.path if visit.request.method == "GET" else ""
        return visit.redirect(with_place(lock.LOCKED, asked))
    return await handler(visit)


async def _refused(visit: Visit, fault: Fault) -> Response:
    """A page that says in plain words what went wrong, and what to do."""
    reason = fault.reason if isinstance(fault, Refused) else None
    log.warning("sign-in refused (%s): %s", reason or type(fault).__name__, fault)
    await visit.reception.tell(Event("refused", detail=f"{reason or type(fault).__name__}: {fault}"))
    words = visit.texts.refusals
    if reason is not None:
        said = words.get(reason, words[Reason.MALFORMED])
    else:
        said = (
            words[Reason.UNKNOWN_PERSON]
            if isinstance(fault, Conflict | NotFound | Gone)
            else words[Reason.MALFORMED]
        )
    status = 404 if isinstance(fault, NotFound | Gone) else 502 if reason is Reason.DOWN else 403
    return visit.page("refused", status, said=said, reason=reason or fault.code)
