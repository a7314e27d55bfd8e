"""What was typed, as a question to the index: slots that must all be met, each in one of several ways.

The words typed are the slots. A slot is met by a word that begins so, by the word in another inflection, by
the parts of a compound, or by another phrase for the same thing; several words that are one name share a
slot.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from fellesjournal.errors import Invalid
from fellesjournal.terminology.finding.compounds import Vocabulary
from fellesjournal.terminology.finding.synonyms import LONGEST, Heard, Synonyms
from fellesjournal.terminology.finding.words import STOP, code_key, stem, telling, tokens, variants

LONGEST_TEXT = 200
_MOST_WORDS = 12
_LONGEST_CODE = 20

_LATER = 0.002
"""What each phrase is less sure than the one before it on its line of the table."""


class Kind(IntEnum):
    """How a slot can be met, the best first."""

    WORD = 0
    SYNONYM = 1
    COMPOUND = 2


class Way(NamedTuple):
    """One way of meeting a slot: all the words are there; `share` is how sure it is (0..1).

    `heard` is the name that what was typed was taken for, when that is how it is met.
    """

    kind: Kind
    words: tuple[str, ...]
    stems: frozenset[str]
    share: float = 1.0
    heard: str = ""


Slot = tuple[Way, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """The words typed (without those that tell nothing), the slots made of them, and the code they may be."""

    words: tuple[str, ...]
    slots: tuple[Slot, ...]
    key: str = ""


def typed(text: str) -> tuple[str, ...]:
    """The telling words of what was typed. Raises Invalid when there is nothing to look for, or too much."""
    if len(text) > LONGEST_TEXT:
        raise Invalid(f"A search for a code is at most {LONGEST_TEXT} characters; this one has {len(text)}.")
    words = telling(tokens(text))
    if not words:
        raise Invalid("There is nothing to search for: type the beginning of a word, or a code.")
    return tuple(words[:_MOST_WORDS])


def begun(text: str, words: Sequence[str]) -> tuple[str, ...]:
    """The words with the last one, when that tells nothing but may be the beginning of one that does.

    None when the last word tells something, or is done: a space follows it.
    """
    last = tokens(text)[-1]
    may_be = last in STOP and last not in words and text[-1].isalpha() and len(words) < _MOST_WORDS
    return (*words, last) if may_be else ()


def ask(text: str, words: Sequence[str], synonyms: Synonyms, vocabulary: Vocabulary) -> Question:
    """The question that some typed words make."""
    parts = {word: vocabulary.split(word, begun=True) for word in words}
    slots: list[Slot] = []
    place = 0
    while place < len(words):
        taken, heard = _longest_name(words, place, parts, synonyms)
        slots.append(_slot(words[place : place + taken], parts, heard))
        place += taken
    return Question(tuple(words), tuple(slots), _code(text))


def _longest_name(
    words: Sequence[str], place: int, parts: dict[str, tuple[str, ...]], synonyms: Synonyms
) -> tuple[int, list[Heard]]:
    """How many words from a place on are one name, and the other phrases for it; (1, none) when none are."""
    for length in range(min(LONGEST, len(words) - place), 0, -1):
        span = words[place : place + length]
        looked_up = [synonyms.whole(span)]
        if any(parts[word] for word in span):
            looked_up.append(synonyms.whole(_parted(span, parts)))
        if place + length == len(words):
            looked_up += synonyms.begun(span)
        if heard := [one for one in looked_up if one]:
            return length, heard
    return 1, _head_of_compound(parts[words[place]], synonyms)


def _head_of_compound(parts: tuple[str, ...], synonyms: Synonyms) -> list[Heard]:
    """Other phrases for a compound whose last part has some: magesekk-kreft, ondartet svulst in magesekk."""
    heard = synonyms.whole(parts[-1:]) if parts else None
    if not heard:
        return []
    return [heard._replace(phrases=tuple((*parts[:-1], *phrase) for phrase in heard.phrases))]


def _slot(span: Sequence[str], parts: dict[str, tuple[str, ...]], heard: Iterable[Heard]) -> Slot:
    """The ways, those of the best kind first, each once and as sure as any makes it."""
    ways = [_way(Kind.WORD, span)]
    ways += [_way(Kind.WORD, (*span[:-1], other)) for other in variants(span[-1])[1:]]
    others = (
        _way(Kind.SYNONYM, phrase, one.share - _LATER * place, one.name)
        for one in heard
        for place, phrase in enumerate(one.phrases)
    )
    ways += sorted(others, key=lambda way: -way.share)
    if any(parts[word] for word in span):
        ways.append(_way(Kind.COMPOUND, _parted(span, parts)))
    return tuple({(way.kind, way.words): way for way in reversed(ways)}.values())[::-1]


def _way(kind: Kind, words: Sequence[str], share: float = 1.0, heard: str = "") -> Way:
    return Way(kind, tuple(words), frozenset(map(stem, words)), share, heard)


def _parted(span: Sequence[str], parts: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(part for word in span for part in parts[word] or (word,))


def _code(text: str) -> str:
    """The text as a code's key, when it may be one: it has a digit, or is short."""
    key = code_key(text)
    may_be = len(key) <= _LONGEST_CODE and (any(c.isdigit() for c in key) or len(key) <= 4)
    return key if may_be and key.isascii() else ""
