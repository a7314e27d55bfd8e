"""Which entries of a shelf meet a question: the places of its words, united in a slot and met across slots.

Lists of places are long for words that many texts have, and for short beginnings. What is smallest is
therefore made a set first, and long lists are only asked about the places that are left.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import asyncpg

from fellesjournal.terminology.finding.indexing import LONGEST_BEGINNING
from fellesjournal.terminology.finding.kept import Kept
from fellesjournal.terminology.finding.question import Kind, Question, Slot
from fellesjournal.terminology.finding.shelves import Where
from fellesjournal.terminology.finding.words import stem
from fellesjournal.terminology.statements import SQL

_FIRST = 4 * 200
"""Bytes of a word's places that are read when no other word must be met as well."""

_ALL = 2**31 - 1
"""Bytes that are read of the others: all."""

_MUCH_LONGER = 8
"""How many times as long a list must be for each place to be looked up in it."""


class Term(NamedTuple):
    """A word that is looked up, and whether words that begin with it will do."""

    word: str
    begins: bool = False

    @property
    def bounds(self) -> tuple[str, str]:
        """From the first word that answers to before the last, as they are written in the index."""
        if not self.begins:
            return self.word, f"{self.word} "
        short = len(self.word) <= LONGEST_BEGINNING
        return (f"{self.word}*", f"{self.word}* ") if short else (self.word, f"{self.word}~")


Row = tuple["array[int]", "array[int]"]
"""The places of one word on a shelf: where it is shown, and beside."""
Rows = tuple[tuple[int, Row], ...]
"""The words that answer to a term, each with its shelf."""

_BYTES = 12_000_000
"""Bytes of places that are kept at hand."""

_ROWS: Kept[Rows] = Kept(_BYTES, lambda rows: 500 + sum(_size(row) for _, row in rows))

_FEW = 50
"""Shelves that are named to PostgreSQL: of more, all are read, and what is on others is passed over."""


class Lists:
    """Ascending lists of places, as one."""

    def __init__(self, lists: Iterable["array[int]"]) -> None:
        self._lists = [one for one in lists if one]
        self._set: set[int] | None = None
        self._was_asked = False
        self.size = sum(map(len, self._lists))

    def all(self) -> set[int]:
        """Every place."""
        if self._set is None:
            self._set = set(chain.from_iterable(self._lists))
        return self._set

    def among(self, places: set[int]) -> set[int]:
        """Those of the places that are in a list."""
        if self._set is not None:
            return self._set & places
        if self.size > _MUCH_LONGER * len(places) * len(self._lists):
            return {place for place in places if any(_holds(one, place) for one in self._lists)}
        if self._was_asked:
            return self.all() & places
        self._was_asked = True  # a set costs twice as much as to go through the lists once
        return places.intersection(chain.from_iterable(self._lists))


class Sought(NamedTuple):
    """A word of a question in one kind of way, numbered, and the terms that answer to it."""

    number: int
    terms: tuple[Term, ...]


Words = tuple[Sought, ...]
"""The words of one way of meeting a slot."""


class Plan:
    """A question by its terms, made once: a shelf has few of them, and is asked about nothing else."""

    def __init__(self, question: Question) -> None:
        self._sought: dict[tuple[Kind, str], Sought] = {}
        self.words = [self._word(Kind.WORD, word) for word in question.words]
        self.slots = [self._ways(slot) for slot in question.slots]
        """For each slot the ways that can be met where a term is: those whose first word it answers."""
        self.needed = [_terms_of(slot) for slot in question.slots]

    def _ways(self, slot: Slot) -> dict[Term, dict[Words, None]]:
        found: dict[Term, dict[Words, None]] = defaultdict(dict)
        for way in slot:
            words = tuple(self._word(way.kind, word) for word in way.words)
            for term in words[0].terms:
                found[term][words] = None
        return found

    def _word(self, kind: Kind, word: str) -> Sought:
        return self._sought.setdefault((kind, word), Sought(len(self._sought), _terms(kind, word)))


