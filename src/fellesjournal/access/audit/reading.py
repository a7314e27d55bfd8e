"""Reading the log: of a citizen, of a person, or one entry; newest first, by pages."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

import asyncpg

from fellesjournal.access.audit.access import Access, access_of
from fellesjournal.access.statements import SQL

_LAST = 2**63 - 1
BEGINNING = datetime(1, 1, 2, tzinfo=UTC)
END = datetime(9999, 12, 30, tzinfo=UTC)


class Place(NamedTuple):
    """Where an entry stands in the order of a page."""

    moment: datetime
    chain: int
    number: int


FROM_THE_END = Place(END, _LAST, _LAST)


class Logged(NamedTuple):
    """An entry of the log: the act, and its place; `id` is that of its AuditEvent."""

    access: Access
    place: Place

    @property
    def id(self) -> str:
        """The id of the AuditEvent: the chain and the number in it."""
        return f"{self.place.chain}-{self.place.number}"


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the log: of a `citizen` (key), of a `person` ("Practitioner/4"), of both or of everybody;
    from `low` to before `high`; with one of the `actions`, done or refused (`permit`). None: whichever.
    """

    citizen: int | None = None
    person: str | None = None
    low: datetime = BEGINNING
    high: datetime = END
    actions: tuple[str, ...] | None = None
    permit: bool | None = None


async def accesses(pool: asyncpg.Pool, asked: Asked, before: Place, most: int) -> list[Logged]:
    """The newest entries before a place, `most` at most."""
    span = asked.low, asked.high, *before, most
    actions = list(asked.actions) if asked.actions is not None else None
    if asked.citizen is not None:
        rows = await pool.fetch(
            SQL.accesses_of_citizen, asked.citizen, *span, asked.person, actions, asked.permit
        )
    elif asked.person is not None:
        rows = await pool.fetch(SQL.accesses_of_person, asked.person, *span, actions, asked.permit)
    else:
        rows = await pool.fetch(SQL.accesses_of_anybody, *span, actions, asked.permit)
    return [_logged(row) for row in rows]


async def changes(pool: asyncpg.Pool, citizen: int, person: str, low: datetime, most: int) -> list[Access]:
    """What a person wrote into a citizen's record from a moment on, the newest first, `most` at most."""
    rows = await pool.fetch(SQL.changes_of_person, citizen, person, low, most)
    return [access_of(row) for row in rows]


async def access(pool: asyncpg.Pool, chain: int, number: int) -> Logged | None:
    """One entry; None when there is none."""
    row = await pool.fetchrow(SQL.access, chain, number)
    return _logged(row) if row else None


def _logged(row: asyncpg.Record) -> Logged:
    return Logged(access_of(row), Place(row["moment"], row["chain"], row["number"]))
