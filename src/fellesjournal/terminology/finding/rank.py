"""How well a text answers a question: one number, so that finds of all systems stand in one order.

The order of merit, each band apart from the next: the exact code, a code's beginning, the exact term, the words
typed, another phrase for them, parts of compounds, corrected spelling. Within a band, whole words come before
beginnings, and the text with least besides what was asked for comes first: short and general before long.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from fellesjournal.terminology.finding.question import Kind, Question, Slot, Way
from fellesjournal.terminology.finding.words import stem, telling, tokens

CODE, CODE_BEGINS, TERM = 1.0, 0.95, 0.9
_BANDS = {Kind.WORD: 0.74, Kind.SYNONYM: 0.59, Kind.COMPOUND: 0.44, Kind.SPELLING: 0.29}
_BAND = 0.15
_PARTLY = 0.5
"""How much a word counts that was met by its beginning, or inside a compound."""

GENERAL = frozenset("uspesifisert uspesifiserte uspes ika ikas nos spesifisert spes ikke sykdom lidelse".split())
"""Folded words of a category's general code: they are not counted as something besides."""

ABOUT = frozenset("bekymret engstelig folgetilstand foster mistanke observasjon oppl opplysning".split())
"""Folded words of texts that name a condition without saying that it is there."""

_ABOUT = 0.25
"""What such a text loses, unless it was asked for."""


class Merit(NamedTuple):
    """A text, its score (0..1, higher is better), and the worst kind of way that was needed."""

    score: float
    text: str
    kind: Kind


class _Text(NamedTuple):
    words: tuple[str, ...]
    stems: frozenset[str]
    counted: int


def best(question: Question, display: str, others: Iterable[str]) -> Merit:
    """The text that answers best, the display when several answer as well."""
    merits = (_merit(question, text, _read(text)) for text in (display, *others) if text)
    return max(merits, key=lambda merit: merit.score)


def _merit(question: Question, text: str, read: _Text) -> Merit:
    if sorted(read.words) == sorted(question.words):
        return Merit(TERM, text, Kind.WORD)
    met = [_slot(slot, read) for slot in question.slots]
    kind = max(way for way, _, _ in met)
    closeness = sum(share for _, share, _ in met) / len(met)
    used = sum(words for _, _, words in met)
    covered = min(1.0, used / max(1, read.counted))
    first = 0.1 if read.words and question.words and read.words[0].startswith(question.words[0]) else 0.0
    about = _ABOUT if ABOUT.intersection(read.words).difference(question.words) else 0.0
    return Merit(_BANDS[kind] + 0.99 * _BAND * (0.5 * closeness + 0.4 * covered + first) - about, text, kind)


def _slot(slot: Slot, read: _Text) -> tuple[Kind, float, float]:
    """The best way in which a text meets a slot: its kind, how closely (0..1), and how many words it covers."""
    ways = (_way(way, read) for way in slot)
    return max(ways, key=lambda one: (-one[0], *one[1:]))


def _way(way: Way, read: _Text) -> tuple[Kind, float, float]:
    met = [_word(word, read) for word in way.words]
    if 0.0 in met:
        # Met by a part or by words of several texts: the index knows it, this text alone does not show it.
        return max(way.kind, Kind.COMPOUND), 0.0, sum(met)
    kind = max(way.kind, Kind.COMPOUND) if min(met) < _PARTLY else way.kind
    return kind, way.share * sum(met) / len(met), sum(met)


def _word(word: str, read: _Text) -> float:
    if word in read.words or stem(word) in read.stems:
        return 1.0
    if not word.isdigit() and any(one.startswith(word) for one in read.words):
        return _PARTLY + 0.4 * max(len(word) / len(one) for one in read.words if one.startswith(word))
    return 0.3 if any(word in one for one in read.words) else 0.0


@lru_cache(8_192)
def _read(text: str) -> _Text:
    words: Sequence[str] = telling(tokens(text))
    counted = sum(word not in GENERAL for word in words)
    return _Text(tuple(words), frozenset(map(stem, words)), counted)
