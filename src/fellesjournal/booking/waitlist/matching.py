"""Freed time finds the next who waits: offers are made, and called off when nobody answers, as all holds are.

It is run again and again in the background of every process; one of them at a time does it. It acts by the
door, in a role of its own, so that whoever was looked up can see it. It never changes an entry: it is a
person who takes somebody off a list.
"""

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import datetime
from typing import Any

import asyncpg
import msgspec

from fellesjournal.access.actor import Actor
from fellesjournal.access.journal import OpenJournal
from fellesjournal.booking import holding
from fellesjournal.booking.statements import SQL
from fellesjournal.booking.waitlist import control, earlier, ended, offers
from fellesjournal.booking.waitlist.entry import SERVICE, Entry, actors, is_entry
from fellesjournal.booking.waitlist.rules import Gap, Rules, answer_until, in_order, is_offered, rules
from fellesjournal.errors import Conflict, Fault, PreconditionFailed
from fellesjournal.fhir.search.terms import key_of

ACTOR = Actor(person="", role="venteliste", purpose="PATADMIN", display="Ventelisten")
"""Who offers freed time: a system, in the role access/roles/venteliste.toml."""
AT_A_TIME = 50
"""Freed times, and holds that have ended, that are looked at in one round."""
MOST_ASKED = "200"
"""Appointments of one entry that are looked at."""
OFFERED, NOBODY, TAKEN, BY_HAND, FAILED = "offered", "nobody", "taken", "by-hand", "failed"
"""What came of freed time."""

Opened = Callable[[], AbstractAsyncContextManager[OpenJournal]]
Json = dict[str, Any]

log = logging.getLogger(__name__)
_decode = msgspec.json.Decoder(Json).decode
_entry = msgspec.json.Decoder(Entry).decode


class Matcher:
    """Offers freed time to those who wait. `opened` opens the journal as ACTOR."""

    def __init__(self, pool: asyncpg.Pool, opened: Opened, clock: Callable[[], datetime]) -> None:
        self._pool, self._opened, self._clock = pool, opened, clock

    async def round(self) -> int:
        """Call off what was not answered, and offer what is free; gives how much was looked at. None of it
        when another process is at it.
        """
        async with self._pool.acquire() as connection, _alone(connection) as alone:
            if not alone:
                return 0
            done = await self._call_off(connection) + await self._give_up(connection)
            return done + await self._offer_all(connection)

    async def _call_off(self, connection: asyncpg.Connection) -> int:
        done = 0
        for row in await connection.fetch(SQL.unanswered, self._clock(), AT_A_TIME):
            try:
                async with self._opened() as journal:
                    stored = await journal.read("Appointment", row["id"])
                    tree = _decode(stored.body or b"{}")
                    if holding.given_back(tree, self._clock()):
                        body = msgspec.json.encode(ended.called_off(tree))
                        await journal.update("Appointment", row["id"], body, if_match=stored.version)
                        done += 1
            except PreconditionFailed:
                continue  # it was answered just now
            except Fault as fault:
                log.warning("The hold Appointment/%s was not called off: %s", row["id"], fault)
        return done

    async def _give_up(self, connection: asyncpg.Connection) -> int:
        """Cancel the times that were kept until an earlier one was taken."""
        rows = await connection.fetch(SQL.taken_waiting, AT_A_TIME)
        for row in rows:
            try:
                async with self._opened() as journal:
                    await _give_up(journal, row["entry"], row["taken"])
            except PreconditionFailed:
                continue  # it is being changed: the next round looks again
            except Fault as fault:
                log.warning("Appointment/%s gave up no other time: %s", row["taken"], fault)
            await connection.execute(SQL.taken_done, row["number"])
        return len(rows)

    async def _offer_all(self, connection: asyncpg.Connection) -> int:
        rows = await connection.fetch(SQL.freed_waiting, AT_A_TIME)
        for row in rows:
            try:
                outcome = await self._offer(connection, row)
            except Fault as fault:
                log.warning("Freed time %s was not offered: %s", row["number"], fault)
                outcome = FAILED
            await connection.execute(SQL.freed_done, row["number"], outcome)
        return len(rows)

    async def _offer(self, connection: asyncpg.Connection, row: asyncpg.Record) -> str:
        """Offer one freed time to the first who may have it; what came of it."""
        time, now = _decode(row["offered"]), self._clock()
        gap = offers.gap(time)
        async with self._opened() as journal:
            services = {
                f"{SERVICE}{one['id']}": by
                for one in await _services(journal, time)
                if is_offered(gap, by := rules(one), now)
            }
            if not services:
                return BY_HAND
            for one, by in await _turns(connection, services, gap, now):
                if await connection.fetchval(SQL.is_taken, row["parties"], row["start"], row["finish"]):
                    return TAKEN
                if await self._ask(journal, one, time, by):
                    return OFFERED
        return NOBODY

    async def _ask(self, journal: OpenJournal, one: Entry, time: Json, by: Rules) -> bool:
        """Offer a time to one who waits, but for who has a next step, was asked for it or is busy then."""
        now, gap = self._clock(), offers.gap(time)
        entry = _decode((await journal.read("Appointment", one.id)).body or b"{}")
        theirs = await _found(
            journal, "Appointment", [("supporting-info", one.reference), ("_count", MOST_ASKED)]
        )
        asked = any(each.get("start") and offers.gap(each) == gap for each in theirs)
        if not is_entry(entry) or asked or control.next_step(theirs, now):
            return False
        if is_dead(_decode((await journal.read(*one.citizen.split("/", 1))).body or b"{}")):
            return False
        body = msgspec.json.encode(offers.offer(time, one, entry, answer_until(gap, by, now), now))
        try:
            await journal.create("Appointment", body)
        except Conflict:
            return False
        return True


