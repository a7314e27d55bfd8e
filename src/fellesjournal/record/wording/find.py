"""What is found in one citizen's chart: the best of each type, with the sentence in which it stands."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import asyncpg
import msgspec

from fellesjournal.fhir.files import carries_file
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record import unveiling
from fellesjournal.record.means import Means
from fellesjournal.record.scope import Scope
from fellesjournal.record.search import wording
from fellesjournal.record.search.sql import Sql
from fellesjournal.record.statements import SQL
from fellesjournal.record.stored import Stored
from fellesjournal.terminology.finding.spelling import distance
from fellesjournal.terminology.wording.marking import Marker, Markers, Piece
from fellesjournal.terminology.wording.sought import Group, Sought, corrected

SERIES = ("Observation",)
"""Of what is measured again and again the newest stands for all with the same code."""
_SHORTEST_CORRECTED = 5
_MOST_NEAR = 4_000
_MOST_CORRECTED = 6

_decode = msgspec.json.Decoder(dict[str, Any]).decode


@dataclass(frozen=True, slots=True)
class Find:
    """One resource that was found. `sentence` is where what was sought stands, marked; empty when it was
    found by a code. `total` is how many there are of its type, `same` how many of its code where one stands
    for all.
    """

    stored: Stored
    sentence: tuple[Piece, ...]
    total: int
    same: int
    in_file: bool = False


@dataclass(frozen=True, slots=True)
class Finds:
    """All that is shown of a search. `wanted` is what was found, which is not what was typed when spelling
    was corrected. `resources` and `waiting` are told when nothing was found: how many were looked at, and
    how many hold files that are not read yet. `blocked`: see record.wording.blocked.
    """

    wanted: Sought
    finds: tuple[Find, ...]
    resources: int = 0
    waiting: int = 0
    blocked: int = 0
    is_corrected: bool = False


class FileText(NamedTuple):
    """What was read of a file; `state` is r read, e without text (scanned), u unreadable."""

    state: str
    text: str


class Writing(NamedTuple):
    """A resource as text: its own texts, and its files; none of these before they have been read."""

    stored: Stored
    own: tuple[str, ...]
    files: tuple[FileText, ...]


async def find(
    means: Means,
    connection: asyncpg.Connection,
    patient: str,
    wanted: Sought,
    *,
    scope: Scope,
    most: int,
    types: Collection[str] = (),
) -> Finds:
    """The best `most` of each of some types (none named: of every type) in the record of Patient/[patient],
    within the scope. Raises Invalid for a type that FHIR R4 does not have.
    """
    citizen = key_of(f"Patient/{patient}")
    scope = scope.asked_about((citizen,))
    if types:
        scope = scope.reading_only(map(means.preparer.number, types))
    rows = await _hits(means, connection, citizen, wanted, scope, most)
    if not rows and (other := await _corrected(connection, citizen, wanted, scope)):
        rows = await _hits(means, connection, citizen, other, scope, most)
        if rows:
            return Finds(other, await _finds(means, connection, rows, other, scope), is_corrected=True)
    if rows or not wanted.groups:
        return Finds(wanted, await _finds(means, connection, rows, wanted, scope))
    sql = Sql(scope)
    extent = await connection.fetchrow(wording.extent(sql, citizen), *sql.args)
    return Finds(wanted, (), extent["resources"], extent["waiting"])


async def blocked(
    connection: asyncpg.Connection, patient: str, units: Collection[int], *, scope: Scope
) -> int:
    """How many resources of a citizen a block keeps from the actor's units alone, whatever is in them.

    It is told without regard to what was sought: whoever could ask which words stand behind a block would
    read what is behind it, one word at a time.
    """
    types = None if scope.readable is None else sorted(scope.readable)
    lists = (list(scope.parties), list(scope.shut), list(scope.overrides), list(scope.rights))
    citizen = key_of(f"Patient/{patient}")
    asked = (citizen, types, scope.moment, list(units), *lists)
    return int(await connection.fetchval(SQL.behind_blocks, *asked))


async def written(means: Means, connection: asyncpg.Connection, stored: Stored, *, scope: Scope) -> Writing:
    """The texts of a resource that the actor has read, and of its files, which are within the scope as it
    is.
    """
    own = means.preparer.extract(_decode(stored.body or b"{}")).content.split("\n")
    rows = await connection.fetch(SQL.texts_of_resource, stored.key, *scope.reach)
    return Writing(stored, tuple(own), tuple(FileText(row["state"].decode(), row["text"]) for row in rows))


async def _hits(
    means: Means, connection: asyncpg.Connection, citizen: int, wanted: Sought, scope: Scope, most: int
) -> Sequence[asyncpg.Record]:
    if not wanted.groups:
        return []
    sql = Sql(scope)
    series = [means.preparer.number(name) for name in SERIES]
    statement = wording.hits(sql, citizen, wanted, series, most)
    rows: Sequence[asyncpg.Record] = await connection.fetch(statement, *sql.args)
    return rows


async def _finds(
    means: Means,
    connection: asyncpg.Connection,
    rows: Sequence[asyncpg.Record],
    wanted: Sought,
    scope: Scope,
) -> tuple[Find, ...]:
    found = [_stored(means, row) for row in rows]
    seen = await unveiling.many(connection, found, scope)
    held = [row for row in rows if carries_file(row["body"])]
    places = [row["citizen"] for row in held], [row["rid"] for row in held]
    files: dict[int, list[str]] = {}
    for row in await connection.fetch(SQL.texts_of_files, *places) if held else ():
        files.setdefault(row["rid"], []).append(row["text"])
    finds, markers = [], Markers(wanted)
    for row, stored in zip(rows, seen, strict=True):
        own = means.preparer.extract(_decode(stored.body or b"{}")).content.split("\n")
        of_files = files.get(row["rid"], [])
        marker = markers.of([*own, *of_files])
        sentence = _best(own, marker)
        in_file = not sentence and bool(sentence := _best(of_files, marker))
        finds.append(Find(stored, tuple(sentence), row["total"], row["same"], in_file))
    return tuple(finds)


def _best(texts: Sequence[str], marker: Marker) -> list[Piece]:
    """The sentence with most of what was sought, the first of equal ones."""
    sentences = [found for text in texts if (found := marker.excerpt(text))]
    return max(
        sentences, key=lambda one: len({piece.text.lower() for piece in one if piece.is_hit}), default=[]
    )


def _stored(means: Means, row: asyncpg.Record) -> Stored:
    name = means.preparer.type_name(row["type"])
    return Stored(name, row["id"], row["version"], row["updated"], row["body"], citizen=row["citizen"])


async def _corrected(
    connection: asyncpg.Connection, citizen: int, wanted: Sought, scope: Scope
) -> Sought | None:
    """The same with each word that the chart does not have in the place of one that is a letter from it."""
    other, changed = wanted, False
    for number, group in enumerate(wanted.groups):
        if (root := _root(group)) is None:
            continue
        near = await _near(connection, citizen, root, scope)
        if near and not any(one.startswith(root) for one in near):
            other, changed = corrected(other, number, near[:_MOST_CORRECTED]), True
    return other if changed else None


def _root(group: Group) -> str | None:
    """The stem of the one word that a group was typed as; None for a phrase and what is too short."""
    first = group.ways[0] if group.ways else ()
    stems = first[0].whole.split() if len(first) == 1 else []
    return stems[0] if len(stems) == 1 and len(stems[0]) >= _SHORTEST_CORRECTED else None


async def _near(connection: asyncpg.Connection, citizen: int, root: str, scope: Scope) -> list[str]:
    """Stems of the chart that begin with what is one letter from this one."""
    sql = Sql(scope)
    rows = await connection.fetch(wording.near(sql, citizen, root, _MOST_NEAR), *sql.args)
    far = {row["stem"]: distance(root, row["stem"], 1) for row in rows}
    return sorted((one for one in far if far[one] <= 1), key=lambda one: (far[one], len(one), one))
