"""Appointment/$find: the first times that suit all who are needed (IHE ITI Scheduling 1.0.1, ITI-115)."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.door import Door, OpenJournal
from fellesjournal.api.operations import parameters
from fellesjournal.booking.calendars import DAYS, Calendars
from fellesjournal.booking.proposals import Found, Proposal, Question, Waits, Wanted, first_times
from fellesjournal.errors import Invalid, Issue, NotFound
from fellesjournal.fhir import json, outcome
from fellesjournal.fhir.bundle import instant
from fellesjournal.fhir.dates import date_span

MINUTES = 30
"""How long an appointment takes that nobody says the length of."""
COUNT, MOST = 10, 100
_AT_ONCE = 100
POOL = 200
"""Roles of a unit that are looked among."""
_POOLS = {"practitioner": "Practitioner", "location-reference": "Location"}
_ROLES = ("organization", "specialty")
_TAKES = ("start", "end", *_POOLS, "patient-reference", *_ROLES, "visit-type", "duration", "_count")
Asked = dict[str, list[str]]


class Times:
    """Answers GET and POST Appointment/$find with a Bundle of proposed Appointments, which are not stored.

    Of one kind any will do, in the order of preference; of all kinds one must come, and all the patients.
    `organization` and `specialty` stand for the people who have such a role. `duration`, in minutes, is ours.
    """

    def __init__(self, door: Door, calendars: Calendars) -> None:
        self._door, self._calendars = door, calendars

    async def find(self, call: Call) -> Answer:
        """See Times. What the actor may not see is not found, and nothing is told of it."""
        asked = await _asked(call)
        minutes, count = _number(asked, "duration", MINUTES), min(_number(asked, "_count", COUNT), MOST)
        async with self._door(call) as journal:
            pools = await _pools(journal, asked)
        start, end = _span(asked)
        wanted = [Wanted(pool, minutes) for pool in pools]
        visit = _code(asked.get("visit-type", [""])[0])
        question = Question(wanted, start, end, visit, count)
        found = await first_times(self._calendars, question, datetime.now(UTC))
        return Answer(200, json.encode(_bundle(found, minutes, asked.get("visit-type", []))))


async def _asked(call: Call) -> Asked:
    asked: Asked = {}
    for name, value in await parameters.asked_each(call):
        if name not in _TAKES:
            raise Invalid(f"$find takes {', '.join(_TAKES)}, not '{name}'.")
        asked.setdefault(name, []).append(value)
    return asked


async def _pools(journal: OpenJournal, asked: Asked) -> list[list[str]]:
    """Who is needed. Raises NotFound for one who is not within reach."""
    pools = []
    for name, type_name in _POOLS.items():
        if named := [_reference(one, type_name) for one in asked.get(name, ())]:
            pools.append(named)
    for pool in pools:
        await _within_reach(journal, pool)
    for one in asked.get("patient-reference", ()):
        pools.append([_reference(one, "Patient")])
        await journal.read("Patient", one.rpartition("/")[2])
    if "organization" in asked or "specialty" in asked:
        pools.insert(0, await _of_roles(journal, asked))
    return pools


async def _within_reach(journal: OpenJournal, pool: Sequence[str]) -> None:
    """Raise NotFound unless all of one type are there for the actor."""
    for start in range(0, len(pool), _AT_ONCE):
        some = pool[start : start + _AT_ONCE]
        type_name, ids = some[0].partition("/")[0], ",".join(one.partition("/")[2] for one in some)
        page = await journal.search(type_name, [("_id", ids), ("_count", str(_AT_ONCE))])
        found = {f"{entry.stored.type}/{entry.stored.id}" for entry in page.entries}
        for one in some:
            if one not in found:
                raise NotFound(f"There is no {one}.")


async def _of_roles(journal: OpenJournal, asked: Asked) -> list[str]:
    criteria = [(name, ",".join(asked[name])) for name in _ROLES if name in asked]
    page = await journal.search("PractitionerRole", [*criteria, ("active", "true"), ("_count", str(POOL))])
    roles = [json.parse(entry.stored.body or b"{}").tree for entry in page.entries]
    people = [role.get("practitioner", {}).get("reference", "") for role in roles]
    found = [one for one in dict.fromkeys(people) if one.startswith("Practitioner/")]
    if not found:
        raise Invalid(
            f"Nobody has a role with {' and '.join(f'{name}={value}' for name, value in criteria)}."
        )
    return found


def _span(asked: Asked) -> tuple[datetime, datetime]:
    now = datetime.now(UTC)
    start = date_span(asked["start"][0])[0] if "start" in asked else now
    return start, date_span(asked["end"][0])[0] if "end" in asked else now + timedelta(days=DAYS)


def _number(asked: Asked, name: str, usual: int) -> int:
    written = asked.get(name, [str(usual)])[0]
    if not written.isascii() or not written.isdigit() or not 0 < int(written) < 10_000:
        raise Invalid(f"'{name}' is a number above 0, not '{written[:40]}'.")
    return int(written)


def _reference(written: str, type_name: str) -> str:
    kind, _, id = written.rpartition("/")
    if kind not in ("", type_name) or not id:
        raise Invalid(f"'{written[:80]}' names no {type_name}: write {type_name}/[id].")
    return f"{type_name}/{id}"


def _code(token: str) -> str:
    return token.rpartition("|")[2]


def _bundle(found: Found, minutes: int, visits: Sequence[str]) -> dict[str, Any]:
    told = [_said(one) for one in found.waits]
    entries: list[dict[str, Any]] = []
    if told or not found.proposals:
        issues = told or [Issue("informational", "They are never all free at once.", severity="information")]
        entries.append({"resource": outcome.as_tree(issues), "search": {"mode": "outcome"}})
    for one in found.proposals:
        entries.append({"resource": _appointment(one, minutes, visits), "search": {"mode": "match"}})
    bundle = {"resourceType": "Bundle", "type": "searchset", "total": len(found.proposals)}
    return bundle | ({"entry": entries} if entries else {})


def _said(waits: Waits) -> Issue:
    """Why nothing earlier fits."""
    who = (
        waits.any_of[0] if len(waits.any_of) == 1 else f"any of {len(waits.any_of)}, {waits.any_of[0]} first"
    )
    who = "the citizen" if who.startswith("Patient/") else who
    when = f"on {waits.first:%Y-%m-%d} at {waits.first:%H:%M}" if waits.first else "never in this time"
    return Issue("informational", f"Free first {when}: {who}.", severity="information")


def _appointment(proposal: Proposal, minutes: int, visits: Sequence[str]) -> dict[str, Any]:
    who = [{"actor": {"reference": one}, "status": "needs-action"} for one in proposal.who]
    told: dict[str, Any] = {"resourceType": "Appointment", "status": "proposed"}
    if visits:
        system, _, code = visits[0].rpartition("|")
        told["serviceType"] = [{"coding": [({"system": system} if system else {}) | {"code": code}]}]
    times = {"start": instant(proposal.start), "end": instant(proposal.end), "minutesDuration": minutes}
    return told | times | {"participant": who}
