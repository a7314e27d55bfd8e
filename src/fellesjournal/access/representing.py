"""Acting for another: a citizen becomes the representative of one they are bound to, for one request.

The ties are in the citizen's record as RelatedPersons with a code of TIES, as the population register or the
citizen has them: `identifier` says who it is (the same as on that one's Patient), `period` when. Only systems
and the door write them. What follows is norway.representation's; it is worked out anew at every request, so
that it ends on the day it ends.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from fellesjournal.access.actor import Actor
from fellesjournal.access.decision import Basis
from fellesjournal.access.guard.ties import TIES
from fellesjournal.errors import Fault, NotFound
from fellesjournal.norway.ages import Parents
from fellesjournal.norway.profiles import ADDRESS_PROTECTION, HIDDEN_ADDRESS
from fellesjournal.norway.representation import Bond, Grant, Purpose, Someone, Tie, representation
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope

Tree = dict[str, Any]

_BASES = {
    Tie.PARENT: Basis.PARENT,
    Tie.GUARDIAN: Basis.GUARDIAN,
    Tie.POWER_OF_ATTORNEY: Basis.POWER_OF_ATTORNEY,
}
_OSLO = ZoneInfo("Europe/Oslo")
_EVERYONE = Scope.everyone()
_decode = msgspec.json.Decoder(Tree).decode


class Representing:
    """Finds out what citizens may do for one another. `clock` gives the moment, aware."""

    def __init__(self, record: Record, clock: Callable[[], datetime]) -> None:
        self._record = record
        self._clock = clock

    async def acting(self, actor: Actor, citizen: str) -> Actor:
        """The actor as the representative of a citizen ("Patient/3"), in the role that the ties give.

        Raises NotFound, in one sentence whatever the reason, when there is no tie that gives anything.
        """
        try:
            one, by = await self._someone(citizen), await self._someone(actor.person)
            bonds = await self._bonds(one)
            on = self._clock().astimezone(_OSLO).date()
            grants = representation(one, by, bonds, on).grants
        except Fault:
            grants = ()
        if not grants:
            raise NotFound(f"There is no {citizen} that you may act for.")
        role = _role(grants)
        return replace(
            actor, role=role, purpose="FAMRQT", represents=citizen, represents_by=_BASES[grants[0].tie].value
        )

    async def others(self, actor: Actor) -> list[tuple[str, str]]:
        """Those whom a citizen may act for now: id and name, by name."""
        own = _decode((await self._record.read(*_split(actor.person), scope=_EVERYONE)).body or b"{}")
        numbers = [
            f"{one['system']}|{one['value']}"
            for one in own.get("identifier", ())
            if one.get("system") and one.get("value")
        ]
        if not numbers:
            return []
        page = await self._record.search(
            "RelatedPerson", [("identifier", ",".join(numbers))], scope=_EVERYONE
        )
        related = [_decode(entry.stored.body or b"{}") for entry in page.entries]
        citizens = sorted({str(one.get("patient", {}).get("reference", "")) for one in related} - {""})
        found = []
        for citizen in citizens:
            with suppress(NotFound):
                await self.acting(actor, citizen)
                kind, id = _split(citizen)
                patient = _decode((await self._record.read(kind, id, scope=_EVERYONE)).body or b"{}")
                found.append((id, _name(patient)))
        return sorted(found, key=lambda pair: pair[1])

    async def _someone(self, reference: str) -> Someone:
        kind, _, id = reference.partition("/")
        if kind != "Patient":
            raise NotFound("Only citizens represent, and are represented.")
        stored = await self._record.read("Patient", id, scope=_EVERYONE)
        return _person(reference, _decode(stored.body or b"{}"))

    async def _bonds(self, citizen: Someone) -> list[Bond]:
        page = await self._record.search("RelatedPerson", [("patient", citizen.id)], scope=_EVERYONE)
        bonds = []
        for entry in page.entries:
            related = _decode(entry.stored.body or b"{}")
            codes = _codes(related)
            ties = [tie for tie in Tie if tie.value in codes]
            holder = await self._holder(related) if ties and related.get("active", True) else None
            if holder is not None:
                bonds += [_bond(tie, holder, related, codes) for tie in ties]
        return bonds

    async def _holder(self, related: Tree) -> Someone | None:
        """The citizen that a RelatedPerson is, by an identifier that one of them alone has."""
        for identifier in related.get("identifier", ()):
            if not identifier.get("system") or not identifier.get("value"):
                continue
            asked = [("identifier", f"{identifier['system']}|{identifier['value']}")]
            page = await self._record.search("Patient", asked, scope=_EVERYONE)
            if len(page.entries) == 1:
                stored = page.entries[0].stored
                return _person(f"Patient/{stored.id}", _decode(stored.body or b"{}"))
        return None


def _split(reference: str) -> tuple[str, str]:
    kind, _, id = reference.partition("/")
    return kind, id


def _name(patient: Tree) -> str:
    name: Tree = next(iter(patient.get("name", ())), {})
    return " ".join([*name.get("given", ()), name.get("family", "")]).strip() or str(name.get("text", ""))


def _person(reference: str, patient: Tree) -> Someone:
    """Raises NotFound when the birth date is not known to the day: nothing can be said of ages then."""
    born = patient.get("birthDate", "")
    if len(born) != len("2026-11-26"):
        raise NotFound(f"{reference} has no full birth date.")
    return Someone(reference, date.fromisoformat(born), _home(patient), _is_protected(patient))


def _home(patient: Tree) -> str:
    """The registered address as a key, "" when there is none."""
    for address in patient.get("address", ()):
        if address.get("use", "home") == "home" and "period" not in address:
            parts = [*address.get("line", ()), address.get("postalCode", "")]
            return " ".join(" ".join(parts).lower().split())
    return ""


def _is_protected(patient: Tree) -> bool:
    return any(
        one.get("url") == ADDRESS_PROTECTION and one.get("valueCode") in HIDDEN_ADDRESS
        for one in patient.get("extension", ())
    )


def _codes(related: Tree) -> set[str]:
    return {
        coding.get("code", "")
        for concept in related.get("relationship", ())
        for coding in concept.get("coding", ())
        if coding.get("system") == TIES
    }


def _bond(tie: Tie, holder: Someone, related: Tree, codes: set[str]) -> Bond:
    period = related.get("period", {})
    since, until = period.get("start", "0001-01-01"), period.get("end")
    purposes = frozenset(purpose for purpose in Purpose if purpose.value in codes)
    return Bond(tie, holder, _day(since), _day(until) if until else None, purposes)


def _day(text: str) -> date:
    return date.fromisoformat((text + "-01-01")[:10] if len(text) == len("2026") else (text + "-01")[:10])


def _role(grants: Iterable[Grant]) -> str:
    """The policy that gives no more than the grants do."""
    purposes = {grant.purpose for grant in grants}
    if any(grant.tie is Tie.PARENT and grant.learns is Parents.EVERYTHING for grant in grants):
        return "forelder"
    if purposes == set(Purpose):
        return "representant"
    return "representant-innsyn" if Purpose.READ in purposes else "representant-timer"
