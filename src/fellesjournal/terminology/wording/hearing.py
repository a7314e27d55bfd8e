"""What was typed, heard by the code systems that are loaded: its words, what else it is called, and its
codes.
"""

import asyncpg

from fellesjournal.fhir.search.terms import hash64
from fellesjournal.terminology.finding.question import Question
from fellesjournal.terminology.finding.search import find, question
from fellesjournal.terminology.finding.words import tokens
from fellesjournal.terminology.wording.sought import Sought, parted, sought

_MOST_CODES = 60
"""Codes that a word stands for: "diabetes" is some forty in ICD-10 alone."""
_MOST_SLOTS = 4
_SHORTEST = 3
"""Letters from which codes are looked up: two begin the names of thousands."""


async def hear(connection: asyncpg.Connection, text: str) -> Sought:
    """What some typed text asks of a chart; nothing at all when there is no word in it."""
    phrases, rest = parted(text)
    if not tokens(rest):
        return sought(text, None, phrases)
    asked = await question(connection, rest)
    spans = dict.fromkeys([asked.words, *(slot[0].words for slot in asked.slots[:_MOST_SLOTS])])
    codes = {span: await _codes(connection, span, asked, rest) for span in spans}
    return sought(text, asked, phrases, codes)


async def _codes(
    connection: asyncpg.Connection, span: tuple[str, ...], asked: Question, rest: str
) -> list[int]:
    """The codes that some words are called by; corrected spelling is no name."""
    said = rest if span == asked.words else " ".join(span)
    if len(said) < _SHORTEST:
        return []
    found = await find(connection, said, limit=_MOST_CODES)
    return [hash64(f"{one.system}|{one.code}") for one in found if one.how != "spelling"]
