"""The journal: the record as one actor may see it.

async with journal.open(actor) as j:
    patient = await j.read("Patient", id)
"""

import asyncio
from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from fellesjournal.access import attorney, called_off, calling, emergency, finding, own_details, together
from fellesjournal.access.actor import Actor
from fellesjournal.access.attorney import Power
from fellesjournal.access.audit.lines import Line
from fellesjournal.access.bundled import ACTS, act_of, interaction_of
from fellesjournal.access.criteria import as_logged
from fellesjournal.access.decision import Basis
from fellesjournal.access.explaining import Explaining
from fellesjournal.access.gathering import Gathered
from fellesjournal.access.granted import BeyondGrant
from fellesjournal.access.guard.grants import EMERGENCY, OVERRIDE
from fellesjournal.access.logbook import Logbook, LogPage
from fellesjournal.access.naming import NOBODY, named
from fellesjournal.access.overseeing import FollowUps, Overseeing, Questions
from fellesjournal.access.own_details import Details
from fellesjournal.access.policies import Act
from fellesjournal.access.scoping import Scoping
from fellesjournal.access.visit import LOG, Visit, Write
from fellesjournal.errors import Forbidden, NotFound
from fellesjournal.record.record import Record
from fellesjournal.record.reindex import Reindexed
from fellesjournal.record.scope import Scope
from fellesjournal.record.stored import Answered, Entry, Page, Parameters, Question, Stored, Written
from fellesjournal.record.transaction.steps import CheckRead
from fellesjournal.record.wording.find import Find, Finds, Writing
from fellesjournal.terminology.wording.sought import Sought

__all__ = [
    "EMERGENCY",
    "OVERRIDE",
    "Answered",
    "Entry",
    "Find",
    "Finds",
    "FollowUps",
    "Journal",
    "Line",
    "LogPage",
    "OpenJournal",
    "Page",
    "Parameters",
    "Power",
    "Question",
    "Questions",
    "Reindexed",
    "Stored",
    "Writing",
    "Written",
]


