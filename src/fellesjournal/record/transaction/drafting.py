"""The resources of a transaction, prepared one by one: rewritten, parsed, checked, indexed, let go of."""

from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

import asyncpg

from fellesjournal.errors import Fault, Invalid, Issue, Unprocessable
from fellesjournal.fhir.json import parse
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.record import bounds, reach, read, unveiling
from fellesjournal.record.bounds import Change
from fellesjournal.record.draft import (
    CREATE,
    UPDATE,
    Current,
    Draft,
    Version,
    first_version,
    is_unchanged,
    next_version,
)
from fellesjournal.record.means import Means
from fellesjournal.record.patch import patched_draft
from fellesjournal.record.preparing import require_id
from fellesjournal.record.scope import Scope
from fellesjournal.record.statements import SQL
from fellesjournal.record.stored import Answered
from fellesjournal.record.transaction.identities import Identities
from fellesjournal.record.transaction.references import Rewriter
from fellesjournal.record.transaction.steps import Step
from fellesjournal.record.update import check_place, check_version, require_free, require_nameable, within

_CHUNK = 200
"""Resources whose present bodies are in memory at once."""
MOST_ISSUES = 200


@dataclass(slots=True)
class Prepared:
    """What is to be written, and the answers to the entries that write, by number."""

    versions: list[Version] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    answers: dict[int, Answered] = field(default_factory=dict)
    expected: dict[int, int] = field(default_factory=dict)
    """The version at which each resource that is there must still stand, by key."""


