"""One request of one actor: what the role permits, what is within reach, and what the log is told of it."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

from fellesjournal.access.actor import Actor
from fellesjournal.access.audit.access import Access
from fellesjournal.access.decision import Basis, Decision
from fellesjournal.access.explaining import Explaining
from fellesjournal.access.granted import BeyondGrant
from fellesjournal.access.policies import Act, Policy
from fellesjournal.errors import Fault, Forbidden, Gone, NotFound
from fellesjournal.record.scope import Scope
from fellesjournal.record.stored import Page, Stored

Write = Callable[[Sequence[Access]], Awaitable[None]]
"""Writes what was done into the log; returns when that is safe (access.audit)."""

_ACTIONS = {Act.READ: "R", Act.CREATE: "C", Act.UPDATE: "U", Act.DELETE: "D"}
_WORDS = {
    Act.READ: "read",
    Act.CREATE: "create",
    Act.UPDATE: "change",
    Act.DELETE: "delete",
}


@dataclass(slots=True)
class Note:
    """What one interaction met, by citizen (key; 0: nobody's): references with their versions; what was
    refused of it, and the parts of it that were other acts.
    """

    met: dict[int, list[str]] = field(default_factory=dict)
    failed: list[tuple[Fault, str, str]] = field(default_factory=list)
    parts: "dict[Act, Note]" = field(default_factory=dict)

    def met_with(self, stored: Stored | None) -> None:
        """A version that was read or written."""
        if stored is not None:
            told = f"{stored.type}/{stored.id}/_history/{stored.version}"
            self.met.setdefault(stored.citizen, []).append(told)

    def refused(self, fault: Fault, type_name: str, id: str) -> None:
        """A part that failed, and what it asked for."""
        self.failed.append((fault, type_name, id))

    def part(self, act: Act) -> "Note":
        """The note of all parts that are the same act."""
        return self.parts.setdefault(act, Note())

    def page(self, page: Page) -> None:
        """All that is on a page."""
        for entry in page.entries:
            self.met_with(entry.stored)


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
    ) -> None:
        self.actor = actor
        self.scope = scope
        self._policy = policy
        self._write = write
        self._explaining = explaining
        self._request = request

    def permit(self, act: Act, type_name: str) -> None:
        """Raise Forbidden when the role does not do such a thing to resources of that type ("": of any)."""
        if self._policy is None or not type_name or self._policy.allows(act, type_name):
            return
        title = self._policy.title["en"]
        raise Forbidden(f"The role '{title}' does not {_WORDS[act]} {type_name}. Switch to a role that does.")

    @asynccontextmanager
    async def doing(
        self, act: Act, interaction: str, type_name: str, id: str = "", query: str = ""
    ) -> AsyncIterator[Note]:
        """Do one interaction, permitted and logged, failures too: the block notes what it meets."""
        note = Note()
        try:
            self.permit(act, type_name)
            if self.actor.granted is not None:
                self.actor.granted.check(interaction, type_name, conditional=_seeks(interaction, query))
            yield note
        except Fault as fault:
            await self._write([await self._refused(fault, act, interaction, type_name, id, query)])
            raise
        for part_act, part in note.parts.items() or ((act, note),):
            await self._tell(part_act, interaction, part, query)

    async def _tell(self, act: Act, interaction: str, note: Note, query: str) -> None:
        """Log what was met: one entry for each citizen, or one that there was none."""
        citizens = [citizen for citizen in note.met if citizen]
        grounds = await self._explaining.of(citizens, self.scope, self.actor)
        now = self._explaining.now()
        entries = [
            self._access(now, act, interaction, citizen, note.met[citizen], query, *grounds[citizen])
            for citizen in citizens
        ]
        for fault, type_name, id in note.failed:
            entries.append(await self._refused(fault, act, interaction, type_name, id, query))
        if 0 in note.met or not entries:
            shared = Decision(True, Basis.SHARED)
            entries.append(self._access(now, act, interaction, 0, note.met.get(0, []), query, "", shared))
        await self._write(entries)

    async def _refused(
        self, fault: Fault, act: Act, interaction: str, type_name: str, id: str, query: str
    ) -> Access:
        asked = [f"{type_name}/{id}"] if id else []
        citizen, patient = await self._explaining.whose(type_name, id) if id else (0, "")
        basis = Basis.FAILED
        if isinstance(fault, BeyondGrant):
            basis = Basis.GRANT
        elif isinstance(fault, Forbidden):
            basis = Basis.ROLE
        elif isinstance(fault, NotFound | Gone) and citizen:
            basis = Basis.NO_RELATION
        decision = Decision(False, basis)
        now = self._explaining.now()
        return self._access(now, act, interaction, citizen, asked, query, patient, decision)

    def _access(
        self,
        now: datetime,
        act: Act,
        interaction: str,
        citizen: int,
        references: Sequence[str],
        query: str,
        patient: str,
        decision: Decision,
    ) -> Access:
        return Access(
            moment=now,
            actor=self.actor,
            action=_ACTIONS[act],
            interaction=interaction,
            citizen=citizen,
            patient=patient,
            resources=tuple(references),
            query=query,
            decision=decision,
            request=self._request,
        )


def _seeks(interaction: str, query: str) -> bool:
    """Whether a write finds its resource by a search."""
    return bool(query) and interaction in ("create", "update", "patch", "delete")