class OpenJournal(Overseeing):
    """The journal while it is open: every interaction within the actor's scope, permitted and logged. For
    `parties` see Scope, for `within_reach` and `settled` Visit.
    """

    def __init__(
        self, record: Record, visit: Visit, scope: Scope, reading: Scope, logbook: Logbook | None
    ) -> None:
        super().__init__(record, visit, logbook)
        self._scope = scope
        self._reading = reading
        self.actor = visit.actor
        self.parties, self.within_reach, self.settled = scope.parties, visit.within_reach, visit.settled

    @property
    def strict(self) -> "OpenJournal":
        """The same journal, where what is written is weighed whoever writes it: also what systems of the
        whole region do now, in place of what they bring in as it was.
        """
        scope = replace(self._scope, strict=True)
        return OpenJournal(self._record, self._visit, scope, self._reading, self._logbook)

    async def read(self, type_name: str, id: str) -> Stored:
        """See Record.read; of an AuditEvent Logbook.read."""
        if type_name == LOG and self._logbook:
            return await self._logbook.read(self._visit, id)
        async with self._visit.doing(Act.READ, "read", type_name, id) as note:
            stored = await self._read(type_name, id)
            note.met_with(stored)
        return stored

    async def vread(self, type_name: str, id: str, version: int) -> Stored:
        """See Record.vread."""
        self._not_of_the_log(type_name, "Read AuditEvent/[id]: an entry of the log has one version.")
        async with self._visit.doing(Act.READ, "vread", type_name, id) as note:
            stored = await self._record.vread(type_name, id, version, scope=self._scope)
            note.met_with(stored)
        return stored

    async def create(
        self, type_name: str, body: bytes, *, if_none_exist: Parameters | None = None
    ) -> Written:
        """See Record.create."""
        self._not_of_the_log(type_name)
        query = as_logged(if_none_exist or ())
        async with self._visit.doing(Act.CREATE, "create", type_name, query=query) as note:
            written = await self._record.create(
                type_name, body, scope=self._scope, if_none_exist=if_none_exist
            )
            note.part(Act.CREATE if written.created else Act.READ).met_with(written.stored)
        return written

    async def update(self, type_name: str, id: str, body: bytes, *, if_match: int | None = None) -> Written:
        """See Record.update."""
        self._not_of_the_log(type_name)
        async with self._visit.doing(Act.UPDATE, "update", type_name, id) as note:
            written = await self._record.update(type_name, id, body, scope=self._scope, if_match=if_match)
            note.part(Act.CREATE if written.created else Act.UPDATE).met_with(written.stored)
        return written

    async def update_where(
        self, type_name: str, criteria: Parameters, body: bytes, *, if_match: int | None = None
    ) -> Written:
        """See Record.update_where."""
        self._not_of_the_log(type_name)
        async with self._visit.doing(Act.UPDATE, "update", type_name, query=as_logged(criteria)) as note:
            written = await self._record.update_where(
                type_name, criteria, body, scope=self._scope, if_match=if_match
            )
            note.part(Act.CREATE if written.created else Act.UPDATE).met_with(written.stored)
        return written

    async def patch(self, type_name: str, id: str, body: bytes, *, if_match: int | None = None) -> Written:
        """See Record.patch."""
        self._not_of_the_log(type_name)
        async with self._visit.doing(Act.UPDATE, "patch", type_name, id) as note:
            written = await self._record.patch(type_name, id, body, scope=self._scope, if_match=if_match)
            note.met_with(written.stored)
        return written

    async def patch_where(
        self, type_name: str, criteria: Parameters, body: bytes, *, if_match: int | None = None
    ) -> Written:
        """See Record.patch_where."""
        self._not_of_the_log(type_name)
        async with self._visit.doing(Act.UPDATE, "patch", type_name, query=as_logged(criteria)) as note:
            written = await self._record.patch_where(
                type_name, criteria, body, scope=self._scope, if_match=if_match
            )
            note.met_with(written.stored)
        return written

    async def delete(self, type_name: str, id: str, *, if_match: int | None = None) -> Stored | None:
        """See Record.delete."""
        self._not_of_the_log(type_name)
        async with self._visit.doing(Act.DELETE, "delete", type_name, id) as note:
            gone = await self._record.delete(type_name, id, scope=self._scope, if_match=if_match)
            note.met_with(gone)
        return gone

    async def delete_where(
        self, type_name: str, criteria: Parameters, *, if_match: int | None = None, several: bool = False
    ) -> int:
        """See Record.delete_where."""
        self._not_of_the_log(type_name)
        async with self._visit.doing(Act.DELETE, "delete", type_name, query=as_logged(criteria)) as note:
            gone = await self._record.delete_where(
                type_name, criteria, scope=self._scope, if_match=if_match, several=several
            )
            for stored in gone:
                note.met_with(stored)
        return len(gone)

    async def history(self, type_name: str | None, id: str | None, parameters: Parameters) -> Page:
        """See Record.history. Raises Forbidden for the history of more than one resource, but to systems."""
        self._not_of_the_log(type_name or "", "An entry of the log has one version: there is no history.")
        interaction = "history-instance" if id else "history-type" if type_name else "history-system"
        query = as_logged(parameters)
        async with self._visit.doing(Act.READ, interaction, type_name or "", id or "", query) as note:
            if id is None and not self._scope.whole:
                raise Forbidden("The history of a whole type is for systems; ask for one resource's.")
            page = await self._record.history(type_name, id, parameters, scope=self._scope)
            for entry in page.entries:
                note.met_with(entry.stored, named=id is not None)
        return page

    async def search(
        self,
        type_name: str | None,
        parameters: Parameters,
        *,
        compartment: tuple[str, str] | None = None,
        lenient: bool = False,
    ) -> Page:
        """See Record.search; of AuditEvents Logbook.search."""
        if type_name == LOG and self._logbook:
            return await self._logbook.search(self._visit, parameters, compartment, lenient=lenient)
        interaction = "search-type" if type_name else "search-system"
        query = as_logged(parameters)
        about = named(type_name, parameters, compartment)
        scope = self._scope.asked_about(about.citizens)
        async with self._visit.doing(Act.READ, interaction, type_name or "", query=query) as note:
            page = await self._record.search(
                type_name, parameters, scope=scope, lenient=lenient, compartment=compartment
            )
            note.page(page, about)
        return page

    async def called_off(self, ids: Sequence[str]) -> dict[str, str]:
        """The names of the citizens of those of some Appointments that are within reach and cancelled, by
        reference: see called_off.py."""
        page = await self.search("Appointment", called_off.asked(ids))
        return await called_off.names(self._record, page.entries)

    async def search_together(self, asked: Sequence[Question]) -> list[Page]:
        """See together.search."""
        return await together.search(self._record, self._visit, self._scope, asked)

    async def find(self, id: str, wanted: Sought, *, most: int, types: Collection[str] = ()) -> Finds:
        """See finding.find."""
        return await finding.find(self._record, self._visit, self._scope, id, wanted, most, types)

    async def blocked(self, id: str) -> int:
        """See finding.blocked."""
        return await finding.blocked(self._record, self._visit, self._scope, id)

    async def written(self, type_name: str, id: str) -> Writing:
        """A resource with its texts and those of its files; see Record.written."""
        async with self._visit.doing(Act.READ, "read", type_name, id) as note:
            stored = await self._read(type_name, id)
            note.met_with(stored)
            return await self._record.written(stored, scope=self._scope)

    async def everything(self, id: str, parameters: Parameters) -> Page:
        """See Record.everything."""
        about = named("Patient", [("_id", id)])
        scope = self._scope.asked_about(about.citizens)
        async with self._visit.doing(Act.READ, "everything", "Patient", id, as_logged(parameters)) as note:
            page = await self._record.everything(id, parameters, scope=scope)
            note.page(page, about)
        return page

    async def transact(
        self, bundle: bytes, check_read: CheckRead | None = None
    ) -> tuple[str, list[Answered]]:
        """See Record.transact: type and answers. Each entry is permitted, and logged, as what it is."""
        async with self._visit.doing(Act.READ, "transaction", "") as whole:
            async with self._visit.referring() as referred:
                kind, answers = await self._record.transact(
                    bundle,
                    scope=self._scope,
                    check_read=check_read,
                    permit=self._permit,
                    referred=referred,
                )
            for answer in answers:
                _, type_name, id = answer.asked
                note = whole.part(act_of(answer))
                note.met_with(answer.stored)
                if answer.page is not None:
                    note.page(answer.page, named(type_name, answer.page.asked) if not id else NOBODY)
                if answer.fault is not None:
                    note.refused(answer.fault, type_name, id)
        return kind, answers

    async def reindex(self, url: str | None) -> Reindexed:
        """See Record.reindex."""
        async with self._visit.doing(Act.UPDATE, "reindex", "SearchParameter"):
            return await self._record.reindex(url, scope=self._scope)

    async def take(self, grant: str, id: str, identifier: str, reason: str) -> Stored:
        """Take emergency access to a citizen (EMERGENCY), or override the blocks of one (OVERRIDE).

        The citizen is named by id or by an identifier ("system|value"). See emergency.taken.
        """
        async with self._visit.doing(Act.READ, "emergency", "Patient", id, identifier) as note:
            task = await emergency.taken(self._record, self._visit, grant, id, identifier, reason)
            note.met_with(task)
            note.basis = Basis.EMERGENCY if grant == EMERGENCY else Basis.OVERRIDE
            note.reason = reason.strip()
        return task

    async def by_number(self, number: str) -> calling.Caller:
        """Who calls to be given an appointment, by the whole identity number; see calling.found."""
        query = as_logged([("identifier", number)])
        async with self._visit.doing(Act.READ, "search-type", "Patient", query=query) as note:
            found = await calling.found(self._record, self._visit, number)
            note.met_with(found)
            note.basis = Basis.OPENING
        return calling.told(found)

    async def give_power(self, power: Power) -> Stored:
        """Give another a power of attorney over one's own record; see attorney.given."""
        async with self._visit.doing(Act.CREATE, "create", "") as note:
            related = await attorney.given(self._record, self._visit, power)
            note.met_with(related)
        return related

    async def end_power(self, id: str) -> Stored:
        """End a power of attorney that one has given or holds, RelatedPerson/[id]; see attorney.ended."""
        async with self._visit.doing(Act.UPDATE, "update", "") as note:
            related = await attorney.ended(self._record, self._visit, id)
            note.met_with(related)
        return related

    async def change_details(self, details: Details) -> Stored:
        """Change how one is reached oneself; see own_details.changed."""
        async with self._visit.doing(Act.UPDATE, "update", "") as note:
            patient = await own_details.changed(self._record, self._visit, details)
            note.met_with(patient)
        return patient

    async def _read(self, type_name: str, id: str) -> Stored:
        """A resource by id; of a type of which only some are open, through the search that finds those."""
        if not any(name == type_name for name in self._conditional):
            return await self._record.read(type_name, id, scope=self._reading)
        page = await self._record.search(type_name, [("_id", id)], scope=self._reading)
        if not page.entries:
            raise NotFound(f"There is no {type_name}/{id}.")
        return page.entries[0].stored

    @property
    def _conditional(self) -> Iterable[str]:
        return self.actor.granted.conditions("r") if self.actor.granted else ()

    def _permit(self, method: str, type_name: str, sought: str) -> None:
        """An entry of a Bundle is read as it is stored, so types that are open in part are not read there."""
        self._not_of_the_log(type_name, "Read and search AuditEvent by itself, not in a Bundle.")
        self._visit.permit(ACTS[method], type_name)
        if self.actor.granted is None:
            return
        interaction = interaction_of(method, sought)
        self.actor.granted.check(interaction, type_name, conditional=method != "GET" and sought == "search")
        if interaction == "read" and type_name in self._conditional:
            raise BeyondGrant(f"{type_name} is open to the app in part: read it with a GET of its own.")

    def _not_of_the_log(self, type_name: str, advice: str = "") -> None:
        """Raise Forbidden for what is not done to AuditEvents, by anybody."""
        if type_name == LOG and self._logbook:
            advice = advice or "Nobody sends, changes or deletes an AuditEvent."
            raise Forbidden(f"The log of every access is written by the record itself. {advice}")


