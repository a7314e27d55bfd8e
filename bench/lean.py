"""Clients that cost next to nothing: one connection that is kept, and bytes that are sent as they are.

The clients of others cost as much as a quick answer does, on the same cores: what they measure is partly
themselves. With 64 in one process some of httpx's requests waited eight seconds in its pool of connections
for answers that the server gave in a tenth of one.
"""

import asyncio
import socket
from types import TracebackType
from typing import NamedTuple


class Lean:
    """One connection to a server, for one request at a time."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._address = address
        self._socket = socket.create_connection(address)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._read = self._socket.makefile("rb")

    def __enter__(self) -> "Lean":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._read.close()
        self._socket.close()

    def get(self, target: str) -> bytes:
        """The body of an answer. Raises OSError for any status but 200."""
        host, port = self._address
        head = f"GET {target} HTTP/1.1\r\nhost: {host}:{port}\r\naccept: application/fhir+json\r\n\r\n"
        self._socket.sendall(head.encode())
        status = self._read.readline()
        length = 0
        while (line := self._read.readline()) not in (b"\r\n", b""):
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        body = self._read.read(length)
        if b" 200" not in status:
            raise OSError(f"The server answered {status.decode()}: {body[:300].decode()}")
        return body


class Answered(NamedTuple):
    """The status and the body of an answer."""

    status: int
    body: bytes


class LeanPoster:
    """One of many clients of a process: posts JSON on a connection of its own, made anew when it breaks."""

    def __init__(self, address: tuple[str, int]) -> None:
        self._address = address
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, target: str, body: bytes, headers: dict[str, str]) -> Answered:
        """Raises OSError or EOFError when the connection breaks; then nobody knows whether it was done."""
        try:
            return await self._asked(target, body, headers)
        except (OSError, EOFError):
            self.close()
            raise

    def close(self) -> None:
        """Leave the connection."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None

    async def _asked(self, target: str, body: bytes, headers: dict[str, str]) -> Answered:
        if self._streams is None:
            self._streams = await asyncio.open_connection(*self._address)
        reader, writer = self._streams
        host, port = self._address
        told = {"host": f"{host}:{port}", "content-type": "application/fhir+json", **headers}
        lines = [f"POST {target} HTTP/1.1", *(f"{name}: {value}" for name, value in told.items())]
        lines += [f"content-length: {len(body)}", "", ""]
        writer.write("\r\n".join(lines).encode() + body)
        head = await reader.readuntil(b"\r\n\r\n")
        status, *fields = head.decode("latin-1").split("\r\n")
        length = next(
            int(one.partition(":")[2]) for one in fields if one.lower().startswith("content-length:")
        )
        return Answered(int(status.split()[1]), await reader.readexactly(length))
