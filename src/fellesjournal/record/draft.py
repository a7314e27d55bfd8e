"""A resource on its way into the record: checked and indexed, then given its place and version."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from fellesjournal.errors import Unprocessable
from fellesjournal.fhir.files import carries_file
from fellesjournal.fhir.json import Document, with_meta
from fellesjournal.fhir.search.entries import IndexEntries
from fellesjournal.record.scope import Scope
from fellesjournal.record.stored import Stored
from fellesjournal.terminology.wording.written import vector

CREATE, UPDATE, PATCH, DELETE = b"C", b"U", b"P", b"D"
METHODS = {CREATE: "POST", UPDATE: "PUT", PATCH: "PATCH", DELETE: "DELETE"}

TERMS, DATES, NUMBERS, STRINGS, LINKS, TEXTS, REACH = 1, 2, 4, 8, 16, 32, 64
ALL_PARTS = 127
"""The kinds of index rows, as bits (record/schema/0007_reach.sql: clear_index)."""


class Current(NamedTuple):
    """Where a resource stands now; the columns of read_current. `body` is None when it is deleted; one who
    reads by key is not given what is out of reach either.
    """

    key: int
    type: int
    id: str
    citizen: int
    rid: int
    version: int
    deleted: bool
    updated: datetime
    body: bytes | None
    visible: bool
    """Whether it is within the scope it was looked up with."""


@dataclass(slots=True)
class Draft:
    """A valid resource with all it is found by, not yet placed."""

    type: str
    number: int
    id: str
    key: int
    method: bytes
    document: Document
    entries: IndexEntries
    fault: Unprocessable | None = None
    """Why it cannot be written before what is masked in it has been put back."""


class Masked(NamedTuple):
    """What most may see of a version of somebody whose address is protected, and what it is found by."""

    body: bytes
    entries: IndexEntries


@dataclass(slots=True)
class Version:
    """One version of a resource, ready to be written.

    `source` is the citizen it belonged to so far, `parts` the kinds of index rows that must be written again.
    `masked` is set when only that is stored where everybody reads (see veil).
    """

    draft: Draft
    rid: int
    version: int
    updated: datetime
    body: bytes
    source: int
    parts: int
    masked: Masked | None = None

    @property
    def stored(self) -> Stored:
        """As it is given back to most."""
        return self._as(self.body if self.masked is None else self.masked.body)

    def seen(self, scope: Scope) -> Stored:
        """As it is given back to an actor."""
        return self._as(self.body) if scope.unveiled else self.stored

    def _as(self, body: bytes) -> Stored:
        draft = self.draft
        method = METHODS[draft.method]
        return Stored(draft.type, draft.id, self.version, self.updated, body, method, draft.entries.citizen)


def first_version(draft: Draft, rid: int, now: datetime) -> Version:
    """The draft as version 1 of a new resource; with rid 0 it is numbered when it is written."""
    body = with_meta(draft.document, draft.type, draft.id, 1, now)
    return Version(draft, rid, 1, now, body, draft.entries.citizen, ALL_PARTS)


def is_unchanged(draft: Draft, current: Current) -> bool:
    """Whether the draft says, byte for byte, what the current version says."""
    if current.body is None:
        return False
    body = with_meta(draft.document, draft.type, draft.id, current.version, current.updated)
    return body == current.body


def next_version(draft: Draft, current: Current, indexed: IndexEntries | None, now: datetime) -> Version:
    """The draft as the version after `current`, whose index rows are `indexed` (None: it has none)."""
    updated = max(now, current.updated)
    body = with_meta(draft.document, draft.type, draft.id, current.version + 1, updated)
    moves = current.citizen != draft.entries.citizen
    parts = ALL_PARTS if indexed is None or moves else _changed(indexed, draft.entries)
    if carries_file(draft.document.text) or (current.body is not None and carries_file(current.body)):
        parts |= TEXTS
    return Version(draft, current.rid, current.version + 1, updated, body, current.citizen, parts)


def _changed(old: IndexEntries, new: IndexEntries) -> int:
    parts = TERMS if old.terms != new.terms else 0
    parts |= DATES if old.dates != new.dates else 0
    parts |= NUMBERS if old.numbers != new.numbers else 0
    parts |= STRINGS if old.strings != new.strings else 0
    parts |= LINKS if old.links != new.links else 0
    parts |= REACH if old.care != new.care or old.restrictions != new.restrictions else 0
    same_text = old.content == new.content and old.narrative == new.narrative
    same_text = same_text and old.codes == new.codes and old.at == new.at and old.withdrawn == new.withdrawn
    return parts if same_text else parts | TEXTS


Row = tuple[Any, ...]


@dataclass(slots=True)
class Rows:
    """The arguments of write_new, and most of those of write_next: one list per table."""

    resources: list[Row]
    index: tuple[
        list[Row],
        list[Row],
        list[Row],
        list[Row],
        list[Row],
        list[int],
        list[int],
        list[str],
        list[str],
        list[Row],
        list[Row],
        list[Row],
    ]


def rows_of(versions: list[Version]) -> Rows:
    """The rows of a batch, in the order of the tables' columns."""
    resources: list[Row] = []
    terms: list[Row] = []
    dates: list[Row] = []
    numbers: list[Row] = []
    strings: list[Row] = []
    links: list[Row] = []
    text_citizens: list[int] = []
    text_rids: list[int] = []
    narratives: list[str] = []
    contents: list[str] = []
    care: list[Row] = []
    restrictions: list[Row] = []
    words: list[Row] = []
    for version in versions:
        draft = version.draft
        body, entries = version.masked or (version.body, draft.entries)
        parts, rid = version.parts, version.rid
        citizen = entries.citizen
        resources.append(_resource(version, body))
        if parts & TERMS:
            terms.append((citizen, rid, draft.number, entries.terms))
        if parts & DATES and entries.dates:
            dates += [(citizen, rid, row[0], n, *row[1:]) for n, row in enumerate(entries.dates)]
        if parts & NUMBERS and entries.numbers:
            numbers += [(citizen, rid, row[0], n, *row[1:]) for n, row in enumerate(entries.numbers)]
        if parts & STRINGS and entries.strings:
            strings += [(citizen, rid, row[0], n, *row[1:]) for n, row in enumerate(entries.strings)]
        if parts & LINKS and entries.links:
            links += [(citizen, rid, *row) for row in entries.links]
        if parts & TEXTS and (entries.content or entries.narrative):
            text_citizens.append(citizen)
            text_rids.append(rid)
            narratives.append(entries.narrative)
            contents.append(entries.content)
        if parts & TEXTS and citizen and not entries.withdrawn:
            place = (citizen, rid, draft.number, entries.at, carries_file(body))
            words.append((*place, entries.codes, vector(entries.content)))
        if parts & REACH and entries.care:
            care += [(citizen, row[0], rid, n, *row[1:]) for n, row in enumerate(entries.care)]
        if parts & REACH and entries.restrictions:
            restrictions += [(citizen, rid, n, *row) for n, row in enumerate(entries.restrictions)]
    texts = (text_citizens, text_rids, narratives, contents)
    index = (terms, dates, numbers, strings, links, *texts, care, restrictions, words)
    return Rows(resources, index)


def _resource(version: Version, body: bytes) -> Row:
    draft = version.draft
    place = (draft.entries.citizen, version.rid, draft.key, draft.number, version.version, version.updated)
    return (*place, draft.method, draft.id, body)
