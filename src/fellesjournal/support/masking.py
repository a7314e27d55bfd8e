"""Taking out of a sentence what could name a citizen: numbers, addresses of mail, and names that are
known."""

import re
from collections.abc import Iterable

MASK = "[fjernet]"
_NUMBERS = re.compile(r"\d(?:[\s.\-/]?\d){5,}")
"""Six digits and more, also with spaces and the like between: identity numbers, telephones, days of birth."""
_MAIL = re.compile(r"\S+@\S+")
_IDS = re.compile(r"\S*(?:Patient|innbygger)/\S+", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


def words(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return [one.casefold() for one in _WORD.findall(text)]


def masked(text: str, names: Iterable[str]) -> str:
    """The text with MASK in place of what could name somebody; `names` are words, in small letters."""
    known = set(names)
    for pattern in (_MAIL, _IDS, _UUID, _NUMBERS):
        text = pattern.sub(MASK, text)

    def hidden(found: re.Match[str]) -> str:
        return MASK if found[0].casefold() in known else found[0]

    return MASK.join(_WORD.sub(hidden, part) for part in text.split(MASK))