class Journal:
    """Opens the record for actors. `write` writes the log (access.audit), `logbook` reads it; without one
    AuditEvents are resources like others.
    """

    def __init__(
        self,
        record: Record,
        scoping: Scoping,
        write: Write,
        explaining: Explaining,
        logbook: Logbook | None = None,
    ) -> None:
        self._record = record
        self._scoping = scoping
        self._write = write
        self._explaining = explaining
        self.logbook = logbook

    async def reaches(self, actor: Actor, type_name: str, key: int) -> bool:
        """Whether an actor would find a resource of a type, by its key, now. Nothing is read, nor logged."""
        scope, policy = await self._scoping.of(actor)
        reads = policy is None or policy.allows(Act.READ, type_name)
        return reads and key in await self._record.within_reach((key,), scope=scope)

    @asynccontextmanager
    async def open(
        self, actor: Actor, request: str = "", *, gathers: bool = False
    ) -> AsyncIterator[OpenJournal]:
        """The journal for one request. Raises NotFound for an actor to whom there is no record here.

        With `gathers` what is read is in the log when the block is left, and not sooner: its answer must wait
        for that.
        """
        scope, policy = await self._scoping.of(actor)
        gathered = Gathered(self._write)
        write = gathered.write if gathers else self._write
        visit = Visit(actor, scope, policy, write, self._explaining, request, gathered.settle)
        searching, reading = scope, scope
        if actor.granted is not None:
            searching, reading = await self._scoping.narrowed(scope, actor)
        try:
            yield OpenJournal(self._record, visit, searching, reading, self.logbook)
        finally:  # also when nobody waits for the answer
            await asyncio.shield(gathered.leave())
