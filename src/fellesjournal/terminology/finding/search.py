"""Codes found as people type them: the one door of this folder, `find`."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import asyncpg

from fellesjournal.errors import Invalid, NotFound
from fellesjournal.terminology.finding import rank, spelling
from fellesjournal.terminology.finding.compounds import Vocabulary, candidates
from fellesjournal.terminology.finding.places import Met, read_places
from fellesjournal.terminology.finding.question import Kind, Question, ask, typed
from fellesjournal.terminology.finding.synonyms import norwegian
from fellesjournal.terminology.finding.words import WHO, code_key
from fellesjournal.terminology.statements import SQL

MOST = 100
"""Codes that one search gives at most."""

_ENOUGH = 30
"""Entries of a shelf that are ranked, of those that meet the question directly and of the others each; when
more are asked for, as many as are."""

_AT_MOST = 2_000
"""Entries of a shelf that are looked at for as many that are valid."""


@dataclass(frozen=True, slots=True)
class Found:
    """One code. `text` is the term that answers, the display or another; `score` is 0..1, higher is better.

    `how` says what it was found by: "code", "term" (exactly), "words", "synonym", "compound" or "spelling"
    (nothing was found as it was typed).
    """

    system: str
    version: str
    code: str
    display: str
    text: str
    score: float
    how: str
    abstract: bool = False


class _Shelf(NamedTuple):
    """The texts of a release in one language; only the entries up to `last` count."""

    url: str
    version: str
    number: int
    main: bool
    last: int
    spoken: bool


@dataclass(frozen=True, slots=True)
class _Where:
    """Where a question is asked: the shelves by number, on a day."""

    shelves: dict[int, _Shelf]
    on: date | None


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
    What is said of whom (barn, kvinne) may be left unmet, and words may be corrected by one letter, when
    nothing is found otherwise. Raises Invalid for a text with nothing to search for and for a limit outside
    1..MOST, NotFound for a system without a release valid then.
    """
    if not 1 <= limit <= MOST:
        raise Invalid(f"A search for a code gives 1 to {MOST} codes, not {limit}.")
    words = typed(text)
    where = await _where(connection, systems, on, languages, active_only)
    question = await _asked(connection, text, words)
    return await _found(connection, question, where, limit) or await _found_otherwise(
        connection, question, where, limit
    )


async def _found_otherwise(
    connection: asyncpg.Connection, question: Question, where: _Where, limit: int
) -> list[Found]:
    """What is found without the words about who has it; else with corrected spelling."""
    words = tuple(word for word in question.words if word not in WHO) or question.words
    if words != question.words:
        question = await _asked(connection, " ".join(words), words)
        if found := await _found(connection, question, where, limit):
            return found
    found = []
    for corrected in await spelling.corrections(connection, words, norwegian()):
        asked = await _asked(connection, " ".join(corrected), corrected)
        found += await _found(connection, asked, where, limit)
    return _corrected(found)[:limit]


def _corrected(found: list[Found]) -> list[Found]:
    """Finds by corrected spelling, each code once."""
    best: dict[tuple[str, str], Found] = {}
    for one in sorted(found, key=_order):
        best.setdefault((one.system, one.code), one)
    return [replace(one, score=one.score * rank.SPELLING, how="spelling") for one in best.values()]


async def _where(
    connection: asyncpg.Connection,
    systems: Sequence[str] | None,
    on: date | None,
    languages: Sequence[str] | None,
    active_only: bool,
) -> _Where:
    rows = await connection.fetch(SQL.newest_shelves, _listed(systems), on, _listed(languages))
    if systems is not None:
        _all_there(systems, on, rows)
    shelves = {}
    for row in rows:
        if row["number"] is not None:
            last = row["active"] if active_only else row["entries"]
            shelves[row["number"]] = _Shelf(
                row["url"], row["version"], row["number"], row["main"], last, row["spoken"]
            )
    return _Where(shelves, on)


