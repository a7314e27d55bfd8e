"""What a handler answers, and how it goes out: headers, compression, HEAD (FHIR R4 http.html)."""

from datetime import UTC, datetime
from email.utils import format_datetime
from functools import lru_cache

from isal import igzip
from starlette.types import Message

from fellesjournal.api.negotiation import FHIR_JSON

Headers = list[tuple[bytes, bytes]]

_NEVER_STORE = (b"cache-control", b"no-store")
"""Hardly an answer is about no citizen. An ETag is for If-Match and If-None-Match of programs that keep what
they read (FHIR R4 http.html#cread); whatever lies between must keep nothing.
"""
_VARY = (b"vary", b"Accept, Accept-Encoding, Prefer")


class Answer:
    """A status, headers beyond the usual, and a body (empty: none), FHIR JSON unless `media` says else."""

    __slots__ = ("body", "headers", "media", "status")

    def __init__(
        self, status: int, body: bytes = b"", headers: Headers | None = None, media: bytes = FHIR_JSON
    ) -> None:
        self.status = status
        self.body = body
        self.headers: Headers = headers if headers is not None else []
        self.media = media


@lru_cache(maxsize=4_096)
def http_date(second: int) -> bytes:
    """A moment, in whole seconds since 1970, as HTTP writes it."""
    return format_datetime(datetime.fromtimestamp(second, UTC), usegmt=True).encode()


def version_headers(version: int, updated: datetime) -> Headers:
    """ETag and Last-Modified of one version."""
    return [(b"etag", b'W/"%d"' % version), (b"last-modified", http_date(int(updated.timestamp())))]


def messages(answer: Answer, *, head: bool, gzip_from: int | None, extra: Headers) -> tuple[Message, Message]:
    """The two ASGI messages of an answer; bodies from `gzip_from` bytes up are compressed (None: never)."""
    body = answer.body
    headers = [*answer.headers, *extra, _NEVER_STORE]
    if body:
        headers += ((b"content-type", answer.media), _VARY)
        if gzip_from is not None and len(body) >= gzip_from:
            body = igzip.compress(body, 1)
            headers.append((b"content-encoding", b"gzip"))
    if answer.status not in (204, 304):
        headers.append((b"content-length", b"%d" % len(body)))
    start = {"type": "http.response.start", "status": answer.status, "headers": headers}
    return start, {"type": "http.response.body", "body": b"" if head else body}
