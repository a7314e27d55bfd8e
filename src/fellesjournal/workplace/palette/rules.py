"""Who stands first in the palette: the citizens that are found, or what is found in the open chart. True
without a computer.

Enter takes the first row. Who types a whole name, a number or a birth date means a citizen; who types the
beginning of what something in the chart is called means that. A word that only stands in a text there is the
weakest of all.
"""

import re
from collections.abc import Iterable

_NUMBERED = re.compile(r"[\d. ]{6,}")
_WORDS = re.compile(r"[^\s,]+")
NOTHING, IN_A_TEXT, BEGINS_A_NAME, BEGINS_A_TITLE, NAMES = range(5)


def citizens_first(typed: str, names: Iterable[str], titles: Iterable[str]) -> bool:
    """Whether the citizens come before the chart. `names` are those of the citizens found, without the one
    whose chart is open, `titles` what the hits in the chart are called."""
    return _as_citizen(typed, names) > _as_fact(typed, titles)


def _as_citizen(typed: str, names: Iterable[str]) -> int:
    """How well a text fits the best of the citizens that were found by it."""
    best = NOTHING
    words = _words(typed)
    for name in names:
        parts = set(_words(name))
        is_named = len(words) > 1 or parts.issuperset(words)
        best = max(best, NAMES if is_named or _NUMBERED.fullmatch(typed) else BEGINS_A_NAME)
    return best


def _as_fact(typed: str, titles: Iterable[str]) -> int:
    """How well a text fits the best of what was found in the chart."""
    words = " ".join(_words(typed))
    fits = (
        NAMES if words in _words(title) else BEGINS_A_TITLE if _begins(words, title) else IN_A_TEXT
        for title in titles
    )
    return max(fits, default=NOTHING)


def _begins(words: str, title: str) -> bool:
    """Whether a title begins with what was typed, from its first word or a later one."""
    return f" {words}" in f" {' '.join(_words(title))}"


def _words(text: str) -> list[str]:
    return _WORDS.findall(text.casefold())
