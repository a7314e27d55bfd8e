"""Appointment/$find: the first times that suit all who are needed (IHE ITI Scheduling 1.0.1, ITI-115)."""

from datetime import UTC, datetime, timedelta

from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.door import Door
from fellesjournal.api.operations import parameters, times_told
from fellesjournal.api.operations.times_needed import needed
from fellesjournal.booking.calendars import DAYS, Calendars
from fellesjournal.booking.proposals import Question, first_times
from fellesjournal.errors import Invalid
from fellesjournal.fhir import json
from fellesjournal.fhir.dates import date_span

MINUTES = 30
"""How long an appointment takes that nobody says the length of."""
COUNT, MOST = 10, 100
_TAKES = (
    *("start", "end", "practitioner", "location-reference", "patient-reference", "organization"),
    *("specialty", "visit-type", "need", "duration", "_count"),
)
Asked = dict[str, list[str]]


class Times:
    """Answers GET and POST Appointment/$find with a Bundle of proposed Appointments, which are not stored.

    Of one kind any will do, in the order of preference; of all kinds one must come, and all the patients.
    `organization` and `specialty` stand for the people who have such a role. Ours are `duration`, in minutes,
    and `need`, for who comes earlier or later or for another time than the others (times_needed).
    """

    def __init__(self, door: Door, calendars: Calendars) -> None:
        self._door, self._calendars = door, calendars

    async def find(self, call: Call) -> Answer:
        """See Times. What the actor may not see is not found, and nothing is told of it."""
        asked = await _asked(call)
        minutes, count = _number(asked, "duration", MINUTES), min(_number(asked, "_count", COUNT), MOST)
        async with self._door(call) as journal:
            wanted = await needed(journal, asked, minutes)
        start, end = _span(asked)
        visits = asked.get("visit-type", [])
        visit = visits[0].rpartition("|")[2] if visits else ""
        found = await first_times(
            self._calendars, Question(wanted, start, end, visit, count), datetime.now(UTC)
        )
        return Answer(200, json.encode(times_told.bundle(found, wanted, visits)))


async def _asked(call: Call) -> Asked:
    asked: Asked = {}
    for name, value in await parameters.asked_each(call):
        if name not in _TAKES:
            raise Invalid(f"$find takes {', '.join(_TAKES)}, not '{name}'.")
        asked.setdefault(name, []).append(value)
    return asked


def _span(asked: Asked) -> tuple[datetime, datetime]:
    now = datetime.now(UTC)
    start = date_span(asked["start"][0])[0] if "start" in asked else now
    return start, date_span(asked["end"][0])[0] if "end" in asked else now + timedelta(days=DAYS)


def _number(asked: Asked, name: str, usual: int) -> int:
    written = asked.get(name, [str(usual)])[0]
    if not written.isascii() or not written.isdigit() or not 0 < int(written) < 10_000:
        raise Invalid(f"'{name}' is a number above 0, not '{written[:40]}'.")
    return int(written)
