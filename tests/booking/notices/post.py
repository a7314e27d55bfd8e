"""A mail server and an SMS gateway of the tests' own, which keep what they get."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any


@dataclass
class Post:
    """What came, and what is answered: a code of SMTP (0: as it should), a status of HTTP."""

    port: int = 0
    mails: list[EmailMessage] = field(default_factory=list)
    texts: list[dict[str, Any]] = field(default_factory=list)
    refuses: int = 0
    status: int = 200
    answers: dict[str, str] = field(default_factory=dict)

    async def smtp(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One session of RFC 5321."""
        writer.write(b"220 post\r\n")
        while line := (await reader.readline()).upper():
            if line.startswith(b"DATA"):
                writer.write(b"354 go on\r\n")
                text = await reader.readuntil(b"\r\n.\r\n")
                mail = message_from_bytes(text[:-3], policy=default)
                assert isinstance(mail, EmailMessage)
                self.mails.append(mail)
            if line.startswith(b"RCPT") and self.refuses:
                writer.write(f"{self.refuses} no\r\n".encode())
                continue
            writer.write(b"221 bye\r\n" if line.startswith(b"QUIT") else b"250 ok\r\n")
            if line.startswith(b"QUIT"):
                break
        writer.close()

    async def http(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request of HTTP/1.1."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.split("content-length: ")[1].split("\r\n")[0])
        said = json.loads(await reader.readexactly(length))
        if self.status < 300:
            self.texts.append(said | {"token": "authorization: bearer hemmelig" in head})
        body = json.dumps(self.answers).encode()
        told = f"HTTP/1.1 {self.status} -\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n"
        writer.write(told.encode() + body)
        await writer.drain()
        writer.close()


@asynccontextmanager
async def serving(kind: str) -> AsyncIterator[Post]:
    """A server of a kind, smtp or http, at a port of its own."""
    post = Post()
    async with await asyncio.start_server(getattr(post, kind), "127.0.0.1", 0) as server:
        post.port = server.sockets[0].getsockname()[1]
        yield post
