"""Where the next page starts. The cursor names the last row of this page by values that do not move:
the order of creation and, when sorted, the values sorted by. Rows that come or go meanwhile can neither
shift the pages nor repeat a row on them."""

import base64
import binascii
from typing import Any

import msgspec

from fellesjournal.errors import Invalid

PARAMETER = "_cursor"


def encode(values: list[Any]) -> str:
    """An opaque, URL-safe text for the values of a page's last row."""
    return base64.urlsafe_b64encode(msgspec.msgpack.encode(values)).decode().rstrip("=")


def decode(text: str, length: int) -> list[Any]:
    """The values again. Raises Invalid when the text is not a cursor of a search with `length` values."""
    try:
        values = msgspec.msgpack.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, msgspec.DecodeError, UnicodeError, ValueError):
        values = None
    if not isinstance(values, list) or len(values) != length or type(values[-1]) is not int:
        raise Invalid(f"{PARAMETER} is not a page of this search. Start again from its first page.")
    return values
