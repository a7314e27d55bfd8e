"""Where the next page starts. The cursor names the last row of this page by values that do not move:
the order of creation and, when sorted, the values sorted by. Rows that come or go meanwhile can neither
shift the pages nor repeat a row on them."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any

import msgspec

from fellesjournal.errors import Invalid

PARAMETER = "_cursor"


def encode(values: list[Any]) -> str:
    """An opaque, URL-safe text for the values of a page's last row."""
    return base64.urlsafe_b64encode(msgspec.msgpack.encode(values)).decode().rstrip("=")


def decode(text: str, kinds: Sequence[tuple[type, ...]]) -> list[Any]:
    """The values again: one of each kind or None, and the rid.

    Raises Invalid when the text is not a cursor of such a search.
    """
    try:
        values = msgspec.msgpack.decode(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, msgspec.DecodeError, UnicodeError, ValueError, RecursionError):
        values = None
    if not isinstance(values, list) or len(values) != len(kinds) + 1 or not _fits(values, kinds):
        raise Invalid(f"{PARAMETER} is not a page of this search. Start again from its first page.")
    return values


def _fits(values: list[Any], kinds: Sequence[tuple[type, ...]]) -> bool:
    *keys, rid = values
    whole = [value for value in values if isinstance(value, int)]
    return (
        type(rid) is int
        and all(-(2**63) <= value < 2**63 for value in whole)
        and all(key is None or type(key) in kind for key, kind in zip(keys, kinds, strict=True))
    )
