"""Codes found as people type them: the one door of this folder, `find`."""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import asyncpg

from fellesjournal.errors import Invalid
from fellesjournal.terminology.finding import rank, shelves, spelling
from fellesjournal.terminology.finding.compounds import Vocabulary, candidates
from fellesjournal.terminology.finding.kept import Kept
from fellesjournal.terminology.finding.places import Met, read_places
from fellesjournal.terminology.finding.question import Kind, Question, ask, begun, typed
from fellesjournal.terminology.finding.shelves import Entry, Place, Shelf, Where
from fellesjournal.terminology.finding.synonyms import norwegian
from fellesjournal.terminology.finding.words import HOW, WHO, code_key, tokens
from fellesjournal.terminology.statements import SQL

MOST = 100
"""Codes that one search gives at most."""

_ENOUGH = 20
"""Entries of a shelf that are ranked, of those that meet the question directly and of the others each; when
more are asked for, as many as are."""

_CROWD = 40
"""Shelves that meet a question, of which so many entries are ranked. Of more, which meet a letter or two,
each gives the fewer."""

_LEAST = 3
"""Entries that each of a crowd of shelves gives."""

_SORTED = 200
"""Places that are sorted more quickly than the first are taken out."""

_AT_MOST = 2_000
"""Entries of a shelf that are looked at for as many that are valid."""

_LITTLE = 5
"""Codes found as it was typed, below which spelling is corrected too."""


@dataclass(frozen=True, slots=True)
class Found:
    """One code. `text` is the term that answers, the display or another; `score` is 0..1, higher is better.

    `how` says what it was found by: "code", "term" (exactly), "words", "synonym", "compound" or "spelling"
    (words typed that no code has were corrected). `heard` is the name in the table of synonyms that what was
    typed was taken for, when that was needed.
    """

    system: str
    version: str
    code: str
    display: str
    text: str
    score: float
    how: str
    abstract: bool = False
    heard: str = ""


_ANSWERS: Kept[list[Found]] = Kept(40_000, lambda found: 1 + len(found))
_KNOWN: Kept[tuple[str, ...]] = Kept(20_000, lambda parts: 1 + len(parts))


async def find(
    connection: asyncpg.Connection,
    text: str,
    *,
    systems: Sequence[str] | None = None,
    limit: int = 20,
    on: date | None = None,
    active_only: bool = True,
    languages: Sequence[str] | None = None,
) -> list[Found]:
    """The codes that answer a typed text best, best first; the last word may be only begun.

    `systems` are the URLs of the code systems to look in (None: all that are loaded), each in its newest
    release valid on the day `on` (None: today). `languages` are those of the texts looked in (None: all).
    What is said of whom (barn, kvinne) or how (akutt, høyre) may be left unmet when nothing is found
    otherwise, and words that no code has are corrected by one letter or two when little is. Groups that
    cannot be chosen come last, unless their code was typed. Raises Invalid for a text with nothing to search
    for and for a limit outside 1..MOST, NotFound for a system without a release valid then.
    """
    if not 1 <= limit <= MOST:
        raise Invalid(f"A search for a code gives 1 to {MOST} codes, not {limit}.")
    words = typed(text)
    where = await shelves.where(connection, systems, on, languages, active_only)
    key = (text.casefold(), limit, where.mark)
    found = _ANSWERS.get(key)
    if found is None:
        found = await _answers(connection, text, words, where, limit)
        _ANSWERS.put(key, found)
    return found.copy()


async def looked_in(connection: asyncpg.Connection, system: str, on: date) -> set[str]:
    """The version of a code system that `find` looks in on a day; none where it has no texts. Raises NotFound
    as `find` does.
    """
    there = await shelves.where(connection, [system], on, None, False)
    return {shelf.version for shelf in there.shelves.values()}


async def question(connection: asyncpg.Connection, text: str) -> Question:
    """A typed text as a question, by the words of all code systems that are loaded. Raises Invalid, see
    `find`.
    """
    return await _asked(
        connection, text, typed(text), await shelves.where(connection, None, None, None, True)
    )


async def _answers(
    connection: asyncpg.Connection, text: str, words: tuple[str, ...], where: Where, limit: int
) -> list[Found]:
    question = await _asked(connection, text, words, where)
    found = await _found(connection, question, where, limit)
    if unfinished := begun(text, words):
        asked = await _asked(connection, text, unfinished, where)
        without = [one for one in found if unfinished[-1] not in tokens(one.text)]
        found = [one for one in found if one not in without]
        found += await _found(connection, asked, where, limit) + _lowered(without, rank.UNFINISHED)
    if not found and (telling := tuple(word for word in words if word not in WHO | HOW)) not in ((), words):
        words = telling
        found = await _found(
            connection, await _asked(connection, " ".join(words), words, where), where, limit
        )
    if len(found) < _LITTLE:
        found += _lowered(await _corrected(connection, words, where, limit), rank.SPELLING, "spelling")
    return _best(found, limit)


async def _corrected(
    connection: asyncpg.Connection, words: tuple[str, ...], where: Where, limit: int
) -> list[Found]:
    found: list[Found] = []
    for corrected in await spelling.corrections(connection, words, norwegian()):
        asked = await _asked(connection, " ".join(corrected), corrected, where)
        found += await _found(connection, asked, where, limit)
    return found


def _lowered(found: Iterable[Found], share: float, how: str = "") -> list[Found]:
    return [replace(one, score=one.score * share, how=how or one.how) for one in found]


