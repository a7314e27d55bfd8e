"""What is sought in a chart: groups that must all be met, each in one of several ways.

The words typed are taken for slots by the same rules as in a search for codes (finding/question.py). A word
is met by itself in any inflection, by what begins or ends with it, and, when it is a compound, by its
parts; a slot also by another phrase for the same thing, or by a code that is called so. What stands in
quotation marks is met as it stands.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from fellesjournal.terminology.finding.compounds import SHORT_PARTS
from fellesjournal.terminology.finding.question import Question, Slot
from fellesjournal.terminology.finding.words import stem, tokens
from fellesjournal.terminology.wording.written import line

LONGEST = 200
"""Characters that are looked for at most."""
_MOST_WAYS = 10
"""Ways in which a slot is looked for: each costs a look at every text of the chart."""
_SHORT = 4
"""Letters of a stem that is found at either end of a word: shorter ones stand by chance in too many."""
_QUOTED = re.compile(r"[\"«“”]([^\"«»“”]*)(?:[\"»“”]|$)")


class Word(NamedTuple):
    """One word or phrase: `whole` as it stands in a line (see written), and pieces of lines that meet it
    too.
    """

    whole: str
    pieces: tuple[str, ...]


Way = tuple[Word, ...]
"""All of its words must be met, in one resource."""


@dataclass(frozen=True, slots=True)
class Group:
    """What is met in one of several ways, or by one of some codes (code_term)."""

    ways: tuple[Way, ...]
    codes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sought:
    """Every group must be met, or one of the codes. `text` is what was typed."""

    text: str
    groups: tuple[Group, ...]
    codes: tuple[int, ...] = ()


def parted(text: str) -> tuple[list[str], str]:
    """What was typed in quotation marks, and the rest."""
    text = text[:LONGEST]
    phrases = [found for found in _QUOTED.findall(text) if tokens(found)]
    return phrases, _QUOTED.sub(" ", text).strip()


def sought(
    text: str,
    question: Question | None,
    phrases: Sequence[str] = (),
    codes: Mapping[tuple[str, ...], Sequence[int]] | None = None,
) -> Sought:
    """What some typed text asks for: `question` is what it is but for its phrases, `codes` what its slots
    and the whole of it are called (by the words of each).
    """
    codes = codes or {}
    groups = [Group(((_phrase(phrase),),)) for phrase in phrases]
    slots = question.slots if question else ()
    whole = tuple(question.words) if question else ()
    for slot in slots:
        ways = tuple(_ways(slot, is_last=slot is slots[-1]))
        groups.append(Group(ways, tuple(codes.get(slot[0].words, ()))))
    alone = tuple(codes.get(whole, ())) if len(slots) > 1 and not phrases else ()
    return Sought(text, tuple(groups), alone)


def corrected(wanted: Sought, group: int, stems: Iterable[str]) -> Sought:
    """The same with words of the chart itself in the place of those that nothing was found for."""
    ways = tuple((Word(f" {one} ", (f" {one}",)),) for one in stems)
    groups = (*wanted.groups[:group], Group(ways), *wanted.groups[group + 1 :])
    return Sought(wanted.text, groups)


def _ways(slot: Slot, *, is_last: bool) -> Iterator[Way]:
    """The ways of a slot; the last word typed may be only begun."""
    for number, way in enumerate(slot[:_MOST_WAYS]):
        begun = is_last and number == 0
        yield tuple(
            word_of(word, begun=begun and place == len(way.words) - 1) for place, word in enumerate(way.words)
        )


def word_of(word: str, *, begun: bool = False) -> Word:
    """A folded word, with what it may be a part of."""
    root = stem(word)
    whole, start = f" {root} ", f" {root}"
    if len(root) >= _SHORT:
        return Word(whole, (start, f"{root} "))
    pieces = [whole]
    if begun or root in SHORT_PARTS:
        pieces.append(start)
    if len(word) >= _SHORT or begun:
        pieces.append(f" {word}")
    if len(word) > _SHORT and root not in SHORT_PARTS:
        pieces.append(f"{root} ")
    return Word(whole, tuple(dict.fromkeys(pieces)))


def _phrase(text: str) -> Word:
    whole = line(text)
    return Word(whole, (whole,))
