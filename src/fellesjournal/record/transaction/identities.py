"""Which resources the entries of a transaction are about, found out before anything is written."""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import msgspec

from fellesjournal.errors import Fault, Invalid, Issue, NotFound, PreconditionFailed
from fellesjournal.fhir.query import parse
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record import criteria, unveiling
from fellesjournal.record.create import new_id
from fellesjournal.record.criteria import Criteria
from fellesjournal.record.means import Means
from fellesjournal.record.scope import Scope
from fellesjournal.record.search.context import require_readable
from fellesjournal.record.stored import Parameters, Stored
from fellesjournal.record.transaction.steps import Step


@dataclass(slots=True)
class Identities:
    """What was found out; the entries are named by their numbers."""

    ids: dict[int, str] = field(default_factory=dict)
    """The id that an entry writes to; "" for a delete of nothing."""
    there: dict[int, Stored] = field(default_factory=dict)
    """Conditional creates that are needless, with the resource that meets their criteria."""
    repeats: dict[int, int] = field(default_factory=dict)
    """Conditional creates with the criteria of an earlier one, which serves for both."""
    unmatched: set[int] = field(default_factory=set)
    """Conditional updates that nothing matches: they must not write over what is there."""
    fresh: set[int] = field(default_factory=set)
    """Those of them that name no id either: theirs is new."""
    targets: dict[str, str] = field(default_factory=dict)
    """What fullUrls and conditional references stand for: "Patient/1"."""


class _Named(msgspec.Struct):
    id: str = ""


_decode_id = msgspec.json.Decoder(_Named).decode
_Find = Callable[[Step, Criteria], Awaitable[None]]

Referred = Callable[[str, Parameters, Stored | None], object]
"""Is told of a conditional reference: the type, the parameters, and what they found; for the log."""


async def identify(
    means: Means,
    connection: asyncpg.Connection,
    scope: Scope,
    steps: Sequence[Step],
    references: Iterable[str],
    referred: Referred,
) -> Identities:
    """Find out what the steps are about; `references` are the conditional references of the Bundle, and
    `referred` is told what each of them found in the record.

    Takes the locks that keep others from creating what the criteria ask for. Raises Invalid when two entries
    are about one resource, PreconditionFailed when criteria match several, NotFound when they must match.
    """
    creating = [step.criteria for step in steps if step.criteria and step.method in ("POST", "PUT")]
    await criteria.lock(connection, creating, means.search.codes.names)
    return await _Search(means, connection, scope, steps, referred).run(references)


