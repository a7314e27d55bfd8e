"""The log as it may be read: citizens read of their own record, everybody of what they did themselves, and
the privacy officer (Right.AUDIT) of everybody. pasientjournalloven § 18 gives the citizen that right.
Of one's own acts those are read that gave something: what was refused, or met nothing, tells what is hidden.
Representatives read of the record of the one they act for, as far as they may read that record itself.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import asyncpg
from msgspec.structs import replace as changed

from fellesjournal.access.audit import lines, reading
from fellesjournal.access.audit.event import audit_event
from fellesjournal.access.audit.lines import Line
from fellesjournal.access.audit.log import SEAL
from fellesjournal.access.audit.question import Question, understand
from fellesjournal.access.audit.reading import Asked, Logged, gave
from fellesjournal.access.audit.sentences import Sentences
from fellesjournal.access.audit.texts import TEXTS
from fellesjournal.access.audit.unusual import Unusual, unusual
from fellesjournal.access.criteria import names_only
from fellesjournal.access.decision import Basis
from fellesjournal.access.naming import cited
from fellesjournal.access.policies import Act, Right
from fellesjournal.access.visit import LOG, Note, Visit
from fellesjournal.errors import Forbidden, Invalid, NotFound
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record.record import Record
from fellesjournal.record.stored import Entry, Page, Parameters, Stored

CITIZEN = "innbygger"
PARENT_OF_A_SMALL_CHILD = "forelder"
OBSERVER = "Fellesjournal"
LANGUAGES = tuple(TEXTS)
_MOST_CHANGES = 500
"""Acts of one's own that are looked through for what one has written."""
_NOBODY = Asked(person="\x01")
"""Of whom there is nothing in the log."""


@dataclass(frozen=True, slots=True)
class LogPage:
    """A page of a citizen's log in words, newest first; `next` are the parameters of the next page."""

    lines: list[Line]
    next: Parameters | None


