"""Files that people and apps send are what they say (OWASP ASVS 4.0.3, 12.2.1). Pure.

What was stored before, by whomever, may stay when the resource around it changes: systems of the whole region
bring in old documents as they are.
"""

import base64
import re
from collections.abc import Iterator
from typing import Any

from fellesjournal.errors import Issue, Unprocessable
from fellesjournal.fhir.file_kinds import LOOKED_AT, is_what_it_says

Tree = dict[str, Any]

_CHARACTERS = 2 * LOOKED_AT
"""Of base64 that are looked at: white space is allowed among them."""
_NO_BASE64 = re.compile(r"[^A-Za-z0-9+/]")


def require_true_files(after: Tree, before: Tree | None) -> None:
    """Raise Unprocessable for a file in a resource that is of another kind than it is sent as, if it was not
    there before."""
    kept = {(kind, data) for _, kind, data in _files(before, "")} if before else set()
    for place, kind, data in _files(after, str(after.get("resourceType", ""))):
        if (kind, data) not in kept and not is_what_it_says(kind, _beginning(data)):
            text = f"This file is sent as {kind}, but does not begin as such a file does."
            raise Unprocessable(Issue("value", text, place))


def _files(node: Any, place: str) -> Iterator[tuple[str, str, str]]:
    """Where each file is (FHIRPath), what it is sent as, and its data."""
    if isinstance(node, list):
        for at, one in enumerate(node):
            yield from _files(one, f"{place}[{at}]")
    elif isinstance(node, dict):
        kind, data = node.get("contentType"), node.get("data")
        if isinstance(kind, str) and isinstance(data, str):
            yield place, kind, data
        for name, one in node.items():
            if isinstance(one, list | dict):
                yield from _files(one, f"{place}.{name}")


def _beginning(data: str) -> bytes:
    plain = _NO_BASE64.sub("", data[:_CHARACTERS])
    whole = plain[:-1] if len(plain) % 4 == 1 else plain
    return base64.b64decode(whole + "=" * (-len(whole) % 4))[:LOOKED_AT]
