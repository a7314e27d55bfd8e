"""What a release is found by, made from its texts: the words, their stems, and the parts of their compounds.

A shelf is the texts of one language. Its texts are read twice, streamed: first for the vocabulary, then to
be split over it and put in place. What is kept meanwhile is the places of each word, four bytes for each use.
"""

from array import array
from collections.abc import AsyncIterator, Iterable

import asyncpg

from fellesjournal.terminology.finding.compounds import Vocabulary, candidates
from fellesjournal.terminology.finding.synonyms import norwegian
from fellesjournal.terminology.finding.words import STOP, code_key, stem, tokens
from fellesjournal.terminology.statements import SQL

LONGEST_BEGINNING = 3
"""Beginnings of up to this many letters have places of their own: too many words have them."""

NORWEGIAN = frozenset({"nb", "nn", "no"})
FEW = 1_000
"""Words of a shelf up to which its vocabulary is asked for part by part."""

_AT_A_TIME = 2_000


async def index(connection: asyncpg.Connection, number: int) -> int:
    """Make what a release is found by, anew; gives the number of entries (concepts times their languages).

    All or nothing. To be called when the release's concepts, designations and parents are in their tables,
    and before it is marked as loaded. Compounds of Norwegian texts are split over the words of the releases
    indexed before it, of its own, and of the table of synonyms.
    """
    async with connection.transaction():
        await connection.execute(SQL.forget, number)
        languages = await connection.fetch(SQL.languages, number)
        return sum([await _fill(connection, number, *language) for language in languages])


async def _fill(connection: asyncpg.Connection, number: int, language: str, main: bool) -> int:
    """Make one shelf; gives the number of its entries."""
    words = await _words(connection, number, language)
    places = Places(await _vocabulary(connection, language, words))
    shelf = await connection.fetchval(SQL.add_shelf, number, language, main)
    place = active = 0
    async for rows in _texts(connection, number, language):
        entries = []
        for row in rows:
            place += 1
            active += row["active"]
            places.put(place, row["display"], row["others"])
            entries.append((shelf, place, row["concept"], code_key(row["code"]) if main else ""))
        await connection.copy_records_to_table("code_text_entry", records=entries)
    written = ((word, shelf, word in words, shown, beside) for word, shown, beside in places.written())
    await connection.copy_records_to_table("code_text_word", records=written)
    await connection.execute(SQL.fill_shelf, shelf, place, active)
    return place


class Places:
    """The places of each word, put in ascending order; each word is analysed once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._shown: dict[str, array[int]] = {}
        self._beside: dict[str, array[int]] = {}
        self._forms: dict[str, tuple[str, ...]] = {}
        self._parts: dict[str, tuple[str, ...]] = {}

    def put(self, place: int, display: str, others: Iterable[str]) -> None:
        """One entry: the words of its display are shown, those of its other texts and all parts beside."""
        words = _telling(display)
        shown = {form for word in words for form in self._forms_of(word)}
        words |= {word for other in others for word in _telling(other)}
        beside = {form for word in words for form in (*self._forms_of(word), *self._parts_of(word))}
        _put(self._shown, shown, place)
        _put(self._beside, beside - shown, place)

    def written(self) -> Iterable[tuple[str, bytes, bytes]]:
        """Each word with its places, shown and beside."""
        nowhere = array("i")
        for word in sorted(self._shown.keys() | self._beside.keys()):
            yield word, self._shown.get(word, nowhere).tobytes(), self._beside.get(word, nowhere).tobytes()

    def _forms_of(self, word: str) -> tuple[str, ...]:
        if word not in self._forms:
            self._forms[word] = (word, stem(word), *beginnings(word))
        return self._forms[word]

    def _parts_of(self, word: str) -> tuple[str, ...]:
        if word not in self._parts:
            parts = self._vocabulary.split(word)
            self._parts[word] = tuple(form for part in parts for form in self._forms_of(part))
        return self._parts[word]


def beginnings(word: str) -> tuple[str, ...]:
    """The beginnings of a word that have places of their own, as they are written in the index."""
    return tuple(f"{word[:length]}*" for length in range(1, min(LONGEST_BEGINNING, len(word)) + 1))


def _telling(text: str) -> set[str]:
    return {word for word in tokens(text) if word not in STOP}


def _put(places: dict[str, "array[int]"], words: Iterable[str], place: int) -> None:
    for word in words:
        if word not in places:
            places[word] = array("i")
        places[word].append(place)


async def _vocabulary(connection: asyncpg.Connection, language: str, words: set[str]) -> Vocabulary:
    """The words that compounds of a shelf are split over: none but in Norwegian, which writes them together.

    A few words are asked about by their parts; for many it is quicker to fetch all words there are.
    """
    if language.partition("-")[0] not in NORWEGIAN:
        return Vocabulary(())
    if len(words) > FEW:
        rows = await connection.fetch(SQL.all_words)
    else:
        parts = {part for word in words for part in candidates(word)}
        rows = await connection.fetch(SQL.words_in_use, list(parts))
    return Vocabulary({*(row[0] for row in rows), *words, *norwegian().words})


async def _words(connection: asyncpg.Connection, number: int, language: str) -> set[str]:
    found: set[str] = set()
    async for rows in _texts(connection, number, language):
        for row in rows:
            for text in (row["display"], *row["others"]):
                found |= _telling(text)
    return found


async def _texts(
    connection: asyncpg.Connection, number: int, language: str
) -> AsyncIterator[list[asyncpg.Record]]:
    cursor = await connection.cursor(SQL.texts, number, language)
    more = True
    while more and (rows := await cursor.fetch(_AT_A_TIME)):
        yield rows
        more = len(rows) == _AT_A_TIME  # most releases are short: they are not asked for once more
