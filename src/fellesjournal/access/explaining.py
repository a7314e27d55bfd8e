"""Why a record is open to somebody: what the log tells. Decides nothing: that is done where rows are read."""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from fellesjournal.access.actor import Actor
from fellesjournal.access.decision import Basis, Decision
from fellesjournal.access.guard.care import BASES
from fellesjournal.errors import Fault
from fellesjournal.fhir import json
from fellesjournal.fhir.search.terms import key_of, keys_of
from fellesjournal.record.grounds import Ground
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope

GOOD_FOR = 60.0
"""Seconds that the log may name the same relation without looking again."""
KEPT = 20_000
PATIENTS_KEPT = 100_000

Explained = tuple[str, Decision]
"""The citizen as "Patient/7", and the decision."""


class Explaining:
    """Finds the grounds of openings, and remembers them for a moment: no query for what was read just now,
    nor for what a citizen or a system reads of somebody who is known.
    """

    def __init__(self, record: Record, clock: Callable[[], datetime]) -> None:
        self._record = record
        self.now = clock
        self._kept: OrderedDict[tuple[str, str, str, int], tuple[float, Explained]] = OrderedDict()
        self._patients: OrderedDict[int, str] = OrderedDict()
        """The Patient of a key: never another."""
        self._protected: dict[int, tuple[float, bool]] = {}
        """Whether citizens were protected, and when that was seen."""

    async def of(self, citizens: Iterable[int], scope: Scope, actor: Actor) -> dict[int, Explained]:
        """The decision for each citizen (key) whose record was open."""
        now = time.monotonic()
        found: dict[int, Explained] = {}
        missing = []
        for citizen in citizens:
            explained = self._known(citizen, scope, actor, now)
            if explained is None:
                missing.append(citizen)
            else:
                found[citizen] = explained
        if missing:
            for citizen, ground in (await self._grounds(missing, scope)).items():
                found[citizen] = await self._explained(citizen, ground, scope, actor)
                self._kept[actor.person, actor.practitioner_role, actor.role, citizen] = now, found[citizen]
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found

    async def asked(self, citizens: Iterable[int], scope: Scope, actor: Actor) -> dict[int, Explained]:
        """The same for citizens (keys) who were asked about, and of whom nothing was met: refused where there
        is no relation. Who does not exist is left out.
        """
        found: dict[int, Explained] = {}
        for citizen, ground in (await self._grounds(citizens, scope)).items():
            if ground.kind or scope.whole or citizen in scope.citizens:
                found[citizen] = await self._explained(citizen, ground, scope, actor)
            elif ground.patient:
                found[citizen] = f"Patient/{ground.patient}", Decision(False, Basis.NO_RELATION)
        return {citizen: explained for citizen, explained in found.items() if explained[0]}

    async def refused(self, type_name: str, id: str, scope: Scope) -> tuple[int, Explained]:
        """In whose record a resource stands that was not shown (key; 0: nobody's), and why it was not.

        What is not there costs as much as what is hidden: it is looked for in the record of somebody who is
        not there either.
        """
        citizen = await self._record.whose(type_name, id)
        looked_for = citizen or key_of(f"{type_name}/{id}")
        ground = (await self._grounds([looked_for], scope))[looked_for]
        related = ground.kind or scope.whole or citizen in scope.citizens
        decision = Decision(False, Basis.WITHHELD if related else Basis.NO_RELATION)
        return citizen, (self._remember(citizen, ground), decision)

    async def within_reach(self, references: Iterable[str], scope: Scope) -> set[str]:
        """Those of some references, with or without versions, whose resources are there within a scope."""
        asked = tuple(references)
        keys = keys_of(_without_versions(asked))
        there = await self._record.within_reach(keys, scope=scope)
        if len(there) == len(keys):
            return set(asked)
        return {one for one, key in zip(asked, keys, strict=True) if key in there}

    async def protected(self, citizens: Iterable[int], *, within: float = 0.0) -> set[int]:
        """Those of the citizens (keys) whose address is protected, as it was at most some seconds ago."""
        since = time.monotonic() - within
        asked = set(citizens)
        missing = [one for one in asked if self._protected.get(one, (-1.0, False))[0] <= since]
        if missing:
            found, now = await self._record.protected(missing), time.monotonic()
            if len(self._protected) > KEPT:
                self._protected.clear()
            self._protected.update((one, (now, one in found)) for one in missing)
        return {one for one in asked if self._protected[one][1]}

    async def patient(self, citizen: int) -> str:
        """The Patient of a key, "Patient/7"; "" when there is none."""
        if citizen in self._patients:
            return self._patients[citizen]
        return self._remember(citizen, (await self._grounds([citizen], Scope.of()))[citizen])

    def _known(self, citizen: int, scope: Scope, actor: Actor, now: float) -> Explained | None:
        """What needs no query."""
        if scope.whole and (patient := self._patients.get(citizen)):
            return patient, Decision(True, _without_care(citizen, scope, actor))
        own = actor.represents or actor.person
        if citizen in scope.citizens and key_of(own) == citizen:
            return own, Decision(True, _without_care(citizen, scope, actor))
        kept = self._kept.get((actor.person, actor.practitioner_role, actor.role, citizen))
        return kept[1] if kept is not None and now - kept[0] < GOOD_FOR else None

    async def _grounds(self, citizens: Iterable[int], scope: Scope) -> dict[int, Ground]:
        return await self._record.grounds(citizens, scope=scope)

    async def _explained(self, citizen: int, ground: Ground, scope: Scope, actor: Actor) -> Explained:
        basis = BASES.get(ground.kind) or _without_care(citizen, scope, actor)
        if not ground.kind and ground.alone:
            basis = Basis.APPOINTMENT
        decision = Decision(True, basis, ground.reference or ground.alone)
        if basis in (Basis.EMERGENCY, Basis.OVERRIDE):
            decision = replace(decision, reason=await self._reason(ground.reference))
        return self._remember(citizen, ground), decision

    async def _reason(self, reference: str) -> str:
        """The words of the person who took emergency access or overrode a block."""
        try:
            stored = await self._record.read(*reference.split("/", 1), scope=Scope.everyone())
        except Fault:
            return ""
        return str(json.parse(stored.body or b"{}").tree.get("reasonCode", {}).get("text", ""))

    def _remember(self, citizen: int, ground: Ground) -> str:
        if not ground.patient:
            return ""
        self._patients[citizen] = f"Patient/{ground.patient}"
        if len(self._patients) > PATIENTS_KEPT:
            self._patients.popitem(last=False)
        return self._patients[citizen]


def _without_care(citizen: int, scope: Scope, actor: Actor) -> Basis:
    if scope.whole:
        return Basis.PRACTICE if actor == Actor.practice() else Basis.SYSTEM
    if citizen not in scope.citizens:
        return Basis.OPENING
    return Basis(actor.represents_by) if actor.represents_by else Basis.SELF


@lru_cache(maxsize=256)
def _without_versions(references: tuple[str, ...]) -> tuple[str, ...]:
    """The same, each as it is now: the same hundreds are asked about again and again."""
    return tuple(one.partition("/_history/")[0] for one in references)
