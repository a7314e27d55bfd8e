"""How well a text answers a question: one number, so that finds of all systems stand in one order.

The order of merit: the exact code, a code's beginning, the exact term, the words typed, another phrase for
them, parts of compounds. Within a kind, whole words come before beginnings, and the text with least besides
what was asked for comes first: short and general before long. The words typed and another phrase for the
whole of them overlap: a text that is the other phrase comes before one that has the words far inside.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from fellesjournal.terminology.finding.question import Kind, Question, Slot, Way
from fellesjournal.terminology.finding.words import SHORTEST_STEM, listed, stem, telling, tokens

CODE, CODE_BEGINS, TERM = 1.0, 0.95, 0.9
_BANDS = {
    Kind.WORD: (0.6, 0.88),
    Kind.SYNONYM: (0.56, 0.84),
    Kind.COMPOUND: (0.4, 0.54),
}
"""The least and the most for each kind; what is between depends on how closely the text answers."""

_CLOSE, _COVERED = 0.5, 0.4
"""What it counts that the words are met closely, and that the text says little else. The tenth that is left
is for a text that begins with the first word."""

_PARTLY = 0.5
"""How much a word counts at least that was met by its beginning."""

_INSIDE = 0.3
"""How much a word counts that stands inside another."""

GENERAL = listed(
    """uspesifisert uspesifiserte uspes ika ikas nos spesifisert spes ikke sykdom lidelse lokalisasjon lok
    ukomplisert"""
)
"""Folded words of a category's general code: they are not counted as something besides."""

ABOUT = listed("bekymret engstelig folgetilstand foster mistanke observasjon oppl opplysning")
"""Folded words of texts that name a condition without saying that it is there."""

_ABOUT = 0.25
"""What such a text loses, unless it was asked for."""

SPELLING = 0.35
"""What the score of a find by corrected spelling is multiplied with: below all that were found as typed."""

UNFINISHED = 0.6
"""What the score of a find is multiplied with that leaves out the word being typed."""

GROUP = 0.05
"""What the score of a code that cannot be chosen is multiplied with: below all that can."""


class Merit(NamedTuple):
    """A text, its score (0..1, higher is better), the worst kind of way that was needed, and what was heard
    (question.Way)."""

    score: float
    text: str
    kind: Kind
    heard: str = ""


@dataclass
class _Text:
    words: tuple[str, ...]
    counted: int

    @cached_property
    def stems(self) -> frozenset[str]:
        """Made when they are asked for: a letter typed is no stem."""
        return frozenset(map(stem, self.words))


class _Answer(NamedTuple):
    """How a text meets a slot: in which kind of way, how closely (0..1), covering how many of its words.

    `heard` is as in question.Way.
    """

    kind: Kind
    closeness: float
    covered: float
    heard: str = ""


def best(question: Question, display: str, others: Iterable[str]) -> Merit:
    """The text that answers best, the display when several answer as well."""
    merits = [_merit(question, text, _read(text)) for text in (display, *others) if text]
    return max(merits, key=_score) if len(merits) > 1 else merits[0]


_score = attrgetter("score")


def _merit(question: Question, text: str, read: _Text) -> Merit:
    if len(read.words) == len(question.words) and sorted(read.words) == sorted(question.words):
        return Merit(TERM, text, Kind.WORD)
    pairs = [_answers(slot, read) for slot in question.slots]
    merit = _scored(question, text, read, [best for best, _ in pairs])
    if any(named not in (None, best) for best, named in pairs):
        named = _scored(question, text, read, [named or best for best, named in pairs])
        return named if named.score > merit.score else merit
    return merit


def _scored(question: Question, text: str, read: _Text, answers: list[_Answer]) -> Merit:
    kind = max(answer.kind for answer in answers)
    closeness = sum([answer.closeness for answer in answers]) / len(answers)
    covered = min(1.0, sum([answer.covered for answer in answers]) / max(1, read.counted))
    first = 0.1 if read.words and read.words[0].startswith(question.words[0]) else 0.0
    about = _ABOUT if ABOUT.intersection(read.words).difference(question.words) else 0.0
    least, most = _BANDS[kind]
    score = least + (most - least) * (_CLOSE * closeness + _COVERED * covered + first) - about
    return Merit(score, text, kind, ", ".join(filter(None, (answer.heard for answer in answers))))


def _answers(slot: Slot, read: _Text) -> tuple[_Answer, _Answer | None]:
    """The best way in which a text meets a slot, and the best other phrase for it that the text has.

    A text that has the words may answer better by being the other phrase.
    """
    best: _Answer | None = None
    named: _Answer | None = None
    for way in slot:
        if best and way.kind > max(best.kind, Kind.SYNONYM):
            break
        if not (answer := _way(way, read)):
            continue
        if best is None or (-answer.kind, _weight(answer, read)) > (-best.kind, _weight(best, read)):
            best = answer
        if way.kind is Kind.SYNONYM and (named is None or _weight(answer, read) > _weight(named, read)):
            named = answer
    # None: met by parts, or by words of several texts: the index knows it, this text alone does not show it.
    return best or _Answer(Kind.COMPOUND, 0.0, _INSIDE), named


def _weight(answer: _Answer, read: _Text) -> float:
    return _CLOSE * answer.closeness + _COVERED * min(1.0, answer.covered / max(1, read.counted))


def _way(way: Way, read: _Text) -> _Answer | None:
    if way.heard:
        return _Answer(way.kind, way.share, len(way.words), way.heard) if way.stems <= read.stems else None
    shares = [_word(word, read) for word in way.words]
    if 0.0 in shares:
        return None
    kind = max(way.kind, Kind.COMPOUND) if _INSIDE in shares else way.kind
    covered = sum(shares)
    return _Answer(kind, way.share * covered / len(shares), covered)


def _word(word: str, read: _Text) -> float:
    """How closely a word typed is met: 1 by the word, less by a longer one, least inside another."""
    if word in read.words or (len(word) >= SHORTEST_STEM and stem(word) in read.stems):
        return 1.0
    if word.isdigit():
        return 0.0
    longer = [len(one) for one in read.words if one.startswith(word)]
    if longer:
        return _PARTLY + 0.4 * len(word) / min(longer)
    return _INSIDE if any(word in one for one in read.words) else 0.0


@lru_cache(8_192)
def _read(text: str) -> _Text:
    every = tokens(text)
    words = telling(every)
    counted = sum(word not in GENERAL for word in telling(_narrowing(every)))
    return _Text(tuple(words), counted)


def _narrowing(words: list[str]) -> list[str]:
    """The words that make a text narrower: not "uten komplikasjoner", nor what it is not specified as."""
    for at, (word, following) in enumerate(pairwise(words)):
        if word == "ikke" and following.startswith("spes"):
            return words[:at]
        if word == "uten" and following.startswith("kompl"):
            return words[:at] + words[at + 2 :]
    return words
