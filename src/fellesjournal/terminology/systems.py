"""Which code system answers: by its URL, and by a version or a day."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from fellesjournal.errors import NotFound
from fellesjournal.terminology import codesystem
from fellesjournal.terminology.library import Kept, Library
from fellesjournal.terminology.release import Concept
from fellesjournal.terminology.releases import ByUrl, Names, Releases, newest
from fellesjournal.terminology.resident import Resident
from fellesjournal.terminology.stored import Stored, read, spellings
from fellesjournal.terminology.system import System
from fellesjournal.terminology.written import WRITTEN

KEPT = 200
"""CodeSystem resources that are kept ready in memory."""


class Gone(NamedTuple):
    """A concept that the release in force no longer has: the last release that had it, and its last day."""

    concept: Concept
    system: System
    until: date | None


class Systems:
    """Code systems by URL or OID: releases in the tables first, then resources of the library, then rules of
    writing.
    """

    def __init__(self, releases: Releases, library: Library, today: Callable[[], date]) -> None:
        self._releases = releases
        self._library = library
        self._today = today
        self._ready: OrderedDict[tuple[str, str], System] = OrderedDict()

    @property
    def mark(self) -> str | None:
        """See Releases.mark."""
        return self._releases.mark

    async def url_of(self, name: str) -> str:
        """The URL of a code system that is named by its URL or, where a release tells it, by its OID
        ("urn:oid:2.16.578.1.12.4.1.1.7110"); the name as it is for a system that is not in the tables.
        """
        await self._releases.by_url()
        return self._releases.url_of(name)

    def known_url(self, name: str) -> str:
        """As `url_of`, by what was last seen of the tables: for those who cannot wait."""
        return self._releases.url_of(name)

    async def names(self) -> Names:
        """See Names."""
        return await self._releases.names()

    async def get(self, url: str, version: str = "", day: date | None = None) -> System:
        """The code system in a version; without one the release in force on a day, or today.

        Raises NotFound, with what there is, when that is not here; Unprocessable for a resource whose
        hierarchy goes in a circle.
        """
        found = await self.find(url, version, day)
        if found is None:
            raise NotFound(await self._missing(await self.url_of(url), version))
        return found

    async def find(self, url: str, version: str = "", day: date | None = None) -> System | None:
        """As `get`; None when there is no such system, not with its codes, or not in that version."""
        url = await self.url_of(url)
        releases = (await self._releases.by_url()).get(url)
        if releases:
            if version:
                return next((one for one in releases if one.about.version == version), None)
            found = newest(releases, day or self._today())
            if found is None:
                raise NotFound(_too_early(url, day or self._today(), releases))
            return found
        kept = await self._library.find("CodeSystem", url, version)
        if kept is None:
            return None if version else WRITTEN.get(url)
        return self.ready(kept) if codesystem.has_codes(kept.tree) else None

    async def _missing(self, url: str, version: str) -> str:
        """Why a code system does not answer."""
        releases = (await self._releases.by_url()).get(url)
        if releases:
            known = ", ".join(one.about.version for one in releases)
            return f"Version {version} of the code system {url} is not here; loaded are {known}."
        kept = await self._library.find("CodeSystem", url, version)
        if kept is not None:
            return without_codes(kept.tree)
        which = f"{url}|{version}" if version else url
        return f"The code system {which} is not known here: load a release of it, or store its CodeSystem."

    async def every(self, url: str, version: str = "") -> Sequence[System]:
        """The code system in one version; without one in all its releases, also those yet to come.

        Raises as `get`.
        """
        url = await self.url_of(url)
        releases = (await self._releases.by_url()).get(url)
        return releases if releases and not version else [await self.get(url, version)]

    def ready(self, kept: Kept) -> System:
        """A CodeSystem resource made ready to answer. Raises NotFound when its concepts are not in it."""
        name = (kept.key, kept.version)
        if name not in self._ready:
            self._ready[name] = of_tree(kept.tree)
            if len(self._ready) > KEPT:
                self._ready.popitem(last=False)
        self._ready.move_to_end(name)
        return self._ready[name]

    async def gone(self, system: System, code: str) -> Gone | None:
        """What an older release than `system` says of a code that `system` does not have."""
        all_releases = (await self._releases.by_url()).get(system.about.url, ())
        if not isinstance(system, Stored) or system not in all_releases:
            return None
        after = all_releases.index(system) + 1
        older = all_releases[after:]
        if not older:
            return None
        rows = await read(older[0].pool, older, spellings([code], system.about))
        had = dict(reversed(rows))
        for place, release in enumerate(older, after):
            if concept := had.get(release.number):
                return Gone(concept, release, concept.valid_to or _eve(all_releases[place - 1]))
        return None

    async def loaded(self) -> ByUrl:
        """The releases in the tables."""
        return await self._releases.by_url()


def of_tree(tree: codesystem.Tree) -> System:
    """A CodeSystem resource as a code system. Raises NotFound when its concepts are not in it."""
    if not codesystem.has_codes(tree):
        raise NotFound(without_codes(tree))
    return Resident(codesystem.about(tree), codesystem.concepts(tree))


def without_codes(tree: codesystem.Tree) -> str:
    """What is said where a CodeSystem is here and its codes are not."""
    about = codesystem.about(tree)
    said = f"The code system {about.canonical} is here without its codes (content is '{about.content}'), so"
    if about.content == "supplement":
        return f"{said} none of them can be judged: ask about the one that it supplements."
    return f"{said} none of them can be judged: load a release of it."


def _eve(release: Stored) -> date | None:
    began = release.about.valid_from
    return began - timedelta(days=1) if began else None


def _too_early(url: str, day: date, releases: Sequence[Stored]) -> str:
    first = releases[-1].about
    return (
        f"No release of {url} was in force on {day}: the first that is loaded, {first.version}, "
        f"is from {first.valid_from}."
    )