class Logbook:
    """Reads the log for actors. What they may not read is not there. That it was read is logged too."""

    def __init__(self, pool: asyncpg.Pool, sentences: Sentences) -> None:
        self._pool = pool
        self._sentences = sentences

    async def read(self, visit: Visit, id: str) -> Stored:
        """One AuditEvent. Raises NotFound when there is none of the id, or it is not for this actor."""
        async with visit.doing(Act.READ, "read", LOG) as note:
            found = await self._entry(visit, id)
            if found is None:
                raise NotFound(f"There is no AuditEvent/{id}.")
            _tell(visit, note, found.access.citizen, [found])
        return _stored(found)

    async def search(
        self, visit: Visit, parameters: Parameters, compartment: tuple[str, str] | None, *, lenient: bool
    ) -> Page:
        """AuditEvents by `patient`, `agent`, `date`, `action`, `outcome` or `_id`, newest first; see
        audit.question.
        """
        if compartment:
            name = "patient" if compartment[0] == "Patient" else "agent"
            parameters = [(name, "/".join(compartment)), *parameters]
        question = understand(parameters, lenient=lenient)
        query = "&".join(f"{name}={value}" for name, value in question.asked)
        async with visit.doing(Act.READ, "search-type", LOG, query=query) as note:
            found = await self._found(visit, question)
            _tell(visit, note, question.citizen, found)
        page, following = found[: question.count], None
        if len(found) > question.count and page:
            following = question.following(page[-1].place)
        shown = [Entry(_stored(one)) for one in await _shown(visit, page)]
        return Page(shown, None, question.asked, following, question.ignored)

    async def of_citizen(self, visit: Visit, id: str, parameters: Parameters) -> LogPage:
        """What was done in a citizen's record, for the citizen, who represents them, and the privacy officer:
        acts of one person within some minutes are one line. Takes `date`, `_count` (entries), `_cursor` and
        `language`.

        Raises NotFound for anybody else.
        """
        language, others = _language(parameters)
        question = understand(
            [("patient", f"Patient/{id}"), *others], lenient=False, only=("patient", "date")
        )
        async with visit.doing(Act.READ, "$access-log", LOG) as note:
            if not (_oversees(visit) or _own(visit) == question.citizen):
                raise NotFound(f"There is no Patient/{id}.")
            found = await self._found(visit, question)
            _tell(visit, note, question.citizen, found)
        page, following = found[: question.count], None
        if len(found) > question.count and page:
            following = [pair for pair in question.following(page[-1].place) if pair[0] != "patient"]
            following.append(("language", language))
        shown = await _shown(visit, page)
        return LogPage(lines.lines(shown, self._sentences, language, visit.actor.person), following)

    async def line(self, visit: Visit, id: str, language: str) -> Line:
        """One entry of the log of a citizen, in words: for that citizen and who represents them.

        Raises NotFound for anybody else, and for an entry that is not there.
        """
        async with visit.doing(Act.READ, "$access-log", LOG) as note:
            found = await self._entry(visit, id)
            if found is None or _own(visit) is None or found.access.citizen != _own(visit):
                raise NotFound(f"There is no AuditEvent/{id}.")
            _tell(visit, note, found.access.citizen, [found])
        return lines.lines([found], self._sentences, language, visit.actor.person)[0]

    async def changes(self, visit: Visit, citizen: int, since: datetime) -> set[str]:
        """What the actor has written into a citizen's record since a moment, as versions
        ("Condition/7/_history/2"): what a screen need not tell them. It tells nothing of anybody else, and
        is no reading of the log to be logged."""
        found = await reading.changes(self._pool, citizen, visit.actor.person, since, _MOST_CHANGES)
        return {version for one in found for version in one.resources}

    async def unusual(self, visit: Visit, record: Record, first: date, last: date) -> list[Unusual]:
        """Whose days call for a look; see audit.unusual. Raises Forbidden for all but the privacy officer."""
        async with visit.doing(Act.READ, "unusual", "") as note:
            require_oversight(visit)
            found = await unusual(self._pool, record, first, last)
            note.basis = Basis.OVERSIGHT
            named = {key_of(one.patient) for day in found for one in day.reasons if one.patient}
            note.met, note.named = {citizen: [] for citizen in named or {0}}, named
        return found

    async def _entry(self, visit: Visit, id: str) -> Logged | None:
        found = await reading.access(self._pool, id)
        if found is None or not _may_read(visit, found):
            return None
        return next(iter(await _shown(visit, [found])), None)

    async def _found(self, visit: Visit, question: Question) -> list[Logged]:
        """One more than the page holds, when there is more."""
        if question.ids is not None:
            entries = [await self._entry(visit, id) for id in question.ids]
            return [one for one in entries if one and question.takes(one.access)]
        asked = _allowed(visit, question.what)
        return await reading.accesses(self._pool, asked, question.before, question.count + 1)


def _tell(visit: Visit, note: Note, asked: int | None, found: Iterable[Logged]) -> None:
    """Note whose log was read: by a citizen, or in following it up. Own acts say nothing new of others."""
    own = _own(visit)
    if _oversees(visit):
        note.basis = Basis.OVERSIGHT
        citizens = {one.access.citizen for one in found} | ({asked} if asked else set())
        note.met = {citizen: [] for citizen in citizens}
        note.named = citizens
    elif own is not None and asked in (None, own):
        note.met, note.named = {own: []}, {own}
    elif own is not None and asked:
        note.asked.add(asked)


def require_oversight(visit: Visit) -> None:
    """Raise Forbidden for others than the privacy officer."""
    if not _oversees(visit):
        raise Forbidden(
            "Following up who has used the record is the privacy officer's (the right audit-log)."
        )


def _oversees(visit: Visit) -> bool:
    return visit.policy is None or Right.AUDIT in visit.policy.rights


def _own(visit: Visit) -> int | None:
    """The key of a citizen who asks for themselves, or whom they act for in a role that reads the log."""
    if visit.actor.represents:
        reads = visit.policy is not None and visit.policy.allows(Act.READ, LOG)
        return key_of(visit.actor.represents) if reads else None
    return key_of(visit.actor.person) if visit.actor.role == CITIZEN else None


