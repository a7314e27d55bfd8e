"""One request of one actor: what the role permits, what is within reach, and what the log is told of it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Sequence
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from fellesjournal.access import employments
from fellesjournal.access.actor import Actor
from fellesjournal.access.audit.access import Access
from fellesjournal.access.criteria import as_logged, names_only
from fellesjournal.access.decision import Basis, Decision
from fellesjournal.access.explaining import GOOD_FOR, Explained, Explaining
from fellesjournal.access.granted import BeyondGrant
from fellesjournal.access.naming import Named, cited, named
from fellesjournal.access.policies import Act, Policy, Right
from fellesjournal.errors import Fault, Forbidden, NotFound
from fellesjournal.record.scope import Scope
from fellesjournal.record.stored import Page, Parameters, Stored
from fellesjournal.record.transaction.identities import Referred

Write = Callable[[Sequence[Access]], Awaitable[None]]
"""Writes what was done into the log; returns when that is safe (access.audit)."""
Settled = Callable[[], Awaitable[None]]

_ACTIONS = {Act.READ: "R", Act.CREATE: "C", Act.UPDATE: "U", Act.DELETE: "D"}
_WORDS = {
    Act.READ: "read",
    Act.CREATE: "create",
    Act.UPDATE: "change",
    Act.DELETE: "delete",
}
ROLE = "PractitionerRole"
ROLE_GIVEN, ROLE_ENDED = "role-given", "role-ended"
"""The interactions of the log's entries that tell who was given what role, or lost it."""
LOG = "AuditEvent"
"""The log's own type: who may read what of it is decided where it is read (access.logbook)."""


@dataclass(slots=True)
class Note:
    """What one interaction met, by citizen (key; 0: nobody's): references with their versions; which of the
    citizens it was about, which it asked about by name, what was refused of it, and the parts of it that were
    other acts. `basis` is what it rests on when that is no matter of care, and
    `reason` the person's own words. `roles` are the roles it met.
    """

    met: dict[int, list[str]] = field(default_factory=dict)
    named: set[int] = field(default_factory=set)
    asked: set[int] = field(default_factory=set)
    failed: list[tuple[Fault, str, str]] = field(default_factory=list)
    parts: "dict[Act, Note]" = field(default_factory=dict)
    basis: Basis | None = None
    reason: str = ""
    roles: list[Stored] = field(default_factory=list)

    def met_with(self, stored: Stored | None, *, named: bool = True) -> None:
        """A version that was read or written, of somebody whom the act was about or who stood on a list."""
        if stored is not None:
            told = f"{stored.type}/{stored.id}/_history/{stored.version}"
            self.met.setdefault(stored.citizen, []).append(told)
            if stored.type == ROLE:
                self.roles.append(stored)
            if named:
                self.named.add(stored.citizen)

    def refused(self, fault: Fault, type_name: str, id: str) -> None:
        """A part that failed, and what it asked for."""
        self.failed.append((fault, type_name, id))

    def part(self, act: Act) -> "Note":
        """The note of all parts that are the same act."""
        return self.parts.setdefault(act, Note())

    def page(self, page: Page, named: Named) -> None:
        """All that is on a page of a search, and whom it named."""
        self.asked.update(named.citizens)
        for entry in page.entries:
            self.met_with(entry.stored, named=named.names(entry.stored.citizen))


@dataclass(frozen=True, slots=True)
class _Doing:
    """One interaction as it was asked for."""

    act: Act
    interaction: str
    type: str
    query: str


