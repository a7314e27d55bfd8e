"""The door for many resources at once: what a command of the site's operator brings in, or takes out.

It writes as an actor whose role permits that, like everybody else, and each citizen's log tells of it: one
entry for each batch. So it does of what is taken out, before any of it is.
"""

from collections.abc import AsyncIterable, Iterable, Sequence
from datetime import datetime

from fellesjournal.access.actor import Actor
from fellesjournal.access.audit.access import Access
from fellesjournal.access.decision import Basis, Decision
from fellesjournal.access.explaining import Explaining
from fellesjournal.access.policies import Act, Policy
from fellesjournal.access.visit import Write
from fellesjournal.errors import Forbidden

OPERATOR = Actor(person="operator", role="fagsystem", purpose="HSYSADMIN", display="fellesjournal import")
"""Who runs the commands of a site: someone with the database's password."""
EXPORTER = Actor(person="export", role="fagsystem", purpose="HSYSADMIN", display="fellesjournal export")
"""Who takes out the record, or the log, by a command."""


class BulkDoor:
    """Permits, and logs. `write` writes the log (access.audit)."""

    def __init__(self, actor: Actor, policy: Policy, write: Write, explaining: Explaining) -> None:
        self._actor, self._policy = actor, policy
        self._write, self._explaining = write, explaining
        self._patients: dict[int, str] = {}

    def permit(self, type_name: str) -> None:
        """Raise Forbidden for what the actor's role does not write."""
        if not self._policy.allows(Act.UPDATE, type_name):
            title = self._policy.title["en"]
            raise Forbidden(f"The role '{title}' does not write {type_name}.")

    async def tell(self, written: Iterable[tuple[int, str, str]]) -> None:
        """Log what was stored: (citizen's key, 0 for nobody's; type; id) of each. Returns when it is safe."""
        met: dict[int, list[str]] = {}
        for citizen, type_name, id in written:
            met.setdefault(citizen, []).append(f"{type_name}/{id}")
            if citizen and type_name == "Patient":
                self._patients[citizen] = f"Patient/{id}"
        now = self._explaining.now()
        await self._write([await self._entry(now, *one) for one in met.items()])

    async def _entry(self, now: datetime, citizen: int, references: list[str]) -> Access:
        patient = self._patients.get(citizen, "")
        if citizen and not patient:
            patient = self._patients[citizen] = await self._explaining.patient(citizen)
        return Access(
            moment=now,
            actor=self._actor,
            action="C",
            interaction="import",
            citizen=citizen,
            patient=patient,
            resources=tuple(references),
            query="",
            decision=Decision(True, Basis.SYSTEM),
            request="",
        )


async def tell_of_export(
    write: Write, now: datetime, citizens: AsyncIterable[Sequence[tuple[int, str]]]
) -> None:
    """Log that everything is taken out: of what is nobody's, and of each citizen (key, id of the Patient, or
    ""). Returns when it is safe.
    """
    await write([taken_out(now, 0, "")])
    async for some in citizens:
        await write([taken_out(now, key, f"Patient/{id}" if id else "") for key, id in some])


def taken_out(now: datetime, citizen: int, patient: str, asked: str = "", query: str = "") -> Access:
    """The entry of what is taken out: of a citizen, or (0) of what is nobody's; of one type, or of all."""
    return Access(
        moment=now,
        actor=EXPORTER,
        action="R",
        interaction="export",
        citizen=citizen,
        patient=patient,
        resources=(),
        query=query,
        decision=Decision(True, Basis.SYSTEM),
        request="",
        asked=asked,
    )
