"""What the citizen's log is worded with, in any language."""

from collections.abc import Mapping
from typing import NamedTuple

from fellesjournal.access.decision import Basis


class Verb(NamedTuple):
    """What was done, and what somebody tried to do."""

    did: str
    tried: str


class Texts(NamedTuple):
    """One language. `kinds` names the kinds of access/roles/kinds.toml as something that is opened."""

    you: str
    somebody: str
    at: str
    through: str
    attempt: str
    on_a_list: str
    everything: str
    record: str
    follow_up: str
    log_question: str
    conjunction: str
    because: Mapping[Basis, str]
    of_another: Mapping[Basis, str]
    """What is said otherwise to a reader who is not the citizen."""
    on_a_list_of_another: str
    reason: str
    verbs: Mapping[str, Verb]
    entrance: Mapping[str, Verb]
    """What is done at the entrance, by its interaction (see signing.py): no record is opened by it."""
    programs: Mapping[str, str]
    """Commands of this program that act by themselves, by the person that they are in the log."""
    kinds: Mapping[str, str]
