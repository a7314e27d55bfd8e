"""The citizen's log by lines: several acts of one person, on one ground, within some minutes are one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from fellesjournal.access.audit.access import Access
from fellesjournal.access.audit.reading import Logged
from fellesjournal.access.audit.sentences import Sentences

TOGETHER = timedelta(minutes=10)
"""The longest pause within a line."""

_Key = tuple[object, ...]


class Line(NamedTuple):
    """Some acts in words. `attempt`: they were refused; `listed`: the citizen was only met on a list.
    `events` are the ids of their AuditEvents, newest first. `own`: the reader did them.
    """

    text: str
    start: datetime
    end: datetime
    attempt: bool
    listed: bool
    events: tuple[str, ...]
    own: bool


@dataclass(slots=True)
class _Group:
    entries: list[Logged] = field(default_factory=list)

    @property
    def start(self) -> datetime:
        return self.entries[-1].access.moment


def lines(entries: Iterable[Logged], sentences: Sentences, language: str, reader: str = "") -> list[Line]:
    """The lines of entries that come newest first; newest line first. `reader` is who reads them."""
    groups: list[_Group] = []
    growing: dict[_Key, _Group] = {}
    for entry in entries:
        group = growing.get(_key(entry.access))
        if group is None or group.start - entry.access.moment > TOGETHER:
            group = growing[_key(entry.access)] = _Group()
            groups.append(group)
        group.entries.append(entry)
    return [_line(group.entries, sentences, language, reader) for group in groups]


def _key(access: Access) -> _Key:
    actor, decision = access.actor, access.decision
    who = actor.person, actor.role, actor.unit, actor.app
    return *who, decision.permit, decision.basis, decision.reason, access.named


def _line(entries: Sequence[Logged], sentences: Sentences, language: str, reader: str) -> Line:
    oldest_first = [entry.access for entry in reversed(entries)]
    return Line(
        sentences.sentence(oldest_first, language, reader),
        oldest_first[0].moment,
        oldest_first[-1].moment,
        not oldest_first[0].decision.permit,
        not oldest_first[0].named,
        tuple(entry.id for entry in entries),
        oldest_first[0].actor.person == (reader or oldest_first[0].patient),
    )
