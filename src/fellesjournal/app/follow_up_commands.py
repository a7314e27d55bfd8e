"""What `audit emergencies` and `audit follow-up` do: the privacy officer's list, without a screen."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime

from fellesjournal.access import follow_up
from fellesjournal.access.actor import Actor
from fellesjournal.access.audit.access import Access
from fellesjournal.access.audit.log import Log
from fellesjournal.access.audit.sentences import FOLLOW_UP
from fellesjournal.access.decision import Basis, Decision
from fellesjournal.access.follow_up import Taken
from fellesjournal.access.guard.grants import EMERGENCY, OVERRIDE
from fellesjournal.app.package_commands import with_rooms
from fellesjournal.app.rooms import Rooms
from fellesjournal.app.settings import Settings
from fellesjournal.errors import Fault
from fellesjournal.plumbing import database
from fellesjournal.plumbing.trouble import Trouble
from fellesjournal.record.stored import Stored

_KINDS = {EMERGENCY: "emergency access", OVERRIDE: "overridden block"}


def emergencies(settings: Settings, url: str, *, every: bool) -> Iterator[str]:
    """Emergency access and overridden blocks that nobody has followed up, newest first, in words; with
    `every` also those that were, after them.
    """

    async def work(rooms: Rooms) -> tuple[list[Taken], list[Taken]]:
        waiting = await _all(rooms, done=False)
        return waiting, await _all(rooms, done=True) if every else []

    waiting, done = asyncio.run(with_rooms(settings, url, work))
    for one in (*waiting, *done):
        yield from _told(one)
    yield f"{len(waiting):,} to follow up." if waiting else "Nothing to follow up."


def followed_up(
    settings: Settings, url: str, id: str, sentence: str, by: str, *, undo: bool
) -> Iterator[str]:
    """Mark one as followed up by a person, or undo that; it is kept in its Task, and the log tells of it.

    Raises Trouble when there is none of the id, for a sentence or a name that says nothing, and for what is
    so already.
    """

    async def work(rooms: Rooms) -> Stored:
        async with database.pool(url, 2) as pool:
            now = datetime.now(UTC)
            author = {"authorString": by.strip()}
            try:
                stored = await follow_up.marked(rooms.record, id, sentence, author, now, undo=undo)
            except Fault as fault:
                raise Trouble(str(fault)) from fault
            await Log(pool).write([_logged(stored, sentence, by.strip(), now)])
            return stored

    if not by.strip():
        raise Trouble('Say who follows it up: --by "Petra Prøve".')
    id = id.removeprefix("Task/")
    asyncio.run(with_rooms(settings, url, work))
    yield f"Task/{id} is to be followed up again." if undo else f"Task/{id} is followed up."


async def _all(rooms: Rooms, *, done: bool) -> list[Taken]:
    found: list[Taken] = []
    after = ""
    while True:
        page = await follow_up.page(rooms.record, done=done, after=after)
        found += [follow_up.taken(entry.stored) for entry in page.entries]
        after = follow_up.end_of(page)
        if not after:
            return found


def _told(one: Taken) -> Iterator[str]:
    done, who = " (followed up)" if one.done else "", f"by {one.person} to {one.patient}"
    yield f"{one.start} Task/{one.id}{done}: {_KINDS[one.kind]} {who}: {one.reason}"
    for looked in one.looked:
        yield f"    {looked.when} {looked.by}: {looked.sentence}"


def _logged(stored: Stored, sentence: str, by: str, now: datetime) -> Access:
    """The act as an entry of the log: of the person who is named, at the machine itself."""
    return Access(
        moment=now,
        actor=Actor("", "system", "", display=by),
        action="U",
        interaction=FOLLOW_UP,
        citizen=stored.citizen,
        patient=follow_up.taken(stored).patient,
        resources=(f"Task/{stored.id}/_history/{stored.version}",),
        query="",
        decision=Decision(True, Basis.OVERSIGHT, reason=sentence.strip()),
        request="",
    )
