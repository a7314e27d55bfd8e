"""Request bodies: read within limits of size and time, decompressed within the same limit of size."""

import asyncio

from isal import isal_zlib
from starlette.types import Receive

from fellesjournal.api.faults import TimedOut, UnsupportedMediaType
from fellesjournal.api.options import Options
from fellesjournal.errors import Invalid, TooLarge


async def read(receive: Receive, headers: dict[bytes, bytes], options: Options) -> bytes:
    """The whole body. Raises TooLarge (413), TimedOut (408), or Invalid when it is cut off."""
    _check_length(headers, options.largest_body)
    encoding = headers.get(b"content-encoding", b"identity").strip().lower()
    if encoding not in (b"identity", b"gzip"):
        said = encoding.decode("latin-1")
        raise UnsupportedMediaType(f"Content-Encoding '{said}' cannot be read here: send gzip or none.")
    try:
        async with asyncio.timeout(options.body_timeout):
            raw = await _collected(receive, options.largest_body)
    except TimeoutError:
        wait = f"{options.body_timeout:g}"
        raise TimedOut(f"The body was not complete after {wait} seconds; nothing was stored.") from None
    return _inflated(raw, options.largest_body) if encoding == b"gzip" else raw


def _check_length(headers: dict[bytes, bytes], most: int) -> None:
    announced = headers.get(b"content-length", b"0").strip()
    if not announced.isdigit():
        raise Invalid("Content-Length is not a number.")
    if len(announced) > 18 or int(announced) > most:
        raise _too_large(most)


async def _collected(receive: Receive, most: int) -> bytes:
    message = await receive()
    if message["type"] == "http.request" and not message.get("more_body"):
        whole: bytes = message.get("body", b"")
        if len(whole) > most:
            raise _too_large(most)
        return whole
    parts = bytearray()
    while True:
        if message["type"] == "http.disconnect":
            raise Invalid("The body ended before it was complete; nothing was stored.")
        parts += message.get("body", b"")
        if len(parts) > most:
            raise _too_large(most)
        if not message.get("more_body"):
            return bytes(parts)
        message = await receive()


def _inflated(raw: bytes, most: int) -> bytes:
    """Decompress at most one byte more than allowed: a bomb never gets to unfold."""
    inflater = isal_zlib.decompressobj(wbits=31)
    try:
        whole = inflater.decompress(raw, most + 1)
    except (isal_zlib.error, EOFError):  # type: ignore[misc] # its stub calls the class an instance
        raise Invalid("The body is said to be gzip, but cannot be decompressed.") from None
    if len(whole) > most:
        raise _too_large(most)
    if not inflater.eof or inflater.unused_data:
        raise Invalid("The body is said to be gzip, but does not end where its gzip stream ends.")
    return whole


def _too_large(most: int) -> TooLarge:
    return TooLarge(f"The body is larger than the {most // 1024} kB this site accepts; nothing was stored.")
