"""What the filter of $expand finds: codes and texts by the beginnings of their words, however they are spelt.

In the tables the same is done by the statement `named` (sql/concepts.sql).
"""

import re
from functools import lru_cache

from fellesjournal.terminology.finding.words import stem, tokens
from fellesjournal.terminology.release import Concept

_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, each once: what stands between spaces and punctuation."""
    return tuple(dict.fromkeys(_WORD.findall(text.lower())))


def is_named(concept: Concept, asked: tuple[str, ...]) -> bool:
    """Whether the code has words that begin with all the words asked for, or the display or a designation has
    them: there å, ø and æ, endings of inflection and regular differences of bokmål and nynorsk do not matter.
    """
    if _has(words(concept.code), asked):
        return True
    wanted = _spelt(asked)
    texts = [concept.display, *(one.text for one in concept.designations)]
    return any(_tells(text, wanted) for text in texts)


def _has(own: tuple[str, ...], asked: tuple[str, ...]) -> bool:
    return all(any(word.startswith(one) for word in own) for one in asked)


def _tells(text: str, wanted: tuple[str, ...]) -> bool:
    own = tokens(text)
    return all(any(word.startswith(one) or stem(word) == stem(one) for word in own) for one in wanted)


@lru_cache(256)
def _spelt(asked: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(tokens(" ".join(asked)))