async def _give_up(journal: OpenJournal, entry: str, taken: str) -> None:
    """Cancel the time that an entry has, now that an earlier one is taken."""
    present = earlier.instead(_decode((await journal.read("Appointment", entry)).body or b"{}"))
    if not present:
        return
    stored = await journal.read("Appointment", present.partition("/")[2])
    one = _decode((await journal.read("Appointment", taken)).body or b"{}")
    if made := earlier.given_up(_decode(stored.body or b"{}"), one):
        await journal.update("Appointment", made["id"], msgspec.json.encode(made), if_match=stored.version)


def is_dead(patient: Json) -> bool:
    """Whether a citizen is dead, or the record of one is not in use any more."""
    return bool(patient.get("deceasedDateTime") or patient.get("deceasedBoolean")) or (
        patient.get("active") is False
    )


@asynccontextmanager
async def _alone(connection: asyncpg.Connection) -> AsyncIterator[bool]:
    alone = await connection.fetchval(SQL.match_alone)
    try:
        yield alone
    finally:
        if alone:
            await connection.execute(SQL.match_no_more)


async def _services(journal: OpenJournal, time: Json) -> list[Json]:
    """The services that a time is given by: those that take part, else those at its places."""
    named = [one.removeprefix(SERVICE) for one in actors(time) if one.startswith(SERVICE)]
    if named:
        return await _found(journal, "HealthcareService", [("_id", ",".join(named))])
    places = [one for one in actors(time) if one.startswith("Location/")]
    if not places:
        return []
    asked = [("location", ",".join(places)), ("active:not", "false"), ("_count", MOST_ASKED)]
    return await _found(journal, "HealthcareService", asked)


async def _turns(
    connection: asyncpg.Connection, services: dict[str, Rules], gap: Gap, now: datetime
) -> list[tuple[Entry, Rules]]:
    """Who may be asked, with the rules of their service; of several services each in its own order."""
    rows = await connection.fetch(SQL.waiting_for, [key_of(one) for one in services])
    entries: Sequence[Entry] = [_entry(row["entry"]) for row in rows]
    return [
        (one, by)
        for service, by in services.items()
        for one in in_order((each for each in entries if each.service == service), gap, by, now)
    ]


async def _found(journal: OpenJournal, type_name: str, asked: list[tuple[str, str]]) -> list[Json]:
    page = await journal.search(type_name, asked)
    return [_decode(each.stored.body or b"{}") for each in page.entries]
