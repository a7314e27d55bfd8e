"""Words corrected by one edit or two: a letter too many, too few, another, or two swapped.

All that a word can become by one edit is looked up in the vocabulary at once, so that nothing is kept in
memory. Two edits make too many words for that: they are sought among those with the same first letter.
"""

from collections.abc import Iterable, Sequence
from itertools import islice, product

import asyncpg

from fellesjournal.terminology.finding.synonyms import Synonyms
from fellesjournal.terminology.statements import SQL

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SHORTEST = 5
_SHORTEST_FOR_TWO = 9
_FAR = 2
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
            choices.append(await _near(connection, word, synonyms))
    found = list(islice(product(*choices), _MOST))
    return [] if found == [tuple(words)] else found


async def _near(connection: asyncpg.Connection, word: str, synonyms: Synonyms) -> list[str]:
    """What a word may have been meant to be: all that is one edit away, else two when it is long."""
    near = await _begun(connection, edits(word), synonyms)
    if near or len(word) < _SHORTEST_FOR_TWO:
        return sorted(near, key=lambda one: (not near[one], one))
    rows = await connection.fetch(SQL.words_like, word[0], len(word) - 2)
    like = {row["word"] for row in rows} | {one for one in synonyms.words if one[0] == word[0]}
    letters = set(word)
    far = {one: distance(word, one, _FAR) for one in like if len(letters.difference(one)) <= _FAR}
    return sorted((one for one in far if far[one] <= _FAR), key=lambda one: (far[one], len(one), one))


def distance(begun: str, word: str, most: int) -> int:
    """How many edits make some letters the beginning of a word; two swapped are one edit. More than `most`
    are not counted to the end.
    """
    before: list[int] = []
    row = list(range(len(word) + 1))
    for at, letter in enumerate(begun, 1):
        earlier, before, row = before, row, [at]
        for to, other in enumerate(word, 1):
            cost = min(row[-1] + 1, before[to] + 1, before[to - 1] + (letter != other))
            if at > 1 and to > 1 and letter == word[to - 2] and begun[at - 2] == other:
                cost = min(cost, earlier[to - 2] + 1)
            row.append(cost)
        if min(row) > most and min(before) >= most:
            return most + 1
    return min(row)


async def _begun(
    connection: asyncpg.Connection, starts: Iterable[str], synonyms: Synonyms
) -> dict[str, bool]:
    """The beginnings that a word in use has, and whether the beginning is itself a word."""
    asked = sorted(starts)
    rows = await connection.fetch(SQL.words_begun, asked)
    here = {start: start in synonyms.words for start in asked if synonyms.word_begins(start)}
    return here | {row["start"]: row["whole"] or here.get(row["start"], False) for row in rows}
