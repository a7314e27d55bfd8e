"""A calendar as a file to subscribe to, at an address that is known to who was given it: no sign-in.

It says when somebody is busy, of a unit also who: nothing of citizens is read for it.
"""

import hashlib
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from fellesjournal.access.journal import Journal
from fellesjournal.access.policies import Policies
from fellesjournal.booking.icalendar.feeds import ACTOR, Feed, Feeds
from fellesjournal.booking.icalendar.writing import calendar
from fellesjournal.errors import Gone, NotFound
from fellesjournal.fhir.dates import date_span
from fellesjournal.signin.visit import HEADERS
from fellesjournal.ui import naming
from fellesjournal.ui.frame import Frame
from fellesjournal.ui.resources import Json, Resources

PATH = "/kalender/{hemmelig}.ics"
REFRESH = "PT15M"
MOST = "500"
_KEPT = {"Cache-Control": "private, no-cache", "Referrer-Policy": "no-referrer"}


async def answer(
    journal: Journal, policies: Policies, feeds: Feeds, frame: Frame, request: Request
) -> Response:
    """The calendar; 304 when it is what the program has already (If-None-Match), 404 when there is none (any
    more).
    """
    secret = str(request.path_params["hemmelig"])
    feed, policy = await feeds.opened(secret), policies.find(ACTOR.role)
    if feed is None or policy is None:
        return _none()
    t: Any = frame.words(feed.language)
    async with journal.open(ACTOR, gathers=True) as opened:
        try:
            names = await _names(Resources(opened, policy, datetime.now(UTC)), feed, t.feed.busy)
        except (NotFound, Gone):
            return _none()
    events = await feeds.events(secret, names)
    tag = f'"{hashlib.sha256(repr(events).encode()).hexdigest()[:32]}"'
    headers = HEADERS | _KEPT | {"ETag": tag}
    asked = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    if tag in asked:
        return Response(status_code=304, headers=headers)
    made = calendar(events, datetime.now(UTC), t.feed.name, REFRESH)
    return Response(made, media_type="text/calendar", headers=headers)


def _none() -> Response:
    return PlainTextResponse("There is no calendar at this address.\n", 404, headers=HEADERS)


async def _names(resources: Resources, feed: Feed, busy: str) -> dict[str, str]:
    """What the busy times of each party are called: of one the word alone. Raises NotFound for a feed whose
    owner has no longer the role in which it was made.
    """
    role = await resources.read("PractitionerRole", feed.role.partition("/")[2])
    if not _holds(role, feed.owner):
        raise NotFound("The owner has no longer this role.")
    if not feed.party.startswith("Organization/"):
        return {feed.party: busy}
    return {one: f"{busy}: {name}" for one, name in (await _of_unit(resources, feed.party)).items()}


def _holds(role: Json, person: str) -> bool:
    ends = role.get("period", {}).get("end")
    over = ends is not None and date_span(ends)[1] < datetime.now(UTC)
    return role.get("practitioner", {}).get("reference") == person and role.get("active", True) and not over


async def _of_unit(resources: Resources, unit: str) -> dict[str, str]:
    """Who and what is booked with at a unit, with names: people, rooms, groups."""
    asked = [("organization", unit), ("_count", MOST)]
    people = [*asked, ("active", "true"), ("_include", "PractitionerRole:practitioner")]
    found = await resources.search("PractitionerRole", people)
    named = {
        f"Practitioner/{one['id']}": naming.person(one)
        for one in found
        if one["resourceType"] == "Practitioner"
    }
    for type_name in ("Location", "HealthcareService"):
        for one in await resources.search(type_name, asked):
            named[f"{type_name}/{one['id']}"] = one.get("name", "")
    return named
