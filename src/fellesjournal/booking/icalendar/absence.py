"""Absence brought in from a file: blocked time on a Schedule, by way of the guard.

What is booked already is never put out: the absence goes round it, so that nothing more is booked there, and
what stands in its way is told. The same file again, when that has been moved, fills the gaps.

What the file says of why is not kept, and events are known again by a digest of their UID: Slots are read by
everybody who books.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import msgspec

from fellesjournal.access.journal import OpenJournal
from fellesjournal.booking.holding import BLOCKING, actors
from fellesjournal.booking.icalendar.feeds import Feeds, Held
from fellesjournal.booking.icalendar.reading import Absence
from fellesjournal.errors import Conflict
from fellesjournal.fhir.search.terms import key_of

Tree = dict[str, Any]
Span = tuple[datetime, datetime]

ABSENCE = "https://fellesjournal.no/fhir/NamingSystem/absence"
"""System of the identifier of a Slot that came from a file: a digest of Schedule and UID."""
LIFTED = "free"
AHEAD = timedelta(days=400)
"""How far ahead absence is brought in: more than a year, as holidays are."""
LONGEST = timedelta(days=400)
_AT_ONCE = "1000"
"""Slots of a page."""
_TRIES = 3
_decode = msgspec.json.Decoder(Tree).decode


class Brought(NamedTuple):
    """What came of a file: how many times are blocked, how many were lifted, and what stands in the way."""

    blocked: int
    lifted: int
    clashes: list[Held]


class Wanted(NamedTuple):
    """What is to be of a Schedule: the absences of these UIDs; `whole`: of no others."""

    uids: frozenset[str]
    absences: Sequence[Absence]
    comment: str
    whole: bool = False


async def bring_in(
    journal: OpenJournal, feeds: Feeds, schedule: Tree, wanted: Wanted, now: datetime
) -> Brought:
    """Make a Schedule's absence what is wanted. Raises Conflict when others book all the while."""
    for left in reversed(range(_TRIES)):
        try:
            return await _bring_in(journal, feeds, schedule, wanted, now)
        except Conflict:  # somebody booked meanwhile: look again
            if not left:
                raise
    raise AssertionError("the last try returns or raises")


async def _bring_in(
    journal: OpenJournal, feeds: Feeds, schedule: Tree, wanted: Wanted, now: datetime
) -> Brought:
    name = f"Schedule/{schedule['id']}"
    blocks = await _blocks(journal, name, now)
    marks = {mark(name, uid) for uid in wanted.uids}
    own = [one for one in blocks if _mark(one) in marks or (wanted.whole and _mark(one))]
    busy = await _busy(feeds, schedule, wanted.absences, {key_of(f"Slot/{one['id']}") for one in own})
    known = {key_of(f"Slot/{one['id']}") for one in blocks}
    clashes = [
        one
        for one in busy
        if one.holder not in known
        and one.end > now
        and any(one.start < each.end and each.start < one.end for each in wanted.absences)
    ]
    slots = {one["id"]: one for one in _slots(name, wanted, busy)}
    lifted = [one | {"status": LIFTED} for one in own if one["id"] not in slots]
    there = {one["id"] for one in own}
    if changes := [*lifted, *(one for id, one in slots.items() if id not in there)]:
        await journal.transact(_bundle(changes))
    return Brought(len(slots), len(lifted), clashes)


def mark(schedule: str, uid: str) -> str:
    """What the event of a UID is known by on a Schedule."""
    return hashlib.sha256(f"{schedule}|{uid}".encode()).hexdigest()[:40]


def _mark(slot: Tree) -> str:
    return next((one["value"] for one in slot.get("identifier", ()) if one.get("system") == ABSENCE), "")


async def _blocks(journal: OpenJournal, schedule: str, now: datetime) -> list[Tree]:
    """The blocks of a Schedule that are not over."""
    since = (now - LONGEST).astimezone(UTC)
    asked = [("schedule", schedule), ("status", BLOCKING), ("start", f"ge{since:%Y-%m-%d}")]
    page = await journal.search("Slot", [*asked, ("_count", _AT_ONCE)])
    found = [_decode(entry.stored.body or b"{}") for entry in page.entries]
    while page.next is not None:
        page = await journal.search("Slot", page.next)
        found += [_decode(entry.stored.body or b"{}") for entry in page.entries]
    return [one for one in found if datetime.fromisoformat(one["end"]) > now]


async def _busy(feeds: Feeds, schedule: Tree, absences: Sequence[Absence], but: set[int]) -> list[Held]:
    """When the Schedule's actors are busy with other than the Slots that will be written anew."""
    if not absences:
        return []
    start, end = min(one.start for one in absences), max(one.end for one in absences)
    return [one for one in await feeds.held(actors(schedule), start, end) if one.holder not in but]


def _slots(schedule: str, wanted: Wanted, busy: Iterable[Held]) -> Iterator[Tree]:
    """Slots for what is left of each absence beside what is busy, and beside the absences before it."""
    taken = [(one.start, one.end) for one in busy]
    for absence in wanted.absences:
        for start, end in without((absence.start, absence.end), taken):
            named = mark(schedule, absence.uid)
            own = hashlib.sha256(f"{named}|{start.timestamp()}|{end.timestamp()}".encode()).hexdigest()
            yield {
                "resourceType": "Slot",
                "id": f"fravar-{own[:40]}",
                "identifier": [{"system": ABSENCE, "value": named}],
                "schedule": {"reference": schedule},
                "status": BLOCKING,
                "start": start.isoformat(),
                "end": end.isoformat(),
                "comment": wanted.comment,
            }
        taken.append((absence.start, absence.end))


def without(span: Span, taken: Iterable[Span]) -> list[Span]:
    """What is left of a time when others are taken out of it, in order."""
    left = [span]
    for start, end in taken:
        left = [
            part
            for first, last in left
            for part in ((first, min(last, start)), (max(first, end), last))
            if part[0] < part[1]
        ]
    return left


def _bundle(slots: Iterable[Tree]) -> bytes:
    entries = [{"resource": one, "request": {"method": "PUT", "url": f"Slot/{one['id']}"}} for one in slots]
    return msgspec.json.encode({"resourceType": "Bundle", "type": "transaction", "entry": entries})
