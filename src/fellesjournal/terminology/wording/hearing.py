"""What was typed, heard by the code systems that are loaded: its words, what else it is called, and its
codes.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import asyncpg

from fellesjournal.fhir.search.terms import code_term
from fellesjournal.terminology.finding.question import Question
from fellesjournal.terminology.finding.search import find, question
from fellesjournal.terminology.finding.words import tokens
from fellesjournal.terminology.wording.sought import Sought, parted, sought

_MOST_CODES = 60
"""Codes that a word stands for: "diabetes" is some forty in ICD-10 alone."""
_MOST_SLOTS = 4
_SHORTEST = 3
"""Letters from which codes are looked up: two begin the names of thousands."""


async def hear(
    connection: asyncpg.Connection, text: str, names: Mapping[str, Sequence[str]] = MappingProxyType({})
) -> Sought:
    """What some typed text asks of a chart; nothing at all when there is no word in it.

    `names` are all that a code system is called, by each of them: what is stored may have another name than
    what is loaded.
    """
    phrases, rest = parted(text)
    if not tokens(rest):
        return sought(text, None, phrases)
    asked = await question(connection, rest)
    spans = dict.fromkeys([asked.words, *(slot[0].words for slot in asked.slots[:_MOST_SLOTS])])
    codes = {span: await _codes(connection, span, asked, rest, names) for span in spans}
    return sought(text, asked, phrases, codes)


async def _codes(
    connection: asyncpg.Connection,
    span: tuple[str, ...],
    asked: Question,
    rest: str,
    names: Mapping[str, Sequence[str]],
) -> list[int]:
    """The codes that some words are called by; corrected spelling is no name."""
    said = rest if span == asked.words else " ".join(span)
    if len(said) < _SHORTEST:
        return []
    found = await find(connection, said, limit=_MOST_CODES)
    called = [one for one in found if one.how != "spelling"]
    return [code_term(name, one.code) for one in called for name in names.get(one.system, (one.system,))]
