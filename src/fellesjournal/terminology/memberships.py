"""What validation and search must know at once, without waiting: read beforehand, held small.

A value set is a sorted array of 64-bit hashes of its codes, a hierarchy one of its pairs: eight bytes each.
That two of ten million codes share a hash is as likely as three in a million.
"""

from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable

from fellesjournal.errors import Fault
from fellesjournal.terminology.coded import Manner
from fellesjournal.terminology.composing import Composing
from fellesjournal.terminology.conditions import EVERYTHING
from fellesjournal.terminology.drawing import draw
from fellesjournal.terminology.systems import Systems

MOST = 4_000_000
"""Hashes held at once in each process: 32 megabytes. What has been asked for longest ago gives way."""


class Memberships:
    """Value sets and hierarchies, loaded by name and then asked about."""

    def __init__(self, systems: Systems, composing: Composing, most: int = MOST) -> None:
        self._systems = systems
        self._composing = composing
        self._most = most
        self._held: OrderedDict[str, array[int]] = OrderedDict()
        self._size = 0

    async def load(self, urls: Iterable[str], manner: Manner) -> list[str]:
        """Read value sets as they are now, also those that are held already; gives those that cannot be held:
        not known here, drawing on code systems that are not here, or too large.
        """
        return [url for url in urls if not self._hold(url, await self._value_set(url, manner))]

    async def load_hierarchies(self, urls: Iterable[str]) -> list[str]:
        """Read who stands above whom in code systems; gives those that cannot be held, as `load`."""
        return [url for url in urls if not self._hold(f"above {url}", await self._hierarchy(url))]

    def member(self, value_set: str, system: str, code: str) -> bool | None:
        """Whether a code is in a value set; None when the value set is not held."""
        return self._has(value_set, f"{system}|{code}")

    def subsumes(self, system: str, a: str, b: str) -> bool | None:
        """Whether `a` stands above `b` or is it; None when the code system's hierarchy is not held."""
        if a == b:
            return True if f"above {system}" in self._held else None
        return self._has(f"above {system}", f"{a}|{b}")

    def _has(self, name: str, text: str) -> bool | None:
        hashes = self._held.get(name)
        if hashes is None:
            return None
        self._held.move_to_end(name)
        wanted = hash(text)
        place = bisect_left(hashes, wanted)
        return place < len(hashes) and hashes[place] == wanted

    async def _value_set(self, url: str, manner: Manner) -> "array[int] | None":
        try:
            composed = await self._composing.named(url, "", manner.on)
            found: set[int] = set()
            for _, system, condition in await draw(self._systems, composed, manner.day):
                codes = await system.codes(condition, self._most + 1)
                found.update(hash(f"{system.about.url}|{code}") for code in codes)
                if len(found) > self._most:
                    return None
        except Fault:
            return None
        return array("q", sorted(found))

    async def _hierarchy(self, url: str) -> "array[int] | None":
        try:
            system = await self._systems.get(url)
            if await system.count(EVERYTHING) > self._most:
                return None
            pairs = await system.pairs(self._most + 1)
        except Fault:
            return None
        return array("q", sorted(hash(f"{a}|{b}") for a, b in pairs)) if len(pairs) <= self._most else None

    def _hold(self, name: str, hashes: "array[int] | None") -> bool:
        before = self._held.pop(name, None)
        self._size -= len(before) if before is not None else 0
        if hashes is None:
            return False
        self._held[name] = hashes
        self._size += len(hashes)
        while self._size > self._most:
            self._size -= len(self._held.popitem(last=False)[1])
        return True
