"""Unusual use of the record: on which days whose acts call for a look, and why."""

from datetime import date, timedelta

from starlette.responses import Response

from fellesjournal.access.audit.unusual import Reason, Unusual
from fellesjournal.errors import Invalid
from fellesjournal.ui.asked import day
from fellesjournal.ui.norwegian import OSLO
from fellesjournal.workplace.desk import Desk, Json
from fellesjournal.workplace.oversight import people

USUALLY = timedelta(days=7)
MOST = timedelta(days=92)
"""The longest span: every act in it is counted."""


async def show(desk: Desk) -> Response:
    """The days from `fra` to `til`, else the last week. Raises Forbidden for all but the privacy officer."""
    today = desk.now.astimezone(OSLO).date()
    try:
        last = day(desk.asked("til")) if desk.asked("til") else today
        first = day(desk.asked("fra")) if desk.asked("fra") else last - USUALLY
    except Invalid:
        return _page(desk, today - USUALLY, today, [], desk.t.unusual.no_day, 422)
    if not timedelta() <= last - first <= MOST:
        fault = desk.t.unusual.span.format(days=MOST.days)
        return _page(desk, first, last, [], fault, 422)
    found = await desk.journal.unusual(first, last)
    return _page(desk, first, last, await _rows(desk, found))


async def _rows(desk: Desk, found: list[Unusual]) -> list[Json]:
    names = await people.named(desk, (one for day in found for one in (day.person, day.unit)))
    return [
        {
            "day": one.day.isoformat(),
            "who": names.get(one.person, one.person),
            "role": _title(desk, one.role),
            "unit": names.get(one.unit, one.unit),
            "citizens": one.citizens,
            "reasons": [_said(desk, why) for why in one.reasons],
        }
        for one in found
    ]


def _title(desk: Desk, role: str) -> str:
    policy = desk.policies.find(role)
    return policy.title["en" if desk.visit.language == "en" else "nb"] if policy else role


def _said(desk: Desk, why: Reason) -> str:
    words: str = desk.t.unusual.reasons[why.kind]
    usual = f"{why.usual:g}".replace(".", "." if desk.visit.language == "en" else ",")
    return words.format(number=why.number, usual=usual, patient=why.patient)


def _page(
    desk: Desk, first: date, last: date, rows: list[Json], fault: str = "", status: int = 200
) -> Response:
    return desk.page(
        "unusual.html", status, first=first.isoformat(), last=last.isoformat(), rows=rows, fault=fault
    )
