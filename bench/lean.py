"""A client that costs next to nothing: one connection that is kept, and bytes that are sent as they are.

The clients of others cost as much as a quick answer does, on the same cores: what they measure is partly
themselves.
"""

import socket
from types import TracebackType


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
