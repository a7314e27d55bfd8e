"""How well a text answers a question: one number, so that finds of all systems stand in one order.

The order of merit: the exact code, a code's beginning, the exact term, the words typed, another phrase for
them, parts of compounds. Within a kind, whole words come before beginnings, and the text with least besides
what was asked for comes first: short and general before long. The words typed and another phrase for the
whole of them overlap: a text that is the other phrase comes before one that has the words far inside.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from fellesjournal.terminology.finding.question import Kind, Question, Slot, Way
from fellesjournal.terminology.finding.words import listed, stem, telling, tokens

CODE, CODE_BEGINS, TERM = 1.0, 0.95, 0.9
_BANDS = {
    Kind.WORD: (0.6, 0.88),
    Kind.SYNONYM: (0.56, 0.84),
    Kind.COMPOUND: (0.4, 0.54),
}
"""The least and the most for each kind; what is between depends on how closely the text answers."""

_PARTLY = 0.5
"""How much a word counts at least that was met by its beginning."""

_INSIDE = 0.3
"""How much a word counts that stands inside another."""

GENERAL = listed("uspesifisert uspesifiserte uspes ika ikas nos spesifisert spes ikke sykdom lidelse")
"""Folded words of a category's general code: they are not counted as something besides."""

ABOUT = listed("bekymret engstelig folgetilstand foster mistanke observasjon oppl opplysning")
"""Folded words of texts that name a condition without saying that it is there."""

_ABOUT = 0.25
"""What such a text loses, unless it was asked for."""


SPELLING = 0.35
"""What the score of a find by corrected spelling is multiplied with: below all others."""


class Merit(NamedTuple):
    """A text, its score (0..1, higher is better), and the worst kind of way that was needed."""

    score: float
    text: str
    kind: Kind


class _Text(NamedTuple):
    words: tuple[str, ...]
    stems: frozenset[str]
    counted: int


class _Answer(NamedTuple):
    """How a text meets a slot: in which kind of way, how closely (0..1), covering how many of its words."""

    kind: Kind
    closeness: float
    covered: float


def best(question: Question, display: str, others: Iterable[str]) -> Merit:
    """The text that answers best, the display when several answer as well."""
    merits = (_merit(question, text, _read(text)) for text in (display, *others) if text)
    return max(merits, key=lambda merit: merit.score)


def _merit(question: Question, text: str, read: _Text) -> Merit:
    if sorted(read.words) == sorted(question.words):
        return Merit(TERM, text, Kind.WORD)
    answers = [_answer(slot, read) for slot in question.slots]
    kind = max(answer.kind for answer in answers)
    closeness = sum(answer.closeness for answer in answers) / len(answers)
    covered = min(1.0, sum(answer.covered for answer in answers) / max(1, read.counted))
    first = 0.1 if read.words and read.words[0].startswith(question.words[0]) else 0.0
    about = _ABOUT if ABOUT.intersection(read.words).difference(question.words) else 0.0
    least, most = _BANDS[kind]
    score = least + (most - least) * (0.5 * closeness + 0.4 * covered + first) - about
    return Merit(score, text, kind)


def _answer(slot: Slot, read: _Text) -> _Answer:
    """The best way in which a text meets a slot; only ways of the best kind that is met are compared."""
    best: _Answer | None = None
    for way in slot:
        if best and way.kind > best.kind:
            break
        answer = _way(way, read)
        if answer and (best is None or (-answer.kind, *answer[1:]) > (-best.kind, *best[1:])):
            best = answer
    # None: met by parts, or by words of several texts: the index knows it, this text alone does not show it.
    return best or _Answer(Kind.COMPOUND, 0.0, _INSIDE)


def _way(way: Way, read: _Text) -> _Answer | None:
    if way.kind is Kind.SYNONYM:
        return _Answer(way.kind, way.share, len(way.words)) if way.stems <= read.stems else None
    shares = [_word(word, read) for word in way.words]
    if 0.0 in shares:
        return None
    kind = max(way.kind, Kind.COMPOUND) if _INSIDE in shares else way.kind
    covered = sum(shares)
    return _Answer(kind, way.share * covered / len(shares), covered)


def _word(word: str, read: _Text) -> float:
    """How closely a word typed is met: 1 by the word, less by a longer one, least inside another."""
    if word in read.words or stem(word) in read.stems:
        return 1.0
    if word.isdigit():
        return 0.0
    longer = [len(one) for one in read.words if one.startswith(word)]
    if longer:
        return _PARTLY + 0.4 * len(word) / min(longer)
    return _INSIDE if any(word in one for one in read.words) else 0.0


@lru_cache(8_192)
def _read(text: str) -> _Text:
    words = telling(tokens(text))
    counted = sum(word not in GENERAL for word in words)
    return _Text(tuple(words), frozenset(map(stem, words)), counted)
