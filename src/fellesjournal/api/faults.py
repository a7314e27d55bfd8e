"""Faults that only exist because there is HTTP: wrong method, wrong media type, too slow."""

from fellesjournal.errors import Fault, Issue


class HttpFault(Fault):
    """A fault with a status code and headers of its own."""

    status = 400
    headers: tuple[tuple[bytes, bytes], ...] = ()


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


class TooMany(HttpFault):
    """More is asked for than anyone may; `seconds` go into the Retry-After header (RFC 9110 10.2.3)."""

    status = 429
    code = "throttled"

    def __init__(self, message: str, seconds: int) -> None:
        super().__init__(f"{message} Try again in {seconds} seconds.")
        self.headers = ((b"retry-after", b"%d" % seconds),)


def invalid_value(name: str, message: str) -> Issue:
    """An issue about one query parameter or header, pointed to as R4 asks of issues about HTTP."""
    return Issue("value", message, f"http.{name}")
