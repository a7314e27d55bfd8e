"""Appointment/$find: the first times that suit all who are needed (IHE ITI Scheduling 1.0.1, ITI-115)."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from fellesjournal.api.answer import Answer
from fellesjournal.api.call import Call
from fellesjournal.api.door import Door
from fellesjournal.api.operations import parameters, times_told
from fellesjournal.api.operations import times_several as several
from fellesjournal.api.operations.times_needed import needed
from fellesjournal.api.operations.visit_asked import Visit, visit
from fellesjournal.booking.free.calendars import DAYS, Calendars
from fellesjournal.booking.free.proposals import Question, first_times
from fellesjournal.booking.free.several import first_series
from fellesjournal.booking.free.weekly import Often
from fellesjournal.errors import Invalid
from fellesjournal.fhir import json
from fellesjournal.fhir.dates import date_span

COUNT, MOST = 10, 100
_TAKES = (
    *("start", "end", "practitioner", "location-reference", "patient-reference", "organization"),
    *("specialty", "visit-type", "need", "duration", "times", "weeks", "window", "programme"),
    *("course", "_count"),
)
Asked = dict[str, list[str]]


class Times:
    """Answers GET and POST Appointment/$find with a Bundle of proposed Appointments, which are not stored.

    Of one kind any will do, in the order of preference; of all kinds one must come, and all the patients.
    `organization` and `specialty` stand for the people who have such a role. Ours are `duration`, in minutes
    (else as long as the kind of visit usually takes), `need`, for who comes earlier or later or for another
    time than the others (times_needed), and what is answered with more than one time (times_several).
    """

    def __init__(self, door: Door, calendars: Calendars) -> None:
        self._door, self._calendars = door, calendars

    async def find(self, call: Call) -> Answer:
        """See Times. What the actor may not see is not found, and nothing is told of it."""
        asked = await _asked(call)
        count = min(_number(asked, "_count", COUNT), MOST)
        written, start, end = asked.get("visit-type", [""])[0], *_span(asked)
        call.gathers = True
        async with self._door(call) as journal:
            if "course" in asked:
                places = await several.course(journal, asked)
                return Answer(200, json.encode(times_told.together([places])))
            if "programme" in asked:
                days = await several.programme(journal, self._calendars, asked, (start, end), count)
                return Answer(200, json.encode(times_told.together(days)))
            kind = Visit()

            async def length(parties: Sequence[str]) -> int:
                nonlocal kind
                kind = await visit(journal, written, parties)
                return _number(asked, "duration", kind.minutes)

            wanted = await needed(journal, asked, length)
            question = Question(wanted, start, end, kind.code, count)
            _, told = await asyncio.gather(journal.settled(), self._told(asked, question, kind))
        return Answer(200, json.encode(told))

    async def _told(self, asked: Asked, question: Question, kind: Visit) -> dict[str, Any]:
        now = datetime.now(UTC)
        if "times" in asked:
            often = Often(_number(asked, "times", 1), _number(asked, "weeks", 1))
            question = question._replace(most=min(question.most, several.MOST))
            found = await first_series(self._calendars, question, often, now)
            return times_told.series(found, question.wanted, kind)
        if "window" in asked:
            return await several.home_visits(self._calendars, asked["window"][0], question, kind, now)
        answer = await first_times(self._calendars, question, now)
        return times_told.bundle(answer, question.wanted, kind)


async def _asked(call: Call) -> Asked:
    asked: Asked = {}
    for name, value in await parameters.asked_each(call):
        if name in asked:
            asked[name].append(value)
        elif name in _TAKES:
            asked[name] = [value]
        else:
            raise Invalid(f"$find takes {', '.join(_TAKES)}, not '{name}'.")
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
