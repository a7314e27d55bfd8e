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
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from fellesjournal.access import kin
from fellesjournal.access.actor import Actor
from fellesjournal.access.decision import Basis
from fellesjournal.errors import Fault, Invalid, NotFound
from fellesjournal.norway.ages import Parents
from fellesjournal.norway.representation import Bond, Grant, Purpose, Someone, Tie, representation
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope

_BASES = {
    Tie.PARENT: Basis.PARENT,
    Tie.GUARDIAN: Basis.GUARDIAN,
    Tie.POWER_OF_ATTORNEY: Basis.POWER_OF_ATTORNEY,
}
_READS = {
    (True, True): "representant",
    (True, False): "representant-innsyn-timer",
    (False, True): "representant-innsyn-meldinger",
    (False, False): "representant-innsyn",
}
"""The role of who reads, by whether they book and write too."""
_OSLO = ZoneInfo("Europe/Oslo")
_EVERYONE = Scope.everyone()
_decode = msgspec.json.Decoder(kin.Tree).decode


class Given(NamedTuple):
    """What a RelatedPerson's tie gives today: the holder ("Patient/4"; "" when nobody here is known as such),
    and the grants, none when the tie gives nothing, whatever the reason.
    """

    holder: str
    grants: tuple[Grant, ...]


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
            bonds = [bond for _, bond in await self._bonds(one)]
            grants = representation(one, by, bonds, self._today()).grants
        except Fault:
            grants = ()
        role = _role(grants)
        if not role:
            raise NotFound(f"There is no {citizen} that you may act for.")
        return replace(
            actor, role=role, purpose="FAMRQT", represents=citizen, represents_by=_BASES[grants[0].tie].value
        )

    async def name(self, citizen: str) -> str:
        """What one is called whom somebody acts for ("Patient/3"): for who has become an `acting` actor."""
        stored = await self._record.read(*kin.split(citizen), scope=_EVERYONE)
        return kin.name(_decode(stored.body or b"{}"))

    async def others(self, actor: Actor) -> list[tuple[str, str]]:
        """Those whom a citizen may act for now: id and name, by name."""
        own = _decode((await self._record.read(*kin.split(actor.person), scope=_EVERYONE)).body or b"{}")
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
                kind, id = kin.split(citizen)
                patient = _decode((await self._record.read(kind, id, scope=_EVERYONE)).body or b"{}")
                found.append((id, kin.name(patient)))
        return sorted(found, key=lambda pair: pair[1])

    async def given(self, citizen: str) -> dict[str, Given]:
        """What each tie of a citizen ("Patient/3") gives its holder today, by its RelatedPerson's id; none
        of a citizen whose birth date is not known to the day.
        """
        try:
            one, on = await self._someone(citizen), self._today()
        except NotFound:
            return {}
        found = await self._bonds(one)
        bonds = [bond for _, bond in found]
        given: dict[str, Given] = {}
        for id, bond in found:
            grants: tuple[Grant, ...] = ()
            if bond.holds(on) and bond.holder.id != citizen:
                with suppress(Invalid):  # one that begins before the citizen was born gives nothing
                    grants = representation(one, bond.holder, bonds, on).grants
            own = tuple(grant for grant in grants if grant.tie is bond.tie)
            given[id] = Given(bond.holder.id, given.get(id, Given("", ())).grants + own)
        return given

    def _today(self) -> date:
        return self._clock().astimezone(_OSLO).date()

    async def _someone(self, reference: str) -> Someone:
        kind, _, id = reference.partition("/")
        if kind != "Patient":
            raise NotFound("Only citizens represent, and are represented.")
        stored = await self._record.read("Patient", id, scope=_EVERYONE)
        return kin.someone(reference, _decode(stored.body or b"{}"))

    async def _bonds(self, citizen: Someone) -> list[tuple[str, Bond]]:
        """The ties of a citizen, each with the id of its RelatedPerson."""
        page = await self._record.search("RelatedPerson", [("patient", citizen.id)], scope=_EVERYONE)
        bonds = []
        for entry in page.entries:
            related = _decode(entry.stored.body or b"{}")
            codes = kin.codes(related)
            ties = [tie for tie in Tie if tie.value in codes]
            holder = await self._holder(related) if ties and related.get("active", True) else None
            if holder is not None:
                bonds += [(entry.stored.id, kin.bond(tie, holder, related)) for tie in ties]
        return bonds

    async def _holder(self, related: kin.Tree) -> Someone | None:
        """The citizen that a RelatedPerson is, by an identifier that one of them alone has."""
        for identifier in related.get("identifier", ()):
            if not identifier.get("system") or not identifier.get("value"):
                continue
            asked = [("identifier", f"{identifier['system']}|{identifier['value']}")]
            page = await self._record.search("Patient", asked, scope=_EVERYONE)
            if len(page.entries) == 1:
                stored = page.entries[0].stored
                with suppress(NotFound):  # without a birth date nothing can be said of them
                    return kin.someone(f"Patient/{stored.id}", _decode(stored.body or b"{}"))
        return None


def _role(grants: Iterable[Grant]) -> str:
    """The policy that gives what the grants do and no more; "" for writing alone, which needs reading too."""
    purposes = {grant.purpose for grant in grants}
    if any(grant.tie is Tie.PARENT and grant.learns is Parents.EVERYTHING for grant in grants):
        return "forelder"
    if Purpose.READ not in purposes:
        return "representant-timer" if Purpose.BOOK in purposes else ""
    return _READS[Purpose.BOOK in purposes, Purpose.WRITE in purposes]
