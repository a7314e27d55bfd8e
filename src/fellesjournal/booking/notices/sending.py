"""Notices that are due are sent by the ways that the citizen has chosen, and tried again at growing pauses.

Each process takes some that no other has taken. Who is reached how is read by the door, in a role of its own;
those who act for the citizen are told as well, where the door lets them read what it is about.
"""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta

import asyncpg
import msgspec

from fellesjournal.access.actor import Actor
from fellesjournal.access.journal import OpenJournal
from fellesjournal.access.own_details import Details, details
from fellesjournal.booking.notices.rules import SUBJECTS
from fellesjournal.booking.notices.texts import text
from fellesjournal.booking.notices.ways import Undelivered, Ways
from fellesjournal.booking.statements import SQL
from fellesjournal.booking.waitlist.matching import is_dead
from fellesjournal.errors import Gone, NotFound

ACTOR = Actor(person="", role="varsler", purpose="PATADMIN", display="Varsler")
"""Who sends notices: a system, in the role access/roles/varsler.toml."""
AT_A_TIME = 20
LEASE = timedelta(minutes=5)
"""For how long a process keeps what it has taken: one that died gives it back by that."""
PAUSES = (1, 5, 30, 120, 720)
"""Minutes before each further try; after the last it is given up."""
LATER = timedelta(hours=1)
NO_WAY = "no channel is set up"
"""Why all notices wait where a site has neither a mail server nor an SMS gateway."""
UNWANTED = "the citizen has chosen no notices"
UNREACHABLE = "the citizen's way is not set up here, or has no address"
GONE = "the citizen is dead or not registered any more"
NOT_THEIRS = "who was to be told does not act for the citizen, or does not read this, any more"

Audience = Callable[[str, str, int], Awaitable[Sequence[str]]]
"""Who acts for a citizen and reads a resource of a type and key (access/audience.py)."""

_decode = msgspec.json.Decoder().decode


class Sender:
    """Sends what is due. `opened` opens the journal as ACTOR; `audience` tells who else is told; `site`: the
    address of the citizen's pages.
    """

    def __init__(
        self,
        pool: asyncpg.Pool,
        opened: Callable[[], AbstractAsyncContextManager[OpenJournal]],
        audience: Audience,
        clock: Callable[[], datetime],
        ways: Ways,
        site: str = "",
    ) -> None:
        self._pool, self._opened, self._audience, self._clock = pool, opened, audience, clock
        self._ways, self._site = ways, site

    async def round(self) -> int:
        """Send what is due, AT_A_TIME; gives how many notices were looked at."""
        now = self._clock()
        if not self._ways:
            await self._pool.execute(SQL.keep_waiting_notices, now, NO_WAY, now + LATER)
            return 0
        rows = await self._pool.fetch(SQL.take_notices, now, now + LEASE, AT_A_TIME)
        for row in rows:
            await self._send(row)
        return len(rows)

    async def _send(self, row: asyncpg.Record) -> None:
        told, others = row["representative"], await self._others(row)
        citizen = await self._reached(row["patient"])
        reached = await self._reached(told) if citizen and told else citizen
        if reached is None:
            await self._mark(row, "given-up", GONE)
            return
        if told and told not in others:
            await self._mark(row, "given-up", NOT_THEIRS)
            return
        if others and not told:
            await self._pool.execute(SQL.also_to, row["citizen"], row["number"], others)
        wanted = sorted(reached.ways)
        ways = [way for way in wanted if way in self._ways and _address(reached, way)]
        if not ways:
            await self._mark(row, "given-up", UNREACHABLE if wanted else UNWANTED)
            return
        way = row["way"] or ways[0]
        if row["way"] is None and row["tries"] == 1:
            for other in ways[1:]:
                await self._pool.execute(SQL.also_by, row["citizen"], row["number"], other)
        if way not in ways:
            await self._mark(row, "given-up", UNREACHABLE, way)
            return
        await self._hand_over(row, way, reached)

    async def _others(self, row: asyncpg.Record) -> Sequence[str]:
        """Those who act for the citizen and may know of it now; not asked again at one more try, or by one
        more way, of what the citizen is told.
        """
        if row["way"] is not None and not row["representative"]:
            return ()
        return await self._audience(row["patient"], SUBJECTS[row["kind"]], row["about"])

    async def _hand_over(self, row: asyncpg.Record, way: str, reached: Details) -> None:
        is_of_another = bool(row["representative"])
        words = text(row["kind"], row["moment"], reached.language, self._site, of_another=is_of_another)
        try:
            arrived = await self._ways[way].send(_address(reached, way), words, f"notice-{row['number']}")
        except Undelivered as undelivered:
            tries = row["tries"]
            if undelivered.lasting or tries > len(PAUSES) or self._is_late(row):
                await self._mark(row, "given-up", str(undelivered), way)
            else:
                pause = timedelta(minutes=PAUSES[tries - 1])
                await self._mark(row, "failed", str(undelivered), way, self._clock() + pause)
            return
        await self._mark(row, "delivered" if arrived else "sent", None, way)

    def _is_late(self, row: asyncpg.Record) -> bool:
        """Whether what is told of is over."""
        return row["moment"] is not None and row["moment"] <= self._clock()

    async def _reached(self, patient: str) -> Details | None:
        """How a citizen is reached; None for one who is not to be reached any more."""
        async with self._opened() as journal:
            try:
                stored = await journal.read("Patient", patient.removeprefix("Patient/"))
            except (NotFound, Gone):
                return None
        tree = _decode(stored.body or b"{}")
        return None if is_dead(tree) else details(tree)

    async def _mark(
        self,
        row: asyncpg.Record,
        state: str,
        reason: str | None,
        way: str | None = None,
        again: datetime | None = None,
    ) -> None:
        await self._pool.execute(
            SQL.mark_notice, row["citizen"], row["number"], state, way or row["way"], reason, again
        )


def _address(reached: Details, way: str) -> str:
    return reached.phone if way == "sms" else reached.email
