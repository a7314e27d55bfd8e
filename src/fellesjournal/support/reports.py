"""Reports and their answers, kept in the database."""

from datetime import datetime
from typing import NamedTuple

import asyncpg

from fellesjournal.errors import Invalid, NotFound
from fellesjournal.support.statements import SQL

LONGEST = 500
"""Letters of a task, of a sentence and of an answer."""


class Said(NamedTuple):
    """What somebody says of a screen. `person` is a reference; `took` is in milliseconds."""

    person: str
    made: datetime
    role: str
    unit_kind: str
    place: str
    pane: str
    version: str
    language: str
    screen: str
    took: int
    task: str
    sentence: str


class Answer(NamedTuple):
    """What it has been answered, by whom; `closes` ends the matter."""

    made: datetime
    by: str
    text: str
    closes: bool


class Report(NamedTuple):
    """One report with its number and its answers."""

    id: int
    said: Said
    closed: bool
    answers: tuple[Answer, ...]

    @property
    def status(self) -> str:
        """One of received, answered and closed."""
        return "closed" if self.closed else "answered" if self.answers else "received"


class Reports:
    """All reports of the site."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def add(self, said: Said) -> int:
        """Keep it; gives its number. Raises Invalid where nothing is said."""
        if not said.sentence.strip():
            raise Invalid("A report needs a sentence.")
        number: int = await self._pool.fetchval(SQL.add_report, *said)
        return number

    async def listed(self, person: str = "", *, closed: bool = False, most: int = 100) -> list[Report]:
        """The newest first: of one person, or of all; those that are closed only when asked for."""
        rows = await self._pool.fetch(SQL.reports, person, closed, most)
        answers: dict[int, list[Answer]] = {}
        for row in await self._pool.fetch(SQL.answers, [row["id"] for row in rows]):
            answers.setdefault(row["report"], []).append(Answer(*list(row)[1:]))
        return [
            Report(row["id"], Said(*list(row)[1:-1]), row["closed"], tuple(answers.get(row["id"], ())))
            for row in rows
        ]

    async def answer(self, number: int, answer: Answer) -> None:
        """Answer a report. Raises NotFound for a number that there is not, Invalid for an empty answer."""
        if not answer.text.strip():
            raise Invalid("An answer needs a sentence.")
        if not await self._pool.fetchval(SQL.has_report, number):
            raise NotFound(f"There is no report {number}: `fellesjournal support list --all` shows them.")
        await self._pool.execute(SQL.add_answer, number, *answer)
