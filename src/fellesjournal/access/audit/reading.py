"""Reading the log: what was done in one citizen's record, or by one person, newest first, by pages."""

from base64 import b64decode
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple, Self

import asyncpg
import msgspec

from fellesjournal.access.statements import SQL
from fellesjournal.errors import NotFound

EVER = datetime(1, 1, 1, tzinfo=UTC)
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
_LAST = 2**63 - 1
_WHOSE = ("patient", "subject", "_id", "beneficiary")
"""Search parameters that say whose record is asked for."""


class Place(NamedTuple):
    """A place in the order newest first: the page after it begins below."""

    moment: datetime = NEVER
    chain: int = _LAST
    number: int = _LAST


class Span(NamedTuple):
    """A span of time, its end not included."""

    since: datetime = EVER
    until: datetime = NEVER


class _Reference(msgspec.Struct):
    reference: str = ""
    display: str = ""


class _Agent(msgspec.Struct):
    who: _Reference = msgspec.field(default_factory=_Reference)
    requestor: bool = False


class _Detail(msgspec.Struct):
    type: str
    valueString: str = ""  # noqa: N815 -- FHIR's name


class _Entity(msgspec.Struct):
    what: _Reference = msgspec.field(default_factory=_Reference)
    query: str = ""
    detail: list[_Detail] = []
    name: str = ""


class _Event(msgspec.Struct):
    agent: list[_Agent] = []
    entity: list[_Entity] = []


_event = msgspec.json.Decoder(_Event).decode


@dataclass(frozen=True, slots=True)
class Logged:
    """One entry of the log: its columns (access/schema/0001_audit.sql), and its AuditEvent as JSON."""

    moment: datetime
    chain: int
    number: int
    person: str
    role: str
    unit: str
    action: str
    interaction: str
    permit: bool
    basis: str
    body: bytes

    @property
    def place(self) -> Place:
        """Where it stands in the order newest first."""
        return Place(self.moment, self.chain, self.number)

    @property
    def id(self) -> str:
        """The AuditEvent's id."""
        return f"{self.chain}-{self.number}"


@dataclass(frozen=True, slots=True)
class Told:
    """What the AuditEvent of an entry says beyond its columns."""

    person: str
    unit: str
    types: tuple[str, ...]
    """The types of the resources met, each once, in the order met; without the citizen's own reference."""
    query: str
    reason: str

    @classmethod
    def of(cls, entry: Logged) -> Self:
        """What an entry tells."""
        event = _event(entry.body)
        people = [agent.who.display for agent in event.agent if agent.requestor]
        units = [agent.who.display for agent in event.agent if agent.who.reference == entry.unit != ""]
        met = [one.what.reference for one in event.entity if not one.name]
        # The citizen's own reference stands without a version; a Patient that was opened has one.
        named = [reference for reference in met if _is_met(reference)]
        query = next((b64decode(one.query).decode() for one in event.entity if one.query), "")
        details = [detail for one in event.entity for detail in one.detail]
        return cls(
            people[0] if people else "",
            units[0] if units else "",
            tuple(dict.fromkeys(reference.partition("/")[0] for reference in named)),
            query,
            next((detail.valueString for detail in details if detail.type == "reason"), ""),
        )

    @property
    def names_whose(self) -> bool:
        """Whether a search asked for somebody's record, rather than happening to meet it."""
        names = (pair.partition("=")[0] for pair in self.query.split("&"))
        return any(name.partition(":")[0].partition(".")[0] in _WHOSE for name in names)


def is_incidental(entry: Logged, told: Told) -> bool:
    """Whether the citizen was met in a worklist or a search for others, and not opened on purpose."""
    return entry.interaction.startswith("search") and not told.names_whose


async def of_citizen(
    connection: asyncpg.Connection,
    citizen: int,
    span: Span = Span(),  # noqa: B008 -- a tuple, which nobody can change
    after: Place = Place(),  # noqa: B008 -- as above
    count: int = 50,
    *,
    person: str | None = None,
    action: str | None = None,
) -> Sequence[Logged]:
    """What was done in the record of a citizen (key), newest first: at most `count` entries below a place.

    `person` ("Practitioner/4") and `action` (C, R, U, D, E) narrow it.
    """
    rows = await connection.fetch(SQL.accesses_of_citizen, citizen, *span, *after, count, person, action)
    return [Logged(*row.values()) for row in rows]


async def of_person(
    connection: asyncpg.Connection,
    person: str,
    span: Span = Span(),  # noqa: B008 -- as above
    after: Place = Place(),  # noqa: B008 -- as above
    count: int = 50,
    *,
    action: str | None = None,
) -> Sequence[Logged]:
    """What a person ("Practitioner/4") did, as `of_citizen`."""
    rows = await connection.fetch(SQL.accesses_of_person, person, *span, *after, count, action)
    return [Logged(*row.values()) for row in rows]


async def by_id(connection: asyncpg.Connection, id: str) -> tuple[int, Logged]:
    """One entry, and the citizen (key; 0: nobody) whose log it stands in. Raises NotFound."""
    chain, dash, number = id.partition("-")
    found = None
    if dash and all(part.isascii() and part.isdigit() and len(part) < 19 for part in (chain, number)):
        found = await connection.fetchrow(SQL.access_by_number, int(chain), int(number))
    if found is None:
        raise NotFound(f"There is no AuditEvent/{id} here.")
    citizen, *entry = found.values()
    return citizen, Logged(*entry)


async def events(connection: asyncpg.Connection, since: datetime, until: datetime) -> AsyncIterator[bytes]:
    """The AuditEvents of a span of time, its end not included, oldest first."""
    async with connection.transaction():
        async for row in connection.cursor(SQL.accesses_of_month, since, until, prefetch=1_000):
            yield row["body"]


def _is_met(reference: str) -> bool:
    """Whether a resource was met; the citizen's own reference alone does not say so."""
    return bool(reference) and ("/_history/" in reference or not reference.startswith("Patient/"))
