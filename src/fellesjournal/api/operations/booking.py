"""Appointment/$hold, $book and $cancel (IHE ITI Scheduling 1.0.1: ITI-116 and ITI-117; $cancel is ours)."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from fellesjournal.api import outcome as status
from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.door import Door, OpenJournal, Stored
from fellesjournal.api.operations.booking_asked import IDENTIFIER, PATIENT, Asked, asked
from fellesjournal.api.operations.booking_together import called_off, together
from fellesjournal.booking import acts
from fellesjournal.booking.holding import ASKED
from fellesjournal.booking.requests import Request
from fellesjournal.errors import Conflict, Fault, Issue, PreconditionFailed, Unprocessable
from fellesjournal.fhir import json, outcome
from fellesjournal.norway.codes.contacts import CANCELLED

Tree = dict[str, Any]
Act = Callable[[Tree, datetime], Tree]
"""What becomes of an Appointment as it is stored."""

MINUTES, MOST_MINUTES = 10, 60
"""How long a hold lasts that nobody says the length of, and at most."""
_TRIES = 3
AT_ONCE = 4
"""Acts that a process does at a time: each asks the database half a dozen times, and if all did so at once
each would wait in that many queues, and some for several times as long as others.
"""


class Booking:
    """Answers POST Appointment/$hold, $book and $cancel with a Bundle of the Appointment as it is now.

    An Appointment is named (`appointment-reference`) or sent along (`appointment-resource`: one of $find's
    proposals, which are not stored); several that are sent along are booked or held all or none. A time that
    is taken is refused with a Bundle of an OperationOutcome alone, as ITI-117 wants, and status 409 or 422:
    who reads the status alone takes no refusal for a booking.
    """

    def __init__(self, door: Door) -> None:
        self._door = door
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def hold(self, call: Call) -> Answer:
        """Keep the time until it is booked, cancelled, or `minutes` (ours) have passed."""
        given = await asked(call, "hold", ("minutes",))
        minutes = given.number("minutes", MINUTES, MOST_MINUTES)
        return await self._answer(call, given, lambda one, now: acts.held(one, _after(now, minutes), now))

    async def book(self, call: Call) -> Answer:
        """Book it. A sent Appointment that is booked already and has an id is changed, one that says
        cancelled is cancelled.
        """
        given = await asked(call, "book", ())
        return await self._answer(call, given, _as_sent(given.resource))

    async def cancel(self, call: Call) -> Answer:
        """Cancel it: `reason` is a code of list 7621, `comment` in own words. With `identifier` (ours) all to
        come that have it in common, all or none; with `patient-reference` those of one citizen.
        """
        given = await asked(call, "cancel", ("reason", "comment", IDENTIFIER, PATIENT))
        by = acts.BY_CITIZEN if call.actor.person.startswith("Patient/") else acts.BY_SERVICE
        reason, words = given.plain.get("reason", by), given.plain.get("comment", "")
        return await self._answer(call, given, lambda one, _: acts.cancelled(one, reason, words))

    async def _answer(self, call: Call, given: Asked, act: Act) -> Answer:
        try:
            async with self._turns, self._door(call) as journal:
                if given.several:
                    stored = await together(journal, given, act)
                elif IDENTIFIER in given.plain:
                    stored = await called_off(journal, given, act)
                else:
                    stored = [await (_changed if given.id else _made)(journal, given, act)]
        except (Conflict, Unprocessable, PreconditionFailed) as fault:
            return _refused(fault, given)
        return Answer(200, json.encode(_bundle([json.parse(one.body or b"{}").tree for one in stored])))


async def _made(journal: OpenJournal, given: Asked, act: Act) -> Stored:
    """A new Appointment; with a key of the request the one that it made before."""
    now = datetime.now(UTC)
    request = given.request
    if request.criteria and (before := await _before(journal, request)):
        return before
    made = act(given.new(given.resource or {}), now)
    written = await journal.strict.create(
        "Appointment", json.encode(request.signed(made)), if_none_exist=request.criteria
    )
    if not written.created:
        request.made(json.parse(written.stored.body or b"{}").tree)
    return written.stored


async def _before(journal: OpenJournal, request: Request) -> Stored | None:
    page = await journal.search("Appointment", request.criteria or [])
    found = [entry.stored for entry in page.entries]
    return next((one for one in found if request.made(json.parse(one.body or b"{}").tree)), None)


async def _changed(journal: OpenJournal, given: Asked, act: Act) -> Stored:
    """The Appointment that is named, as it becomes. Who comes at the same time as another sees what that one
    made of it.
    """
    for left in reversed(range(_TRIES)):
        stored = await journal.read("Appointment", given.id)
        tree = json.parse(stored.body or b"{}").tree
        if given.request.made(tree):
            return stored
        now = datetime.now(UTC)
        made = act(tree, now)
        body = json.encode(given.request.signed(made))
        try:
            return (
                await journal.strict.update(
                    "Appointment", given.id, body, if_match=given.version or stored.version
                )
            ).stored
        except PreconditionFailed:
            if not left or given.version:
                raise
    raise AssertionError("the last try returns or raises")


def _as_sent(sent: Tree | None) -> Act:
    """What $book means: by what was sent along, else to book what is named."""
    said = (sent or {}).get("status", "pending")
    if sent is None or "id" not in sent or said in ASKED:
        return acts.booked
    if said == "cancelled":
        concept = sent.get("cancelationReason", {})
        codes = [one["code"] for one in concept.get("coding", ()) if one.get("system") == CANCELLED.system]
        return lambda one, _: acts.cancelled(one, (codes or [acts.BY_SERVICE])[0], concept.get("text", ""))
    return lambda one, now: acts.changed(one, sent, now)


def _after(now: datetime, minutes: int) -> datetime:
    return now + timedelta(minutes=minutes)


def _refused(fault: Fault, given: Asked) -> Answer:
    """ITI-116: what cannot be held is fatal, and not found."""
    gone = Issue("not-found", "The time cannot be held: see what stands against it.", severity="fatal")
    issues = [gone, *fault.issues] if given.act == "hold" else [*fault.issues]
    return Answer(status.status_of(fault), json.encode(_bundle([outcome.as_tree(issues)], "outcome")))


def _bundle(resources: list[Tree], mode: str = "match") -> Tree:
    entries = [{"resource": one, "search": {"mode": mode}} for one in resources]
    total = len(entries) if mode == "match" else 0
    return {"resourceType": "Bundle", "type": "searchset", "total": total, "entry": entries}