class Met:
    """The places on one shelf of the terms of a question."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._shown: dict[Term, list[array[int]]] = {}
        self._beside: dict[Term, list[array[int]]] = {}
        self._here: set[Term] = set()
        self._lists: dict[int, Lists] = {}

    def add(self, term: Term, row: Row) -> None:
        """The places of one more word that answers to a term."""
        shown, beside = row
        self._here.add(term)
        if shown:
            self._shown.setdefault(term, []).append(shown)
        if beside:
            self._beside.setdefault(term, []).append(beside)

    def can_meet(self) -> bool:
        """Whether each slot has a term that is here."""
        return not any(self._here.isdisjoint(terms) for terms in self._plan.needed)

    def direct(self) -> set[int]:
        """Where every word typed is in the display."""
        lists = []
        for word in self._plan.words:
            found = _found(self._shown, word)
            if not found:
                return set()
            lists.append(Lists(found))
        return _meeting(lists)

    def related(self) -> set[int]:
        """Where every slot is met in some way."""
        slots = [self._ways(slot) for slot in self._plan.slots]
        first, *others = sorted(slots, key=_size_of_ways) if len(slots) > 1 else slots
        found = set().union(*map(_meeting, first))
        for ways in others:
            found = set().union(*(_meeting(lists, found) for lists in ways)) if found else found
        return found

    def _ways(self, slot: dict[Term, dict[Words, None]]) -> list[list[Lists]]:
        """The lists of each way that can be met here."""
        begun = {words: None for term in self._here if term in slot for words in slot[term]}
        return [
            [self._word(word) for word in words]
            for words in begun
            if not any(self._here.isdisjoint(word.terms) for word in words[1:])
        ]

    def _word(self, word: Sought) -> Lists:
        if word.number not in self._lists:
            found = _found(self._shown, word) + _found(self._beside, word)
            self._lists[word.number] = Lists(found)
        return self._lists[word.number]


def _found(places: dict[Term, list["array[int]"]], word: Sought) -> list["array[int]"]:
    return [one for term in word.terms if term in places for one in places[term]]


def _size_of_ways(ways: list[list[Lists]]) -> int:
    return sum(min(one.size for one in lists) for lists in ways)


async def read_places(connection: asyncpg.Connection, question: Question, where: Where) -> dict[int, Met]:
    """The places of the question's terms, by shelves that have some for each slot: others cannot meet it.

    What is not at hand is read in one statement.
    """
    together = _met_together(question)
    wanted = [(term, _ALL if term in together else _FIRST) for term in terms(question)]
    plan = Plan(question)
    found: dict[int, Met] = defaultdict(lambda: Met(plan))
    missing = []
    for one in wanted:
        kept = _ROWS.get((where.mark, one))
        if kept is None:
            missing.append(one)
        else:
            _add(found, one[0], kept)
    if missing:
        for one, rows in (await _read(connection, missing, where.spoken)).items():
            _ROWS.put((where.mark, one), rows)
            _add(found, one[0], rows)
    return {number: met for number, met in found.items() if met.can_meet()}


def _add(found: dict[int, Met], term: Term, rows: Rows) -> None:
    for shelf, row in rows:
        found[shelf].add(term, row)


async def _read(
    connection: asyncpg.Connection, wanted: Sequence[tuple[Term, int]], shelves: Collection[int]
) -> dict[tuple[Term, int], Rows]:
    """The places of terms, each up to so many bytes, on those of the shelves that have any."""
    starts, stops = map(list, zip(*(term.bounds for term, _ in wanted), strict=True))
    sizes, numbers = [size for _, size in wanted], list(shelves) if len(shelves) <= _FEW else None
    read: list[list[tuple[int, Row]]] = [[] for _ in wanted]
    for row in await connection.fetch(SQL.places, starts, stops, sizes, numbers):
        if row["shelf"] in shelves:
            places = (array("i", row["shown"]), array("i", row["beside"]))
            read[row["term"] - 1].append((row["shelf"], places))
    return {one: tuple(rows) for one, rows in zip(wanted, read, strict=True)}


def _size(row: Row) -> int:
    return 300 + 4 * len(row[0]) + 4 * len(row[1])


def terms(question: Question) -> list[Term]:
    """What is looked up for a question, each once."""
    ways = (way for slot in question.slots for way in slot)
    return list(dict.fromkeys(term for way in ways for word in way.words for term in _terms(way.kind, word)))


def _terms_of(slot: Slot) -> frozenset[Term]:
    return frozenset(term for way in slot for word in way.words for term in _terms(way.kind, word))


def _met_together(question: Question) -> set[Term]:
    """The terms of which an entry must have others besides."""
    ways = (way for slot in question.slots for way in slot if len(question.slots) > 1 or len(way.words) > 1)
    return {term for way in ways for word in way.words for term in _terms(way.kind, word)}


@lru_cache(4_096)
def _terms(kind: Kind, word: str) -> tuple[Term, ...]:
    """A word is met by its stem, which stands in the index beside it; a word typed also as a beginning."""
    if word.isdigit():
        return (Term(word),)
    if kind is Kind.SYNONYM:
        return (Term(stem(word)),)
    return Term(word, begins=True), Term(stem(word))


def _meeting(lists: Iterable[Lists], within: set[int] | None = None) -> set[int]:
    """The places that are in all of the lists, and within a set if one is given."""
    first, *others = sorted(lists, key=lambda one: one.size)
    found = first.all() if within is None else first.among(within)
    for one in others:
        found = one.among(found) if found else found
    return found


def _holds(places: "array[int]", place: int) -> bool:
    at = bisect_left(places, place)
    return at < len(places) and places[at] == place
