"""What identifies a resource, and how one resource names another (FHIR R4, references.html)."""

import re
from functools import lru_cache
from typing import NamedTuple

is_id = re.compile(r"[A-Za-z0-9\-.]{1,64}").fullmatch
"""Is the whole text a logical id (datatypes.html#id)? A match or None."""

_LITERAL = re.compile(
    r"(?:(?P<base>https?://[^\s?#]+)/)?(?P<type>[A-Z][A-Za-z]+)/(?P<id>[A-Za-z0-9\-.]{1,64})"
    r"(?:/_history/(?P<version>[A-Za-z0-9\-.]{1,64}))?"
)
_USUAL = 200
"""Characters of a reference that is worth remembering."""


class Literal(NamedTuple):
    """A literal reference that names its target's type and id."""

    base: str
    """The server's address, without the slash after it; "" for a relative reference."""
    type: str
    """As written; may not be a type FHIR has."""
    id: str
    version: str


def literal(reference: str) -> Literal | None:
    """Read "Patient/1", "Patient/1/_history/2" or "https://server/fhir/Patient/1"; None for anything else."""
    return _remembered(reference) if len(reference) <= _USUAL else _literal(reference)


def _literal(reference: str) -> Literal | None:
    match = _LITERAL.fullmatch(reference)
    return Literal(match["base"] or "", match["type"], match["id"], match["version"] or "") if match else None


_remembered = lru_cache(maxsize=5_000)(_literal)
"""The resources of one citizen name the same others."""
