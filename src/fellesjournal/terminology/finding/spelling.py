"""Words corrected by one edit: a letter too many, too few, another, or two swapped.

All that a word can become is looked up in the vocabulary at once, so that nothing is kept in memory.
"""

from collections.abc import Iterable, Sequence
from itertools import islice, product

import asyncpg

from fellesjournal.terminology.finding.synonyms import Synonyms
from fellesjournal.terminology.statements import SQL

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST = 5
_MOST = 4


def edits(word: str) -> set[str]:
    """Everything one edit away from a folded word."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    fewer = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    other = {a + c + b[1:] for a, b in cuts if b for c in _LETTERS}
    more = {a + c + b for a, b in cuts for c in _LETTERS}
    return (fewer | swapped | other | more) - {word}


async def corrections(
    connection: asyncpg.Connection, words: Sequence[str], synonyms: Synonyms
) -> list[tuple[str, ...]]:
    """What the words may have been meant to be, the likeliest first; none when one cannot be corrected.

    A word is corrected that no word in use, here or in the table of synonyms, begins with.
    """
    choices: list[list[str]] = []
    for word in words:
        if await _begun(connection, [word], synonyms):
            choices.append([word])
        elif len(word) < _SHORTEST:
            return []
        else:
            near = await _begun(connection, edits(word), synonyms)
            choices.append(sorted(near, key=lambda one: (-near[one], one)))
    found = list(islice(product(*choices), _MOST))
    return [] if found == [tuple(words)] else found


async def _begun(
    connection: asyncpg.Connection, starts: Iterable[str], synonyms: Synonyms
) -> dict[str, bool]:
    """The beginnings that a word in use has, and whether the beginning is itself a word."""
    asked = sorted(starts)
    rows = await connection.fetch(SQL.words_begun, asked)
    here = {start: start in synonyms.words for start in asked if synonyms.word_begins(start)}
    return here | {row["start"]: row["whole"] or here.get(row["start"], False) for row in rows}
