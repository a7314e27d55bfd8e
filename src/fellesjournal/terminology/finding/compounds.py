"""Compounds taken apart over a vocabulary: "larhalsbrudd" is larhals and brudd when both are words in use.

The fewest parts win. Parts may be linked by s or e, and the last one may be inflected, or only begun
("hoftebr"). Words are folded (words.py). A split too many does little harm: what is found by a part is ranked
below what is found by the words themselves.
"""

from collections.abc import Iterable, Iterator

from fellesjournal.terminology.finding.words import listed, stem

_SHORTEST_PART = 4
_SHORTEST_COMPOUND = 6
_LONGEST_COMPOUND = 40

SHORT_PARTS = listed("arm ben fot hud kne lar lus rus syk syn ore oye")
"""Words with fewer letters than other parts, which medicine has many compounds of."""

NOT_PARTS = listed(
    """asjon else elser ende ener heten inger ling lige lighet logi losis ning ninger opati pati plasi
    rende sjon sjoner skap tomi"""
)
"""Endings that stand as words where texts are abbreviated."""


class Vocabulary:
    """The folded words in use, with their stems."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(word for word in words if _long_enough(word)) - NOT_PARTS
        self._stems = frozenset(map(stem, self._words))

    def split(self, word: str, *, begun: bool = False) -> tuple[str, ...]:
        """The parts of a compound, none for a word that is not one; of a `begun` word the last may be any."""
        if not _SHORTEST_COMPOUND <= len(word) <= _LONGEST_COMPOUND:
            return ()
        found = self._parts(word, {})
        if not found and begun:
            found = next(self._begun(word), ())
        return found if len(found) > 1 else ()

    def _parts(self, word: str, seen: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
        """The fewest parts that make the word, the longest first of as many; none when it cannot be."""
        if word not in seen:
            ways = [(head, *rest) for head, tail in self._heads(word) if (rest := self._rest(tail, seen))]
            seen[word] = min(ways, key=len, default=())
        return seen[word]

    def _rest(self, tail: str, seen: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
        whole = _long_enough(tail) and (tail in self._words or stem(tail) in self._stems)
        return (tail,) if whole and tail not in NOT_PARTS else self._parts(tail, seen)

    def _begun(self, word: str) -> Iterator[tuple[str, ...]]:
        yield from ((head, tail) for head, tail in self._heads(word) if len(tail) >= 2)

    def _heads(self, word: str) -> Iterator[tuple[str, str]]:
        """The ways to cut a known first part off, the longest first; a linking s or e goes with it."""
        for end in range(len(word) - 2, 2, -1):
            head, tail = word[:end], word[end:]
            for known in (head, head[:-1] if head[-1] in "se" else ""):
                if known in self._words:
                    yield known, tail
                    break


def candidates(word: str) -> set[str]:
    """What a vocabulary must be asked for to split a word: all that may be a part of it, with the stems."""
    if not _SHORTEST_COMPOUND <= len(word) <= _LONGEST_COMPOUND:
        return set()
    length = len(word)
    found = {word[i:j] for i in range(length - 2) for j in range(i + 3, length + 1)}
    return {part for part in found if _long_enough(part) and part != word}


def _long_enough(part: str) -> bool:
    return len(part) >= _SHORTEST_PART or part in SHORT_PARTS
