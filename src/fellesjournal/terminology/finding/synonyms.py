"""Lay, clinical and Latin words for one thing: the table in `table/*.txt`, and what is heard by it.

A line of the table is one thing. What stands between `=` means the same and is found by each other. What
stands after `>`, parted by commas, is found by the words before it, but does not find them: the narrower,
or what the code systems call it. `#` begins a comment.

    hoftebrudd = lårhalsbrudd = brudd i lårhals = fractura colli femoris > pertrokantært brudd
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from fellesjournal.terminology.finding.compounds import Vocabulary
from fellesjournal.terminology.finding.words import stem, telling, tokens

Phrase = tuple[str, ...]
"""Folded words without those that tell nothing."""

LONGEST = 5
"""Words of a question that are looked up together."""

_SHORTEST_BEGINNING = 3
_MOST_BEGUN = 6


class Meaning(NamedTuple):
    """One thing: the phrases it is known by, and those that these find besides; `written` are the
    names as they stand in the table."""

    names: tuple[Phrase, ...]
    narrower: tuple[Phrase, ...]
    written: tuple[str, ...]


class Heard(NamedTuple):
    """Other phrases for what was typed; `share` (0..1) is how much of the name was typed, `name` the name."""

    phrases: tuple[Phrase, ...]
    share: float
    name: str = ""


class Synonyms:
    """Meanings, found by the whole of a name in any order of its words, or by its beginning."""

    def __init__(self, meanings: Iterable[Meaning]) -> None:
        self.meanings = tuple(meanings)
        """In the order of the table."""
        self.words = frozenset(
            word for meaning in self.meanings for name in (*meaning.names, *meaning.narrower) for word in name
        )
        self._sorted = sorted(self.words)
        vocabulary = Vocabulary(self.words)
        self._whole: dict[Phrase, dict[int, str]] = {}
        begun: list[tuple[str, int, str]] = []
        for number, meaning in enumerate(self.meanings):
            for name, written in zip(meaning.names, meaning.written, strict=True):
                begun.append((" ".join(name), number, written))
                for key in {_key(name), _key(_parted(name, vocabulary))}:
                    self._whole.setdefault(key, {}).setdefault(number, written)
        self._begun = sorted(begun)

    def whole(self, words: Sequence[str]) -> Heard | None:
        """The other phrases for some words that are a name together, in whatever order and inflection."""
        found = self._whole.get(_key(words))
        return Heard(self._others(found, tuple(words)), 1.0, next(iter(found.values()))) if found else None

    def begun(self, words: Sequence[str]) -> list[Heard]:
        """The phrases for each name that begins with the words, unless these can still become too much."""
        start = " ".join(words)
        if len(start) < _SHORTEST_BEGINNING:
            return []
        first = bisect_left(self._begun, (start,))
        names = list(
            takewhile(lambda one: one[0].startswith(start), self._begun[first : first + 4 * _MOST_BEGUN])
        )
        shortest: dict[int, tuple[str, str]] = {}
        for name, number, written in names:
            if number not in shortest or len(name) < len(shortest[number][0]):
                shortest[number] = name, written
        if len(shortest) > _MOST_BEGUN:
            return []
        return [
            Heard(self._others([number], ()), len(start) / len(name), written)
            for number, (name, written) in shortest.items()
            if name != start
        ]

    def word_begins(self, start: str) -> bool:
        """Whether a word of the table begins so."""
        at = bisect_left(self._sorted, start)
        return at < len(self._sorted) and self._sorted[at].startswith(start)

    def _others(self, numbers: Iterable[int], typed: Phrase) -> tuple[Phrase, ...]:
        meanings = [self.meanings[number] for number in numbers]
        phrases = (phrase for meaning in meanings for phrase in (*meaning.names, *meaning.narrower))
        return tuple(dict.fromkeys(phrase for phrase in phrases if phrase != typed))


def read(lines: Iterable[str]) -> Iterator[Meaning]:
    """The meanings in a table's lines."""
    for line in lines:
        before, _, after = line.partition("#")[0].partition(">")
        written = tuple(text.strip() for text in before.split("=") if text.strip())
        if written:
            narrower = tuple(phrase(text) for text in after.split(",") if text.strip())
            yield Meaning(tuple(map(phrase, written)), narrower, written)


def phrase(text: str) -> Phrase:
    """The words of a name as they are compared."""
    return tuple(telling(tokens(text)))


@cache
def norwegian() -> Synonyms:
    """The table of Norwegian medicine, read once."""
    files = sorted((Path(__file__).parent / "table").glob("*.txt"))
    return Synonyms(meaning for file in files for meaning in read(file.read_text("utf-8").splitlines()))


def _key(words: Iterable[str]) -> Phrase:
    return tuple(sorted(map(stem, words)))


def _parted(name: Phrase, vocabulary: Vocabulary) -> Phrase:
    """A name with its compounds taken apart, so that "brudd hofte" is known to be hoftebrudd."""
    return tuple(part for word in name for part in (vocabulary.split(word) or (word,)))
