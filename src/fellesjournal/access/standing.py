"""As whom an actor takes part in care: the keys of the person, the role, the unit and what belongs to it.

A role in a unit stands for the units below it as well (a department's leader for its wards), and for the
places and services of all these; roles that serve a whole organisation (laboratory, radiology) for all of its
units. A block of the unit above shuts those below out too.
"""

import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import msgspec

from fellesjournal.access.actor import Actor
from fellesjournal.access.guard.grants import override_party
from fellesjournal.errors import Fault
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope

GOOD_FOR = 60.0
"""Seconds: how soon a unit that is moved under another counts for those who are signed in."""
KEPT = 2_000
MOST_UNITS = "1000"
_HIGHEST = 12
"""Levels of units above one another, at most."""

_decode = msgspec.json.Decoder(dict[str, Any]).decode


@dataclass(frozen=True, slots=True)
class Standing:
    """Keys: `parties` as whom the actor takes part in care, `shut` as whom a block shuts them out,
    `overrides` as whom they stand in an overridden block.
    """

    parties: tuple[int, ...] = ()
    shut: tuple[int, ...] = ()
    overrides: tuple[int, ...] = ()


class Standings:
    """Works out the standing of actors, and remembers it for a while."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self._kept: OrderedDict[tuple[str, bool], tuple[float, tuple[list[str], list[str]]]] = OrderedDict()

    async def of(self, actor: Actor, *, whole_organization: bool) -> Standing:
        """The standing of a health worker in the active role; of citizens and systems the empty one."""
        if not actor.unit:
            return Standing()
        belonging, above = await self._units(actor.unit, whole_organization)
        own = [actor.person, actor.practitioner_role]
        return Standing(
            _keys([*own, *belonging]),
            (0, *_keys([*own, actor.unit, *above])),
            (override_party(actor.practitioner_role),),
        )

    async def _units(self, unit: str, whole: bool) -> tuple[list[str], list[str]]:
        """The unit with what is below it and belongs to these, and the units above it."""
        name = (unit, whole)
        read_at, found = self._kept.get(name, (0.0, ([], [])))
        if not read_at or time.monotonic() - read_at > GOOD_FOR:
            above = await self._above(unit)
            found = await self._belonging(above[-1] if whole and above else unit), above
            self._kept[name] = time.monotonic(), found
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found

    async def _above(self, unit: str) -> list[str]:
        above: list[str] = []
        while len(above) < _HIGHEST:
            try:
                stored = await self.record.read(*unit.split("/", 1), scope=Scope.everyone())
            except Fault:
                break
            unit = _decode(stored.body or b"{}").get("partOf", {}).get("reference", "")
            if not unit.startswith("Organization/") or unit in above:
                break
            above.append(unit)
        return above

    async def _belonging(self, unit: str) -> list[str]:
        units = [unit, *await self._ids("Organization", "partof:below", [unit])]
        services = await self._ids("HealthcareService", "organization", units)
        return [*units, *services, *await self._ids("Location", "organization", units)]

    async def _ids(self, type_name: str, parameter: str, units: list[str]) -> list[str]:
        asked = [(parameter, ",".join(units)), ("_count", MOST_UNITS)]
        page = await self.record.search(type_name, asked, scope=Scope.everyone())
        return [f"{type_name}/{entry.stored.id}" for entry in page.entries]


def _keys(references: Iterable[str]) -> tuple[int, ...]:
    return tuple(key_of(reference) for reference in dict.fromkeys(references) if reference)
