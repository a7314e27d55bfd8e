"""A lean HTTP/1.1 client: one connection, one request at a time, as little Python as possible.

The load client shares the cores with what it measures, so every microsecond here distorts the figures.
"""

import asyncio
import zlib
from typing import NamedTuple, cast

GZIP_OR_ZLIB = zlib.MAX_WBITS | 32


class Answer(NamedTuple):
    """One response; `body` is no longer compressed."""

    status: int
    head: bytes
    """Status line and headers, lower-cased."""
    body: bytes


class Broken(Exception):
    """The connection was lost, or what came over it is not HTTP."""


class Connection(asyncio.Protocol):
    """One kept-alive connection. Sends the headers of the published workload with every request."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._headers = (
            f"Host: {host}:{port}\r\nAccept-Encoding: gzip\r\nAccept: application/json\r\n"
            "Content-Type: application/json\r\nCache-Control: no-cache\r\n"
        ).encode()
        self._transport: asyncio.Transport | None = None
        self._received = bytearray()
        self._waiting: asyncio.Future[Answer] | None = None

    async def request(self, method: str, path: str, body: bytes = b"", headers: bytes = b"") -> Answer:
        """Send one request and wait for its answer; `headers` are extra lines, each ending in CRLF."""
        if self._transport is None:
            await asyncio.get_running_loop().create_connection(lambda: self, self._host, self._port)
        assert self._transport is not None
        length = b"Content-Length: %d\r\n" % len(body) if body or method in ("POST", "PUT", "PATCH") else b""
        self._received.clear()
        self._waiting = asyncio.get_running_loop().create_future()
        line = f"{method} {path} HTTP/1.1\r\n".encode()
        self._transport.write(b"".join((line, self._headers, headers, length, b"\r\n", body)))
        return await self._waiting

    def close(self) -> None:
        """Hang up; the next request connects anew."""
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Called by asyncio."""
        self._transport = cast(asyncio.Transport, transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Called by asyncio: whoever waits for an answer gets Broken."""
        self._transport = None
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_exception(Broken(str(exc or "the server closed the connection")))

    def data_received(self, data: bytes) -> None:
        """Called by asyncio."""
        self._received += data
        answer = parsed(self._received)
        if answer is not None and self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(answer)


def parsed(received: bytearray) -> Answer | None:
    """The answer in `received`, None while it is incomplete (RFC 9112, sections 6 and 7.1)."""
    end = received.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = bytes(received[: end + 2]).lower()
    status = int(head[9:12])
    if status in (204, 304):
        return Answer(status, head, b"")
    length = header(head, b"content-length")
    if length is not None:
        if len(received) - end - 4 < int(length):
            return None
        body = bytes(received[end + 4 :])
    elif header(head, b"transfer-encoding") == b"chunked":
        chunks = _unchunked(received, end + 4)
        if chunks is None:
            return None
        body = chunks
    else:
        raise Broken("an answer without a length")
    if header(head, b"content-encoding") == b"gzip":
        body = zlib.decompress(body, GZIP_OR_ZLIB)
    return Answer(status, head, body)


def header(head: bytes, name: bytes) -> bytes | None:
    """The value of a header in a lower-cased head."""
    start = head.find(b"\r\n" + name + b":")
    if start < 0:
        return None
    start += len(name) + 3
    return head[start : head.index(b"\r\n", start)].strip()


def _unchunked(received: bytearray, at: int) -> bytes | None:
    parts: list[bytes] = []
    while True:
        line_end = received.find(b"\r\n", at)
        if line_end < 0:
            return None
        size = int(received[at:line_end].partition(b";")[0], 16)
        start = line_end + 2
        if len(received) < start + size + 2:
            return None
        if not size:
            return b"".join(parts)
        parts.append(bytes(received[start : start + size]))
        at = start + size + 2