class Visit:
    """One actor's request. `policy` is the role's, None for those who are not bound by a role."""

    def __init__(
        self,
        actor: Actor,
        scope: Scope,
        policy: Policy | None,
        write: Write,
        explaining: Explaining,
        request: str,
        settled: Settled,
    ) -> None:
        self.actor = actor
        self.scope = scope
        self.policy = policy
        self._write = write
        self._explaining = explaining
        self._request = request
        self.settled = settled
        """Returns when all that was read so far is in the log, where one waits for that at all."""

    def now(self) -> datetime:
        """The time, aware."""
        return self._explaining.now()

    def permit(self, act: Act, type_name: str) -> None:
        """Raise Forbidden when the role does not do such a thing to resources of that type ("": of any)."""
        if self.policy is None or not type_name or self.policy.allows(act, type_name):
            return
        if act is Act.READ and type_name == LOG:
            return
        title = self.policy.title["en"]
        raise Forbidden(f"The role '{title}' does not {_WORDS[act]} {type_name}. Switch to a role that does.")

    @property
    def overrides(self) -> bool:
        """Whether the role overrides blocks."""
        return self.policy is not None and Right.OVERRIDE in self.policy.rights

    async def within_reach(self, references: Iterable[str]) -> set[str]:
        """Those of the references ("Observation/7", with or without a version) that the actor reaches now."""
        return await self._explaining.within_reach(references, self.scope)

    async def protected(self, citizens: Iterable[int]) -> set[int]:
        """Those of the citizens (keys) whose address is protected now."""
        return await self._explaining.protected(citizens)

    @asynccontextmanager
    async def doing(
        self, act: Act, interaction: str, type_name: str, id: str = "", query: str = ""
    ) -> AsyncIterator[Note]:
        """Do one interaction, permitted and logged, failures too: the block notes what it meets."""
        note = Note()
        doing = _Doing(act, interaction, type_name, query)
        try:
            self._require(doing)
            yield note
        except Fault as fault:
            await self._write([await self._refused(fault, doing, type_name, id)])
            raise
        except Exception as error:
            with suppress(Exception):  # the log may be what failed
                await self._write([await self._refused(error, doing, type_name, id)])
            raise
        if act is Act.READ:
            await self._tell(doing, note)
        else:  # it is done, also when nobody waits for the answer
            await asyncio.shield(self._tell(doing, note))

    @asynccontextmanager
    async def searching(self, searches: Sequence[tuple[str, str]]) -> AsyncIterator[list[Note]]:
        """Several searches (type, query) asked together: each is permitted and logged, in one writing."""
        asked = [
            _Doing(Act.READ, "search-type" if name else "search-system", name, query)
            for name, query in searches
        ]
        notes = [Note() for _ in asked]
        try:
            for doing in asked:
                self._require(doing)
            yield notes
        except Exception as error:
            with suppress(Exception) if not isinstance(error, Fault) else nullcontext():
                refused = [await self._refused(error, doing, doing.type, "") for doing in asked]
                await self._write(refused)
            raise
        is_open = set().union(*(note.met for note in notes)) - {0}
        met = [await self._met(doing, note, is_open) for doing, note in zip(asked, notes, strict=True)]
        await self._write([entry for entries in met for entry in entries])

    @asynccontextmanager
    async def referring(self) -> AsyncIterator[Referred]:
        """Log what the conditional references of a Bundle find, as the searches that they are: also when the
        Bundle fails, because what was asked has been learnt. What is nobody's is one entry for each type.
        """
        found: dict[tuple[str, str], Note] = {}

        def referred(type_name: str, parameters: Parameters, stored: Stored | None) -> None:
            about = named(type_name, parameters)
            personal = bool(about.citizens) or about.everybody or (stored is not None and stored.citizen != 0)
            note = found.setdefault((type_name, as_logged(parameters) if personal else ""), Note())
            note.asked.update(about.citizens)
            note.met_with(stored, named=stored is not None and about.names(stored.citizen))

        try:
            yield referred
        finally:
            entries: list[Access] = []
            for (type_name, query), note in found.items():
                once = replace(note, met={key: list(dict.fromkeys(met)) for key, met in note.met.items()})
                entries += await self._met(_Doing(Act.READ, "search-type", type_name, query), once)
            await asyncio.shield(self._write(entries))

    def _require(self, doing: _Doing) -> None:
        """Raise Forbidden for what the role, or the app that acts for the person, does not do."""
        self.permit(doing.act, doing.type)
        if self.actor.granted is not None:
            conditional = _seeks(doing.interaction, doing.query)
            self.actor.granted.check(doing.interaction, doing.type, conditional=conditional)

    async def _tell(self, doing: _Doing, note: Note) -> None:
        """Log what was met: one entry for each citizen, or one that there was none."""
        entries: list[Access] = []
        for act, part in note.parts.items() or ((doing.act, note),):
            same = doing if part is note else _Doing(act, doing.interaction, doing.type, doing.query)
            entries += await self._met(same, part)
            if act is not Act.READ:
                entries += [self._granted(act, role) for role in part.roles]
        await self._write(entries)

    async def _met(self, doing: _Doing, note: Note, is_open: Collection[int] = ()) -> list[Access]:
        """What an interaction met and asked about. The records of the citizens `is_open` were open just now,
        to searches that were asked together with it."""
        citizens = [citizen for citizen in note.met if citizen]
        doing = await self._discreet(doing, {*citizens, *note.asked})
        grounds = await self._grounds(citizens, note)
        now = self._explaining.now()  # who was met at once is told of together
        entries = [
            self._access(
                doing, citizen, note.met[citizen], *grounds[citizen], named=citizen in note.named, moment=now
            )
            for citizen in citizens
        ]
        if asked := note.asked.difference(citizens):
            explained = await self._explaining.of(asked.intersection(is_open), self.scope, self.actor)
            if shut := asked.difference(is_open):
                explained |= await self._explaining.asked(shut, self.scope, self.actor)
            entries += [self._access(doing, citizen, [], *ground) for citizen, ground in explained.items()]
        for fault, type_name, id in note.failed:
            entries.append(await self._refused(fault, doing, type_name, id))
        if 0 in note.met or not entries:
            shared = Decision(True, note.basis or Basis.SHARED)
            entries.append(self._access(doing, 0, note.met.get(0, []), "", shared))
        return entries

    def _granted(self, act: Act, role: Stored) -> Access:
        """That somebody was given a role, or that it was changed or taken away: an event of its own."""
        gone = act is Act.DELETE or role.body is None
        doing = _Doing(act, ROLE_ENDED if gone else ROLE_GIVEN, ROLE, "")
        told = "" if role.body is None else employments.said(role.body)
        reference = f"{ROLE}/{role.id}/_history/{role.version}"
        return self._access(doing, 0, [reference], "", Decision(True, Basis.SHARED, reason=told))

    async def _grounds(self, citizens: Iterable[int], note: Note) -> dict[int, Explained]:
        if note.basis is None:
            return await self._explaining.of(citizens, self.scope, self.actor)
        decision = Decision(True, note.basis, reason=note.reason)
        return {citizen: (await self._explaining.patient(citizen), decision) for citizen in citizens}

    async def _refused(self, fault: Exception, doing: _Doing, type_name: str, id: str) -> Access:
        asked = [f"{type_name}/{id}"] if id else []
        citizen, patient, decision = 0, "", Decision(False, Basis.FAILED)
        if id:
            citizen, (patient, hidden) = await self._explaining.refused(type_name, id, self.scope)
            if isinstance(fault, NotFound) and citizen:
                decision = hidden
        elif isinstance(fault, Fault) and fault.citizen:
            citizen, patient, decision = await self._attempted(fault.citizen)
        doing = await self._discreet(doing, {citizen} - {0})
        if isinstance(fault, Forbidden):
            basis = Basis.GRANT if isinstance(fault, BeyondGrant) else Basis.ROLE
            decision = Decision(False, basis)
        return self._access(doing, citizen, asked, patient, decision)

    async def _attempted(self, citizen: int) -> tuple[int, str, Decision]:
        """Whom a refused write was about, for their log, if the record is not open to the one who acts."""
        explained = await self._explaining.asked({citizen}, self.scope, self.actor)
        patient, decision = explained.get(citizen, ("", Decision(True, Basis.SHARED)))
        return (0, "", Decision(False, Basis.FAILED)) if decision.permit else (citizen, patient, decision)

    async def _discreet(self, doing: _Doing, citizens: set[int]) -> _Doing:
        """What was done as the log has it: without the values of a search that met, or is about, somebody
        whose address is protected. One protected less than GOOD_FOR ago may be taken for one who is not.
        """
        if not doing.query:
            return doing
        about = {*citizens, *cited(doing.type, doing.query)}
        if not about or not await self._explaining.protected(about, within=GOOD_FOR):
            return doing
        return replace(doing, query=names_only(doing.query))

    def _access(
        self,
        doing: _Doing,
        citizen: int,
        references: Sequence[str],
        patient: str,
        decision: Decision,
        *,
        named: bool = True,
        moment: datetime | None = None,
    ) -> Access:
        return Access(
            moment=moment or self._explaining.now(),
            actor=self.actor,
            action=_ACTIONS[doing.act],
            interaction=doing.interaction,
            citizen=citizen,
            patient=patient,
            resources=tuple(references),
            query=doing.query,
            decision=decision,
            request=self._request,
            asked=doing.type,
            named=named,
        )


def _seeks(interaction: str, query: str) -> bool:
    """Whether a write finds its resource by a search."""
    return bool(query) and interaction in ("create", "update", "patch", "delete")
