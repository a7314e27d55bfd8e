"""What a release is found by, made from its texts: the words, their stems, and the parts of their compounds.

Two passes over the texts, both streamed: the first gathers the vocabulary, the second splits over it and writes.
Memory grows with the number of different words, not with the number of concepts.
"""

from collections.abc import AsyncIterator, Iterable
from typing import Any

import asyncpg

from fellesjournal.terminology.finding.compounds import Vocabulary
from fellesjournal.terminology.finding.statements import statement
from fellesjournal.terminology.finding.synonyms import norwegian
from fellesjournal.terminology.finding.words import STOP, code_key, stem, tokens

_AT_A_TIME = 2_000
_SHORTEST_WORD = 3


async def index(connection: asyncpg.Connection, number: int) -> int:
    """Make what a release is found by, anew; gives the number of entries (concepts times their languages).

    All or nothing. To be called when the release's concepts, designations and parents are in their tables, and
    before it is marked as loaded. Compounds are split over the words of the releases indexed before it, of its
    own, and of the table of synonyms.
    """
    async with connection.transaction():
        await connection.execute(statement("forget_entries"), number)
        await connection.execute(statement("forget_words"), number)
        words = await _words(connection, number)
        await connection.execute(statement("add_words"), number, sorted(words))
        others = [row[0] for row in await connection.fetch(statement("all_words"))]
        entries = await _write(connection, number, Lexemes(Vocabulary({*others, *norwegian().words})))
    await connection.execute(statement("tidy_index"))
    return entries


class Lexemes:
    """Texts as the lexemes of a tsvector; each word is analysed once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._parts: dict[str, tuple[str, ...]] = {}

    def of(self, display: str, others: Iterable[str]) -> str:
        """A tsvector as text: words of the display and stems labelled A, of the others B, parts of compounds C."""
        found: dict[str, str] = {}
        for label, text in (("A", display), *(("B", other) for other in others)):
            for word in tokens(text):
                if word not in STOP:
                    found.setdefault(word, label)
                    found.setdefault(stem(word), label)
        for word in list(found):
            for part in self._parts_of(word):
                found.setdefault(part, "C")
        return " ".join(f"'{word}':1{label}" for word, label in found.items())

    def _parts_of(self, word: str) -> tuple[str, ...]:
        if word not in self._parts:
            parts = self._vocabulary.split(word)
            self._parts[word] = (*parts, *map(stem, parts))
        return self._parts[word]


async def _words(connection: asyncpg.Connection, number: int) -> set[str]:
    found: set[str] = set()
    async for rows in _texts(connection, number):
        for row in rows:
            for text in (row["display"], *row["others"]):
                found.update(word for word in tokens(text) if len(word) >= _SHORTEST_WORD and word.isalpha())
    return found - STOP


async def _write(connection: asyncpg.Connection, number: int, lexemes: Lexemes) -> int:
    place = 0
    async for rows in _texts(connection, number):
        entries = [_entry(row, place + n, lexemes) for n, row in enumerate(rows, 1)]
        columns = [list(column) for column in zip(*entries, strict=True)]
        await connection.execute(statement("add_entries"), number, *columns)
        place += len(rows)
    return place


def _entry(row: asyncpg.Record, place: int, lexemes: Lexemes) -> tuple[Any, ...]:
    key = code_key(row["code"]) if row["main"] else ""
    words = lexemes.of(row["display"], row["others"])
    validity = (row["active"], row["valid_from"], row["valid_to"])
    return place, row["concept"], row["language"], *validity, key, words


async def _texts(connection: asyncpg.Connection, number: int) -> AsyncIterator[list[asyncpg.Record]]:
    cursor = await connection.cursor(statement("index_texts"), number)
    while rows := await cursor.fetch(_AT_A_TIME):
        yield rows
