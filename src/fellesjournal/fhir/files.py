"""The files that a resource holds: attachments, and the content of a Binary."""

import base64
import binascii
from collections.abc import Iterator
from typing import Any, NamedTuple

PDF = "application/pdf"
_KINDS = (PDF, "text/plain", "text/html")
_PDF, _TEXT, _HTML = (kind.encode() for kind in _KINDS)
_LONGEST = 40_000_000
"""Bytes of a file that is read: beyond that it is no letter."""


class File(NamedTuple):
    """One file: its kind, and what is in it (None: that cannot be read)."""

    kind: str
    content: bytes | None


def carries_file(body: bytes) -> bool:
    """Whether a body may hold a file whose text is looked for; what is said so wrongly is found to have
    none.
    """
    return _PDF in body or _TEXT in body or _HTML in body


def files(tree: dict[str, Any]) -> list[File]:
    """The files in a resource whose text can be read, in the order they stand."""
    return [*_files(tree)]


def _files(node: Any) -> Iterator[File]:
    if isinstance(node, list):
        for one in node:
            yield from _files(one)
    elif isinstance(node, dict):
        kind, data = node.get("contentType"), node.get("data")
        if isinstance(kind, str) and isinstance(data, str):
            plain = kind.partition(";")[0].strip().lower()
            if plain in _KINDS:
                yield File(plain, _decoded(data))
        for name, one in node.items():
            if name not in ("data", "contentType"):
                yield from _files(one)


def _decoded(data: str) -> bytes | None:
    try:
        content = base64.b64decode(data, validate=True)
    except binascii.Error:
        return None
    return content if len(content) <= _LONGEST else None
