"""Phrases that a person has written for themselves: kept, and offered before those of the role."""

import re
from collections.abc import Mapping

import asyncpg

from fellesjournal.documentation.answers import clean
from fellesjournal.documentation.statements import SQL
from fellesjournal.errors import Invalid

NAME = re.compile(r"[a-zæøå]{2,20}")
"""What may be typed after the point."""
LONGEST, MOST = 4_000, 200
"""Characters of a phrase, and phrases of a person."""


class OwnPhrases:
    """The phrases of everybody at the site."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def of(self, author: str) -> Mapping[str, str]:
        """The phrases of a person (reference), by name."""
        return {row["name"]: row["text"] for row in await self._pool.fetch(SQL.list_phrases, author)}

    async def keep(self, author: str, name: str, text: str) -> None:
        """Keep a phrase, in the place of an earlier one of the name. Raises Invalid for a name that cannot be
        typed, an empty or too long text, and for more than a person has use of."""
        text = clean(text).strip()
        if not NAME.fullmatch(name):
            raise Invalid("A phrase is called by 2 to 20 small letters.")
        if not 0 < len(text) <= LONGEST:
            raise Invalid(f"A phrase has 1 to {LONGEST} characters.")
        known = await self.of(author)
        if name not in known and len(known) >= MOST:
            raise Invalid(f"A person has at most {MOST} phrases: remove one first.")
        await self._pool.execute(SQL.keep_phrase, author, name, text)

    async def drop(self, author: str, name: str) -> None:
        """Forget a phrase."""
        await self._pool.execute(SQL.drop_phrase, author, name)
