"""Why a record is open to somebody: what the log tells. Decides nothing: that is done where rows are read."""

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import datetime

from fellesjournal.access.actor import Actor
from fellesjournal.access.decision import Basis, Decision
from fellesjournal.access.guard.care import BASES
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope

GOOD_FOR = 15.0
"""Seconds that the log may name the same relation without looking again."""
KEPT = 20_000

Explained = tuple[str, Decision]
"""The citizen as "Patient/7", and the decision."""


class Explaining:
    """Finds the grounds of openings, and remembers them for a moment."""

    def __init__(self, record: Record, clock: Callable[[], datetime]) -> None:
        self._record = record
        self.now = clock
        self._kept: OrderedDict[tuple[str, int], tuple[float, Explained]] = OrderedDict()

    async def of(self, citizens: Iterable[int], scope: Scope, actor: Actor) -> dict[int, Explained]:
        """The decision for each citizen (key) whose record was open."""
        now = time.monotonic()
        who = f"{actor.person} {actor.practitioner_role} {actor.role}"
        found: dict[int, Explained] = {}
        missing = []
        for citizen in citizens:
            kept = self._kept.get((who, citizen))
            if kept is not None and now - kept[0] < GOOD_FOR:
                found[citizen] = kept[1]
            else:
                missing.append(citizen)
        if missing:
            for citizen, ground in (await self._record.grounds(missing, scope=scope)).items():
                basis = BASES.get(ground.kind) or _without_care(scope, actor)
                explained = f"Patient/{ground.patient}", Decision(True, basis, ground.reference)
                found[citizen] = explained
                self._kept[who, citizen] = now, explained
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        return found

    async def whose(self, type_name: str, id: str) -> tuple[int, str]:
        """In whose record a resource stands, whoever asks: key and "Patient/7"; 0 and "": nobody's.

        What is not there takes as long as what is hidden.
        """
        citizen = await self._record.whose(type_name, id)
        grounds = await self._record.grounds([citizen], scope=Scope.of())
        return citizen, f"Patient/{grounds[citizen].patient}" if citizen else ""


def _without_care(scope: Scope, actor: Actor) -> Basis:
    if scope.whole:
        return Basis.PRACTICE if actor == Actor.practice() else Basis.SYSTEM
    return Basis(actor.represents_by) if actor.represents_by else Basis.SELF
