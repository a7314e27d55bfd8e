"""Texts written down as they are searched: the stems of their words, in their order.

A text becomes a line, with a space before and after each stem: " brudd i hoft ". What is sought is then a
piece of the line: " hoft " is the word, " hoft" what begins so, "brudd " what a compound ends with. Stems
are of finding/words.py: folded, spelt one way in bokmål and nynorsk, without the endings of inflection.
"""

from fellesjournal.terminology.finding.words import stem, tokens


def written(content: str) -> str:
    """The texts of a resource (one a line) as they are searched."""
    return "\n".join(filter(None, map(line, content.split("\n"))))


def line(text: str) -> str:
    """One text as it is searched; "" when it has no words."""
    stems = " ".join(map(stem, tokens(text)))
    return f" {stems} " if stems else ""
