"""The follow-up of emergency access and overridden blocks: what was taken, and what came of looking at it.

Normen's guide to access (Veileder tilgang 2.0) asks that whoever authorises themselves is followed up. It is
kept in the Task that the door wrote (see guard.grants): who looks writes a sentence, as a note of it, and the
Task is completed. That can be undone, with a sentence too; no version is lost. The citizen can read both.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fellesjournal.access.guard.grants import EMERGENCY, GRANTS, OVERRIDE, grant_of
from fellesjournal.errors import Conflict, Forbidden, Invalid, NotFound
from fellesjournal.fhir import json
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.record.search import cursor
from fellesjournal.record.stored import Page, Stored

SHORTEST, LONGEST = 5, 1_000
"""Characters of a sentence."""
AT_A_TIME = 50
_DONE, _OPEN = "completed", "in-progress"


@dataclass(frozen=True, slots=True)
class Looked:
    """One who followed up, or undid that: `by` is a name, `when` an instant."""

    by: str
    when: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Taken:
    """Emergency access or an overridden block (`kind`: a code of GRANTS), by references.

    `start` and `end` are instants, `looked` is who has followed it up or undone that, newest first.
    """

    id: str
    kind: str
    person: str
    practitioner_role: str
    patient: str
    start: str
    end: str
    reason: str
    done: bool
    looked: tuple[Looked, ...]


async def page(record: Record, *, done: bool, after: str = "") -> Page:
    """What was followed up or was not, newest first, AT_A_TIME; `after` is the end of the page before."""
    asked = [
        ("code", f"{GRANTS}|{EMERGENCY},{GRANTS}|{OVERRIDE}"),
        ("status" if done else "status:not", _DONE),
        ("_sort", "-authored-on"),
        ("_count", str(AT_A_TIME)),
    ]
    asked += [(cursor.PARAMETER, after)] if after else []
    return await record.search("Task", asked, scope=Scope.everyone())


async def marked(
    record: Record, id: str, sentence: str, author: dict[str, Any], now: datetime, *, undo: bool
) -> Stored:
    """Mark one as followed up, or undo that. `author` is the author of an Annotation.

    Raises NotFound when there is none of the id, Invalid for a sentence that says nothing, Conflict when it
    is so already, Forbidden for whoever took it.
    """
    said = sentence.strip()
    if not SHORTEST <= len(said) <= LONGEST:
        raise Invalid(f"Write a sentence of {SHORTEST} to {LONGEST} characters: the citizen can read it.")
    stored = await record.read("Task", id, scope=Scope.everyone())
    task = json.parse(stored.body or b"{}").tree
    if not grant_of(task):
        raise NotFound(f"There is no emergency access or overridden block Task/{id}.")
    if author.get("authorReference", {}).get("reference") == task["requester"]["reference"]:
        raise Forbidden("Nobody follows up what they took themselves: another privacy officer must do it.")
    if (task["status"] == _DONE) is not undo:
        raise Conflict("It is not marked as followed up." if undo else "It is followed up already.")
    note = author | {"time": now.isoformat(timespec="seconds"), "text": said}
    changed = task | {"status": _OPEN if undo else _DONE, "note": [*task.get("note", ()), note]}
    written = await record.update(
        "Task", id, json.encode(changed), scope=Scope.everyone(), if_match=stored.version
    )
    return written.stored


def end_of(page: Page) -> str:
    """Where a page ended, for the page after it; "": there is none."""
    return next((value for name, value in page.next or () if name == cursor.PARAMETER), "")


def taken(stored: Stored) -> Taken:
    """What a Task of the door tells."""
    task = json.parse(stored.body or b"{}").tree
    return Taken(
        id=stored.id,
        kind=grant_of(task),
        person=task["requester"]["reference"],
        practitioner_role=task["owner"]["reference"],
        patient=task["for"]["reference"],
        start=task["executionPeriod"]["start"],
        end=task["executionPeriod"]["end"],
        reason=task["reasonCode"]["text"],
        done=task["status"] == _DONE,
        looked=tuple(_looked(note) for note in reversed(task.get("note", ()))),
    )


def _looked(note: dict[str, Any]) -> Looked:
    author = note.get("authorReference", {})
    by = note.get("authorString") or author.get("display") or author.get("reference", "")
    return Looked(by, note.get("time", ""), note["text"])
