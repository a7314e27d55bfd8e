"""Texts written down as they are searched: the stems of their words, in their order.

Stems are of finding/words.py: folded, spelt one way in bokmål and nynorsk, without the endings of
inflection. A resource's stems are one vector of PostgreSQL's (tsvector), made here: no dictionary of the
server is asked. What begins so is found by a stem's beginning, what a compound ends with by the beginning
of the stem written backwards.

By itself a text is a line, " brudd i hoft ", in which " hoft " is the word, " hoft" what begins so and
"brudd " what a compound ends with: so what was sought is described, and so it is marked where it stands.
"""

from collections.abc import Iterable
from functools import lru_cache

from fellesjournal.terminology.finding.words import stem, tokens

LARGEST = 450_000
"""Bytes of stems that are kept of a resource's own texts, and as many of its files: PostgreSQL holds 1 MB."""
BACKWARDS = "_"
"""Begins a stem that is written backwards; no word has it."""
_SHORTEST_COMPOUND = 7
_LONGEST = 60
"""Letters of a stem: what is longer is no word."""
_BETWEEN = 5
"""Places left empty between two texts, so that no phrase goes from one to the next."""
_SAID_OFTEN = 200
"""Characters: texts as short, such as those of measurements, come again and again."""
_LAST_PLACE = 16_383
_PLACE = 6


def vector(content: str) -> str:
    """The texts of a resource (one a line) as a tsvector is written."""
    return _remembered(content) if len(content) <= _SAID_OFTEN else _made(content)


def _made(content: str) -> str:
    places: dict[str, list[int]] = {}
    at = size = 0
    for text in content.split("\n"):
        for root in stems(text):
            at += 1
            if root not in places:
                size += 2 * (len(root.encode()) + _PLACE)
                if size > LARGEST:
                    return _vector(places)
                places[root] = [at]
            elif at < _LAST_PLACE:
                size += _PLACE
                places[root].append(at)
        at += _BETWEEN
    return _vector(places)


_remembered = lru_cache(maxsize=8_192)(_made)


def _vector(places: dict[str, list[int]]) -> str:
    said = [f"{root}:{','.join(map(str, at))}" for root, at in places.items()]
    said += [backwards(root) for root in places if len(root) >= _SHORTEST_COMPOUND]
    return " ".join(said)


def stems(text: str) -> Iterable[str]:
    """The stems of a text."""
    return (stem(word)[:_LONGEST] for word in tokens(text))


def backwards(root: str) -> str:
    """A stem from its end."""
    return BACKWARDS + root[::-1]


def line(text: str) -> str:
    """A text as a line; "" when it has no words."""
    said = " ".join(stems(text))
    return f" {said} " if said else ""