def _all_there(systems: Sequence[str], on: date | None, rows: Sequence[asyncpg.Record]) -> None:
    """Refuse systems that were named and cannot be searched."""
    then = on.isoformat() if on else "today"
    there = {row["url"] for row in rows}
    problems = [
        f"No release of the code system {url} is loaded that is valid on {then}."
        for url in sorted(set(systems) - there)
    ]
    problems += [
        f"The code system {row['url']} {row['version']} was loaded without being made searchable: "
        "load it again."
        for row in rows
        if row["number"] is None
    ]
    if problems:
        raise NotFound(*problems)


def _listed(given: Sequence[str] | None) -> list[str] | None:
    return None if given is None else list(given)


async def _asked(connection: asyncpg.Connection, text: str, words: tuple[str, ...]) -> Question:
    parts = {part for word in words for part in candidates(word)}
    known = await connection.fetch(SQL.words_in_use, list(parts)) if parts else []
    synonyms = norwegian()
    vocabulary = Vocabulary([*(row[0] for row in known), *(parts & synonyms.words)])
    return ask(text, words, synonyms, vocabulary)


async def _found(
    connection: asyncpg.Connection, question: Question, where: _Where, limit: int
) -> list[Found]:
    enough = max(_ENOUGH, limit)
    codes = await _by_code(connection, question, where, enough)
    spoken = [shelf.number for shelf in where.shelves.values() if shelf.spoken]
    met = await read_places(connection, question, spoken)
    best: dict[tuple[int, int], Found] = {}
    for row in await _entries(connection, question, where, met, codes, enough):
        found = _judged(question, where.shelves[row["shelf"]], row, codes)
        concept = (row["system"], row["concept"])
        if concept not in best or found.score > best[concept].score:
            best[concept] = found
    return sorted(best.values(), key=_order)[:limit]


def _order(found: Found) -> tuple[float, int, str, str]:
    """Best first; of equally good ones the shorter code, which is the more general."""
    return -round(found.score, 3), len(code_key(found.code)), found.code, found.system


_Place = tuple[int, int]
"""An entry, by its shelf and its place there."""


async def _by_code(
    connection: asyncpg.Connection, question: Question, where: _Where, enough: int
) -> dict[_Place, bool]:
    """The entries whose code begins as typed, and whether that is the whole of it."""
    if not question.key:
        return {}
    main = [shelf.number for shelf in where.shelves.values() if shelf.main]
    begins = any(c.isdigit() for c in question.key)
    rows = await connection.fetch(SQL.by_code, main, question.key, begins, enough)
    return {
        (row["shelf"], row["place"]): row["whole"]
        for row in rows
        if row["place"] <= where.shelves[row["shelf"]].last
    }


async def _entries(
    connection: asyncpg.Connection,
    question: Question,
    where: _Where,
    met: dict[int, Met],
    codes: dict[_Place, bool],
    enough: int,
) -> list[asyncpg.Record]:
    """The entries to be ranked: the first valid ones of each shelf, and those with the code."""
    meeting: list[tuple[int, set[int]]] = []
    for number, one in met.items():
        direct = one.direct(question)
        meeting += [(number, direct), (number, one.related(question) - direct)]
    many = enough
    while True:
        wanted = dict.fromkeys(codes)
        for number, places in meeting:
            first = heapq.nsmallest(many, places)
            wanted |= dict.fromkeys((number, place) for place in first if place <= where.shelves[number].last)
        shelves, at = [shelf for shelf, _ in wanted], [place for _, place in wanted]
        rows: list[asyncpg.Record] = await connection.fetch(SQL.entries, shelves, at, where.on)
        more = many < _AT_MOST and any(len(places) > many for _, places in meeting)
        if not more or len(rows) >= min(enough, len(wanted)):
            return rows
        many *= 4


def _judged(question: Question, shelf: _Shelf, row: asyncpg.Record, codes: dict[_Place, bool]) -> Found:
    whole = codes.get((row["shelf"], row["place"]))
    if whole is not None:
        merit = rank.Merit(rank.CODE if whole else rank.CODE_BEGINS, row["display"], Kind.WORD)
    else:
        merit = rank.best(question, row["display"], row["others"])
    how = "code" if whole is not None else "term" if merit.score == rank.TERM else merit.kind.name.lower()
    return Found(
        shelf.url, shelf.version, row["code"], row["display"], merit.text, merit.score,
        "words" if how == "word" else how, row["abstract"],
    )  # fmt: skip
