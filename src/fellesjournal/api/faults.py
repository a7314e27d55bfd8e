"""Faults that only exist because there is HTTP: wrong method, wrong media type, too slow."""

from fellesjournal.errors import Fault, Issue


class HttpFault(Fault):
    """A fault with a status code and headers of its own."""

    status = 400
    headers: tuple[tuple[bytes, bytes], ...] = ()


class Unauthorized(HttpFault):
    """It is not shown who asks, or not well enough."""

    status = 401
    code = "login"
    headers: tuple[tuple[bytes, bytes], ...] = ((b"www-authenticate", b"Bearer"),)


INSUFFICIENT = (b"www-authenticate", b'Bearer error="insufficient_scope"')
"""The header of an answer to an app that has not been granted what it asks for (RFC 6750, 3.1)."""


class MethodNotAllowed(HttpFault):
    """The address exists, but not for this method; `allowed` go into the Allow header."""

    status = 405
    code = "not-supported"

    def __init__(self, message: str, allowed: str) -> None:
        super().__init__(message)
        self.headers = ((b"allow", allowed.encode()),)


class NotAcceptable(HttpFault):
    """The Accept header or `_format` asks for what cannot be had."""

    status = 406
    code = "not-supported"


class TimedOut(HttpFault):
    """The request did not arrive in time."""

    status = 408
    code = "timeout"
    headers = ((b"connection", b"close"),)


class TooLong(HttpFault):
    """The address itself is too long."""

    status = 414
    code = "too-long"


class UnsupportedMediaType(HttpFault):
    """The body is of a kind that cannot be read here."""

    status = 415
    code = "not-supported"


def invalid_value(name: str, message: str) -> Issue:
    """An issue about one query parameter or header, pointed to as R4 asks of issues about HTTP."""
    return Issue("value", message, f"http.{name}")
