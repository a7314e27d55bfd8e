"""The codes below or above a code, those of a value set, and the names of code systems: what a search asks.

What is in the record was written with the codes of its day. So every release that is here counts, not only
the one in force: a code that was valid earlier still stands below the code that it stood below then.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date

from fellesjournal.errors import Issue, NotFound, Unprocessable
from fellesjournal.terminology.absence import absence, part, suggestion
from fellesjournal.terminology.composing import Composing
from fellesjournal.terminology.conditions import Above, Below, Codes, Condition
from fellesjournal.terminology.drawing import NO_PINS
from fellesjournal.terminology.mentions import refuse_absent
from fellesjournal.terminology.properties import refuse_unknown
from fellesjournal.terminology.releases import Names
from fellesjournal.terminology.system import System
from fellesjournal.terminology.systems import Systems

MOST = 10_000
"""Codes in one list. A search for more would look up more index entries than reading the rows costs."""
KEPT = 200
"""Lists that are kept at hand: a release never changes, and a resource that did is another system."""


class Listing:
    """Lists codes. Each method raises NotFound for what is not here, naming it, and Unprocessable with
    "too-costly" for more than MOST codes.
    """

    def __init__(self, systems: Systems, composing: Composing, today: Callable[[], date]) -> None:
        self._systems = systems
        self._composing = composing
        self._today = today
        self._kept: OrderedDict[tuple[System, Condition], frozenset[str]] = OrderedDict()

    async def names(self) -> Names:
        """See Names: codes are stored under any of them."""
        return await self._systems.names()

    async def below(self, system: str, code: str) -> frozenset[str]:
        """The code and all below it in any release of the code system (the modifier :below)."""
        return await self._from(system, code, Below)

    async def above(self, system: str, code: str) -> frozenset[str]:
        """The code and all above it in any release of the code system (the modifier :above)."""
        return await self._from(system, code, Above)

    async def members(self, value_set: str) -> frozenset[tuple[str, str]]:
        """(system, code) of every code of a value set, also "url|version" (the modifier :in).

        Where the value set names no version of a code system, its rules are applied to every release. Raises
        NotFound when one of them is here in part: codes that are not here would be found by nobody. Raises
        Unprocessable for a filter by a property or a code that no release has.
        """
        composed = await self._composing.named(value_set, "", self._today())
        await refuse_absent(self._systems, composed, None, NO_PINS, only_filters=True)
        found: set[tuple[str, str]] = set()
        for one in composed.parts:
            if isinstance(one.condition, Codes):
                found.update((one.url, code) for code in one.condition.codes)
            else:
                releases = await self._systems.every(one.url, one.version)
                await refuse_unknown(releases, one.condition)
                for system in releases:
                    await _require_whole(system, value_set)
                    codes = await self._codes(system, one.condition, f"The value set {value_set}")
                    found.update((one.url, code) for code in codes)
        if len(found) > MOST:
            raise _too_many(f"The value set {value_set}")
        return frozenset(found)

    async def _from(self, url: str, code: str, way: Callable[[str], Condition]) -> frozenset[str]:
        systems = await self._systems.every(url)
        found: set[str] = set()
        for system in systems:
            concept = (await system.concepts([code])).get(code)
            if concept is not None:
                found |= await self._codes(system, way(concept.code), f"What is asked for by {url}|{code}")
        if not found:
            in_part = next((system for system in systems if not system.about.complete), None)
            if in_part is not None:
                raise NotFound(await absence(in_part, code))
            meant = suggestion(await systems[0].alike(code))
            raise NotFound(f"There is no code '{code}' in {_named(url, systems)}.{meant}")
        if len(found) > MOST:
            raise _too_many(f"What is asked for by {url}|{code}")
        return frozenset(found)

    async def _codes(self, system: System, condition: Condition, what: str) -> frozenset[str]:
        name = (system, condition)
        codes = self._kept.get(name)
        if codes is None:
            codes = self._kept[name] = frozenset(await system.codes(condition, MOST + 1))
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(name)
        if len(codes) > MOST:
            raise _too_many(what)
        return codes


async def _require_whole(system: System, value_set: str) -> None:
    if not system.about.complete:
        raise NotFound(
            f"Which codes the value set {value_set} has cannot be told: it draws on {await part(system)}. "
            "Load a whole release, or list the codes in the value set."
        )


def _named(url: str, systems: Sequence[System]) -> str:
    versions = ", ".join(system.about.version for system in systems if system.about.version)
    return f"{url} ({versions})" if versions else url


def _too_many(what: str) -> Unprocessable:
    text = (
        f"{what} has more than {MOST} codes, and no more can be searched for at once: ask for codes further "
        "down, or for a smaller value set."
    )
    return Unprocessable(Issue("too-costly", text))