class Drafting:
    """Prepares the steps of one transaction; a further attempt uses again what it would prepare the same."""

    def __init__(self, means: Means, scope: Scope, steps: Sequence[Step]) -> None:
        self._means = means
        self._scope = scope
        self._created = [step for step in steps if step.method == "POST"]
        self._changed = [step for step in steps if step.method in ("PUT", "PATCH")]
        self._drafts: dict[int, tuple[bytes, Draft]] = {}
        """What was drafted for an entry, with the digest of the text it was drafted from."""
        self._issues: list[Issue] = []
        self._unresolved: list[Issue] = []

    async def prepare(self, connection: asyncpg.Connection, found: Identities) -> Prepared:
        """Everything the entries write. Raises Invalid or Unprocessable with the faults of all entries."""
        self._issues.clear()
        self._unresolved.clear()
        versions = await self._versions(connection, found)
        rewriter = Rewriter(
            self._means.preparer.definitions,
            found.targets,
            lambda target: versions.get(key_of(target), 0) + 1,
        )
        prepared = Prepared()
        self._prepare_created(found, rewriter, prepared)
        for start in range(0, len(self._changed), _CHUNK):
            chunk = self._changed[start : start + _CHUNK]
            await self._prepare_changed(connection, chunk, found, rewriter, prepared)
        if self._unresolved:
            raise Invalid(*[*self._unresolved, *self._issues][:MOST_ISSUES])
        if self._issues:
            raise Unprocessable(*self._issues[:MOST_ISSUES])
        await reach.require(connection, [version.draft for version in prepared.versions], self._scope)
        await bounds.require(self._means, connection, prepared.changes, self._scope)
        return prepared

    async def _versions(self, connection: asyncpg.Connection, found: Identities) -> Mapping[int, int]:
        """The versions of what the entries change, for references that name one."""
        keys = [key_of(f"{step.type}/{found.ids[step.number]}") for step in self._changed]
        rows = await connection.fetch(SQL.read_versions, keys) if keys else []
        return {row["key"]: row["version"] for row in rows}

    def _prepare_created(self, found: Identities, rewriter: Rewriter, prepared: Prepared) -> None:
        needed = [s for s in self._created if s.number not in found.there and s.number not in found.repeats]
        for step in needed:
            draft = self._draft(step, found.ids[step.number], rewriter)
            if draft is not None:
                version = first_version(draft, 0, self._means.now())
                prepared.versions.append(version)
                prepared.changes.append(Change(draft, None))
                prepared.answers[step.number] = Answered(201, version.stored)
        for number, there in found.there.items():
            prepared.answers[number] = Answered(200, there)
        for number, first in found.repeats.items():
            if first in prepared.answers:
                prepared.answers[number] = Answered(200, prepared.answers[first].stored)

    async def _prepare_changed(
        self,
        connection: asyncpg.Connection,
        steps: Sequence[Step],
        found: Identities,
        rewriter: Rewriter,
        prepared: Prepared,
    ) -> None:
        keys = [key_of(f"{step.type}/{found.ids[step.number]}") for step in steps]
        current = await read.many(connection, keys, self._scope)
        fulls = await unveiling.fulls(connection, current.values())
        for step, key in zip(steps, keys, strict=True):
            id, there = found.ids[step.number], current.get(key)
            try:
                known = within(id, there)
                if step.number in found.unmatched:
                    require_free(step.type, id, known)
                check_version(step.type, id, known, step.if_match)
                full = fulls.get(key)
                draft = self._changed_draft(step, id, full if self._scope.unveiled else there, rewriter)
                if draft is not None:
                    named = step.number not in found.fresh
                    self._place(step, draft, there, full, prepared, named=named)
            except Fault as fault:
                where = f"{step.where}.request"
                raise type(fault)(*(issue._replace(expression=where) for issue in fault.issues)) from None

    def _changed_draft(self, step: Step, id: str, there: Current | None, rewriter: Rewriter) -> Draft | None:
        if step.method == "PUT":
            return self._draft(step, id, rewriter)
        if there is None or within(id, there) is None:
            raise read.not_found(step.type, id)
        return patched_draft(self._means, step.type, there, patch_in(bytes(step.raw)))

    def _place(
        self,
        step: Step,
        draft: Draft,
        there: Current | None,
        full: Current | None,
        prepared: Prepared,
        *,
        named: bool,
    ) -> None:
        """Give a changed resource its version, unless it says what is there already."""
        if there is None or full is None:
            if named:
                require_nameable(draft, self._scope)
            version = first_version(draft, 0, self._means.now())
        else:
            check_place(draft, there, self._scope)
            prepared.expected[there.key] = there.version
            draft = self._means.writer.veil.restored(draft, there, full, seeing=self._scope.unveiled)
            if is_unchanged(draft, full):
                seen = full if self._scope.unveiled else there
                prepared.answers[step.number] = Answered(200, read.stored(step.type, seen))
                return
            indexed = self._means.preparer.indexed(full.body) if full.body is not None else None
            version = next_version(draft, there, indexed, self._means.now())
        created = there is None or there.deleted
        prepared.versions.append(version)
        prepared.changes.append(Change(draft, full.body if full is not None else None))
        prepared.answers[step.number] = Answered(201 if created else 200, version.stored)

    def _draft(self, step: Step, id: str, rewriter: Rewriter) -> Draft | None:
        """The resource of an entry under its id; None when it has faults, which are noted."""
        try:
            text = rewriter.rewrite(bytes(step.raw), step.full_url)
            self._unresolved += [_unresolved(reference, step) for reference in rewriter.unresolved]
            digest = blake2b(text, digest_size=16).digest()
            known = self._drafts.get(step.number)
            if known is not None and known[0] == digest and known[1].id == id:
                return known[1]
            document = self._means.preparer.checked(step.type, parse(text))
            if step.method == "PUT" and step.criteria is None:
                require_id(document, id)
            draft = self._means.preparer.draft(
                step.type, id, CREATE if step.method == "POST" else UPDATE, document
            )
        except (Invalid, Unprocessable) as fault:
            self._issues += [_placed(issue, step) for issue in fault.issues]
            return None
        self._drafts[step.number] = (digest, draft)
        return draft


def patch_in(resource: bytes) -> bytes:
    """The patch in an entry: Parameters as they are, a JSON Patch from a Binary (FHIR R4 http.html#patch)."""
    tree = parse(resource).tree
    if tree.get("resourceType") != "Binary":
        return resource
    if not str(tree.get("contentType", "")).startswith("application/json-patch+json"):
        raise Invalid("A Binary with a patch has the contentType application/json-patch+json.")
    try:
        return b64decode(tree.get("data", ""), validate=True)
    except (Base64Error, TypeError, ValueError):
        raise Invalid("The data of the Binary is not base64.") from None


def _unresolved(reference: str, step: Step) -> Issue:
    text = f"The reference {reference[:200]} in the resource is the fullUrl of no entry that writes one."
    return Issue("not-found", text, f"{step.where}.resource")


def _placed(issue: Issue, step: Step) -> Issue:
    """The issue of a resource, said of the Bundle."""
    rest = issue.expression.partition(".")[2]
    return issue._replace(expression=f"{step.where}.resource" + (f".{rest}" if rest else ""))
