"""What was sought, marked in the texts as they were written, and the sentence round the first of it."""

import re
from typing import NamedTuple

from fellesjournal.terminology.wording.sought import Sought
from fellesjournal.terminology.wording.written import line

_RUN = re.compile(r"\w+")
_AROUND = 70
"""Characters on either side of what was found: a line and a half on a narrow screen."""


class Piece(NamedTuple):
    """A stretch of text, and whether it is what was sought."""

    text: str
    is_hit: bool


def marked(text: str, wanted: Sought) -> list[Piece]:
    """A text cut where words stand that were sought; nothing of it is lost."""
    pieces = [piece for word in wanted.words for one in word.pieces for piece in _alone(one)]
    known: dict[str, bool] = {}
    cut: list[Piece] = []
    at = 0
    for run in _RUN.finditer(text):
        word = run.group()
        if word not in known:
            known[word] = _meets(line(word), pieces)
        if known[word]:
            cut += [Piece(text[at : run.start()], False), Piece(word, True)]
            at = run.end()
    return [piece for piece in (*cut, Piece(text[at:], False)) if piece.text]


def excerpt(text: str, wanted: Sought) -> list[Piece]:
    """The part of a text round the place where most of what was sought stands; none when nothing does."""
    cut = marked(text, wanted)
    places, at = [], 0
    for piece in cut:
        if piece.is_hit:
            places.append((at, at + len(piece.text)))
        at += len(piece.text)
    if not places:
        return []
    low, high = max(places, key=lambda one: _near(one, places))
    low, high = _start(text, low - _AROUND), _end(text, max(high, low) + _AROUND)
    pieces = marked(text[low:high], wanted)
    before = [Piece("… ", False)] if low else []
    return [*before, *pieces, *([Piece(" …", False)] if high < len(text) else [])]


def _meets(word: str, pieces: list[str]) -> bool:
    return any(piece in word for piece in pieces)


def _alone(piece: str) -> list[str]:
    """The words of a piece by themselves: a phrase is marked word by word."""
    words = piece.split()
    return [piece] if len(words) < 2 else [f" {word} " for word in words]


def _near(place: tuple[int, int], places: list[tuple[int, int]]) -> tuple[int, int]:
    """How many hits stand near one, the first of equal ones."""
    return sum(place[0] <= low <= place[0] + _AROUND for low, _ in places), -place[0]


def _start(text: str, at: int) -> int:
    """The beginning of a word from a place on."""
    return 0 if at <= 0 else text.find(" ", at) + 1 or at


def _end(text: str, at: int) -> int:
    """The end of a word before a place."""
    return len(text) if at >= len(text) else max(text.rfind(" ", 0, at), 0) or at
