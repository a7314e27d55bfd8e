"""Where a question is asked: the texts of the newest releases, and the entries that stand there."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

import asyncpg

from fellesjournal.errors import NotFound
from fellesjournal.terminology.finding.kept import Kept
from fellesjournal.terminology.statements import SQL

Place = tuple[int, int]
"""An entry, by its shelf and its place there."""


class Shelf(NamedTuple):
    """The texts of a release in one language; only the entries up to `last` count.

    Its texts never change: when a release is indexed anew its shelves get other numbers. `loaded` tells
    shelves of the same number in different databases apart.
    """

    url: str
    version: str
    number: int
    loaded: datetime
    main: bool
    last: int
    spoken: bool

    @property
    def mark(self) -> Hashable:
        """What its texts are kept under."""
        return self.number, self.loaded


@dataclass(frozen=True, slots=True)
class Where:
    """Where a question is asked: the shelves by number, on a day, with the words of all shelves there are.

    What is read there, and answered, is kept under `mark`: the releases there were, and what was asked for.
    `vocabulary` is another for each set of words that compounds can be split over.
    """

    shelves: dict[int, Shelf]
    day: date
    vocabulary: Hashable
    mark: Hashable

    @property
    def spoken(self) -> dict[int, Shelf]:
        """Those in the languages that are asked for."""
        return {number: shelf for number, shelf in self.shelves.items() if shelf.spoken}


class Entry(NamedTuple):
    """What an entry says."""

    shelf: int
    place: int
    system: int
    concept: int
    code: str
    display: str
    abstract: bool
    valid_from: date | None
    valid_to: date | None
    others: Sequence[str]

    def valid(self, day: date) -> bool:
        """Whether the code is valid on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


_WHERES: Kept[Where] = Kept(20_000, lambda where: 1 + len(where.shelves))
"""A site has a thousand small systems: which of them are there is read when a release has come or gone."""

_ENTRIES: Kept[Entry] = Kept(20_000, lambda entry: 1 + len(entry.others))


async def where(
    connection: asyncpg.Connection,
    systems: Sequence[str] | None,
    on: date | None,
    languages: Sequence[str] | None,
    active_only: bool,
) -> Where:
    """The shelves of the newest releases; see search.find for what is asked and refused."""
    state = tuple((await connection.fetch(SQL.state_of_shelves))[0])
    mark = (state, _fixed(systems), on, _fixed(languages), active_only)
    found = _WHERES.get(mark)
    if found is None:
        rows = await connection.fetch(SQL.newest_shelves, _listed(systems), on, _listed(languages))
        if systems is not None:
            _all_there(systems, on, rows)
        found = _where(rows, mark, active_only)
        _WHERES.put(mark, found)
    return found


def _where(rows: Sequence[asyncpg.Record], mark: Hashable, active_only: bool) -> Where:
    shelves = {
        row["number"]: Shelf(
            row["url"],
            row["version"],
            row["number"],
            row["loaded"],
            row["main"],
            row["active"] if active_only else row["entries"],
            row["spoken"],
        )
        for row in rows
        if row["number"] is not None
    }
    if not rows:
        return Where(shelves, date.min, None, mark)
    return Where(shelves, rows[0]["day"], (rows[0]["newest"], rows[0]["latest"]), mark)


def _all_there(systems: Sequence[str], on: date | None, rows: Sequence[asyncpg.Record]) -> None:
    """Refuse systems that were named and cannot be searched."""
    then = on.isoformat() if on else "today"
    there = {row["url"] for row in rows}
    problems = [
        f"No release of the code system {url} is loaded that is valid on {then}."
        for url in sorted(set(systems) - there)
    ]
    problems += [
        f"The code system {row['url']} {row['version']} was loaded without being made searchable: "
        "load it again."
        for row in rows
        if row["number"] is None
    ]
    if problems:
        raise NotFound(*problems)


def _fixed(given: Sequence[str] | None) -> tuple[str, ...] | None:
    return None if given is None else tuple(given)


def _listed(given: Sequence[str] | None) -> list[str] | None:
    return None if given is None else list(given)


async def entries(connection: asyncpg.Connection, where: Where, places: Iterable[Place]) -> list[Entry]:
    """The entries at some places that are valid on the day; those that are not at hand in one statement."""
    found, missing = [], []
    for shelf, place in places:
        entry = _ENTRIES.get((where.shelves[shelf].mark, place))
        if entry is None:
            missing.append((shelf, place))
        else:
            found.append(entry)
    if missing:
        numbers, at = map(list, zip(*missing, strict=True))
        for row in await connection.fetch(SQL.entries, numbers, at):
            entry = Entry(*row)
            _ENTRIES.put((where.shelves[entry.shelf].mark, entry.place), entry)
            found.append(entry)
    return [entry for entry in found if entry.valid(where.day)]
