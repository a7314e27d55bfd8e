"""What every answer of every surface carries, so that a browser does nothing with it that was not meant.

An answer's own headers stand; what it does not say is added. OWASP ASVS 4.0.3, 8.2.1 and 14.4.
"""

import logging

from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger(__name__)

PAGE = (
    b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    b"connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; "
    b"frame-ancestors 'none'"
)
"""For pages: everything is a file of ours, nothing stands in the page itself."""
DATA = b"default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""For all else: nothing in it is for a browser to run."""

_ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),  # with no-referrer a form would be sent with "Origin: null"
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (
        b"permissions-policy",
        b"accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), "
        b"microphone=(), payment=(), usb=()",
    ),
    (b"x-frame-options", b"DENY"),
    (b"cache-control", b"no-store"),
)
_OVER_TLS = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")
_POLICY = b"content-security-policy"


class Headers:
    """An ASGI application around another. `secure`: whether the site is reached over https."""

    def __init__(self, app: ASGIApp, *, secure: bool) -> None:
        self._app = app
        self._always = (*_ALWAYS, _OVER_TLS) if secure else _ALWAYS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, or say that it failed when it has not begun to answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False

        async def sending(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                message["headers"] = self._completed(message["headers"])
            await send(message)

        try:
            await self._app(scope, receive, sending)
        except Exception:
            if begun:
                raise
            log.exception("A request failed: %s %r", scope["method"], scope["path"])
            plain = [(b"content-type", b"text/plain; charset=utf-8")]
            await sending({"type": "http.response.start", "status": 500, "headers": plain})
            await send({"type": "http.response.body", "body": b"Something went wrong in the server.\n"})

    def _completed(self, headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
        said = dict(headers)
        more = [pair for pair in self._always if pair[0] not in said]
        if _POLICY not in said:
            page = said.get(b"content-type", b"").startswith(b"text/html")
            more.append((_POLICY, PAGE if page else DATA))
        return [*headers, *more]
