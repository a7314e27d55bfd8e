"""Nobody is booked twice: the time that Appointments and Slots hold, written with them in one transaction.

Every write of the record passes here, by whatever way it comes: a screen, the API, a Bundle, an import. Who
has the time already keeps it; who comes second is told.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import asyncpg
import msgspec

from fellesjournal.booking import holding
from fellesjournal.booking.free import availability
from fellesjournal.booking.free.grid import NORWAY
from fellesjournal.booking.holding import PEOPLE, Tree, Wish
from fellesjournal.booking.statements import SQL
from fellesjournal.errors import Conflict, Issue
from fellesjournal.fhir.search.terms import key_of

Read = Callable[[asyncpg.Connection, Sequence[str]], Awaitable[Mapping[str, Tree]]]
"""Reads resources by reference, for nobody to see: those that are there."""

_encode = msgspec.json.Encoder().encode


class _Claim(NamedTuple):
    """A wish of a holder (key), with the one who is meant: of a role its person."""

    party: str
    holder: int
    wish: Wish


class Claims:
    """Keeps the claims beside Appointments, Slots and Schedules (record.beside)."""

    types = frozenset(("Appointment", "Slot", "Schedule"))

    def __init__(self, read: Read) -> None:
        self._read = read

    async def written(self, connection: asyncpg.Connection, trees: Mapping[int, dict[str, Any]]) -> None:
        """Take the time that was written down. Raises Conflict when some of it is taken."""
        by_type: dict[str, dict[int, Tree]] = {name: {} for name in self.types}
        for key, tree in trees.items():
            by_type[tree["resourceType"]][key] = tree
        if schedules := by_type["Schedule"]:
            await self._keep(connection, schedules)
        wishes = [
            (key, wish) for key, one in by_type["Appointment"].items() for wish in holding.of_appointment(one)
        ]
        wishes += await self._of_slots(connection, by_type["Slot"])
        if holders := [*by_type["Appointment"], *by_type["Slot"]]:
            await self._claim(connection, holders, await self._claims(connection, wishes))

    async def anew(self, connection: asyncpg.Connection, trees: Mapping[int, dict[str, Any]]) -> None:
        """As if it were written now."""
        await self.written(connection, trees)

    async def deleted(self, connection: asyncpg.Connection, keys: Sequence[int]) -> None:
        """Give back the time of what is gone, and take back what gone Schedules said."""
        await connection.execute(SQL.release, keys)
        if parties := await self._forgotten(connection, keys):
            await connection.execute(SQL.settle_claims, sorted(parties))

    async def _claim(
        self, connection: asyncpg.Connection, holders: Sequence[int], claims: Sequence[_Claim]
    ) -> None:
        rows = [_row(claim) for claim in claims]
        refused = await connection.fetch(SQL.claim_times, holders, rows, [one.wish.visit for one in claims])
        if refused:
            raise _conflict(claims, [(row["party"], row["during"]) for row in refused])

    async def _claims(
        self, connection: asyncpg.Connection, wishes: Sequence[tuple[int, Wish]]
    ) -> list[_Claim]:
        roles = {wish.actor for _, wish in wishes if wish.actor.startswith("PractitionerRole/")}
        persons = await self._persons(connection, roles)
        claims = {
            (party, holder, wish.start, wish.end): _Claim(party, holder, wish)
            for holder, wish in wishes
            if (party := persons.get(wish.actor, wish.actor))
        }
        return list(claims.values())

    async def _persons(self, connection: asyncpg.Connection, roles: Iterable[str]) -> dict[str, str]:
        """The person of each role; "" for one that nobody has."""
        trees = await self._read(connection, sorted(roles)) if roles else {}
        return {role: holding.local(trees.get(role, {}).get("practitioner", {})) for role in roles}

    async def _of_slots(
        self, connection: asyncpg.Connection, slots: Mapping[int, Tree]
    ) -> list[tuple[int, Wish]]:
        named = {key: str(one.get("schedule", {}).get("reference", "")) for key, one in slots.items()}
        schedules = await self._read(connection, sorted(set(named.values()))) if slots else {}
        return [
            (key, wish)
            for key, slot in slots.items()
            for wish in holding.of_slot(slot, schedules.get(named[key], {}))
        ]

    async def _keep(self, connection: asyncpg.Connection, schedules: Mapping[int, Tree]) -> None:
        """Who has a calendar, how many each serves at once, and what it needs around a visit."""
        keys = list(schedules)
        before = await self._forgotten(connection, keys)
        roles = {actor for one in schedules.values() for actor in holding.actors(one) if "Role/" in actor}
        persons = await self._persons(connection, roles)
        rows = [
            (
                key_of(party),
                key,
                holding.capacity(one),
                _encode(availability.hours(one)).decode(),
                _encode(holding.buffers(one)).decode(),
            )
            for key, one in schedules.items()
            for actor in holding.actors(one)
            if (party := persons.get(actor, actor))
        ]
        if rows:
            await connection.execute(SQL.keep_calendars, *map(list, zip(*rows, strict=True)))
        await connection.execute(SQL.settle_claims, sorted({*before, *(row[0] for row in rows)}))

    async def _forgotten(self, connection: asyncpg.Connection, schedules: Sequence[int]) -> set[int]:
        """Take back what some Schedules said; gives whose calendars they were."""
        return {row["party"] for row in await connection.fetch(SQL.forget_calendars, schedules)}


def _row(claim: _Claim) -> tuple[Any, ...]:
    wish = claim.wish
    during = asyncpg.Range(wish.start, wish.end)
    always = claim.party.startswith(tuple(f"{name}/" for name in PEOPLE))
    return key_of(claim.party), during, claim.holder, wish.until, always, wish.overbooked


def _conflict(claims: Sequence[_Claim], refused: Sequence[tuple[int, asyncpg.Range]]) -> Conflict:
    """What clashes (a party by key, and the time that it has), and which citizen's time that is."""
    told, citizen = [], 0
    for key, during in refused:
        own = [claim for claim in claims if key_of(claim.party) == key]
        party, start, end = own[0].party, during.lower, during.upper
        if party.startswith("Patient/"):
            citizen = key
            met = [one.wish for one in own if one.wish.start < end and start < one.wish.end]
            start, end = (met or [own[0].wish])[0][1:3]
        told.append(_taken(party, start, end))
    conflict = Conflict(*told)
    conflict.citizen = citizen
    return conflict


def _taken(party: str, start: datetime, end: datetime) -> Issue:
    """What it clashes with, as far as everybody may know: the time, and not whose appointment it is. Of a
    citizen it is the time that was asked for: when exactly they are elsewhere is in their record.
    """
    start, end = start.astimezone(NORWAY), end.astimezone(NORWAY)
    until = f"{end:%H:%M}" if end.date() == start.date() else f"{end:%Y-%m-%d %H:%M}"
    if party.startswith("Patient/"):
        return Issue(
            "conflict", f"The citizen is busy on {start:%Y-%m-%d} between {start:%H:%M} and {until}."
        )
    return Issue("conflict", f"{party} is busy on {start:%Y-%m-%d} from {start:%H:%M} to {until}.")
