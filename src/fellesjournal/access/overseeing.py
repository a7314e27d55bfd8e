"""The open journal as it is about the log: read in words, asked about, and followed up."""

from dataclasses import dataclass
from datetime import date, datetime

from fellesjournal.access import asking, follow_up
from fellesjournal.access.audit.lines import Line
from fellesjournal.access.audit.sentences import FOLLOW_UP, LOG_QUESTION
from fellesjournal.access.audit.unusual import Unusual
from fellesjournal.access.decision import Basis
from fellesjournal.access.logbook import Logbook, LogPage, require_oversight
from fellesjournal.access.policies import Act
from fellesjournal.access.visit import Visit
from fellesjournal.errors import NotFound
from fellesjournal.record.record import Record
from fellesjournal.record.stored import Parameters, Stored


@dataclass(frozen=True, slots=True)
class FollowUps:
    """A page of what was taken; `end` is where it ended ("": there is no more)."""

    taken: list[follow_up.Taken]
    end: str


@dataclass(frozen=True, slots=True)
class Questions:
    """A page of what was asked about the log; `end` is where it ended ("": there is no more)."""

    asked: list[asking.Asked]
    end: str


class Overseeing:
    """The log for an actor. Without a `logbook` there is none to read."""

    def __init__(self, record: Record, visit: Visit, logbook: Logbook | None) -> None:
        self._record = record
        self._visit = visit
        self._logbook = logbook
        self.actor = visit.actor

    def now(self) -> datetime:
        """The time, aware."""
        return self._visit.now()

    async def access_log(self, id: str, parameters: Parameters) -> LogPage:
        """A page of what was done in a citizen's record, in plain words; see Logbook.of_citizen."""
        if self._logbook is None:
            raise NotFound("There is no log here.")
        return await self._logbook.of_citizen(self._visit, id, parameters)

    async def access_line(self, event: str, language: str) -> Line:
        """One entry of one's own log in words; see Logbook.line."""
        if self._logbook is None:
            raise NotFound("There is no log here.")
        return await self._logbook.line(self._visit, event, language)

    async def own_changes(self, citizen: int, since: datetime) -> set[str]:
        """The versions that the actor has written into a citizen's record; see Logbook.changes."""
        return await self._logbook.changes(self._visit, citizen, since) if self._logbook else set()

    async def ask_about(self, event: str, language: str, text: str) -> Stored:
        """Ask about an entry of one's own log; see asking.ask."""
        line = await self.access_line(event, language)
        async with self._visit.doing(Act.CREATE, LOG_QUESTION, "") as note:
            task = await asking.ask(self._record, self._visit, line, text)
            note.met_with(task)
        return task

    async def log_questions(self, *, done: bool, after: str = "") -> Questions:
        """Questions about the log that wait, or that have an answer, by pages: the privacy officer's."""
        async with self._visit.doing(Act.READ, LOG_QUESTION, "") as note:
            require_oversight(self._visit)
            page = await asking.page(self._record, done=done, after=after)
            note.basis = Basis.OVERSIGHT
            for entry in page.entries:
                note.met_with(entry.stored)
        return Questions([asking.asked(entry.stored) for entry in page.entries], follow_up.end_of(page))

    async def answer_question(self, id: str, text: str) -> Stored:
        """Answer one of them; see asking.answered."""
        async with self._visit.doing(Act.UPDATE, LOG_QUESTION, "") as note:
            require_oversight(self._visit)
            author = {"authorReference": {"reference": self.actor.person, "display": self.actor.display}}
            stored = await asking.answered(self._record, id, text, author, self._visit.now())
            note.met_with(stored)
            note.basis = Basis.OVERSIGHT
        return stored

    async def follow_ups(self, *, done: bool, after: str = "") -> FollowUps:
        """Emergency access and overridden blocks to follow up, or that were, newest first, by pages.

        Raises Forbidden for others than the privacy officer. Each citizen's log tells of it.
        """
        async with self._visit.doing(Act.READ, FOLLOW_UP, "") as note:
            require_oversight(self._visit)
            page = await follow_up.page(self._record, done=done, after=after)
            note.basis = Basis.OVERSIGHT
            for entry in page.entries:
                note.met_with(entry.stored)
        return FollowUps([follow_up.taken(entry.stored) for entry in page.entries], follow_up.end_of(page))

    async def follow_up(self, id: str, sentence: str, *, undo: bool = False) -> Stored:
        """Mark one of them as followed up, or undo that, with a sentence; see follow_up.marked."""
        async with self._visit.doing(Act.UPDATE, FOLLOW_UP, "") as note:
            require_oversight(self._visit)
            author = {"authorReference": {"reference": self.actor.person, "display": self.actor.display}}
            now = self._visit.now()
            stored = await follow_up.marked(self._record, id, sentence, author, now, undo=undo)
            note.met_with(stored)
            note.basis, note.reason = Basis.OVERSIGHT, sentence.strip()
        return stored

    async def unusual(self, first: date, last: date) -> list[Unusual]:
        """Whose days (in Norway, both included) call for a look; see Logbook.unusual."""
        if self._logbook is None:
            raise NotFound("There is no log here.")
        return await self._logbook.unusual(self._visit, self._record, first, last)
