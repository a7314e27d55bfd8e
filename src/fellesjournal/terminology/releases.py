"""The releases in the tables, as they are now."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

import asyncpg
import msgspec

from fellesjournal.terminology.statements import SQL
from fellesjournal.terminology.stored import Stored
from fellesjournal.terminology.system import About

EVERY = 1.0
"""Seconds after which it is looked whether a release came or went."""

ByUrl = Mapping[str, Sequence[Stored]]

Names = Mapping[str, Sequence[str]]
"""Every name of a code system that has several, its URL first, by each of them."""


class Releases:
    """The whole releases by the URL of their code system, from the newest to the oldest.

    What releases keep at hand goes with them: when one is loaded or taken away all begin anew.
    """

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._mark: str | None = None
        self._by_url: ByUrl = {}
        self._names: Names = {}
        self._looked = -EVERY
        self._looking = asyncio.Lock()

    async def by_url(self) -> ByUrl:
        """The releases as they were at most EVERY seconds ago."""
        await self._look_again()
        return self._by_url

    async def names(self) -> Names:
        """The names as they were at most EVERY seconds ago."""
        await self._look_again()
        return self._names

    async def _look_again(self) -> None:
        if time.monotonic() - self._looked >= EVERY:
            async with self._looking:
                if time.monotonic() - self._looked >= EVERY:
                    await self.look()

    @property
    def mark(self) -> str | None:
        """Another text for each set of releases; None before the first look."""
        return self._mark

    async def look(self) -> None:
        """See at once whether a release came or went."""
        mark = await self._pool.fetchval(SQL.releases_mark)
        if mark != self._mark:
            found: dict[str, list[Stored]] = defaultdict(list)
            for row in await self._pool.fetch(SQL.releases):
                found[row["url"]].append(Stored(self._pool, row["number"], _about(row)))
            self._mark, self._by_url, self._names = mark, dict(found), _names(found)
        self._looked = time.monotonic()

    def url_of(self, name: str) -> str:
        """The URL of the code system that a URL or "urn:oid:..." names, by the last look; else the name."""
        return self._names.get(name, (name,))[0]


def newest(releases: Sequence[Stored], day: date) -> Stored | None:
    """The release in force on a day: the last that began by then. None when all begin later."""
    return next((one for one in releases if begun(one, day)), None)


def begun(release: Stored, day: date) -> bool:
    """Whether the release was in force by a day; without a date of its own it always was."""
    return release.about.valid_from is None or release.about.valid_from <= day


def _names(releases: ByUrl) -> Names:
    """An OID that two systems claim names neither, and one that is the URL of a system names that alone."""
    urls: dict[str, set[str]] = defaultdict(set)
    for url, versions in releases.items():
        for one in versions:
            if one.about.oid:
                urls[f"urn:oid:{one.about.oid}"].add(url)
    named: dict[str, list[str]] = defaultdict(list)
    for oid, claiming in urls.items():
        if len(claiming) == 1 and oid not in releases:
            named[next(iter(claiming))].append(oid)
    return {name: names for url, oids in named.items() for names in [(url, *oids)] for name in names}


def _about(row: asyncpg.Record) -> About:
    return About(
        url=row["url"],
        version=row["version"],
        name=row["name"],
        title=row["title"],
        language=row["language"],
        content=row["content"],
        case_sensitive=row["case_sensitive"],
        valid_from=row["valid_from"],
        oid=row["oid"],
        properties=msgspec.json.decode(row["properties"], type=dict[str, str]),
    )
