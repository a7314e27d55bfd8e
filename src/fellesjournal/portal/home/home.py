"""The first page: the next appointment, what must be done, and what is new since the last visit."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec
from starlette.responses import Response

from fellesjournal.booking.waitlist.ended import as_it_stands
from fellesjournal.fhir.query import written
from fellesjournal.fhir.search.terms import key_of
from fellesjournal.portal.folder import Folder
from fellesjournal.portal.forms import shelf
from fellesjournal.portal.forms.words import due
from fellesjournal.portal.record.areas import AREAS
from fellesjournal.portal.record.results import holds, is_answer, is_measurement
from fellesjournal.portal.record.rows import Row, with_names
from fellesjournal.portal.record.times import appointment
from fellesjournal.ui import naming
from fellesjournal.ui.naming import Json

RECENT = timedelta(days=14)
"""What is news to who has not been here before."""
MOST_READ = 200
KNOWN, FIRST = "siden", "fra"
"""Parameters of a page that is fetched anew: since when it tells of news; the latter at a first visit."""
_decode = msgspec.json.Decoder(dict[str, Any]).decode


async def show(folder: Folder) -> Response:
    """What matters now. The visit is noted: what was new is not new at the next one."""
    coming, names = await _coming(folder)
    reader = folder.actor.person
    begun, known = _moment(folder.asked(FIRST)), _moment(folder.asked(KNOWN))
    before = await folder.readings.visit(key_of(folder.patient), reader, folder.now)
    if not begun:
        known = known or before
    since = known or begun or folder.now - RECENT
    news = await _news(folder, since, first=known is None)
    others = [] if folder.actor.represents else await _others(folder)
    again = written([(KNOWN if known else FIRST, since.isoformat())])
    return folder.page(
        "home.html",
        live=(*(name for area in AREAS.values() for name in area.types), "QuestionnaireResponse", "Task"),
        renews=f"{folder.base}?{again}",
        name=await _name(folder),
        next=appointment(folder, coming[0], names) if coming else None,
        more=len(coming) - 1,
        todo=[*await _forms(folder), *(_asks(folder, one, names) for one in coming if _waits(folder, one))],
        since=since.isoformat(),
        news=news,
        others=others,
        books=folder.writes("Appointment"),
    )


def _moment(text: str) -> datetime | None:
    """None for what is no moment."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo else None


async def _name(folder: Folder) -> str:
    """Whose record it is; also for who is let in to the appointments alone."""
    return folder.whose or naming.person(await folder.read("Patient", folder.citizen))


async def _coming(folder: Folder) -> tuple[list[Json], Mapping[str, str]]:
    """The appointments that are to come, and what those who take part are called."""
    after = ("date", f"ge{folder.now.isoformat(timespec='seconds')}")
    found, names = await with_names(folder, "Appointment", "date", "actor", after)
    return [one for one in found if one["status"] in ("proposed", "pending", "booked")], names


async def _forms(folder: Folder) -> list[Row]:
    """The forms that wait for an answer."""
    if not folder.writes("QuestionnaireResponse"):
        return []
    waiting = await shelf.waiting(folder)
    return [
        Row(
            title,
            tuple(filter(None, [one.by.get("display", ""), due(folder.t, one, folder.now)])),
            one.since,
            f"/skjema/{key}",
        )
        for key, title, one in waiting
    ]


def _waits(folder: Folder, one: Json) -> bool:
    """Whether the citizen has not answered."""
    return any(
        party.get("status") == "needs-action" and party.get("actor", {}).get("reference") == folder.patient
        for party in one.get("participant", ())
    )


def _asks(folder: Folder, one: Json, names: Mapping[str, str]) -> Row:
    """An appointment that waits for an answer, with what is asked."""
    row = appointment(folder, one, names)
    return row._replace(lines=(folder.t.home.answer, *row.lines))


async def _news(folder: Folder, since: datetime, *, first: bool) -> list[tuple[str, int]]:
    """How much has come into each area since; at the `first` visit only what is about the time since, not
    all that has been brought from elsewhere."""
    types = {name for area in AREAS.values() for name in area.types if folder.reads(name)}
    if not types:
        return []
    moment = since.isoformat(timespec="milliseconds")
    asked = [("_type", ",".join(sorted(types))), ("_lastUpdated", f"gt{moment}"), ("_count", str(MOST_READ))]
    page = await folder.journal.search(None, asked, compartment=("Patient", folder.citizen))
    come = [as_it_stands(_decode(entry.stored.body or b"{}"), folder.now) for entry in page.entries]
    counted = Counter(_area(one) for one in come if not first or naming.when(one) >= moment[:10])
    return [(name, counted[name]) for name in AREAS if counted[name]]


def _area(resource: Json) -> str:
    """Where a resource is shown; "" for what is not shown by itself: news must be found where they lead."""
    kind = resource["resourceType"]
    if resource.get("status") in ("entered-in-error", "cancelled"):
        return ""
    if kind == "Observation":
        coded = {code for one in resource.get("category", ()) for code in naming.coded_as(one)}
        shown = "malinger" if is_measurement(resource) else ""
        return ("prover" if "laboratory" in coded else shown) if holds(resource) else ""
    if kind == "DiagnosticReport" and not is_answer(resource):
        return ""
    return next(area.name for area in AREAS.values() if kind in area.types)


async def _others(folder: Folder) -> list[tuple[str, str]]:
    """Those whom the visitor acts for: id and name."""
    return await folder.representing.others(folder.actor)
