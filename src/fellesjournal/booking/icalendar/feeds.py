"""Calendars to subscribe to: each at a secret address that its owner makes and withdraws.

What is stored is the secret's digest, so nobody who reads the database can read a calendar by it. A feed says
when somebody is busy: never with what, with whom, or which appointment it is.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import asyncpg

from fellesjournal.access import secret
from fellesjournal.access.actor import Actor
from fellesjournal.booking.free.grid import NORWAY, midnight
from fellesjournal.booking.icalendar.writing import Event
from fellesjournal.booking.statements import SQL
from fellesjournal.fhir.search.terms import key_of

ACTOR = Actor(person="", role="kalender", purpose="PATADMIN", display="Kalenderadresser")
"""Who looks up what a feed is of: a system, in the role access/roles/kalender.toml."""
AHEAD = timedelta(days=365)
"""How far ahead a feed tells."""


class Feed(NamedTuple):
    """A calendar that is given away: whose it is ("Practitioner/4"), and who gave it, in which role."""

    party: str
    owner: str
    role: str
    language: str
    made: datetime
    read: datetime | None


class Held(NamedTuple):
    """Time that a party is busy for one holder (the key of an Appointment or a Slot)."""

    party: str
    start: datetime
    end: datetime
    holder: int


def _now() -> datetime:
    return datetime.now(UTC)


class Feeds:
    """Keeps the addresses, and knows the time that is held."""

    def __init__(self, pool: asyncpg.Pool, clock: Callable[[], datetime] = _now) -> None:
        self._pool, self._clock = pool, clock

    async def make(self, party: str, owner: str, role: str, language: str) -> str:
        """A new secret for a calendar, in the place of the one that the owner had."""
        made, now = secret.make(), self._clock()
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(SQL.withdraw_feed, owner, party, now)
            await connection.execute(SQL.make_feed, secret.digest(made), party, owner, role, language, now)
        return made

    async def withdraw(self, party: str, owner: str) -> None:
        """End the owner's address of a calendar."""
        await self._pool.execute(SQL.withdraw_feed, owner, party, self._clock())

    async def of_owner(self, party: str, owner: str) -> Feed | None:
        """The address that an owner has of a calendar."""
        row = await self._pool.fetchrow(SQL.feed_of_owner, owner, party)
        return Feed(*row) if row else None

    async def opened(self, text: str) -> Feed | None:
        """The feed that a secret opens, and a note that it was read; None for what opens none."""
        row = await self._pool.fetchrow(SQL.read_feed, secret.digest(text), self._clock())
        return Feed(*row) if row else None

    async def events(self, text: str, names: Mapping[str, str]) -> list[Event]:
        """The busy times of some parties from today on, by reference, each shown as its name says. `text` is
        the secret of the address: what names a time in one feed is found in no other.
        """
        now = self._clock()
        start = midnight(now.astimezone(NORWAY).date())
        seen: Counter[tuple[str, int]] = Counter()
        events = []
        for one in await self.held(names, start, start + AHEAD):
            seen[one.party, one.holder] += 1
            uid = _uid(text, one, seen[one.party, one.holder])
            events.append(Event(uid, one.start, one.end, names[one.party]))
        return events

    async def held(self, parties: Iterable[str], start: datetime, end: datetime) -> list[Held]:
        """The time between two moments that parties are busy, in order."""
        keys = {key_of(party): party for party in parties}
        rows = await self._pool.fetch(SQL.held_time, list(keys), start, end, self._clock())
        return [Held(keys[row["party"]], row["start"], row["finish"], row["holder"]) for row in rows]


def _uid(text: str, held: Held, number: int) -> str:
    """The same for the same appointment of the same party when it is moved, and not led back to it."""
    named = hashlib.sha256(f"{text}|{held.party}|{held.holder}|{number}".encode()).hexdigest()
    return f"{named[:32]}@fellesjournal"
