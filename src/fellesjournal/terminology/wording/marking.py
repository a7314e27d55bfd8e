"""What was sought, marked in the texts as they were written, and the sentence round the first of it."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from fellesjournal.terminology.wording.sought import Sought, Word
from fellesjournal.terminology.wording.written import line

_RUN = re.compile(r"\w+")
_NOTHING = r"(?!)"
_AROUND = 70
"""Characters on either side of what was found: a line and a half on a narrow screen."""


class Piece(NamedTuple):
    """A stretch of text, and whether it is what was sought."""

    text: str
    is_hit: bool


class Marker:
    """Marks what was sought in the texts of one answer: each word is looked at once in all of them.

    The words of a phrase ("depressiv episode", asked for as "depresjon") are marked where all of them stand
    in one text; each of them anywhere, when not `together`.
    """

    def __init__(self, wanted: Sought, *, together: bool = True) -> None:
        ways = {way for group in wanted.groups for way in group.ways}
        spread = {tuple(word for one in way for word in _apart(one)) for way in ways}
        whole = {way for way in spread if len(way) > 1} if together else set()
        words = list(dict.fromkeys(word for way in sorted(whole) for word in way))
        self._alone = _any_of(word for way in sorted(spread - whole) for word in way)
        self._parts = [_any_of([word]) for word in words]
        self._phrases = [frozenset(words.index(word) for word in way) for way in whole]
        self._known: dict[str, tuple[bool, frozenset[int]]] = {}

    def marked(self, text: str) -> list[Piece]:
        """A text cut where words stand that were sought; nothing of it is lost."""
        met = [(run, *found) for run in _RUN.finditer(text) if any(found := self._meets(run.group()))]
        present = frozenset[int]().union(*(parts for _, _, parts in met))
        counted = frozenset[int]().union(*(one for one in self._phrases if one <= present))
        cut: list[Piece] = []
        at = 0
        for run, is_alone, parts in met:
            if is_alone or parts & counted:
                cut += [Piece(text[at : run.start()], False), Piece(run.group(), True)]
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

    def _meets(self, word: str) -> tuple[bool, frozenset[int]]:
        """Whether a word is sought by itself, and of which parts of phrases it is one."""
        met = self._known.get(word)
        if met is None:
            written = line(word)
            parts = frozenset(n for n, part in enumerate(self._parts) if part.search(written))
            met = self._known[word] = bool(self._alone.search(written)), parts
        return met


class Markers:
    """The marker for each resource of an answer."""

    def __init__(self, wanted: Sought) -> None:
        self._together = Marker(wanted)
        self._apart = Marker(wanted, together=False)

    def of(self, texts: Iterable[str]) -> Marker:
        """For the texts of one resource. It was found: where none has a whole phrase, they stand apart."""
        is_marked = any(piece.is_hit for text in texts for piece in self._together.marked(text))
        return self._together if is_marked else self._apart


def _apart(word: Word) -> list[tuple[str, ...]]:
    """The pieces of a word; a phrase that was quoted is as many words."""
    words = word.whole.split()
    return [word.pieces] if len(words) < 2 else [(f" {one} ",) for one in words]


def _any_of(words: Iterable[tuple[str, ...]]) -> re.Pattern[str]:
    pieces = [re.escape(piece) for word in words for piece in word]
    return re.compile("|".join(pieces) if pieces else _NOTHING)


def _near(place: tuple[int, int], places: list[tuple[int, int]]) -> tuple[int, int]:
    """How many hits stand near one, the first of equal ones."""
    return sum(place[0] <= low <= place[0] + _AROUND for low, _ in places), -place[0]


def _start(text: str, at: int) -> int:
    """The beginning of a word from a place on."""
    return 0 if at <= 0 else text.find(" ", at) + 1 or at


def _end(text: str, at: int) -> int:
    """The end of a word before a place."""
    return len(text) if at >= len(text) else max(text.rfind(" ", 0, at), 0) or at