def _best(found: Iterable[Found], limit: int) -> list[Found]:
    """The best finds in order, each code once."""
    best: dict[tuple[str, str], Found] = {}
    for one in sorted(found, key=_order):
        best.setdefault((one.system, one.code), one)
    return list(best.values())[:limit]


def _order(found: Found) -> tuple[float, int, str, str]:
    """Best first; of equally good ones the shorter code, which is the more general."""
    return *_order_of(found.score, found.code), found.system


def _order_of(score: float, code: str) -> tuple[float, int, str]:
    return -round(score, 3), len(code_key(code)), code


async def _asked(connection: asyncpg.Connection, text: str, words: tuple[str, ...], where: Where) -> Question:
    known = await _parts(connection, words, where)
    return ask(text, words, norwegian(), Vocabulary(part for word in words for part in known[word]))


async def _parts(
    connection: asyncpg.Connection, words: Iterable[str], where: Where
) -> dict[str, tuple[str, ...]]:
    """What may be a part of each word and is in use; of all words that are not at hand in one statement."""
    known: dict[str, tuple[str, ...]] = {}
    missing: dict[str, set[str]] = {}
    for word in words:
        kept = _KNOWN.get((word, where.vocabulary))
        if kept is None:
            missing[word] = candidates(word)
        else:
            known[word] = kept
    asked: set[str] = set().union(*missing.values())
    rows = await connection.fetch(SQL.words_in_use, list(asked)) if asked else ()
    in_use = {row["word"] for row in rows}
    for word, parts in missing.items():
        known[word] = (*(parts & in_use), *(parts & norwegian().words - in_use))
        _KNOWN.put((word, where.vocabulary), known[word])
    return known


async def _found(connection: asyncpg.Connection, question: Question, where: Where, limit: int) -> list[Found]:
    enough = max(_ENOUGH, limit)
    codes = await _by_code(connection, question, where, enough)
    met = await read_places(connection, question, where)
    best: dict[tuple[int, int], tuple[float, Entry, rank.Merit]] = {}
    for entry in await _entries(connection, question, where, met, codes, enough):
        merit = _merit(question, entry, codes)
        score = merit.score * rank.GROUP if entry.abstract and merit.score < rank.CODE else merit.score
        concept = (entry.system, entry.concept)
        if concept not in best or score > best[concept][0]:
            best[concept] = score, entry, merit
    shelves_of = where.shelves
    first = heapq.nsmallest(
        limit,
        best.values(),
        key=lambda one: (*_order_of(one[0], one[1].code), shelves_of[one[1].shelf].url),
    )
    found = (_told(shelves_of[entry.shelf], entry, merit, score) for score, entry, merit in first)
    return sorted(found, key=_order)


async def _by_code(
    connection: asyncpg.Connection, question: Question, where: Where, enough: int
) -> dict[Place, bool]:
    """The entries whose code it is, or begins as typed when that has a digit; and whether it is the whole."""
    if not question.key:
        return {}
    main = [shelf.number for shelf in where.shelves.values() if shelf.main]
    if any(c.isdigit() for c in question.key):
        rows = await connection.fetch(SQL.by_code, main, question.key, enough)
    else:
        rows = await connection.fetch(SQL.by_whole_code, main, question.key)
    return {
        (row["shelf"], row["place"]): row["whole"]
        for row in rows
        if row["place"] <= where.shelves[row["shelf"]].last
    }


async def _entries(
    connection: asyncpg.Connection,
    question: Question,
    where: Where,
    met: dict[int, Met],
    codes: dict[Place, bool],
    enough: int,
) -> list[Entry]:
    """The entries to be ranked: the first valid ones of each shelf, and those with the code."""
    meeting: list[tuple[int, set[int]]] = []
    for number, one in met.items():
        direct = one.direct()
        meeting += [(number, places) for places in (direct, one.related() - direct) if places]
    shelved = len({number for number, _ in meeting})
    many = enough if shelved <= _CROWD else max(_LEAST, enough * _CROWD // shelved)
    while True:
        wanted = dict.fromkeys(codes)
        for number, places in meeting:
            last = where.shelves[number].last
            first = sorted(places)[:many] if len(places) <= _SORTED else heapq.nsmallest(many, places)
            wanted.update([((number, place), None) for place in first if place <= last])
        found = await shelves.entries(connection, where, wanted)
        more = many < _AT_MOST and any(len(places) > many for _, places in meeting)
        if not more or len(found) >= min(enough, len(wanted)):
            return found
        many *= 4


def _merit(question: Question, entry: Entry, codes: dict[Place, bool]) -> rank.Merit:
    whole = codes.get((entry.shelf, entry.place))
    if whole is None:
        return rank.best(question, entry.display, entry.others)
    return rank.Merit(rank.CODE if whole else rank.CODE_BEGINS, entry.display, Kind.WORD)


def _told(shelf: Shelf, entry: Entry, merit: rank.Merit, score: float) -> Found:
    if merit.score >= rank.CODE_BEGINS:
        how = "code"
    elif merit.score == rank.TERM:
        how = "term"
    else:
        how = "words" if merit.kind is Kind.WORD else merit.kind.name.lower()
    return Found(
        shelf.url, shelf.version, entry.code, entry.display, merit.text, score, how,
        entry.abstract, merit.heard,
    )  # fmt: skip
