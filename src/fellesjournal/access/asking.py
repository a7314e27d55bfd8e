"""Questions that citizens ask about the log (pasientjournalloven § 18), and the privacy officer's answers.

A question is a Task in the citizen's record (guard.questions) about one entry of the log. The answer is a
note of it. The citizen sees both; the officer's list is a search for those that wait, the oldest first.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fellesjournal.access.audit.lines import Line
from fellesjournal.access.guard import questions
from fellesjournal.access.guard.questions import QUESTION, QUESTIONS, is_question
from fellesjournal.access.visit import Visit
from fellesjournal.errors import Conflict, Invalid, NotFound
from fellesjournal.fhir import json
from fellesjournal.record.record import Record
from fellesjournal.record.scope import Scope
from fellesjournal.record.search import cursor
from fellesjournal.record.stored import Page, Stored

SHORTEST, LONGEST = 5, 1_000
"""Characters of a question, and of an answer."""
AT_A_TIME = 50
_DONE, _WAITS = "completed", "requested"
_EVERYONE = Scope.everyone()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about an entry (`event` is the id of its AuditEvent, `sentence` the entry in words), and its
    answer: "" while it waits. `asked` and `answered` are instants, `by` is the name of who answered.
    """

    id: str
    patient: str
    event: str
    sentence: str
    text: str
    asked: str
    answer: str
    answered: str
    by: str


async def ask(record: Record, visit: Visit, line: Line, text: str) -> Stored:
    """Ask about a line of one's own log, or of that of whom one acts for. Raises Invalid for no question."""
    said = _whole(text)
    actor = visit.actor
    task = questions.task(
        actor.represents or actor.person,
        {"reference": actor.person, "display": actor.display},
        f"AuditEvent/{line.events[0]}",
        line.text,
        said,
        visit.now().isoformat(timespec="seconds"),
    )
    return (await record.create("Task", json.encode(task), scope=_EVERYONE)).stored


async def page(record: Record, *, done: bool, after: str = "") -> Page:
    """Those that wait, the oldest first, or that have an answer, the newest first, AT_A_TIME."""
    sought = [
        ("code", f"{QUESTIONS}|{QUESTION}"),
        ("status", _DONE if done else _WAITS),
        ("_sort", "-authored-on" if done else "authored-on"),
        ("_count", str(AT_A_TIME)),
    ]
    sought += [(cursor.PARAMETER, after)] if after else []
    return await record.search("Task", sought, scope=_EVERYONE)


async def answered(record: Record, id: str, text: str, author: dict[str, Any], now: datetime) -> Stored:
    """Answer a question. `author` is the author of an Annotation.

    Raises Invalid for an answer that says nothing, NotFound when there is no question of the id, and Conflict
    when it has an answer.
    """
    said = _whole(text)
    stored = await record.read("Task", id, scope=_EVERYONE)
    task = json.parse(stored.body or b"{}").tree
    if not is_question(task):
        raise NotFound(f"There is no question Task/{id}.")
    if task["status"] == _DONE:
        raise Conflict("It has an answer already.")
    note = author | {"time": now.isoformat(timespec="seconds"), "text": said}
    body = json.encode(task | {"status": _DONE, "note": [note]})
    return (await record.update("Task", id, body, scope=_EVERYONE, if_match=stored.version)).stored


def asked(stored: Stored) -> Asked:
    """What a Task of a question tells."""
    task = json.parse(stored.body or b"{}").tree
    note: dict[str, Any] = next(iter(task.get("note", ())), {})
    return Asked(
        id=stored.id,
        patient=task["for"]["reference"],
        event=task["focus"]["reference"].partition("/")[2],
        sentence=task["focus"]["display"],
        text=task["description"],
        asked=task["authoredOn"],
        answer=note.get("text", ""),
        answered=note.get("time", ""),
        by=note.get("authorReference", {}).get("display", ""),
    )


def _whole(text: str) -> str:
    said = text.strip()
    if not SHORTEST <= len(said) <= LONGEST:
        raise Invalid(f"Write {SHORTEST} to {LONGEST} characters.")
    return said
