"""Reading the log: of a citizen, of a person, or one entry; newest first, by pages."""

from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import NamedTuple

import asyncpg

from fellesjournal.access.audit.access import Access, access_of, accesses_of
from fellesjournal.access.statements import SQL

_LAST = 2**63 - 1
BEGINNING = datetime(1, 1, 2, tzinfo=UTC)
END = datetime(9999, 12, 30, tzinfo=UTC)


class Place(NamedTuple):
    """Where an act stands in the order of a page. `part` is its place in an entry that stands for several
    citizens, from 1 on; 0 in one that stands for one.
    """

    moment: datetime
    chain: int
    number: int
    part: int = 0


FROM_THE_END = Place(END, _LAST, _LAST)


class Logged(NamedTuple):
    """An act in the log, and its place; `id` is that of its AuditEvent."""

    access: Access
    place: Place

    @property
    def id(self) -> str:
        """The id of the AuditEvent: the chain, the number in it, and the part when it has several."""
        place = self.place
        whole = f"{place.chain}-{place.number}"
        return f"{whole}-{place.part}" if place.part else whole


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the log: of a `citizen` (key), of a `person` ("Practitioner/4"), of both or of everybody;
    from `low` to before `high`; with one of the `actions`, done or refused (`permit`). None: whichever.
    `given`: only what gave the person something, see `gave`.
    """

    citizen: int | None = None
    person: str | None = None
    low: datetime = BEGINNING
    high: datetime = END
    actions: tuple[str, ...] | None = None
    permit: bool | None = None
    given: bool = False


def gave(access: Access) -> bool:
    """Whether an act was permitted and met something, or was no interaction with the record."""
    return access.decision.permit and (bool(access.resources) or access.action == "E")


async def accesses(pool: asyncpg.Pool, asked: Asked, before: Place, most: int) -> list[Logged]:
    """The newest acts before a place, `most` at most."""
    parts_are_left = asked.citizen is None and before.part > 1
    end = before._replace(number=before.number + 1) if parts_are_left else before
    span = asked.low, asked.high, end.moment, end.chain, end.number, most
    actions = list(asked.actions) if asked.actions is not None else None
    if asked.citizen is not None:
        rows = await pool.fetch(
            SQL.accesses_of_citizen, asked.citizen, *span, asked.person, actions, asked.permit, asked.given
        )
    elif asked.person is not None:
        rows = await pool.fetch(
            SQL.accesses_of_person, asked.person, *span, actions, asked.permit, asked.given
        )
    else:
        rows = await pool.fetch(SQL.accesses_of_anybody, *span, actions, asked.permit)
    found = (one for row in rows for one in reversed(acts(row, asked.citizen)))
    return list(islice((one for one in found if one.place < before), most))


async def changes(pool: asyncpg.Pool, citizen: int, person: str, low: datetime, most: int) -> list[Access]:
    """What a person wrote into a citizen's record from a moment on, the newest first, `most` at most."""
    rows = await pool.fetch(SQL.changes_of_person, citizen, person, low, most)
    return [access_of(row) for row in rows]


async def access(pool: asyncpg.Pool, id: str) -> Logged | None:
    """The act of an AuditEvent's id; None when there is none."""
    numbers = id.split("-")
    if len(numbers) not in (2, 3) or not all(_is_number(one) for one in numbers):
        return None
    row = await pool.fetchrow(SQL.access, int(numbers[0]), int(numbers[1]))
    return next((one for one in acts(row) if one.id == id), None) if row else None


def acts(row: asyncpg.Record, citizen: int | None = None) -> list[Logged]:
    """The acts that an entry stands for; with `citizen` (key) those on that one."""
    moment, chain, number = row["moment"], row["chain"], row["number"]
    return [Logged(one, Place(moment, chain, number, part)) for part, one in accesses_of(row, citizen)]


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
