"""The search parameters that have been posted: what this process indexes and searches by beside R4's own.

A SearchParameter takes effect when it is active and its url is not one of R4's. From then on all that is
written is indexed by it; it is searched by when what was there before has been indexed too (see reindex).
"""

import asyncio
import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import asyncpg
import msgspec

from fellesjournal.errors import Unprocessable
from fellesjournal.fhir.definitions import Definitions
from fellesjournal.fhir.search import posting
from fellesjournal.fhir.search.extraction import Extractor
from fellesjournal.fhir.search.parameters import SearchParameter
from fellesjournal.record.preparing import Preparer
from fellesjournal.record.search.registry import Registry
from fellesjournal.record.statements import SQL

SEARCH_PARAMETER = "SearchParameter"

log = logging.getLogger(__name__)
_decode = msgspec.json.Decoder().decode


@dataclass(frozen=True, slots=True)
class Posted:
    """One version of a SearchParameter, in effect; `indexed` when all that is stored is indexed by it."""

    key: int
    id: str
    version: int
    indexed: bool
    url: str
    parameters: tuple[SearchParameter, ...]


class PostedParameters:
    """Keeps a process's registry and preparer to the SearchParameters that are stored."""

    def __init__(self, definitions: Definitions, registry: Registry, preparer: Preparer) -> None:
        self._definitions = definitions
        self._registry = registry
        self._preparer = preparer
        self._own_extract = preparer.extract
        self._own_urls = frozenset(own["url"] for own in definitions.search_parameters)
        self._number = definitions.type_number(SEARCH_PARAMETER)
        self._seen = ""
        self._refreshing = asyncio.Lock()
        self._writers: Counter[int] = Counter()
        self.active: tuple[Posted, ...] = ()
        self.mark = _mark(())
        """A number that is the same in every process that works by the same set, indexed alike."""
        preparer.check_parameter = self.check

    async def refresh(self, connection: asyncpg.Connection) -> None:
        """Work by what is stored now; cheap when nothing has changed."""
        async with self._refreshing:
            seen = await connection.fetchval(SQL.parameters_fingerprint, self._number)
            if seen != self._seen:
                self._install(await connection.fetch(SQL.posted_parameters, self._number))
                self._seen = seen

    def check(self, id: str, resource: dict[str, Any]) -> None:
        """Raise Unprocessable, with what to mend, when a SearchParameter should take effect and cannot."""
        if not self._counts(resource):
            return
        found = posting.added(resource, self._registry.own, self._definitions)
        bases = {parameter.base for parameter in found}
        for other in self.active:
            if other.id == id:
                continue
            if other.url == resource["url"]:
                raise Unprocessable(
                    f"{other.url} is in use already, as SearchParameter/{other.id}. Update that one instead."
                )
            taken = [p for p in other.parameters if p.base in bases and p.code == resource["code"]]
            if taken:
                raise Unprocessable(
                    f"The code '{taken[0].code}' of {taken[0].base} is in use already, by "
                    f"SearchParameter/{other.id} ({other.url}). Choose another code."
                )

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """What is written meanwhile may be indexed by the parameters as they are now."""
        mark = self.mark
        self._writers[mark] += 1
        try:
            yield
        finally:
            self._writers[mark] -= 1
            if not self._writers[mark]:
                del self._writers[mark]

    def marks_in_use(self) -> set[int]:
        """The marks of the sets that are written by here: the present one, and those of writes under way."""
        return {self.mark, *self._writers}

    def _install(self, rows: list[asyncpg.Record]) -> None:
        known = {(posted.key, posted.version): posted.parameters for posted in self.active}
        found: list[Posted] = []
        taken: set[tuple[str, str]] = set()
        for row in rows:
            resource = _decode(row["body"])
            if not self._counts(resource):
                continue
            parameters = known.get((row["key"], row["version"])) or self._compiled(row["id"], resource)
            codes = {(parameter.base, parameter.code) for parameter in parameters}
            if codes and not codes & taken:
                taken |= codes
                identity = (row["key"], row["id"], row["version"], row["indexed"])
                found.append(Posted(*identity, resource["url"], parameters))
        self.active = tuple(found)
        self._registry.install(
            [p for posted in found if posted.indexed for p in posted.parameters],
            [p for posted in found if not posted.indexed for p in posted.parameters],
        )
        extractor = Extractor(self._registry.indexed_by, self._definitions) if found else None
        self._preparer.extract = extractor.extract if extractor else self._own_extract
        self._preparer.all_indexed = all(posted.indexed for posted in found)
        self.mark = _mark(self.active)

    def _counts(self, resource: dict[str, Any]) -> bool:
        return resource.get("status") == "active" and resource.get("url") not in self._own_urls

    def _compiled(self, id: str, resource: dict[str, Any]) -> tuple[SearchParameter, ...]:
        try:
            return tuple(posting.added(resource, self._registry.own, self._definitions))
        except Unprocessable as fault:
            log.warning("SearchParameter/%s takes no effect: %s", id, fault)
            return ()


def _mark(active: tuple[Posted, ...]) -> int:
    told = sorted((posted.key, posted.version, posted.indexed) for posted in active)
    return crc32(repr(told).encode()) >> 1
