"""What validation and search must know at once, without waiting: read beforehand, held small.

A value set is a sorted array of 64-bit hashes of its codes, eight bytes each, one of the code systems that it
has more codes of than are here, and one of its codes without their systems. A hierarchy is two arrays side
by side: the hashes of the codes that have one above them, in order, and of those above them. That two of ten
million codes share a hash is as likely as three in a million.
"""

import asyncio
from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterable, Sequence

from fellesjournal.errors import Fault, Unprocessable
from fellesjournal.fhir.codes import Unjudged
from fellesjournal.terminology.coded import Manner
from fellesjournal.terminology.composing import Composing
from fellesjournal.terminology.drawing import NO_PINS, draw
from fellesjournal.terminology.mentions import refuse_absent
from fellesjournal.terminology.systems import Systems

MOST = 4_000_000
"""Hashes held at once in each process: 32 megabytes. What has been asked for longest ago gives way."""


MOST_BARE = 50_000
"""Codes up to which those of a value set are held without systems too: elements of type code have none."""

Held = tuple[Sequence[int], ...]


class Memberships:
    """Value sets and hierarchies, loaded by name and then asked about."""

    def __init__(self, systems: Systems, composing: Composing, most: int = MOST) -> None:
        self._systems = systems
        self._composing = composing
        self._most = most
        self._held: OrderedDict[str, Held] = OrderedDict()
        self._size = 0
        self._unjudged: dict[str, Unjudged] = {}

    async def load(self, urls: Iterable[str], manner: Manner) -> list[str]:
        """Read value sets as they are now, also those that are held already; gives those that cannot be held:
        not known here, drawing on code systems that are not here, or too large.
        """
        return [url for url in urls if not self._hold(url, await self._value_set(url, manner))]

    async def load_hierarchies(self, urls: Iterable[str]) -> list[str]:
        """Read who stands above whom in code systems; gives those that cannot be held, as `load`."""
        return [url for url in urls if not self._hold(_above(url), await self._hierarchy(url))]

    def member(self, value_set: str, system: str, code: str) -> bool | None:
        """Whether a code is in a value set; None when the value set is not held, or draws on a part of the
        code system that has not this code. The system by URL or OID; "" for a bare code.
        """
        held = self._of(value_set)
        if held is None:
            return None
        hashes, in_part, bare = held
        if not system:
            known = _has(bare, hash(code))
            return known or (None if in_part or len(bare) < len(hashes) else False)
        url = self._systems.known_url(system)
        return _has(hashes, hash(f"{url}|{code}")) or (None if hash(url) in in_part else False)

    def unjudged(self, value_set: str) -> Unjudged:
        """Why a value set that was to be loaded is not held; empty for one that is or was not asked for."""
        return self._unjudged.get(value_set, Unjudged())

    def subsumes(self, system: str, a: str, b: str) -> bool | None:
        """Whether `a` stands above `b` or is it; None when the code system's hierarchy is not held."""
        held = self._of(_above(system))
        if held is None:
            return None
        children, parents = held
        goal, waiting = hash(a), [hash(b)]
        seen = set(waiting)
        while waiting and goal not in seen:
            child = waiting.pop()
            place = bisect_left(children, child)
            while place < len(children) and children[place] == child:
                if parents[place] not in seen:
                    seen.add(parents[place])
                    waiting.append(parents[place])
                place += 1
        return goal in seen

    def _of(self, name: str) -> Held | None:
        held = self._held.get(name)
        if held is not None:
            self._held.move_to_end(name)
        return held

    async def _value_set(self, url: str, manner: Manner) -> Held | None:
        self._unjudged.pop(url, None)
        try:
            composed = await self._composing.named(url, "", manner.on)
            await refuse_absent(self._systems, composed, manner.day, NO_PINS, only_filters=True)
            found: set[int] = set()
            bare: list[int] = []
            in_part: set[int] = set()
            for drawn in await draw(self._systems, composed, manner.day):
                system = drawn.system.about.url
                codes = await drawn.system.codes(drawn.condition, self._most + 1)
                found.update(hash(f"{system}|{code}") for code in codes)
                bare += map(hash, codes)
                in_part.update(() if drawn.whole else [hash(system)])
                if len(found) > self._most:
                    self._unjudged[url] = Unjudged(f"It has more than {self._most} codes.")
                    return None
        except Fault as fault:
            self._unjudged[url] = Unjudged(str(fault), _faulty(fault))
            return None
        few = sorted(bare) if len(bare) <= MOST_BARE else ()
        return array("q", sorted(found)), array("q", in_part), array("q", few)

    async def _hierarchy(self, url: str) -> Held | None:
        try:
            edges = await (await self._systems.get(url)).edges(self._most // 2 + 1)
        except Fault:
            return None
        return await asyncio.to_thread(_side_by_side, edges) if 2 * len(edges) <= self._most else None

    def _hold(self, name: str, held: Held | None) -> bool:
        self._size -= sum(map(len, self._held.pop(name, ())))
        size = sum(map(len, held or ()))
        if held is None or size > self._most:
            return False
        self._held[name] = held
        self._size += size
        while self._size > self._most:
            self._size -= sum(map(len, self._held.popitem(last=False)[1]))
        return True


def _faulty(fault: Fault) -> bool:
    """Whether a value set is itself at fault, and not merely too large."""
    return isinstance(fault, Unprocessable) and not any(one.code == "too-costly" for one in fault.issues)


def _has(hashes: Sequence[int], wanted: int) -> bool:
    place = bisect_left(hashes, wanted)
    return place < len(hashes) and hashes[place] == wanted


def _above(system: str) -> str:
    return f"above {system}"


def _side_by_side(edges: list[tuple[str, str]]) -> Held:
    hashed = sorted((hash(child), hash(parent)) for child, parent in edges)
    return array("q", [child for child, _ in hashed]), array("q", [parent for _, parent in hashed])
