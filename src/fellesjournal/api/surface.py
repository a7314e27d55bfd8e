"""The ASGI application below /fhir: dispatch, faults to outcomes, the way out. Every request passes here."""

import logging
import re
import secrets

import msgspec
from starlette.types import Receive, Scope, Send

from fellesjournal.access.actor import Actor
from fellesjournal.access.audit.refusals import Refusal
from fellesjournal.access.granted import BeyondGrant
from fellesjournal.api import negotiation, outcome, practice
from fellesjournal.api.answer import Answer, Headers, messages
from fellesjournal.api.call import Call
from fellesjournal.api.faults import INSUFFICIENT, HttpFault, MethodNotAllowed, TooLong, TooMany
from fellesjournal.api.limits import TOO_MANY, Limits, Refused
from fellesjournal.api.options import Options
from fellesjournal.api.path import Paths
from fellesjournal.api.practice import ActorOf
from fellesjournal.api.routes import Route
from fellesjournal.errors import Fault, Unauthenticated

log = logging.getLogger(__name__)

_REQUEST_ID = re.compile(rb"[A-Za-z0-9._\-]{1,64}")
_OF_METADATA = re.compile(
    rb"(?:(?:_(?:format|pretty|summary|elements)=[^&]*|mode=(?:full|normative))(?:&|$))*"
)
"""What may be asked of the CapabilityStatement without signing in."""
_FILE = b'attachment; filename="api.%s"'
"""A browser that is led to an answer does not show it (OWASP ASVS 4.0.3, 14.4.2); on practice sites it does,
where people look round from the front page.
"""
_PRINTABLE = re.compile(rb"[!-~][ -~]{0,199}")


class Surface:
    """Answers FHIR requests. Whatever goes wrong, the client gets an OperationOutcome and never a trace."""

    def __init__(
        self, paths: Paths, options: Options, actor_of: ActorOf, limits: Limits, refused: Refused
    ) -> None:
        self._limits = limits
        self._refused = refused
        self._actor_of = actor_of
        self._paths = paths
        self._options = options

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        call = Call(scope, receive, self._options)
        identity, extra = _request_id(call.headers.get(b"x-request-id", b""))
        call.request = identity
        try:
            answer = await self._answer(scope, call)
        except Fault as fault:
            answer = Answer(outcome.status_of(fault), outcome.body_of(fault), _headers_of(fault))
        except Exception:
            log.exception("Request %s failed: %s %r", identity, call.method, scope["path"])
            answer = Answer(500, outcome.crashed(identity))
        if call.view.pretty and answer.body and answer.media == negotiation.FHIR_JSON:
            answer.body = msgspec.json.format(answer.body, indent=2)
        if answer.body and not self._options.practice:
            kind = "pdf" if answer.media.startswith(negotiation.PDF.encode()) else "json"
            extra = [*extra, (b"content-disposition", _FILE % kind.encode())]
        gzip = negotiation.takes_gzip(call.headers.get(b"accept-encoding", b""))
        least = self._options.gzip_from if gzip else None
        for message in messages(answer, head=call.method == "HEAD", gzip_from=least, extra=extra):
            await send(message)

    async def _answer(self, scope: Scope, call: Call) -> Answer:
        path: bytes = scope.get("raw_path") or scope["path"].encode()
        below = path.decode("latin-1").removeprefix(scope.get("root_path", "")).lstrip("/")
        if _is_open(call.method, below, scope["query_string"]):
            await self._admit(scope, call)
        else:
            call.actor = await self._identified(scope, call)
            await self._count(scope, call)
        if len(path) + len(scope["query_string"]) > self._options.longest_url:
            most = self._options.longest_url
            raise TooLong(f"The address is longer than {most} bytes: send the search as POST to _search.")
        routes, call.type, call.id, call.inner, call.version = self._paths.find(below)
        route = routes.get("GET" if call.method == "HEAD" else call.method)
        if route is None:
            return _other_method(call.method, routes)
        call.address(scope)
        call.negotiate(scope["query_string"], has_pdf=route.has_pdf)
        return await route.handler(call)

    async def _admit(self, scope: Scope, call: Call) -> None:
        """Let in anybody, whatever they show; on a practice site those of its own machine."""
        if self._options.practice:
            call.actor = await practice.identified(scope, call.headers, self._options, practice.nobody)
            return
        try:
            self._limits.count_unknown(scope, call.headers)
        except TooMany as many:
            await self._tell(scope, call, "too-many", "address", many)
            raise

    async def _identified(self, scope: Scope, call: Call) -> Actor:
        try:
            return await practice.identified(scope, call.headers, self._options, self._actor_of)
        except Fault as fault:
            try:
                self._limits.count_unknown(scope, call.headers)
            except TooMany as many:
                await self._tell(scope, call, "too-many", "address", many)
                raise
            why = fault.why if isinstance(fault, Unauthenticated) else fault.code
            await self._tell(scope, call, "refused", why, fault)
            raise

    async def _count(self, scope: Scope, call: Call) -> None:
        try:
            self._limits.count(call.actor)
        except TooMany as many:
            many.person, many.app = call.actor.person, call.actor.app
            await self._tell(scope, call, "too-many", "person", many)
            raise

    async def _tell(self, scope: Scope, call: Call, what: str, why: str, fault: Fault) -> None:
        source = self._limits.address(scope, call.headers)
        sentence = TOO_MANY if what == "too-many" else str(fault)
        await self._refused(Refusal(what, why, sentence, source, fault.person, fault.app))


def _is_open(method: str, below: str, query: bytes) -> bool:
    """Whether anybody may ask: what this server can do (SMART App Launch 2.2, conformance.html), which tells
    nothing of what is stored. What is known of code systems is for those who sign in.
    """
    return (
        method in ("GET", "HEAD", "OPTIONS") and below == "metadata" and bool(_OF_METADATA.fullmatch(query))
    )


def _headers_of(fault: Fault) -> Headers:
    if isinstance(fault, Unauthenticated):
        return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in fault.headers]
    if isinstance(fault, BeyondGrant):
        return [INSUFFICIENT]
    return list(fault.headers) if isinstance(fault, HttpFault) else []


def _other_method(method: str, routes: dict[str, Route]) -> Answer:
    allowed = ", ".join(sorted({*routes, "OPTIONS", *(["HEAD"] if "GET" in routes else [])}))
    if method == "OPTIONS":
        return Answer(204, b"", [(b"allow", allowed.encode())])
    raise MethodNotAllowed(f"{method} is not possible here; possible are {allowed}.", allowed)


def _request_id(given: bytes) -> tuple[str, Headers]:
    """The client's id when it is usable, otherwise one of ours with theirs echoed (http.html 3.1.0.1.14)."""
    if _REQUEST_ID.fullmatch(given):
        return given.decode(), [(b"x-request-id", given)]
    identity = secrets.token_hex(8)
    headers = [(b"x-request-id", identity.encode())]
    if _PRINTABLE.fullmatch(given):
        headers.append((b"x-correlation-id", given))
    return identity, headers
