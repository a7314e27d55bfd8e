"""The text of files, read in a process of its own: whatever is in a file, the server stays as it was.

The child has little memory and time, no environment and low priority; it is killed when a file takes too
long, and replaced after some files. PDF is read by pypdf, which is Python alone: a broken file can waste
time there, and nothing else. Run as a script it is the child: on standard input a letter for the kind (p
PDF, t text, h HTML), eight bytes of length and the file, on standard output a letter for how it went (r
read, e empty, u unreadable), eight bytes of length and the text.
"""

import asyncio
import os
import sys
from contextlib import suppress
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

READ, EMPTY, UNREADABLE = "r", "e", "u"
LONGEST_TEXT = 400_000
"""Characters of a file's text that are kept: a book."""
TIMEOUT = 20.0
"""Seconds for one file."""
_FILES = 100
"""Files that one child reads."""
_MEMORY = 1 << 30
_SECONDS = 600
_MOST_PAGES = 500


class Reader:
    """Reads files one after the other. `timeout` is in seconds."""

    def __init__(self, timeout: float = TIMEOUT) -> None:
        self._timeout = timeout
        self._child: asyncio.subprocess.Process | None = None
        self._left = 0

    async def read(self, kind: str, content: bytes) -> tuple[str, str]:
        """How it went, and the text of a file of a kind (a media type)."""
        try:
            async with asyncio.timeout(self._timeout):
                return await self._asked(kind, content)
        except (TimeoutError, OSError, EOFError):
            await self.close()
            return UNREADABLE, ""

    async def close(self) -> None:
        """End the child."""
        if self._child is not None:
            with suppress(ProcessLookupError):
                self._child.kill()
            await self._child.wait()
            self._child = None

    async def _asked(self, kind: str, content: bytes) -> tuple[str, str]:
        if self._child is None or not self._left:
            await self.close()
            self._child, self._left = await _started(), _FILES
        self._left -= 1
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        letter = {"application/pdf": b"p", "text/html": b"h"}.get(kind, b"t")
        self._child.stdin.write(letter + len(content).to_bytes(8, "big") + content)
        await self._child.stdin.drain()
        head = await self._child.stdout.readexactly(9)
        text = await self._child.stdout.readexactly(int.from_bytes(head[1:], "big"))
        return chr(head[0]), text.decode()


async def _started() -> asyncio.subprocess.Process:
    paths = os.environ.get("PYTHONPATH")
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", __file__),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={"PYTHONPATH": paths} if paths else {},
        cwd=Path(__file__).anchor,
    )


def main() -> None:
    """Be the child."""
    import resource  # noqa: PLC0415 - not there on every system, and of no use to the parent

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    os.nice(10)
    given, told = sys.stdin.buffer, sys.stdout.buffer
    while letter := given.read(1):
        state, text = _text(letter, given)
        written = text.encode("utf-8", "replace")
        told.write(state.encode() + len(written).to_bytes(8, "big") + written)
        told.flush()


def _text(letter: bytes, given: BinaryIO) -> tuple[str, str]:
    content = given.read(int.from_bytes(given.read(8), "big"))
    try:
        text = {b"p": _pdf, b"h": _html}.get(letter, _plain)(content)
    except Exception:  # whatever is wrong with a file, the next one is read
        return UNREADABLE, ""
    kept = text.replace("\0", " ").strip()[:LONGEST_TEXT]
    return (READ, kept) if any(map(str.isalnum, kept)) else (EMPTY, "")


def _pdf(content: bytes) -> str:
    from pypdf import PdfReader  # noqa: PLC0415 - the parent has no use for it

    pages, length = [], 0
    for page in PdfReader(BytesIO(content)).pages[:_MOST_PAGES]:
        pages.append(page.extract_text())
        length += len(pages[-1])
        if length > LONGEST_TEXT:
            break
    return "\n\n".join(pages)


def _plain(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


class _Texts(HTMLParser):
    """What a person reads of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A script is not read."""
        self._hidden += tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        """What follows a script is."""
        self._hidden -= tag in ("script", "style") and self._hidden > 0

    def handle_data(self, data: str) -> None:
        """A stretch of text."""
        if not self._hidden:
            self.said.append(data)


def _html(content: bytes) -> str:
    parser = _Texts()
    parser.feed(_plain(content))
    return "\n".join(filter(None, map(str.strip, parser.said)))


if __name__ == "__main__":
    main()