class _Search:
    def __init__(
        self,
        means: Means,
        connection: asyncpg.Connection,
        scope: Scope,
        steps: Sequence[Step],
        referred: Referred,
    ) -> None:
        self._means = means
        self._tell = referred
        self._connection = connection
        self._scope = scope
        self._steps = steps
        self._found = Identities()
        self._gone: set[int] = set()
        self._makers: dict[Criteria, Step] = {}
        """The entry that creates what meets the criteria, whichever names of code systems they have."""

    async def run(self, references: Iterable[str]) -> Identities:
        finders: tuple[tuple[str, _Find], ...] = (
            ("DELETE", self._deleted),
            ("POST", self._created),
            ("PUT", self._updated),
            ("PATCH", self._patched),
        )
        for method, find in finders:
            for step in self._steps:
                if step.method == method:
                    await self._identify(step, find)
        _refuse_overlaps(self._steps, self._found)
        _name_targets(self._steps, self._found)
        for reference in references:
            self._found.targets[reference] = await self._referred(reference)
        return self._found

    async def _identify(self, step: Step, find: _Find) -> None:
        ids = self._found.ids
        if step.criteria is None:
            ids[step.number] = step.id or new_id()
        else:
            try:
                await find(step, step.criteria)
            except Fault as fault:
                where = f"{step.where}.request"
                raise type(fault)(*(issue._replace(expression=where) for issue in fault.issues)) from None
        if step.method == "DELETE" and ids[step.number]:
            self._gone.add(key_of(f"{step.type}/{ids[step.number]}"))

    async def _deleted(self, step: Step, wanted: Criteria) -> None:
        match = await self._match(wanted)
        self._found.ids[step.number] = match["id"] if match else ""

    async def _created(self, step: Step, wanted: Criteria) -> None:
        found = self._found
        if (maker := self._maker(wanted)) is not None:
            first = maker.number
            found.repeats[step.number] = first
            found.ids[step.number] = found.ids[first]
        elif (match := await self._match(wanted)) is not None:
            there = _stored(step.type, match)
            found.there[step.number] = await unveiling.stored(self._connection, there, self._scope)
            found.ids[step.number] = match["id"]
        else:
            self._makers[self._alike(wanted)] = step
            found.ids[step.number] = new_id()

    async def _updated(self, step: Step, wanted: Criteria) -> None:
        match = await self._match(wanted)
        named = _id_in(step)
        if match is not None:
            if named and named != match["id"]:
                text = f"The criteria match the id '{match['id']}', but the resource's id is '{named}'."
                raise Invalid(text)
            self._found.ids[step.number] = match["id"]
            return
        if (maker := self._maker(wanted)) is not None:
            text = f"{criteria.written(wanted)} is what entry {maker.number} creates too."
            raise Invalid(text)
        self._makers[self._alike(wanted)] = step
        self._found.unmatched.add(step.number)
        if not named:
            self._found.fresh.add(step.number)
        self._found.ids[step.number] = named or new_id()

    async def _patched(self, step: Step, wanted: Criteria) -> None:
        match = await self._match(wanted)
        if match is None:
            raise NotFound(f"Nothing matches {criteria.written(wanted)}.")
        self._found.ids[step.number] = match["id"]

    def _maker(self, wanted: Criteria) -> Step | None:
        return self._makers.get(self._alike(wanted))

    def _alike(self, wanted: Criteria) -> Criteria:
        return criteria.alike(wanted, self._means.search.codes.names)

    async def _match(self, wanted: Criteria) -> Any | None:
        """The one match that this transaction does not delete."""
        limit = 2 + len(self._gone)
        rows = await self._means.search.matches(
            self._connection, wanted[0], list(wanted[1]), scope=self._scope, limit=limit
        )
        left = [row for row in rows if row["key"] not in self._gone]
        if len(left) > 1:
            raise PreconditionFailed(f"{criteria.written(wanted)} matches several resources.")
        return left[0] if left else None

    async def _referred(self, reference: str) -> str:
        """What a conditional reference stands for: an entry of this Bundle, or what is there."""
        type_name, _, query = reference.partition("?")
        wanted = criteria.criteria_of(type_name, parse(query.encode(), f"the reference {reference}"))
        if (maker := self._maker(wanted)) is not None:
            return f"{type_name}/{self._found.ids[maker.number]}"
        self._means.preparer.number(type_name)
        require_readable([type_name], self._scope, self._means.preparer.definitions)
        match = await self._match(wanted)
        self._tell(type_name, list(wanted[1]), _stored(type_name, match) if match else None)
        if match is None:
            raise PreconditionFailed(
                f"The reference {reference} matches nothing; it must match one resource."
            )
        return f"{type_name}/{match['id']}"


def _stored(type_name: str, match: Any) -> Stored:
    version, updated, body = match["version"], match["updated"], match["body"]
    return Stored(type_name, match["id"], version, updated, body, citizen=match["citizen"])


def _id_in(step: Step) -> str:
    try:
        return _decode_id(step.raw).id
    except msgspec.DecodeError:
        return ""  # preparing the resource will say what is wrong with it


def _refuse_overlaps(steps: Sequence[Step], found: Identities) -> None:
    """Raise Invalid when two entries write the same resource (FHIR R4 http.html#trules)."""
    first: dict[tuple[str, str], Step] = {}
    issues = []
    for step in steps:
        id = found.ids.get(step.number)
        if not id or step.number in found.there or step.number in found.repeats:
            continue
        other = first.setdefault((step.type, id), step)
        if other is not step:
            text = f"{step.type}/{id} is written by {other.where} too; a transaction may write it once."
            issues.append(Issue("duplicate", text, f"{step.where}.request"))
    if issues:
        raise Invalid(*issues)


def _name_targets(steps: Sequence[Step], found: Identities) -> None:
    issues = []
    for step in steps:
        if step.full_url and step.method in ("POST", "PUT", "PATCH"):
            target = f"{step.type}/{found.ids[step.number]}"
            if found.targets.setdefault(step.full_url, target) != target:
                text = f"Another entry has the fullUrl {step.full_url} too."
                issues.append(Issue("duplicate", text, f"{step.where}.fullUrl"))
    if issues:
        raise Invalid(*issues)
