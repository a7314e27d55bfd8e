"""Codes found as people type them: the one door of this folder, `find`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import asyncpg

from fellesjournal.errors import Invalid, NotFound
from fellesjournal.terminology.finding import rank, spelling
from fellesjournal.terminology.finding.compounds import Vocabulary, candidates
from fellesjournal.terminology.finding.question import Kind, Question, ask, respelt, typed
from fellesjournal.terminology.finding.statements import statement
from fellesjournal.terminology.finding.synonyms import norwegian
from fellesjournal.terminology.finding.words import WHO

MOST = 100
"""Codes that one search gives at most."""

_DEPTH = 1_500
"""First entries of each release that are looked through before the index is asked."""

_ENOUGH = 60
"""Entries of one release that are ranked: more are not looked for."""

_MOST_MET = 4_000


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


class _Release(NamedTuple):
    number: int
    url: str
    version: str


@dataclass(frozen=True, slots=True)
class _Where:
    """Where a question is asked: the releases, and the entries of them that count."""

    releases: dict[int, _Release]
    active_only: bool
    languages: list[str] | None
    on: date | None

    @property
    def filters(self) -> tuple[bool, list[str] | None, date | None]:
        return self.active_only, self.languages, self.on


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

    `systems` are the URLs of the code systems to look in (None: all that are loaded), each in its newest release
    valid on the day `on` (None: today). `languages` are those of the texts looked in (None: all). What is said
    of whom (barn, kvinne) may be left unmet, and words may be corrected by one letter, when nothing is found
    otherwise. Raises Invalid for a text with nothing to search for and for a limit outside 1..MOST, NotFound for
    a system without a release valid then.
    """
    if not 1 <= limit <= MOST:
        raise Invalid(f"A search for a code gives 1 to {MOST} codes, not {limit}.")
    words = typed(text)
    spoken = list(languages) if languages is not None else None
    where = _Where(await _releases(connection, systems, on), active_only, spoken, on)
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
    corrections = await spelling.corrections(connection, words)
    return await _found(connection, respelt(question, corrections), where, limit) if corrections else []


async def _releases(
    connection: asyncpg.Connection, systems: Sequence[str] | None, on: date | None
) -> dict[int, _Release]:
    asked = list(systems) if systems is not None else None
    rows = await connection.fetch(statement("newest_releases"), asked, on)
    missing = sorted(set(asked or ()) - {row["url"] for row in rows})
    if missing:
        then = on.isoformat() if on else "today"
        raise NotFound(
            *(f"No release of the code system {url} is loaded that is valid on {then}." for url in missing)
        )
    return {row["number"]: _Release(*row) for row in rows}


async def _asked(connection: asyncpg.Connection, text: str, words: tuple[str, ...]) -> Question:
    parts = {part for word in words for part in candidates(word)}
    known = await connection.fetch(statement("words_in_use"), list(parts)) if parts else []
    synonyms = norwegian()
    vocabulary = Vocabulary([*(row[0] for row in known), *(parts & synonyms.words)])
    return ask(text, words, synonyms, vocabulary)


async def _found(
    connection: asyncpg.Connection, question: Question, where: _Where, limit: int
) -> list[Found]:
    codes = await _by_code(connection, question, where)
    places = {**await _by_words(connection, question, where), **codes}
    if not places:
        return []
    numbers, at = zip(*places, strict=True)
    rows = await connection.fetch(statement("entries"), list(numbers), list(at))
    chosen: dict[tuple[int, int], tuple[tuple[float, int], Found]] = {}
    for row in rows:
        found = _judged(question, where.releases[row["system"]], row, codes)
        order = (-found.score, len(row["display"]) + 4 * min(8, len(row["code"])))
        concept = (row["system"], row["concept"])
        if concept not in chosen or order < chosen[concept][0]:
            chosen[concept] = (order, found)
    ranked = sorted(chosen.values(), key=lambda one: (one[0], one[1].code))
    return [found for _, found in ranked[:limit]]


_Places = dict[tuple[int, int], bool]
"""Entries by release and place; the value says for a code whether it is the whole of it."""


async def _by_code(connection: asyncpg.Connection, question: Question, where: _Where) -> _Places:
    if not question.key:
        return {}
    asked = (list(where.releases), question.key, *where.filters, _ENOUGH)
    rows = await connection.fetch(statement("by_code"), *asked)
    return {(row["system"], row["place"]): row["whole"] for row in rows}


async def _by_words(connection: asyncpg.Connection, question: Question, where: _Where) -> _Places:
    """The entries that meet the question: of each release the first, and all when these are few."""
    asked = (question.wide, question.direct, *where.filters)
    rows = await connection.fetch(statement("by_walk"), list(where.releases), *asked, _DEPTH, _ENOUGH)
    met: dict[int, int] = dict.fromkeys(where.releases, 0)
    for row in rows:
        met[row["system"]] += 1
    if sparse := [number for number, count in met.items() if count < _ENOUGH]:
        rows += await connection.fetch(statement("by_words"), sparse, *asked, _MOST_MET, _ENOUGH)
    return {(row["system"], row["place"]): False for row in rows}


def _judged(question: Question, release: _Release, row: asyncpg.Record, codes: _Places) -> Found:
    whole = codes.get((row["system"], row["place"]))
    if whole is not None:
        merit = rank.Merit(rank.CODE if whole else rank.CODE_BEGINS, row["display"], Kind.WORD)
    else:
        merit = rank.best(question, row["display"], row["others"])
    how = "code" if whole is not None else "term" if merit.score == rank.TERM else merit.kind.name.lower()
    return Found(
        release.url, release.version, row["code"], row["display"], merit.text, merit.score,
        "words" if how == "word" else how, row["abstract"],
    )  # fmt: skip
