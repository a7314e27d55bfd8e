"""What a citizen asks about an entry of the log, as a Task that only the door writes; it opens no record."""

from typing import Any

Tree = dict[str, Any]

QUESTIONS = "https://fellesjournal.no/fhir/CodeSystem/innsynssporsmal"
"""One code: log-question."""
QUESTION = "log-question"


def is_question(task: Tree) -> bool:
    """Whether the Task is a question about the log."""
    codings = task.get("code", {}).get("coding", ())
    return any(one.get("system") == QUESTIONS and one.get("code") == QUESTION for one in codings)


def task(patient: str, requester: Tree, event: str, sentence: str, text: str, now: str) -> Tree:
    """The Task of one question: `patient` and `event` are references, `requester` a Reference, `sentence` the
    entry in words as the citizen read it, `now` an instant.
    """
    return {
        "resourceType": "Task",
        "status": "requested",
        "intent": "order",
        "code": {"coding": [{"system": QUESTIONS, "code": QUESTION}]},
        "description": text,
        "focus": {"reference": event, "display": sentence},
        "for": {"reference": patient},
        "requester": requester,
        "authoredOn": now,
    }
