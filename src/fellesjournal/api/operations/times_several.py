"""What $find answers with more than one Appointment, or with a window; all of it is ours.

`times=10&weeks=1` asks for a series: the same people, at the same hour where it can be. `programme` names a
PlanDefinition (booking/stops): all its stops on one day. `window=08:00-10:00` asks for a visit at home,
and `course` for a place in each session to come of a course. What belongs together has an identifier in
common, and is booked by sending all of it to $book.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any
from uuid import uuid4

from fellesjournal.api.door import OpenJournal
from fellesjournal.api.operations import times_told
from fellesjournal.api.operations.times_needed import citizens
from fellesjournal.api.operations.visit_asked import Visit
from fellesjournal.booking import groups
from fellesjournal.booking.free import stops
from fellesjournal.booking.free.calendars import Calendars
from fellesjournal.booking.free.pools import served
from fellesjournal.booking.free.proposals import Question
from fellesjournal.booking.free.several import first_days, first_visits
from fellesjournal.errors import Invalid
from fellesjournal.fhir import json
from fellesjournal.fhir.dates import date_span

MOST = 3
"""Series and days that are proposed."""


async def programme(
    journal: OpenJournal,
    calendars: Calendars,
    asked: Mapping[str, list[str]],
    span: tuple[datetime, datetime],
    count: int,
) -> list[list[dict[str, Any]]]:
    """The first days on which a citizen can take all stops of a programme, each as its Appointments.

    Raises NotFound for a programme or citizen that is not there, Unprocessable for one that is no programme.
    """
    patients = await citizens(journal, asked)
    kind, _, id = asked["programme"][0].partition("/")
    if len(patients) != 1 or kind != "PlanDefinition" or not id:
        raise Invalid("A day programme is asked for with one patient-reference and PlanDefinition/[id].")
    planned = stops.programme(json.parse((await journal.read(kind, id)).body or b"{}").tree)
    by = [await served(journal, stop.unit, stop.visit) for stop in planned.stops]
    since = max(span[0], datetime.now(UTC))
    days = await first_days(
        calendars, stops.asked(planned, by), patients[0], (since, span[1]), min(count, MOST)
    )
    return [
        stops.appointments(
            planned,
            day,
            [one.besides(at.who) for one, at in zip(by, day, strict=True)],
            patients[0],
            str(uuid4()),
        )
        for day in days
    ]


async def course(journal: OpenJournal, asked: Mapping[str, list[str]]) -> list[dict[str, Any]]:
    """A citizen's places in all sessions to come of a course (the value of their common identifier).

    Raises Invalid unless one citizen is named, NotFound for one who is not there, Unprocessable where there
    are no sessions to come.
    """
    patients, id = await citizens(journal, asked), asked["course"][0]
    if len(patients) != 1 or not id or set("|,\\") & set(id):
        raise Invalid("A course is asked for with one patient-reference, and the value of its identifier.")
    now = datetime.now(UTC)
    named = [("identifier", f"{groups.COURSE}|{id}"), ("status", "booked"), ("date", f"ge{now.isoformat()}")]
    page = await journal.search("Appointment", [*named, ("_count", "200"), ("_sort", "date")])
    found = [json.parse(entry.stored.body or b"{}").tree for entry in page.entries]
    sessions = [one for one in found if groups.is_session(one) and date_span(one["start"])[0] > now]
    return [_asked(one) for one in groups.joined(patients[0], sessions)]


def _asked(place: dict[str, Any]) -> dict[str, Any]:
    """As it is before anybody has agreed."""
    parties = [
        one if one["required"] == "information-only" else one | {"status": "needs-action"}
        for one in place["participant"]
    ]
    return place | {"status": "proposed", "participant": parties}


async def home_visits(
    calendars: Calendars, written: str, question: Question, visit: Visit, now: datetime
) -> dict[str, Any]:
    """The days on which those who are needed can come within a window of time. Raises Invalid for a window
    that is none, or unless one citizen is to be visited.
    """
    patients = [one.any_of[0] for one in question.wanted if one.any_of[0].startswith("Patient/")]
    if len(patients) != 1:
        raise Invalid("A visit at home is to one citizen: write one patient-reference.")
    others = [one for one in question.wanted if one.any_of[0] != patients[0]]
    asked = question._replace(wanted=others)
    found = await first_visits(calendars, asked, patients[0], window(written), now)
    return times_told.home_visits(found, patients[0], visit)


def window(written: str) -> tuple[time, time]:
    """Two times of day, "08:00-10:00". Raises Invalid for others."""
    opens, _, closes = written.partition("-")
    try:
        return time.fromisoformat(opens).replace(tzinfo=None), time.fromisoformat(closes).replace(tzinfo=None)
    except ValueError:
        raise Invalid(f"A window is two times of day, 08:00-10:00, not '{written[:40]}'.") from None
