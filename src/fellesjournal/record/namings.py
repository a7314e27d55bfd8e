"""Which resources tell of which persons beside the citizen in whose record they lie.

A resource that names several persons tells where each of them was: in all its versions, also when one is no
longer named, because the others were there too. One that was moved from another record was about the wrong
citizen until then: what it said before tells of the right one, what it says once it was moved away again
does not.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import asyncpg

from fellesjournal.record.draft import Version
from fellesjournal.record.statements import SQL

ALWAYS = 2**31 - 1
"""Up to which version a resource tells of those whom it names."""


class Naming(NamedTuple):
    """A resource tells of a person in its versions up to one."""

    person: int
    key: int
    until: int


def namings(version: Version) -> list[Naming]:
    """Of whom a version makes its resource tell, beside the citizen in whose record it alone is."""
    entries, key = version.draft.entries, version.draft.key
    own = [entries.citizen] if entries.citizen else []
    if entries.persons:
        return [Naming(person, key, ALWAYS) for person in [*own, *entries.persons]]
    moves = version.version > 1 and version.source != entries.citizen
    return [Naming(person, key, version.version) for person in own if moves]


async def note(connection: asyncpg.Connection, versions: Iterable[Version]) -> list[int]:
    """Write down of whom versions tell; gives the keys of those of which something was written."""
    found = sorted(naming for version in versions for naming in namings(version))
    if found:
        await connection.execute(SQL.note_naming, *map(list, zip(*found, strict=True)))
    return list(dict.fromkeys(naming.key for naming in found))


async def told(
    connection: asyncpg.Connection, keys: Collection[int], protected: Iterable[int] = ()
) -> dict[int, int]:
    """Of resources that tell of somebody protected (`protected`: these persons are too, which is not written
    yet), by key, up to which version they do.
    """
    rows = await connection.fetch(SQL.told, list(keys), list(protected))
    return {row["key"]: row["until"] for row in rows}


async def namers(connection: asyncpg.Connection, persons: Collection[int], types: Sequence[int]) -> list[int]:
    """The keys of the resources that tell of persons, or of those who stand beside them: their resources of
    these types (numbers).
    """
    return [row["key"] for row in await connection.fetch(SQL.namers, list(persons), list(types))]
