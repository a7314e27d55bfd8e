"""The full form in the place of the masked one, for those who may see it and for what is written on it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import asyncpg

from fellesjournal.fhir.json import encode
from fellesjournal.fhir.masking import LABEL
from fellesjournal.record.draft import Current
from fellesjournal.record.scope import Scope
from fellesjournal.record.statements import SQL
from fellesjournal.record.stored import Page, Stored

Place = tuple[int, int, int]
"""Citizen, key and version."""

_LABEL = bytes(encode(LABEL))


def is_masked(body: bytes | None) -> bool:
    """Whether it may be a masked form: what is not says so for certain, what is has a full form."""
    return body is not None and _LABEL in body


async def bodies(connection: asyncpg.Connection, places: Sequence[Place]) -> dict[tuple[int, int], bytes]:
    """The full forms of versions, by key and version, of those that are masked."""
    if not places:
        return {}
    rows = await connection.fetch(SQL.protected_bodies, *map(list, zip(*places, strict=True)))
    return {(row["key"], row["version"]): row["body"] for row in rows}


async def fulls(connection: asyncpg.Connection, there: Iterable[Current]) -> dict[int, Current]:
    """Where resources stand, by key, with their full forms: what a write builds on."""
    currents = list(there)
    places = [(one.citizen, one.key, one.version) for one in currents if is_masked(one.body)]
    found = await bodies(connection, places)
    return {one.key: one._replace(body=found.get((one.key, one.version), one.body)) for one in currents}


async def full(connection: asyncpg.Connection, there: Current) -> Current:
    """Where a resource stands, with its full form."""
    return (await fulls(connection, [there]))[there.key]


async def many(connection: asyncpg.Connection, found: Sequence[Stored], scope: Scope) -> list[Stored]:
    """Versions as an actor sees them."""
    if not scope.unveiled or not any(is_masked(one.body) for one in found):
        return list(found)
    places = {one: (one.citizen, one.key, one.version) for one in found if is_masked(one.body)}
    full_bodies = await bodies(connection, list(places.values()))
    return [replace(one, body=full_bodies.get((one.key, one.version), one.body)) for one in found]


async def stored(connection: asyncpg.Connection, found: Stored, scope: Scope) -> Stored:
    """A version as an actor sees it."""
    return (await many(connection, [found], scope))[0]


async def page(connection: asyncpg.Connection, found: Page, scope: Scope) -> Page:
    """A page as an actor sees it."""
    if not scope.unveiled:
        return found
    shown = await many(connection, [entry.stored for entry in found.entries], scope)
    pairs = zip(found.entries, shown, strict=True)
    return replace(found, entries=[replace(entry, stored=stored) for entry, stored in pairs])
