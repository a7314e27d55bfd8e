"""history of a resource, of types and of the whole record (FHIR R4 http.html#history).

Pages are cut by the place of their last version in an order that never changes (when it began, key, version):
versions that are written meanwhile neither shift the pages nor repeat on them.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg

from fellesjournal.errors import Invalid
from fellesjournal.fhir.dates import date_bounds
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record import read
from fellesjournal.record.means import Means
from fellesjournal.record.scope import Scope
from fellesjournal.record.search import cursor
from fellesjournal.record.statements import SQL
from fellesjournal.record.stored import Entry, Page, Parameters

USUAL_COUNT = 50
MOST = 1_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
_MICROSECONDS = (_FOREVER - _EPOCH) // timedelta(microseconds=1)
_LAST = (_FOREVER, 2**63 - 1, 2**31 - 1)


@dataclass(slots=True)
class _Asked:
    """What a history request asks for; `still` is the moment at which a version must have been current."""

    since: datetime = _EPOCH
    until: datetime = _FOREVER
    still: datetime | None = None
    count: int = USUAL_COUNT
    cursor: str = ""


async def of_resource(
    means: Means,
    connection: asyncpg.Connection,
    type_name: str,
    id: str,
    parameters: Parameters,
    scope: Scope,
) -> Page:
    """The versions of one resource, the deletion among them: those about citizens within reach.

    Raises NotFound when there never was one, or none within reach.
    """
    asked = _understand(parameters)
    there = await read.current(connection, key_of(f"{type_name}/{id}"), scope)
    known = there is not None and there.id == id
    # What is not there is asked for all the same: it takes as long as what is hidden.
    found = (there.citizen, there.key, there.rid) if there is not None and known else (0, 0, 0)
    before = _integers(asked.cursor, 2**31)[0] if asked.cursor else 2**31 - 1
    place = (*found, asked.since, asked.until, before, asked.still)
    rows = await connection.fetch(SQL.history_of_resource, *place, asked.count + 1, *scope.reach)
    if there is None or not known or (not rows and not there.visible):
        raise read.not_found(type_name, id)
    whole = asked.since == _EPOCH and asked.still is None and scope.whole
    total = there.version if whole else None
    return _page(means, rows, asked, parameters, total, lambda row: [row["version"]])


async def of_types(
    means: Means, connection: asyncpg.Connection, type_name: str | None, parameters: Parameters, scope: Scope
) -> Page:
    """The versions of all resources of a type, or of every type."""
    asked = _understand(parameters)
    known = means.preparer.definitions.resource_types
    numbers = range(1, len(known) + 1) if type_name is None else [means.preparer.number(type_name)]
    place = _place(asked)
    rows = await connection.fetch(
        SQL.history_of_types, list(numbers), asked.since, *place, asked.still, asked.count + 1, *scope.reach
    )
    return _page(means, rows, asked, parameters, None, _place_of)


def _understand(parameters: Parameters) -> _Asked:
    asked = _Asked()
    for name, value in parameters:
        match name:
            case "_since":
                asked.since = _moment(date_bounds(value)[0])
            case "_at":
                low, high = date_bounds(value)
                asked.still, asked.until = _moment(low), _moment(high)
            case "_count":
                asked.count = _count(value)
            case cursor.PARAMETER:
                asked.cursor = value
            case _:
                known = "_since, _at and _count"
                raise Invalid(f"A history has no parameter '{name}'. It understands {known}.")
    return asked


def _count(value: str) -> int:
    if not value.isascii() or not value.isdigit() or int(value[:9]) < 1:
        raise Invalid(f"_count={value[:40]} is not a number of versions from 1 up.")
    return min(int(value[:9]), MOST)


def _moment(microseconds: int) -> datetime:
    """The moment, or the nearest that a version can have: the years since 1970."""
    return _EPOCH + timedelta(microseconds=min(max(microseconds, 0), _MICROSECONDS))


def _place(asked: _Asked) -> tuple[datetime, int, int]:
    """Where in the order the page starts: before this place."""
    if not asked.cursor:
        return min(asked.until, _FOREVER), *_LAST[1:]
    microseconds, key, version = _integers(asked.cursor, 2**63, 2**63, 2**31)
    return _moment(microseconds), key, version


def _integers(text: str, *bounds: int) -> list[int]:
    """The values of a cursor. Raises Invalid unless each is an integer, from -bound to below its bound."""
    values = cursor.decode(text, [(int,)] * (len(bounds) - 1))
    for value, bound in zip(values, bounds, strict=True):
        if type(value) is not int or not -bound <= value < bound:
            text = f"{cursor.PARAMETER} is not a page of this history. Start again from its first page."
            raise Invalid(text)
    return values


def _place_of(row: Any) -> list[Any]:
    return [(row["updated"] - _EPOCH) // timedelta(microseconds=1), row["key"], row["version"]]


def _page(
    means: Means, rows: list[Any], asked: _Asked, parameters: Parameters, total: int | None, place_of: Any
) -> Page:
    shown = rows[: asked.count]
    entries = [Entry(read.version_of(means.preparer.type_name(row["type"]), row)) for row in shown]
    following = None
    if len(rows) > asked.count:
        kept = [(name, value) for name, value in parameters if name != cursor.PARAMETER]
        following = [*kept, (cursor.PARAMETER, cursor.encode(place_of(shown[-1])))]
    return Page(entries, total, parameters, following)
