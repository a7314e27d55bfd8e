"""From a code of one code system to those of another (FHIR R4, ConceptMap $translate)."""

from collections import OrderedDict
from collections.abc import Sequence
from typing import NamedTuple

from fellesjournal.errors import Fault, NotFound, Unprocessable
from fellesjournal.terminology import conceptmap
from fellesjournal.terminology.absence import absence
from fellesjournal.terminology.coded import Coded
from fellesjournal.terminology.conceptmap import (
    BEST_FIRST,
    NO_TRANSLATION,
    Map,
    Match,
    Tree,
    Unmapped,
    Values,
)
from fellesjournal.terminology.library import Kept, Library
from fellesjournal.terminology.systems import Systems

KEPT = 100
"""ConceptMaps that are kept ready in memory."""


class Question(NamedTuple):
    """What $translate asks: `coded` are the codes, any of which will do; `given` what is known besides."""

    coded: Sequence[Coded]
    target_system: str = ""
    reverse: bool = False
    given: Values = frozenset()
    targets: frozenset[str] = frozenset()
    """What maps may call the target system, by its URL and its OID; filled in by who answers."""


class Translated(NamedTuple):
    """The matches, the best first."""

    matches: list[Match]
    message: str = ""

    @property
    def result(self) -> bool:
        """Whether there is a translation among the matches."""
        return any(match.equivalence not in NO_TRANSLATION for match in self.matches)


class Translating:
    """Translates by ConceptMaps and keeps those of the library ready."""

    def __init__(self, library: Library, systems: Systems) -> None:
        self._library = library
        self._systems = systems
        self._ready: OrderedDict[tuple[str, str], Map] = OrderedDict()

    async def by_url(self, url: str, version: str, asked: Question) -> Translated:
        """By the ConceptMap with a URL. Raises NotFound when it is not here."""
        return await self._translated([await self._named(url, version)], asked)

    async def by_tree(self, tree: Tree, asked: Question) -> Translated:
        """By a ConceptMap as it is given."""
        return await self._translated([conceptmap.read(tree)], asked)

    async def between(self, source: str, target: str, asked: Question) -> Translated:
        """By every ConceptMap from one code system or value set to another. Raises NotFound without any."""
        ends = (target, source) if asked.reverse else (source, target)
        sources, targets = [await self._names(end) for end in ends]
        found = [kept for a in sources for b in targets for kept in await self._library.concept_maps(a, b)]
        maps = [self._map(kept) for kept in {one.key: one for one in found}.values()]
        if not maps:
            raise NotFound(
                f"No ConceptMap from {ends[0] or 'there'} to {ends[1] or 'anywhere'} is known here."
            )
        return await self._translated(maps, asked)

    async def _named(self, canonical: str, version: str = "") -> Map:
        url, _, named = canonical.partition("|")
        kept = await self._library.find("ConceptMap", url, version or named)
        if kept is None:
            raise NotFound(f"The concept map {canonical} is not known here: store it as a ConceptMap.")
        return self._map(kept)

    def _map(self, kept: Kept) -> Map:
        name = (kept.key, kept.version)
        if name not in self._ready:
            self._ready[name] = conceptmap.read(kept.tree)
            if len(self._ready) > KEPT:
                self._ready.popitem(last=False)
        self._ready.move_to_end(name)
        return self._ready[name]

    async def _names(self, system: str) -> Sequence[str]:
        """What a map may call a code system, or a value set; "" is any."""
        return (await self._systems.names()).get(system, (system,))

    async def _translated(self, maps: Sequence[Map], asked: Question) -> Translated:
        found: list[Match] = []
        waiting = 0
        asked = asked._replace(targets=frozenset(await self._names(asked.target_system)) - {""})
        coded = [one._replace(system=name) for one in asked.coded for name in await self._names(one.system)]
        for one in coded:
            for each in maps:
                matches = await self._of(each, one, asked, ())
                ready = [match for match in matches if match.needs <= asked.given]
                waiting += len(matches) - len(ready)
                found += ready
        found = list(dict.fromkeys(found))
        found.sort(key=lambda match: BEST_FIRST.index(match.equivalence))
        absent = [] if found or waiting else [await self._absent(one) for one in asked.coded]
        return Translated(found, " ".join(filter(None, absent)) or _message(found, waiting, asked))

    async def _absent(self, one: Coded) -> str:
        """That no release of its system has the code; "" where it has, or where that cannot be told."""
        try:
            releases = await self._systems.every(one.system, one.version)
        except Fault:
            return ""
        for release in releases:
            if not release.about.complete or await release.concepts([one.code]):
                return ""
        return await absence(releases[0], one.code, of_many=len(releases) > 1)

    async def _of(self, by: Map, one: Coded, asked: Question, path: tuple[str, ...]) -> list[Match]:
        if by.url and by.url in path:
            raise Unprocessable(
                f"ConceptMaps point to one another in a circle: {' to '.join((*path, by.url))}."
            )
        table = by.backward if asked.reverse else by.forward
        found = [match for match in table.get((one.system, one.code), ()) if _goes_to(match, asked)]
        if found or asked.reverse:
            return found
        for group in by.unmapped:
            if group.source == one.system and (not asked.targets or group.target in asked.targets):
                found += await self._unmapped(by, group, one, asked, path)
        return found

    async def _unmapped(
        self, by: Map, group: Unmapped, one: Coded, asked: Question, path: tuple[str, ...]
    ) -> list[Match]:
        if group.mode != "other-map" and await self._absent(one):
            return []  # what a map gives for every other code is for codes that there are
        match group.mode:
            case "provided":
                to = Coded(one.code, group.target or one.system, display=one.display)
                return [Match("equal", to, by.url, "The code itself: the map does not name it.")]
            case "fixed":
                return [Match("inexact", group.fixed, by.url, "What the map gives for every other code.")]
        return await self._of(await self._named(group.other), one, asked, (*path, by.url))


def _goes_to(match: Match, asked: Question) -> bool:
    return not asked.targets or match.to is None or match.to.system in asked.targets


def _message(found: list[Match], waiting: int, asked: Question) -> str:
    if waiting:
        return f"{waiting} more depend on what else is known: send it as dependency."
    if not found:
        codes = ", ".join(one.written for one in asked.coded)
        return f"The concept map has no translation of {codes}."
    if all(match.equivalence in NO_TRANSLATION for match in found):
        return "The concept map says that there is no translation."
    return ""
