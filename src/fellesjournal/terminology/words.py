"""What the filter of $expand finds: codes and texts by the beginnings of their words.

In the tables the same is done by the statement `named` (sql/concepts.sql).
"""

import re

from fellesjournal.terminology.release import Concept

_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, each once: what stands between spaces and punctuation."""
    return tuple(dict.fromkeys(_WORD.findall(text.lower())))


def is_named(concept: Concept, asked: tuple[str, ...]) -> bool:
    """Whether the code, the display or a designation has words that begin with all the words asked for."""
    texts = [concept.code, concept.display, *(one.text for one in concept.designations)]
    return any(_has(text, asked) for text in texts)


def _has(text: str, asked: tuple[str, ...]) -> bool:
    own = words(text)
    return all(any(word.startswith(one) for word in own) for one in asked)
