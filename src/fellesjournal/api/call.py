"""One request, read lazily: nothing is decoded that its handler does not ask for."""

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from starlette.types import Receive, Scope

from fellesjournal.access.actor import Actor
from fellesjournal.api import body, negotiation
from fellesjournal.api.faults import invalid_value
from fellesjournal.api.options import Options
from fellesjournal.errors import Invalid
from fellesjournal.fhir import query

_ETAG = re.compile(r'(?:W/)?"([1-9][0-9]{0,9})"')
_LAST_VERSION = 2**31 - 1
_HOST = re.compile(rb"[A-Za-z0-9._\-]+(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]+\](:[0-9]{1,5})?")
_CONTROLS = frozenset({"_format", "_pretty", "_summary", "_elements"})


@dataclass(slots=True)
class View:
    """How the client wants to see resources: `_summary`, `_elements`, and the pairs as written, for links."""

    summary: str = "false"
    elements: tuple[str, ...] = ()
    pretty: bool = False
    pdf: bool = False
    """Whether it is wanted as a PDF, where there is one."""
    written: query.Parameters = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether resources are sent as they are stored."""
        return self.summary == "false" and not self.elements


WHOLE = View()
NOBODY = Actor("", "", "")
"""Who acts before it is known who does: to nobody there is no record."""


class Call:
    """A request on its way through a handler. `type`, `id`, `version` and `inner` come from the path."""

    __slots__ = (
        "actor",
        "base",
        "gathers",
        "headers",
        "id",
        "inner",
        "method",
        "options",
        "parameters",
        "receive",
        "request",
        "type",
        "version",
        "view",
    )

    def __init__(self, scope: Scope, receive: Receive, options: Options) -> None:
        self.method: str = scope["method"]
        self.headers = _headers(scope["headers"])
        self.receive = receive
        self.options = options
        self.base = options.base_url
        self.actor = NOBODY
        self.request = ""
        self.type = self.id = self.version = self.inner = ""
        self.view = WHOLE
        self.gathers = False
        """Whether the log is told of all that is read in one writing (Journal.open)."""
        self.parameters: query.Parameters = []
        """The query without the parameters that only say how the answer looks."""

    def header(self, name: bytes) -> str:
        """A header as text, "" when it is not there."""
        return self.headers.get(name, b"").decode("latin-1")

    def address(self, scope: Scope) -> None:
        """Settle the base address that links are written with; raises Invalid for an odd Host header."""
        if not self.base:
            host = self.headers.get(b"host", b"localhost")
            self.base = _base(scope.get("scheme", "http"), host, scope.get("root_path", ""))

    def negotiate(self, raw_query: bytes, *, has_pdf: bool = False) -> None:
        """Read the query and settle the format; raises NotAcceptable or Invalid before any work is done."""
        if raw_query:
            self.take(query.parse(raw_query), has_pdf=has_pdf)
        accept = self.header(b"accept")
        if not accept or any(name == "_format" for name, _ in self.view.written):
            return
        if has_pdf and negotiation.prefers_pdf(accept):
            self.view = replace(self.view, pdf=True)
        else:
            negotiation.check_accept(accept)

    def take(self, parameters: query.Parameters, *, has_pdf: bool = False) -> None:
        """Add parameters of the query or of a form; those about the look of the answer go to the view."""
        self.parameters += without_view(parameters)
        if len(self.parameters) < len(parameters):
            self.view = view_of([*self.view.written, *parameters], has_pdf=has_pdf)

    @property
    def preference(self) -> negotiation.Preference:
        """The Prefer header, understood."""
        header = self.headers.get(b"prefer")
        return negotiation.preference(header.decode("latin-1")) if header else negotiation.NONE_PREFERRED

    def if_match(self) -> int | None:
        """The version that If-Match names, None without the header. Malformed: Invalid (400)."""
        header = self.headers.get(b"if-match")
        return etag_version("If-Match", header.decode("latin-1")) if header is not None else None

    async def body(self) -> bytes:
        """The whole body, decompressed, within the site's limits of size and time."""
        return await body.read(self.receive, self.headers, self.options)

    async def resource(self) -> bytes:
        """A body that is a FHIR resource in JSON; another Content-Type is refused (415)."""
        negotiation.check_resource_type(self.header(b"content-type"))
        return await self.body()


def etag_version(name: str, value: str) -> int:
    """The version in a weak ETag, W/"3"; the strong form "3" is understood too."""
    found = _ETAG.fullmatch(value.strip())
    if not found:
        raise Invalid(invalid_value(name, f"""{name} must name one version, such as W/"3", not '{value}'."""))
    version = int(found.group(1))
    if version > _LAST_VERSION:
        raise Invalid(
            invalid_value(name, f"{name} {value.strip()} is no version: no resource has that many.")
        )
    return version


def _headers(pairs: list[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Headers by lower-case name; a header given twice is joined with a comma, as RFC 9110 allows.

    Over HTTP/2 a browser sends its cookies one by one (RFC 9113 8.2.3).
    """
    headers = dict(pairs)
    if len(headers) != len(pairs):
        headers = {}
        for name, value in pairs:
            between = b"; " if name == b"cookie" else b", "
            headers[name] = headers[name] + between + value if name in headers else value
    return headers


@lru_cache(maxsize=1_000)
def _base(scheme: str, host: bytes, root: str) -> str:
    """The address this server was called by; it is written into links, so an odd Host header is refused."""
    if not _HOST.fullmatch(host):
        raise Invalid(invalid_value("Host", "The Host header is not a host name with an optional port."))
    return f"{scheme}://{host.decode('ascii')}{root}"


def without_view(parameters: query.Parameters) -> query.Parameters:
    """The parameters that say what is asked for, not how it looks."""
    return [pair for pair in parameters if pair[0] not in _CONTROLS]


def view_of(parameters: query.Parameters, *, has_pdf: bool = False) -> View:
    """How `_format`, `_pretty`, `_summary` and `_elements` want the answer. Raises Invalid, NotAcceptable."""
    view = View()
    for name, value in parameters:
        if name in _CONTROLS:
            _look(view, name, value, has_pdf=has_pdf)
    return view


def _look(view: View, name: str, value: str, *, has_pdf: bool) -> None:
    match name:
        case "_format" if has_pdf and negotiation.is_pdf(value):
            view.pdf = True
        case "_format":
            negotiation.check_format(value)
        case "_pretty":
            if value not in ("true", "false"):
                raise Invalid(invalid_value(name, f"_pretty is true or false, not '{value}'."))
            view.pretty = value == "true"
        case "_summary":
            if value not in negotiation.SUMMARIES:
                choice = ", ".join(negotiation.SUMMARIES)
                raise Invalid(invalid_value(name, f"_summary is one of {choice}, not '{value}'."))
            view.summary = value
        case "_elements":
            view.elements += tuple(part.strip() for part in value.split(",") if part.strip())
    view.written.append((name, value))