async def _shown(visit: Visit, entries: Sequence[Logged]) -> list[Logged]:
    """Entries as the actor may see them: a representative without what the record keeps from them, and
    everybody without what tells where somebody protected is.
    """
    if not visit.actor.represents or _oversees(visit):
        return await _discreet(visit, entries)
    named = {one for entry in entries for one in entry.access.resources}
    named |= {entry.access.decision.reference for entry in entries if entry.access.decision.reference}
    within = await visit.within_reach(named)
    cut = (_cut(visit, entry, within) for entry in entries)
    return await _discreet(visit, [entry for entry in cut if entry is not None])


async def _discreet(visit: Visit, entries: Sequence[Logged]) -> list[Logged]:
    """Entries without the unit of whoever acted in a protected citizen's record, but for the citizen and the
    privacy officer; and without the values of searches that are about somebody protected.
    """
    about = {
        entry.id: {entry.access.citizen, *cited(entry.access.asked, entry.access.query)} for entry in entries
    }
    protected = await visit.protected(set().union(*about.values()) - {0}) if entries else set()
    shown = []
    for entry in entries:
        access = entry.access
        if not protected.isdisjoint(about[entry.id]):
            access = changed(access, query=names_only(access.query))
        if access.citizen in protected and not (_oversees(visit) or _is_own(visit, access.citizen)):
            nowhere = replace(access.actor, unit="", unit_display="", practitioner_role="")
            access = changed(access, actor=nowhere)
        shown.append(entry._replace(access=access))
    return shown


def _is_own(visit: Visit, citizen: int) -> bool:
    return visit.actor.role == CITIZEN and key_of(visit.actor.person) == citizen


def _cut(visit: Visit, entry: Logged, within: Collection[str]) -> Logged | None:
    """An entry without the resources that are kept from a representative, and without the words of a search.

    None when nothing is left, or when what it rests on (a contact, say) is kept from them. From twelve years
    on it is nobody else's business when the citizen signs in.
    """
    access = entry.access
    if access.decision.reference and access.decision.reference not in within:
        return None
    if not (access.resources or access.asked or visit.actor.role == PARENT_OF_A_SMALL_CHILD):
        return None
    policy = visit.policy
    left = tuple(
        one
        for one in access.resources
        if one in within and policy is not None and policy.allows(Act.READ, one.partition("/")[0])
    )
    if access.resources and not left:
        return None
    return entry._replace(access=changed(access, resources=left, query=""))


def _may_read(visit: Visit, logged: Logged) -> bool:
    if logged.access.interaction == SEAL or not _is_granted(visit, logged.access.citizen):
        return False
    own = _own(visit)
    mine = own is not None and logged.access.citizen == own
    return (
        _oversees(visit) or mine or (logged.access.actor.person == visit.actor.person and gave(logged.access))
    )


def _is_granted(visit: Visit, citizen: int) -> bool:
    """Whether the log of a citizen (key) is within what an app was granted: of one patient, or of all."""
    granted = visit.actor.granted
    return granted is None or not granted.confined or citizen == key_of(granted.patient)


def _allowed(visit: Visit, asked: Asked) -> Asked:
    """What of a question this actor gets an answer to."""
    granted = visit.actor.granted
    if granted is not None and granted.confined:
        asked = replace(asked, citizen=key_of(granted.patient) if asked.citizen is None else asked.citizen)
        if not _is_granted(visit, asked.citizen or 0):
            return _NOBODY
    if _oversees(visit):
        return asked
    person, own = visit.actor.person, _own(visit)
    if own is not None and asked.citizen in (None, own):
        return replace(asked, citizen=own)
    return replace(asked, person=person, given=True) if asked.person in (None, person) else _NOBODY


def _stored(logged: Logged) -> Stored:
    body = audit_event(logged.access, logged.id, OBSERVER)
    return Stored(LOG, logged.id, 1, logged.access.moment, body, "POST", logged.access.citizen)


def _language(parameters: Parameters) -> tuple[str, Parameters]:
    given = [value for name, value in parameters if name == "language"] or ["nb"]
    if given[0] not in LANGUAGES:
        raise Invalid(f"language is one of {', '.join(LANGUAGES)}, not '{given[0]}'.")
    return given[0], [pair for pair in parameters if pair[0] != "language"]
