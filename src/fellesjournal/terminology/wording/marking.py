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


class Marker:
    """Marks what was sought in the texts of one answer: each word is looked at once in all of them."""

    def __init__(self, wanted: Sought) -> None:
        pieces = [piece for word in wanted.words for one in word.pieces for piece in _alone(one)]
        self._pieces = re.compile("|".join(map(re.escape, pieces))) if pieces else None
        self._known: dict[str, bool] = {}

    def marked(self, text: str) -> list[Piece]:
        """A text cut where words stand that were sought; nothing of it is lost."""
        cut: list[Piece] = []
        at = 0
        for run in _RUN.finditer(text):
            word = run.group()
            if self._meets(word):
                cut += [Piece(text[at : run.start()], False), Piece(word, True)]
                at = run.end()
        return [piece for piece in (*cut, Piece(text[at:], False)) if piece.text]

    def excerpt(self, text: str) -> list[Piece]:
        """The part of a text round the place where most of what was sought stands; none when nothing does."""
        places, at = [], 0
        for piece in self.marked(text):
            if piece.is_hit:
                places.append((at, at + len(piece.text)))
            at += len(piece.text)
        if not places:
            return []
        low, high = max(places, key=lambda one: _near(one, places))
        low, high = _start(text, low - _AROUND), _end(text, max(high, low) + _AROUND)
        before = [Piece("… ", False)] if low else []
        after = [Piece(" …", False)] if high < len(text) else []
        return [*before, *self.marked(text[low:high]), *after]

    def _meets(self, word: str) -> bool:
        met = self._known.get(word)
        if met is None:
            met = self._known[word] = bool(self._pieces and self._pieces.search(line(word)))
        return met


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
