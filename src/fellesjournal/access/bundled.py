"""What the entries of a Bundle are: acts of the log, and interactions that an app is granted."""

from fellesjournal.access.policies import Act
from fellesjournal.record.stored import Answered

ACTS = {
    "GET": Act.READ,
    "HEAD": Act.READ,
    "POST": Act.CREATE,
    "PUT": Act.UPDATE,
    "PATCH": Act.UPDATE,
    "DELETE": Act.DELETE,
}
_CREATED = 201
_INTERACTIONS = {
    ("GET", "id"): "read",
    ("GET", "search"): "search-type",
    ("GET", ""): "search-type",
    ("GET", "history"): "history-instance",
    ("HEAD", "id"): "read",
    ("HEAD", "history"): "history-instance",
    ("HEAD", ""): "search-type",
    ("POST", ""): "create",
    ("PUT", ""): "update",
    ("PATCH", ""): "patch",
    ("DELETE", ""): "delete",
}
"""The interaction that an entry of a Bundle is, by its method and how its resource is sought."""


def act_of(answer: Answered) -> Act:
    """What an entry of a Bundle was: a PUT that stored the first version created, a POST that found what it
    would have created read.
    """
    method, _, _ = answer.asked
    if answer.status == _CREATED and method in ("PUT", "POST"):
        return Act.CREATE
    return Act.READ if method == "POST" and answer.fault is None else ACTS.get(method, Act.READ)


def interaction_of(method: str, sought: str) -> str:
    """The interaction that an entry is, by its method and how it seeks ("id", "search", "history" or "")."""
    return _INTERACTIONS.get((method, sought)) or _INTERACTIONS[method, ""]
