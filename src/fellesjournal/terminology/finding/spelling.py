"""Words corrected by one edit: a letter too many, too few, another, or two swapped.

All that a word can become is looked up in the vocabulary at once, so that nothing is kept in memory.
"""

from collections.abc import Sequence

import asyncpg

from fellesjournal.terminology.finding.statements import statement

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST = 5
_MOST = 8


def edits(word: str) -> set[str]:
    """Everything one edit away from a folded word."""
    cuts = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    fewer = {a + b[1:] for a, b in cuts if b}
    swapped = {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    other = {a + c + b[1:] for a, b in cuts if b for c in _LETTERS}
    more = {a + c + b for a, b in cuts for c in _LETTERS}
    return (fewer | swapped | other | more) - {word}


async def corrections(connection: asyncpg.Connection, words: Sequence[str]) -> dict[str, Sequence[str]]:
    """For each word that no word in use begins with, the beginnings in use that are one edit away.

    Nothing when a word has none, when all words are in use, or when those that are not are shorter than five.
    """
    begun = await _begun(connection, words)
    found: dict[str, Sequence[str]] = {}
    for word in words:
        if word in begun:
            continue
        near = sorted(await _begun(connection, sorted(edits(word)))) if len(word) >= _SHORTEST else []
        if not near:
            return {}
        found[word] = near[:_MOST]
    return found


async def _begun(connection: asyncpg.Connection, starts: Sequence[str]) -> set[str]:
    rows = await connection.fetch(statement("words_begun"), list(starts))
    return {row[0] for row in rows}
